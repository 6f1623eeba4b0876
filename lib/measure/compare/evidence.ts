/**
 * What a comparison's spans tell, in numbers.
 *
 * Pure. `findings.ts` makes sentences of it.
 * @module
 */

import { median } from "../../base/statistics/mod.ts";
import type { Model, ModelResult, Span } from "../../base/record/mod.ts";

/** Finds the result of a model. */
export function findResult(
  results: readonly ModelResult[],
  model: Model,
): ModelResult | undefined {
  return results.find((result) => result.model === model);
}

/** Lists the results of models that start something for each job. */
export function listRemote(results: readonly ModelResult[]): ModelResult[] {
  return results.filter(({ model }) =>
    model === "workers" || model === "processes"
  );
}

/** Computes which part of its time a job waits when it has the thread to itself. */
export function computeWaitingShare(
  results: readonly ModelResult[],
): number | null {
  const spans = findResult(results, "sequential")?.spans ?? [];
  const totalMs = sumMs(spans);
  const waitingMs = sumMs(spans.filter(({ state }) => state === "waiting"));
  return totalMs > 0 ? waitingMs / totalMs : null;
}

/** Computes how long the code of a job runs, waits not counted. */
export function computeRunningMs(result: ModelResult): number | null {
  const running = result.spans.filter(({ state }) =>
    state === "running" || state === "alive"
  );
  const byJob = Map.groupBy(running, ({ label, lane }) => label ?? lane);
  return medianOrNull([...byJob.values()].map(sumMs));
}

/** Computes how long starting a Worker or process takes. */
export function computeStartMs(result: ModelResult): number | null {
  const starting = result.spans.filter(({ state }) => state === "starting");
  return medianOrNull(starting.map((span) => sumMs([span])));
}

function sumMs(spans: readonly Span[]): number {
  return spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}

function medianOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : median(values);
}
