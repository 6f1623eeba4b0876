/**
 * Says in short sentences what a comparison shows, with the measured numbers.
 *
 * Pure: one rule a kind of sentence, each looks at the whole comparison by
 * itself. A rule says nothing rather than something the samples do not show.
 * What it reads from spans is computed in `evidence.ts`. Which known shape a
 * model's run has is said in `lib/explain/`, what Python's models show in
 * `lib/measure/compare/python_findings.ts`.
 * @module
 */

import { explainComparison, factsOfComparison } from "./facts.ts";
import {
  admit,
  findOneAtATime,
  groundsOf,
  inWords,
  listUnmet,
} from "../../explain/mod.ts";
import { describePythonFindings } from "./python_findings.ts";
import {
  baselineOf,
  type Comparison,
  isPythonModel,
  type Model,
} from "../../base/record/mod.ts";
import {
  formatDuration,
  formatPercent,
  formatShort,
  formatTimes,
} from "../../base/mod.ts";
import { describeNoise } from "../../base/stamp/mod.ts";
import {
  computeStartMs,
  computeWaitingShare,
  findResult,
  listRemote,
} from "./evidence.ts";

/** A comparison before anything is said of it. */
export type Measured = Omit<Comparison, "findings" | "type">;

/** Applies all rules. */
export function describeFindings(measured: Measured): string[] {
  return RULES.flatMap((rule) => rule(measured));
}

/** Finds what makes the figures doubtful. */
export function findNoise({ stamp }: Pick<Measured, "stamp">): string[] {
  return [...describeNoise(stamp)];
}

/** Finds how well the learner predicted. */
export function findPredictions(
  { results, prediction, stamp }: Measured,
): string[] {
  return results.flatMap(({ model, speedup }) => {
    const expected = prediction?.[model];
    if (expected === undefined || !speedup || model === baselineOf(model)) {
      return [];
    }
    const { ratio, low, high } = speedup;
    const isClose = expected >= Math.min(low, 0.9 * ratio) &&
      expected <= Math.max(high, 1.1 * ratio);
    const said = `You predicted ${formatShort(expected)}× for ${model} and ` +
      `it was ${formatTimes(ratio)} (${formatTimes(low)} to ${
        formatTimes(high)
      })`;
    // A wide interval holds nearly any prediction.
    const isCalm = listUnmet(["calm"], groundsOf(stamp)).length === 0;
    return [`${said}${isClose && isCalm ? ": well predicted" : ""}.`];
  });
}

/** Finds that jobs which wait gain from `async`. */
export function findAsyncWaiting({ results, jobs }: Measured): string[] {
  const speedup = findResult(results, "async")?.speedup;
  const waiting = computeWaitingShare(results) ?? 0;
  if (!speedup?.shown || speedup.ratio < 1.2 || waiting < 0.5) return [];
  return [
    `Async was ${formatTimes(speedup.ratio)} as fast as sequential ` +
    `(${formatTimes(speedup.low)} to ${
      formatTimes(speedup.high)
    }) with ${jobs} jobs: a job waits ${
      formatPercent(waiting)
    } of its time, and waits overlap ` +
    `on one thread.`,
  ];
}

/** Finds that starting Workers or processes is a visible part of the whole. */
export function findStartUp({ results }: Measured): string[] {
  return listRemote(results).flatMap((result) => {
    const { model, summary: { medianMs } } = result;
    const startMs = computeStartMs(result) ?? 0;
    if (startMs < 0.05 * medianMs) return [];
    const what = model === "workers" ? "Worker" : "process";
    return [
      `Starting a ${what} took ${formatDuration(startMs)}, ` +
      `${formatPercent(startMs / medianMs)} of the ${
        formatDuration(medianMs)
      } ` +
      `that all jobs took.`,
    ];
  });
}

/** Finds models that are slower than `sequential`. */
export function findSlower({ results }: Measured): string[] {
  return results.flatMap(({ model, speedup }) => {
    if (model === "sequential" || !speedup?.shown) return [];
    if (isPythonModel(model) || speedup.ratio > 0.9) return [];
    const { ratio, low, high } = speedup;
    return [
      `${TITLES[model]} took ${formatTimes(1 / ratio)} as long as sequential ` +
      `(${formatTimes(1 / high)} to ${formatTimes(1 / low)}).`,
    ];
  });
}

/** Finds models whose samples show no difference from `sequential`. */
export function findNoDifference(measured: Measured): string[] {
  return measured.results.flatMap(({ model, speedup, summary }) => {
    if (model === "sequential" || !speedup || speedup.shown) return [];
    if (isPythonModel(model)) return [];
    // Said already, with the reason.
    if (model === "async" && isInTurn(measured)) return [];
    return [
      `${TITLES[model]} against sequential: no difference shown ` +
      `(${formatTimes(speedup.low)} to ${formatTimes(speedup.high)}, ` +
      `${summary.count} samples)${
        speedup.low > 1 || speedup.high < 1 ? ": it is below 2 %" : ""
      }.`,
    ];
  });
}

/** What the rules of `lib/explain/` find, and what would help. */
function findShapes(measured: Measured): string[] {
  // That others had the cores is said already, first of all.
  return explainComparison(measured)
    .filter(({ rule }) => rule !== "others had the cores").map(inWords);
}

function isInTurn(measured: Measured): boolean {
  return factsOfComparison(measured).some((facts) =>
    facts.arm?.model === "async" &&
    admit(findOneAtATime(facts), facts) !== undefined
  );
}

const RULES: readonly ((measured: Measured) => string[])[] = [
  findNoise,
  findPredictions,
  findShapes,
  findAsyncWaiting,
  findStartUp,
  findSlower,
  findNoDifference,
  describePythonFindings,
];

const TITLES: Readonly<Record<Model, string>> = {
  sequential: "Sequential",
  async: "Async",
  workers: "Workers",
  processes: "Processes",
  "python-sequential": "Python sequential",
  "python-threads": "Python threads",
  "python-asyncio": "Python asyncio",
  "python-processes": "Python processes",
  "python-subinterpreters": "Python subinterpreters",
};
