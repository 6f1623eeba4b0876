/**
 * Turns the rounds of a comparison into one result a model.
 *
 * Pure. Rounds are taken in `compare.ts`; medians and intervals are computed
 * in `lib/base/statistics/stats.ts`.
 * @module
 */

import {
  bootstrapMedian,
  bootstrapRatio,
  median,
  quantile,
} from "../../base/statistics/mod.ts";
import {
  baselineOf,
  type Model,
  type ModelResult,
  type Span,
  type SpeedUp,
  type Summary,
} from "../../base/record/mod.ts";
import {
  computeCpuShare,
  type OwnLoad,
  sumLoads,
} from "../../base/stamp/mod.ts";

/** One run of all jobs by one model. */
export interface Round {
  /** The model. */
  readonly model: Model;
  /** How long all jobs took together, in milliseconds. */
  readonly sampleMs: number;
  /** What happened meanwhile. */
  readonly spans: readonly Span[];
  /** What the jobs returned. */
  readonly results: readonly unknown[];
  /** Which part of its time a job's thread was on a core; of Python models. */
  readonly cpuShare?: number | null;
  /** What this process had of the cores; of what runs on this thread alone. */
  readonly own?: OwnLoad | null;
}

/** Describes samples by their middle and spread. */
export function summarize(samplesMs: readonly number[], seed = 1): Summary {
  const { low, high } = bootstrapMedian(samplesMs, { seed });
  return {
    medianMs: median(samplesMs),
    lowMs: low,
    highMs: high,
    q1Ms: quantile(samplesMs, 0.25),
    q3Ms: quantile(samplesMs, 0.75),
    minMs: quantile(samplesMs, 0),
    maxMs: quantile(samplesMs, 1),
    count: samplesMs.length,
  };
}

/** Compares samples with those of `sequential`. */
export function computeSpeedUp(
  sequentialMs: readonly number[],
  samplesMs: readonly number[],
  seed = 1,
): SpeedUp {
  const ratio = median(sequentialMs) / median(samplesMs);
  const { low, high } = bootstrapRatio(sequentialMs, samplesMs, { seed });
  const shown = (low > 1 || high < 1) && Math.abs(ratio - 1) >= MIN_DIFFERENCE;
  return { ratio, low, high, shown };
}

/** Gathers rounds by model. */
export function summarizeRounds(
  rounds: readonly (readonly Round[])[],
  models: readonly Model[],
  seed: number,
): ModelResult[] {
  const runsOf = (model: Model) =>
    rounds.flat().filter((run) => run.model === model);
  const samplesOf = (model: Model) =>
    runsOf(model).map(({ sampleMs }) => sampleMs);
  return models.map((model) => {
    const samplesMs = samplesOf(model);
    const summary = summarize(samplesMs, seed);
    const distance = ({ sampleMs }: Round) =>
      Math.abs(sampleMs - summary.medianMs);
    const nearest = runsOf(model).reduce((best, run) =>
      distance(run) < distance(best) ? run : best
    );
    const baseline = baselineOf(model);
    const speedup = models.includes(baseline)
      ? computeSpeedUp(samplesOf(baseline), samplesMs, seed)
      : null;
    return {
      model,
      samplesMs,
      summary,
      speedup,
      spans: nearest.spans,
      results: nearest.results,
      ...tellCpuShare(runsOf(model), nearest),
    };
  });
}

/** Of Python, that of the round shown; of this thread, that of all rounds together. */
function tellCpuShare(
  runs: readonly Round[],
  nearest: Round,
): Pick<ModelResult, "cpuShare"> {
  if (nearest.own === undefined) {
    return nearest.cpuShare === undefined ? {} : { cpuShare: nearest.cpuShare };
  }
  return {
    cpuShare: computeCpuShare(sumLoads(runs.map(({ own = null }) => own))),
  };
}

/** Finds how far the samples of any model scatter. */
export function findWidestSpread(results: readonly ModelResult[]): number {
  return Math.max(
    0,
    ...results.map(({ summary }) =>
      (summary.q3Ms - summary.q1Ms) / summary.medianMs
    ),
  );
}

const MIN_DIFFERENCE = 0.02;
