/**
 * What a comparison shows: rules, and their words. Pure.
 *
 * A rule says nothing rather than something the samples do not show. Which known
 * shape a model's run has is said in `lib/explain/`, what Python's models show in
 * `python_findings.ts`.
 * @module
 */
import { formatDuration, formatPercent, formatShort } from "../../base/mod.ts";
import {
  baselineOf,
  isPythonModel,
  type Model,
  type SpeedUp,
} from "../../base/record/mod.ts";
import { describeNoise } from "../../base/stamp/mod.ts";
import {
  admit,
  findOneAtATime,
  type FoundIn,
  groundsOf,
  invert,
  inWords,
  listUnmet,
  rangeInWords,
  ratioInWords,
  say,
} from "../../explain/mod.ts";
import {
  computeStartMs,
  computeWaitingShare,
  explainComparison,
  factsOfComparison,
  findResult,
  listRemote,
  type Measured,
  PREFIXES,
} from "./facts.ts";
import { findPython, PYTHON_WORDS } from "./python_findings.ts";

interface Against {
  readonly model: Model;
  readonly speedup: SpeedUp;
}

const WORDS = {
  predicted: (
    { model, speedup, expected, isClose }: Against & {
      expected: number;
      isClose: boolean;
    },
  ) =>
    `You predicted ${formatShort(expected)}× for ${model} and it was ${
      ratioInWords(speedup, "")
    }${isClose ? ": well predicted" : ""}.`,
  waiting: (
    { speedup, jobs, waiting }: {
      speedup: SpeedUp;
      jobs: number;
      waiting: number;
    },
  ) =>
    `Async was ${
      ratioInWords(speedup, "", "as fast as sequential")
    } with ${jobs} jobs: a job waits ${formatPercent(waiting)} of its time, ` +
    `and waits overlap on one thread.`,
  startUp: (
    { model, startMs, medianMs }: {
      model: Model;
      startMs: number;
      medianMs: number;
    },
  ) =>
    `Starting a ${model === "workers" ? "Worker" : "process"} took ${
      formatDuration(startMs)
    }, ${formatPercent(startMs / medianMs)} of the ${
      formatDuration(medianMs)
    } that all jobs took.`,
  slower: ({ model, speedup }: Against) =>
    `${PREFIXES[model]} took ${
      ratioInWords(invert(speedup), "", "as long as sequential")
    }.`,
  alike: ({ model, speedup, count }: Against & { count: number }) =>
    `${PREFIXES[model]} against sequential: no difference shown (${
      rangeInWords(speedup)
    }, ${count} samples)${
      speedup.low > 1 || speedup.high < 1 ? ": it is below 2 %" : ""
    }.`,
};

/** Says what a comparison shows: doubts first. */
export function describeFindings(measured: Measured): string[] {
  const grounds = groundsOf(measured.stamp);
  // That others had the cores is said already, first of all.
  const shapes = explainComparison(measured)
    .filter(({ rule }) => rule !== "others had the cores").map(inWords);
  return [
    ...describeNoise(measured.stamp),
    ...say(WORDS, findPredictions(measured), grounds),
    ...shapes,
    ...say(WORDS, findModels(measured), grounds),
    ...say(PYTHON_WORDS, findPython(measured), grounds),
  ];
}

type Found = Iterable<FoundIn<typeof WORDS>>;

/** Finds how well the learner predicted. */
export function* findPredictions(
  { results, prediction, stamp }: Measured,
): Found {
  // A wide interval holds nearly any prediction.
  const isCalm = listUnmet(["calm"], groundsOf(stamp)).length === 0;
  for (const { model, speedup } of results) {
    const expected = prediction?.[model];
    if (expected === undefined || !speedup) continue;
    if (model === baselineOf(model)) continue;
    const { ratio, low, high } = speedup;
    const isClose = isCalm && expected >= Math.min(low, 0.9 * ratio) &&
      expected <= Math.max(high, 1.1 * ratio);
    yield { rule: "predicted", values: { model, speedup, expected, isClose } };
  }
}

/** Finds what models of JavaScript gain or lose against `sequential`. */
export function* findModels(measured: Measured): Found {
  const { results, jobs } = measured;
  const speedup = findResult(results, "async")?.speedup;
  const waiting = computeWaitingShare(results) ?? 0;
  if (speedup?.shown && speedup.ratio >= 1.2 && waiting >= 0.5) {
    yield { rule: "waiting", values: { speedup, jobs, waiting } };
  }
  for (const result of listRemote(results)) {
    const { model, summary: { medianMs } } = result;
    const startMs = computeStartMs(result);
    if (startMs < 0.05 * medianMs) continue;
    yield { rule: "startUp", values: { model, startMs, medianMs } };
  }
  const others = results.filter(({ model }) =>
    model !== "sequential" && !isPythonModel(model)
  );
  for (const { model, speedup } of others) {
    if (!speedup?.shown || speedup.ratio > 0.9) continue;
    yield { rule: "slower", values: { model, speedup } };
  }
  for (const { model, speedup, summary: { count } } of others) {
    if (!speedup || speedup.shown) continue;
    // Said already, with the reason.
    if (model === "async" && isInTurn(measured)) continue;
    yield { rule: "alike", values: { model, speedup, count } };
  }
}

function isInTurn(measured: Measured): boolean {
  return factsOfComparison(measured).some((facts) =>
    facts.arm?.model === "async" &&
    admit(findOneAtATime(facts), facts.grounds) !== undefined
  );
}
