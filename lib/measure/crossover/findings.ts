/**
 * From which task size on models pay: rules, and their words. Pure.
 * @module
 */
import { formatCores, formatDuration } from "../../base/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import {
  capitalize,
  countCores,
  type FoundIn,
  invert,
  ratioInWords,
  teller,
} from "../../explain/mod.ts";
import type { CrossingFit } from "../fit/crossing.ts";
import type { Measured } from "../scaffold.ts";
import type {
  Crossover,
  CrossoverCurve,
  CrossoverModel,
  CrossoverPoint,
} from "./crossover.ts";

/** What the models are called in sentences and figures. */
export const CROSSOVER_NAMES: Readonly<Record<CrossoverModel, string>> = {
  pool: "Workers, started before",
  workers: "a Worker for each task",
  processes: "a process for each task",
};

/** What is said of each curve. */
interface Curve {
  readonly model: CrossoverModel;
  /** The fastest size. */
  readonly best: CrossoverPoint;
  /** Shortest and longest task, milliseconds. */
  readonly range: readonly [number, number];
}

interface Pays extends Curve {
  readonly crossing: CrossingFit & { readonly type: "at" };
  readonly rounds: number;
  /** Whether the largest task shows it. */
  readonly isSure: boolean;
}

const WORDS = {
  at: ({ crossing, rounds, isSure, ...curve }: Pays) => {
    const { size, low, high } = crossing;
    const from = low === null ? "below the range" : formatDuration(low);
    const to = high === null ? "beyond the range" : formatDuration(high);
    const doubt = isSure
      ? ""
      : ", which the largest task does not show for sure";
    return `${nameOf(curve)}: pays from tasks of ${formatDuration(size)} on (${
      nameInterval(rounds)
    } ${from} to ${to})${doubt}; ${bestOf(curve)}.`;
  },
  never: inRange("never pays in this range"),
  notShown: inRange("not shown to pay in this range"),
  always: inRange("pays in all of this range"),
  mostly: inRange(
    "pays in this range",
    ", though not every size shows it for sure",
  ),
  alike: (curve: Curve) =>
    `${nameOf(curve)}: no difference shown in this range (${rangeOf(curve)}).`,
  unknown: (curve: Curve) =>
    `${nameOf(curve)}: ${bestOf(curve)}. From which size on it pays`,
  setting: ({ jobs, cores }: { jobs: number; cores: number }) =>
    `Each time, ${jobs} tasks of the same size ran on ${formatCores(cores)}; ` +
    `with more tasks at a time, the start of Workers and processes counts as often.`,
};

export const describeCrossover = teller(WORDS, findCrossover);

export function* findCrossover(
  { curves, stamp, jobs, sizes }: Measured<Crossover>,
): Iterable<FoundIn<typeof WORDS>> {
  const range = [sizes[0]?.taskMs ?? 0, sizes.at(-1)?.taskMs ?? 0] as const;
  for (const curve of curves) yield findCurve(curve, range, stamp.samples);
  yield { rule: "setting", values: { jobs, cores: countCores(stamp) } };
}

function findCurve(
  { model, points, crossing }: CrossoverCurve,
  range: Curve["range"],
  rounds: number,
): FoundIn<typeof WORDS> {
  const best = points.reduce((one, other) =>
    other.speedup.ratio > one.speedup.ratio ? other : one
  );
  const values = { model, best, range };
  // Who had the cores decides who pays: nothing follows for other times.
  const needed = { needs: ["alone"], of: "unknown" } as const;
  switch (crossing.type) {
    case "never": {
      // A size that may be faster than it seems allows no "never".
      const isOpen = points.some(({ speedup }) => speedup.high >= 1);
      return { rule: isOpen ? "notShown" : "never", values, ...needed };
    }
    case "always": {
      if (!best.speedup.shown) return { rule: "alike", values };
      const isSure = points.every(({ speedup }) => speedup.low >= 1);
      return { rule: isSure ? "always" : "mostly", values, ...needed };
    }
    case "at": {
      const isSure = points.at(-1)!.speedup.low >= 1;
      return {
        rule: "at",
        values: { ...values, crossing, rounds, isSure },
        ...needed,
      };
    }
    default:
      return crossing satisfies never;
  }
}

function inRange(says: string, doubt = ""): (curve: Curve) => string {
  return (curve) =>
    `${nameOf(curve)}: ${says} (${rangeOf(curve)})${doubt}; ${bestOf(curve)}.`;
}

function nameOf({ model }: Curve): string {
  return capitalize(CROSSOVER_NAMES[model]);
}

function rangeOf({ range: [least, most] }: Curve): string {
  return `tasks of ${formatDuration(least)} to ${formatDuration(most)}`;
}

function bestOf({ best: { speedup, taskMs } }: Curve): string {
  const best = speedup.high < 1
    ? ratioInWords(invert(speedup), undefined, "slower")
    : ratioInWords(speedup);
  return `the best was ${best} with tasks of ${formatDuration(taskMs)}`;
}
