/**
 * What the samples of a function say, worked out.
 *
 * Pure. Samples are taken in `run.ts`, and words made in `findings.ts`.
 * @module
 */

import { computeSpeedUp, summarize } from "../summary.ts";
import {
  findModes,
  findOutliers,
  findShift,
  isDependent,
  median,
  tukeyFences,
} from "../../base/statistics/mod.ts";
import type { ColdStart, MeasuredFunction } from "./measure.ts";

/** Samples of a function, as taken. */
export type RawSamples = Pick<
  MeasuredFunction,
  | "name"
  | "isAsync"
  | "samplesMs"
  | "callsPerSample"
  | "warmUpMs"
  | "warmUpSettled"
>;

/** Describes the samples of several functions; the first is what others are compared with. */
export function summarizeFunctions(
  raw: readonly RawSamples[],
  seed: number,
): readonly MeasuredFunction[] {
  const known = raw.map((own) => {
    const shift = findShift(own.samplesMs);
    // Samples from before a late compile are warm-up, and describe nothing.
    const warmUps = shift !== null && shift.afterMs < shift.beforeMs
      ? shift.at
      : 0;
    return { own, shift, warmUps };
  });
  const settledOf = ({ own, warmUps }: typeof known[number]) => ({
    ...own,
    samplesMs: own.samplesMs.slice(warmUps),
    callsPerSample: own.callsPerSample.slice(warmUps),
  });
  return known.map((one, index) => {
    const { own, shift, warmUps } = one;
    const settled = settledOf(one);
    const { samplesMs } = settled;
    const baseline = settledOf(known[0]!).samplesMs;
    return {
      ...own,
      summary: summarize(samplesMs, seed),
      outliers: findOutliers(samplesMs).map((outlier) => ({
        ...outlier,
        index: outlier.index + warmUps,
      })),
      coldStart: findColdStart(settled),
      shape: findModes(own.samplesMs.slice(shift?.at ?? 0)),
      shift,
      isDependent: isDependent(samplesMs),
      speedup: index === 0 ? null : computeSpeedUp(baseline, samplesMs, seed),
    };
  });
}

/** The very first call, or the first sample, where it lies beyond the outer fence. */
function findColdStart(
  { warmUpMs, samplesMs }: RawSamples,
): ColdStart | null {
  const firstMs = warmUpMs[0] ?? samplesMs[0] ?? 0;
  const rest = warmUpMs.length > 0 ? samplesMs : samplesMs.slice(1);
  if (rest.length < MIN_SAMPLES) return null;
  const ratio = firstMs / median(rest);
  return firstMs > tukeyFences(rest).farHigh && ratio >= MIN_COLD_RATIO
    ? { firstMs, ratio }
    : null;
}

const MIN_SAMPLES = 5;
// Less is no start that anybody would notice.
const MIN_COLD_RATIO = 1.5;
