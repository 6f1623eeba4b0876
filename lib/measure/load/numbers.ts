/**
 * From what became of each request to latencies and throughput.
 *
 * Pure. Requests are sent in `send.ts`.
 * @module
 */

import { quantile } from "../../base/statistics/mod.ts";
import type { Latency, LoadPoint } from "./load.ts";
import type { RequestNote, SendNotes } from "./send.ts";

/** What was asked for. */
export interface PointOptions {
  /** Requests each second. */
  readonly ratePerS: number;
  readonly durationMs: number;
  readonly planned: number;
}

export function describePoint(
  sent: SendNotes,
  { ratePerS, durationMs, planned }: PointOptions,
): LoadPoint {
  const answered = sent.notes.filter(({ failed }) => !failed);
  // An answer that takes 300 ms comes 300 ms after the last request, however
  // well all keep up: that much is no sign of a queue.
  const lastMs = Math.max(
    durationMs,
    reduceBy(Math.max, answered.map(({ doneMs }) => doneMs - sent.startMs)) -
      reduceBy(Math.min, answered.map(({ sentMs, doneMs }) => doneMs - sentMs)),
  );
  const latenciesMs = answered.map(({ dueMs, doneMs }) => doneMs - dueMs);
  const isGrowing = sent.notes.length >= MIN_REQUESTS &&
    durationMs / lastMs < KEPT_UP && isRising(latenciesMs);
  return {
    ratePerS,
    arrived: planned,
    answered: answered.length,
    failed: sent.notes.length - answered.length,
    dropped: sent.dropped,
    throughputPerS: answered.length / lastMs * 1000,
    latency: describeLatency(latenciesMs),
    senderLagMs: findSenderLag(sent.notes),
    isSaturated: sent.dropped > 0 || isGrowing,
  };
}

/**
 * Describes durations by the quantiles that matter to those who wait, and by
 * buckets that grow with the duration, about 1.1 % each.
 */
export function describeLatency(timesMs: readonly number[]): Latency {
  const sorted = Float64Array.from(timesMs, (ms) => Math.max(0, ms)).sort();
  const { length } = sorted;
  const at = (part: number) => sorted[Math.ceil(part * length) - 1] ?? 0;
  const places = Map.groupBy(
    sorted,
    (ms) => Math.floor(Math.log2(Math.max(ms, LEAST_MS)) * PER_DOUBLING),
  );
  return {
    p50Ms: at(0.5),
    p90Ms: at(0.9),
    p99Ms: at(0.99),
    p999Ms: at(0.999),
    maxMs: at(1),
    meanMs: sorted.reduce((sum, ms) => sum + ms, 0) / Math.max(1, length),
    buckets: [...places].map(([place, { length: count }]) => ({
      from: 2 ** (place / PER_DOUBLING),
      to: 2 ** ((place + 1) / PER_DOUBLING),
      count,
    })),
  };
}

/** Those who come late wait longer than those who came early: that is a queue that grows. */
function isRising(latenciesMs: readonly number[]): boolean {
  const third = Math.floor(latenciesMs.length / 3);
  if (third === 0) return false;
  return quantile(latenciesMs.slice(-third), 0.5) >=
    LEAST_RISE * quantile(latenciesMs.slice(0, third), 0.5);
}

/** Of requests that found nothing under way: what they were late by is the sender's own doing. */
function findSenderLag(notes: readonly RequestNote[]): number {
  let busyUntilMs = -Infinity;
  const lags: number[] = [];
  for (const { dueMs, sentMs, doneMs } of notes) {
    if (dueMs >= busyUntilMs) lags.push(sentMs - dueMs);
    busyUntilMs = Math.max(busyUntilMs, doneMs);
  }
  return lags.length === 0 ? 0 : quantile(lags, 0.99);
}

/** Spreading a million arguments would overflow the stack. */
function reduceBy(
  choose: (one: number, other: number) => number,
  values: readonly number[],
): number {
  return values.reduce(
    (chosen, value) => choose(chosen, value),
    values[0] ?? 0,
  );
}

const PER_DOUBLING = 64;
// A nanosecond.
const LEAST_MS = 1e-6;
const MIN_REQUESTS = 10;
const KEPT_UP = 0.95;
const LEAST_RISE = 2;
