/**
 * Turns the rounds of a comparison into one result a model. Pure.
 * @module
 */
import {
  baselineOf,
  type Model,
  type ModelResult,
  type Span,
} from "../../base/record/mod.ts";
import {
  computeCpuShare,
  type OwnLoad,
  sumLoads,
} from "../../base/stamp/mod.ts";
import { computeSpeedUp, summarize } from "../summary.ts";

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
    const [runs, samplesMs] = [runsOf(model), samplesOf(model)];
    const summary = summarize(samplesMs, seed);
    const [nearest] = runs.toSorted((one, other) =>
      Math.abs(one.sampleMs - summary.medianMs) -
      Math.abs(other.sampleMs - summary.medianMs)
    ) as [Round];
    const baseline = baselineOf(model);
    const speedup = models.includes(baseline)
      ? computeSpeedUp(samplesOf(baseline), samplesMs, seed)
      : null;
    const { spans, results, own, cpuShare } = nearest;
    return {
      ...{ model, samplesMs, summary, speedup, spans, results },
      ...(cpuShare === undefined ? {} : { cpuShare }),
      // Of Python, that of the round shown; of this thread, that of all together.
      ...(own === undefined ? {} : {
        cpuShare: computeCpuShare(
          sumLoads(runs.map(({ own = null }) => own)),
        ),
      }),
    };
  });
}
