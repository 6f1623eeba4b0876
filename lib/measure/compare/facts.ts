/**
 * What rules need to know of a comparison: facts for each model by itself, worked
 * out from its spans; and what the rules then find.
 *
 * Pure: a comparison in, facts and findings out.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import { median } from "../../base/statistics/mod.ts";
import {
  type Comparison,
  type Model,
  type ModelResult,
  type Span,
  type SpanState,
  sumMs,
} from "../../base/record/mod.ts";
import {
  applyRules,
  countCores,
  type Facts,
  type Finding,
  groundsOf,
  invert,
  type LaneFacts,
  ratioInWords,
  type RuleName,
  type RunFacts,
  sortFindings,
} from "../../explain/mod.ts";

/** A comparison before anything is said of it. */
export type Measured = Omit<Comparison, "findings" | "type">;

export function findResult(
  results: readonly ModelResult[],
  model: Model,
): ModelResult | undefined {
  return results.find((result) => result.model === model);
}

/** Lists the results of models that start something for each job. */
export function listRemote(results: readonly ModelResult[]): ModelResult[] {
  return results.filter(({ model }) =>
    model === "workers" || model === "processes"
  );
}

/** Computes which part of its time a job waits when it has the thread to itself. */
export function computeWaitingShare(
  results: readonly ModelResult[],
): number | null {
  const spans = findResult(results, "sequential")?.spans ?? [];
  const totalMs = sumMs(spans);
  const waitingMs = sumMs(spans.filter(({ state }) => state === "waiting"));
  return totalMs > 0 ? waitingMs / totalMs : null;
}

/** Computes how long a job is in some states; `null` if none ever was. */
function computeMs(
  { spans }: ModelResult,
  states: readonly SpanState[],
  keyOf: (span: Span) => unknown,
): number | null {
  const own = spans.filter(({ state }) => states.includes(state));
  const times = [...Map.groupBy(own, keyOf).values()].map(sumMs);
  return times.length === 0 ? null : median(times);
}

/** How long the code of a job runs, waits not counted. */
function computeRunningMs(result: ModelResult): number | null {
  return computeMs(
    result,
    ["running", "alive"],
    ({ label, lane }) => label ?? lane,
  );
}

/** Computes how long starting a Worker or process takes. */
export function computeStartMs(result: ModelResult): number {
  return computeMs(result, ["starting"], (span) => span) ?? 0;
}

/** Works out the facts of a comparison's models of JavaScript. */
export function factsOfComparison(comparison: Measured): Facts[] {
  const { results, stamp, jobs } = comparison;
  const sequential = findResult(results, "sequential");
  const waitingShare = computeWaitingShare(results);
  return results.filter(({ model }) => model in PREFIXES).map((result) => ({
    cores: countCores(stamp),
    isNoisy: stamp.noisy,
    otherCpuShare: stamp.otherCpuShare,
    grounds: groundsOf(stamp, sequential?.cpuShare ?? null),
    arm: {
      model: result.model,
      jobs,
      speedup: result.speedup,
      waitingShare,
      aloneMs: sequential ? computeRunningMs(sequential) : null,
      sharedMs: computeRunningMs(result),
    },
    ...(result.model === "async" ? {} : { run: toRun(result) }),
  }));
}

/**
 * Applies all rules to a comparison's models; `explain()` asks for those of
 * starts, too, of which the figure has a shorter sentence.
 */
export function explainComparison(
  comparison: Measured,
  hasStartUps = false,
): Finding[] {
  const found = factsOfComparison(comparison).flatMap(applyRules);
  return sortFindings([
    ...(hasStartUps ? findStartUps(comparison) : []),
    // What is the same lesson for threads and for processes is said once.
    ...found.filter((one, i) =>
      !OF_ALL.includes(one.rule) ||
      i === found.findIndex(({ rule }) => rule === one.rule)
    ),
  ]);
}

/** The round nearest the median: nothing is known of locks and messages there. */
function toRun({ model, spans }: ModelResult): RunFacts {
  const byLane = Map.groupBy(spans, ({ lane }) => lane);
  const threads = [...byLane].map(([id, own]): LaneFacts => ({
    id,
    kind: own[0]!.kind,
    spans: own.toSorted((one, other) => one.startMs - other.startMs),
  })).filter(({ kind }) => kind === "worker" || kind === "process");
  return {
    prefix: `${PREFIXES[model]}: `,
    durationMs: Math.max(0, ...spans.map(({ endMs }) => endMs)),
    main: [],
    threads,
    tasks: [],
    locks: [],
    circles: [],
    stuck: [],
    areAskedAtOnce: true,
    isSampled: false,
    counters: new Map(),
    holds: [],
    leaks: [],
  };
}

/** Finds models that are slower than `sequential` because of what they start. */
export function findStartUps(
  { results }: Pick<Comparison, "results">,
): Finding[] {
  const sequential = findResult(results, "sequential");
  const aloneMs = sequential ? computeRunningMs(sequential) : null;
  if (aloneMs === null) return [];
  const found = listRemote(results).flatMap((result): Finding[] => {
    const { model, speedup } = result;
    const startMs = computeStartMs(result);
    if (!speedup?.shown || speedup.ratio > SLOWER || startMs < aloneMs) {
      return [];
    }
    return [{
      rule: "start-up",
      values: { model, speedup, startMs, aloneMs },
      lanes: [],
      sentence: `${PREFIXES[model]} took ${
        ratioInWords(invert(speedup), INTERVAL, "as long as sequential")
      }: starting a ${model === "workers" ? "Worker" : "process"} took ${
        formatDuration(startMs)
      }, and all that it does then takes ${formatDuration(aloneMs)} alone.`,
      advice:
        "Start it once and keep it for many jobs, as pool(), worker() and " +
        "process() do, or give each more to do; crossover() finds how much.",
    }];
  });
  // What helps is the same for both models, and said once.
  return found.map((one, i) => i === 0 ? one : { ...one, advice: "" });
}

/** What models of JavaScript are called at the beginning of a sentence. */
export const PREFIXES: Readonly<Partial<Record<Model, string>>> = {
  async: "Async",
  workers: "Workers",
  processes: "Processes",
};
const OF_ALL: readonly RuleName[] = [
  "others had the cores",
  "oversubscription",
];
const SLOWER = 0.9;
const INTERVAL = "95 % interval ";
