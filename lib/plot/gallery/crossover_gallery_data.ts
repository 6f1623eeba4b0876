/**
 * Fixed measurements of crossovers for the gallery.
 *
 * For tests only. Pure: no clock, no chance.
 * @module
 */

import type {
  Crossover,
  CrossoverCurve,
  CrossoverModel,
} from "../../measure/crossover/crossover.ts";
import type { CrossingFit } from "../../measure/fit/crossing.ts";
import { STAMP } from "./gallery_data.ts";

const TIMES = [0.01, 0.1, 1, 10, 100];

/** Two crossings and one more: the usual picture. */
export const CROSSOVER: Crossover = {
  type: "crossover",
  title: "Two sums at a time: how long must one be?",
  jobs: 2,
  sizes: sizesOf(TIMES),
  curves: [
    curve("pool", TIMES, 0.212),
    curve("workers", TIMES, 16.8),
    curve("processes", TIMES, 31.5),
  ],
  stamp: STAMP,
  findings: [
    "Workers, started before: pays from tasks of 212 µs on (95 % interval 170 µs to 265 µs); at most 2.00× with tasks of 100 ms.",
    "A Worker for each task: pays from tasks of 16.8 ms on (95 % interval 13.4 ms to 21.0 ms); at most 1.71× with tasks of 100 ms.",
  ],
};

/** Tasks that are too small for anything. */
export const NEVER: Crossover = {
  ...CROSSOVER,
  title: "Tasks of up to a millisecond: does it pay?",
  sizes: sizesOf(TIMES.slice(0, 3)),
  curves: [
    curve("pool", TIMES.slice(0, 3), 0.9),
    curve("workers", TIMES.slice(0, 3), 25),
    curve("processes", TIMES.slice(0, 3), 60),
  ],
  findings: [
    "A Worker for each task: never pays in this range (tasks of 10 µs to 1 ms); at most 0.07× with tasks of 1 ms.",
  ],
};

function sizesOf(times: readonly number[]): Crossover["sizes"] {
  return times.map((taskMs) => ({
    size: taskMs * 1000,
    taskMs,
    sequential: {
      medianMs: 2 * taskMs,
      lowMs: 1.9 * taskMs,
      highMs: 2.1 * taskMs,
      q1Ms: 1.95 * taskMs,
      q3Ms: 2.05 * taskMs,
      minMs: 1.9 * taskMs,
      maxMs: 2.1 * taskMs,
      count: 7,
    },
  }));
}

function curve(
  model: CrossoverModel,
  times: readonly number[],
  overheadMs: number,
): CrossoverCurve {
  const points = times.map((taskMs) => {
    const ratio = 2 * taskMs / (taskMs + overheadMs);
    return {
      size: taskMs * 1000,
      taskMs,
      samplesMs: [2 * taskMs / ratio],
      speedup: { ratio, low: ratio * 0.93, high: ratio * 1.06, shown: true },
    };
  });
  const crossing: CrossingFit = overheadMs > times.at(-1)!
    ? { type: "never" }
    : {
      type: "at",
      size: overheadMs,
      low: overheadMs * 0.8,
      high: overheadMs * 1.25 > times.at(-1)! ? null : overheadMs * 1.25,
    };
  return { model, points, crossing };
}
