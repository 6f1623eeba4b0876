/**
 * Says in short sentences from which task size on models pay. Pure.
 * @module
 */

import { coresInWords, countCores } from "../parallel/evidence.ts";
import type {
  Crossover,
  CrossoverCurve,
  CrossoverModel,
} from "./crossover_result.ts";
import { times } from "../explain/scaled_words.ts";
import { findNoise } from "./scale_findings.ts";
import { formatDuration } from "../time/duration.ts";
import { nameInterval } from "../time/order_interval.ts";

/** What the models are called in sentences and figures. */
export const CROSSOVER_NAMES: Readonly<Record<CrossoverModel, string>> = {
  pool: "Workers, started before",
  workers: "a Worker for each task",
  processes: "a process for each task",
};

/**
 * Says what was measured.
 *
 * @param measured The measurement.
 * @returns Sentences; doubts first, then one a model.
 */
export function describeCrossover(
  measured: Omit<Crossover, "findings">,
): string[] {
  const { curves, stamp, jobs, sizes } = measured;
  const cores = countCores(stamp);
  const [first, last] = [sizes[0], sizes.at(-1)];
  const range = first === undefined || last === undefined
    ? ""
    : `${formatDuration(first.taskMs)} to ${formatDuration(last.taskMs)}`;
  return [
    ...findNoise(stamp),
    ...curves.map((curve) => describeCurve(curve, range, stamp.samples)),
    `Each time, ${jobs} tasks of the same size were run on ` +
    `${coresInWords(cores)}; with more tasks at a time, the start of Workers ` +
    `and processes counts as often.`,
  ];
}

function describeCurve(
  { model, points, crossing }: CrossoverCurve,
  range: string,
  rounds: number,
): string {
  const name = capitalize(CROSSOVER_NAMES[model]);
  const best = points.reduce((one, other) =>
    other.speedup.ratio > one.speedup.ratio ? other : one
  );
  const most = `${times(best.speedup.ratio)} with tasks of ${
    formatDuration(best.taskMs)
  }`;
  switch (crossing.type) {
    case "never":
      // A size that may be faster than it seems allows no "never".
      if (points.some(({ speedup }) => speedup.high >= 1)) {
        return `${name}: not shown to pay in this range (tasks of ${range}); ` +
          `at most ${most} (95 % interval ${times(best.speedup.low)} to ${
            times(best.speedup.high)
          }).`;
      }
      return `${name}: never pays in this range (tasks of ${range}); at most ${most}.`;
    case "always":
      if (!best.speedup.shown) {
        return `${name}: no difference shown in this range (tasks of ${range}).`;
      }
      return points.every(({ speedup }) => speedup.low >= 1)
        ? `${name}: pays in all of this range (tasks of ${range}), at most ${most}.`
        : `${name}: pays in this range (tasks of ${range}), though not every ` +
          `size shows it for sure; at most ${most}.`;
    case "at": {
      const { size, low, high } = crossing;
      const from = low === null ? "below the range" : formatDuration(low);
      const to = high === null ? "beyond the range" : formatDuration(high);
      const end = points.at(-1)!.speedup;
      const doubt = end.low < 1
        ? ", which the largest task does not show for sure"
        : "";
      return `${name}: pays from tasks of ${formatDuration(size)} on ` +
        `(${nameInterval(rounds)} ${from} to ${to})${doubt}; at most ${most}.`;
    }
    default:
      return crossing satisfies never;
  }
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
