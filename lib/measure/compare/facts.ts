/**
 * What rules need to know of a comparison: facts for each model by itself.
 *
 * Pure: a comparison in, facts out.
 * @module
 */
import type { Comparison, Model, ModelResult } from "../../base/record/mod.ts";
import {
  computeRunningMs,
  computeWaitingShare,
  findResult,
} from "./evidence.ts";
import {
  applyRules,
  countCores,
  type Facts,
  type Finding,
  groundsOf,
  type LaneFacts,
  type RuleName,
  type RunFacts,
  sortFindings,
} from "../../explain/mod.ts";

/** Works out the facts of a comparison's models of JavaScript. */
export function factsOfComparison(
  comparison: Omit<Comparison, "findings" | "type">,
): Facts[] {
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

/** Applies all rules to a comparison's models. */
export function explainComparison(
  comparison: Omit<Comparison, "findings" | "type">,
): Finding[] {
  const found = factsOfComparison(comparison).flatMap(applyRules);
  // What is the same lesson for threads and for processes is said once.
  return sortFindings(
    found.filter((one, i) =>
      !OF_ALL.includes(one.rule) ||
      i === found.findIndex(({ rule }) => rule === one.rule)
    ),
  );
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
    areAskedAtOnce: true,
    tasks: [],
    isSampled: false,
    counted: null,
    locks: [],
    circles: [],
    stuck: [],
    counters: new Map(),
    holds: [],
    leaks: [],
  };
}

const PREFIXES: Readonly<Partial<Record<Model, string>>> = {
  async: "Async",
  workers: "Workers",
  processes: "Processes",
};
const OF_ALL: readonly RuleName[] = [
  "others had the cores",
  "oversubscription",
];
