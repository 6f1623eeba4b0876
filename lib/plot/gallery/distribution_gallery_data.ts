/**
 * Fixed measurements for the gallery of `distribution.ts`.
 *
 * For tests only; nothing else imports this file. Pure: no clock, no chance but
 * from a seed.
 * @module
 */

import { describeMeasurement } from "../../measure/measure/findings.ts";
import {
  type RawSamples,
  summarizeFunctions,
} from "../../measure/measure/summary.ts";
import type { Measurement } from "../../measure/measure/measure.ts";
import { createRandom } from "../../base/statistics/mod.ts";
import { STAMP } from "./gallery_data.ts";

/** One function of some milliseconds, with a cold start and two outliers. */
export const SINGLE: Measurement = makeMeasurement("fib(25)", [
  makeRaw("fib(25)", {
    samplesMs: [...scatter(45, 0.71, 0.012), 0.83, 0.92],
    warmUpMs: [2.45, 1.62, 1.1, 0.82, 0.75, ...scatter(8, 0.72, 0.02)],
  }),
]);

/** Two functions of nanoseconds; one is faster, and the third is not. */
export const PAIR: Measurement = makeMeasurement("Three ways to add up", [
  makeRaw("for", {
    samplesMs: scatter(60, 0.000412, 0.01),
    warmUpMs: [0.021, 0.0034, 0.0011, ...scatter(10, 0.00042, 0.03)],
    calls: 350,
  }),
  makeRaw("reduce", {
    samplesMs: scatter(60, 0.00083, 0.015, 5),
    warmUpMs: [0.018, 0.0052, 0.0014, ...scatter(10, 0.00085, 0.03)],
    calls: 170,
  }),
  makeRaw("forEach, with a name that is far too long to be shown", {
    samplesMs: scatter(60, 0.000414, 0.02, 8),
    warmUpMs: [0.017, 0.0049, 0.0012, ...scatter(10, 0.00042, 0.03)],
    calls: 340,
  }),
]);

/** Round trips between threads: two crowds, many samples, a noisy machine. */
export const CROWDS: Measurement = makeMeasurement("A message there and back", [
  makeRaw("ping", {
    samplesMs: interleave(scatter(200, 0.012, 0.08), scatter(100, 0.057, 0.1)),
    warmUpMs: [1.2, 0.3, 0.061, 0.055, 0.013, 0.06, 0.012, 0.057, 0.012, 0.05],
    isAsync: true,
  }),
], 0.23);

/** A single sample. */
export const ALONE: Measurement = makeMeasurement("Once", [
  makeRaw("train a model", { samplesMs: [8210], warmUpMs: [8400] }),
]);

function makeMeasurement(
  title: string,
  raw: readonly RawSamples[],
  share = 0.012,
): Measurement {
  const results = summarizeFunctions(raw, 1);
  const count = results[0]!.summary.count;
  const measured = {
    title,
    results,
    clockStepMs: 0.00008,
    runShares: share > 0.06 ? [0.31, share, 0.27, 0.29] : [share],
    stamp: {
      ...STAMP,
      samples: count,
      otherCpuShare: share,
      noisy: share > 0.06,
    },
  };
  return {
    type: "measurement",
    ...measured,
    findings: describeMeasurement(measured),
  };
}

interface RawOptions {
  readonly samplesMs: readonly number[];
  readonly warmUpMs: readonly number[];
  readonly calls?: number;
  readonly isAsync?: boolean;
}

function makeRaw(name: string, options: RawOptions): RawSamples {
  const { samplesMs, warmUpMs, calls = 1, isAsync = false } = options;
  const callsPerSample = samplesMs.map((_, index) =>
    calls === 1 ? 1 : calls * (1 + index % 4)
  );
  return {
    name,
    isAsync,
    samplesMs,
    warmUpMs,
    callsPerSample,
    warmUpSettled: warmUpMs.length > 10,
  };
}

function scatter(
  count: number,
  middleMs: number,
  spread: number,
  seed = 1,
): readonly number[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const sum = random() + random() + random() - 1.5;
    return Number((middleMs * (1 + spread * 2 * sum)).toPrecision(6));
  });
}

function interleave(
  one: readonly number[],
  other: readonly number[],
): readonly number[] {
  return one.flatMap((value, index) =>
    index % 2 === 0 ? [value, other[index / 2]!] : [value]
  );
}
