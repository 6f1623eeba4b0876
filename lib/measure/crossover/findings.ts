/**
 * Says in short sentences from which task size on models pay. Pure.
 * @module
 */

import { countCores } from "../../explain/gate.ts";
import type { Crossover, CrossoverCurve, CrossoverModel } from "./result.ts";
import { explainUnknown, groundsOf, listUnmet } from "../../explain/gate.ts";
import { describeNoise, type HonestyStamp } from "../../base/stamp/mod.ts";
import type { SpeedUp } from "../../base/record/mod.ts";
import { formatCores, formatDuration, formatTimes } from "../../base/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";

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
    ...describeNoise(stamp),
    ...curves.flatMap((curve) => describeCurve(curve, range, stamp)),
    `Each time, ${jobs} tasks of the same size were run on ` +
    `${formatCores(cores)}; with more tasks at a time, the start of Workers ` +
    `and processes counts as often.`,
  ];
}

function describeCurve(
  { model, points, crossing }: CrossoverCurve,
  range: string,
  stamp: HonestyStamp,
): string[] {
  const name = capitalize(CROSSOVER_NAMES[model]);
  const best = points.reduce((one, other) =>
    other.speedup.ratio > one.speedup.ratio ? other : one
  );
  const most = `the best was ${describeRatio(best.speedup)} with tasks of ${
    formatDuration(best.taskMs)
  }`;
  const grounds = groundsOf(stamp);
  // Who had the cores decides who pays: nothing follows for other times.
  const say = (says: string) => {
    const unmet = listUnmet(["alone"], grounds);
    return unmet.length === 0 ? [`${name}: ${says}; ${most}.`] : [
      `${name}: ${most}. ${explainUnknown("From where on they pay", unmet)}`,
    ];
  };
  switch (crossing.type) {
    case "never":
      // A size that may be faster than it seems allows no "never".
      return points.some(({ speedup }) => speedup.high >= 1)
        ? say(`not shown to pay in this range (tasks of ${range})`)
        : say(`never pays in this range (tasks of ${range})`);
    case "always":
      if (!best.speedup.shown) {
        return [
          `${name}: no difference shown in this range (tasks of ${range}).`,
        ];
      }
      return points.every(({ speedup }) => speedup.low >= 1)
        ? say(`pays in all of this range (tasks of ${range})`)
        : say(
          `pays in this range (tasks of ${range}), though not every size ` +
            `shows it for sure`,
        );
    case "at": {
      const { size, low, high } = crossing;
      const from = low === null ? "below the range" : formatDuration(low);
      const to = high === null ? "beyond the range" : formatDuration(high);
      const doubt = points.at(-1)!.speedup.low < 1
        ? ", which the largest task does not show for sure"
        : "";
      return say(
        `pays from tasks of ${formatDuration(size)} on ` +
          `(${nameInterval(stamp.samples)} ${from} to ${to})${doubt}`,
      );
    }
    default:
      return crossing satisfies never;
  }
}

function describeRatio({ ratio, low, high }: SpeedUp): string {
  return `${formatTimes(ratio)} (95 % interval ${formatTimes(low)} to ${
    formatTimes(high)
  })`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
