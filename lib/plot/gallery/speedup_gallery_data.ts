/**
 * Fixed measurements of scaling for the gallery.
 *
 * For tests only. Pure: no clock, no chance.
 * @module
 */

import { amdahlSpeedUp, karpFlatt } from "../../measure/fit/amdahl.ts";
import type { ScalePoint, Scaling } from "../../measure/scale/scale.ts";
import { STAMP } from "./gallery_data.ts";

/** Twelve jobs on two cores: what most readers will see. */
export const SCALING: Scaling = {
  type: "scaling",
  title: "Twelve counts of primes, over more and more Workers",
  model: "workers",
  jobs: 12,
  cores: 2,
  points: [
    point(1, [1, 1, 1], 2),
    point(2, [1.91, 1.85, 1.96], 2),
    point(3, [1.88, 1.79, 1.95], 2),
    point(4, [1.9, 1.82, 1.96], 2),
  ],
  amdahl: { part: 0.047, low: 0.02, high: 0.081 },
  cpuShare: 1,
  results: [],
  stamp: STAMP,
  findings: [
    "With 2 Workers the work was 1.91× as fast as with 1 (95 % interval 1.85× to 1.96×); 2 cores allow 2.00×.",
    "4 Workers on 2 cores gave 1.90× (95 % interval 1.82× to 1.96×), no gain shown over 2, as a core runs one at a time.",
    "The serial part of Amdahl's law can not be told: it takes 2 points or more, and there is 1.",
  ],
};

/** A server with many cores, and a serial part that shows. */
export const MANY_CORES: Scaling = {
  ...SCALING,
  title: "A tenth is serial: sixteen cores give six times",
  jobs: 240,
  cores: 16,
  points: [1, 2, 3, 4, 6, 8, 12, 16, 20].map((n) => {
    const ratio = amdahlSpeedUp(0.1, Math.min(n, 16)) * (1 - 0.003 * n);
    const spread = n === 1 ? 0 : 0.04;
    return point(n, [
      n === 1 ? 1 : ratio,
      ratio * (1 - spread),
      ratio * (1 + spread),
    ], 16);
  }),
  amdahl: { part: 0.104, low: 0.097, high: 0.112 },
  stamp: { ...STAMP, cores: 16 },
  findings: [
    "By Amdahl's law 10 % of the work is serial (95 % interval 10 % to 11 %); then no number of cores would give more than 9.62× (8.93× to 10.3×).",
  ],
};

/** Jobs so small that splitting them costs more than it gives. */
export const SLOWER: Scaling = {
  ...SCALING,
  title: "Tiny jobs: a second Worker makes it slower",
  points: [
    point(1, [1, 1, 1], 2),
    point(2, [0.62, 0.48, 0.79], 2),
    point(3, [0.51, 0.33, 0.7], 2),
  ],
  amdahl: { part: 1, low: 1, high: 1 },
  stamp: { ...STAMP, noisy: true, otherCpuShare: 0.31 },
  findings: [
    "Noisy: other programs used 31 % of all cores meanwhile; take the figures as rough.",
    "With 2 Workers the work took 1.61× as long as with 1 (95 % interval 1.27× to 2.08×). Whether splitting the work is the reason can not be told: other programs used 31 % of all cores meanwhile.",
  ],
};

function point(
  n: number,
  [ratio, low, high]: readonly [number, number, number],
  cores: number,
): ScalePoint {
  const medianMs = 812 / ratio;
  return {
    n,
    samplesMs: [medianMs],
    summary: {
      medianMs,
      lowMs: 812 / high,
      highMs: 812 / low,
      q1Ms: medianMs,
      q3Ms: medianMs,
      minMs: medianMs,
      maxMs: medianMs,
      count: 7,
    },
    speedup: { ratio, low, high, shown: n > 1 },
    ideal: Math.min(n, cores),
    karpFlatt: n === 1 ? null : {
      part: karpFlatt(ratio, n)!,
      low: karpFlatt(high, n)!,
      high: karpFlatt(low, n)!,
    },
    beyondCores: n > cores,
  };
}
