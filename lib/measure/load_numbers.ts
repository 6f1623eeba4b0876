/**
 * From what became of each request to latencies, throughput and Little's law.
 *
 * Pure. Requests are sent in `load_send.ts`.
 * @module
 */

import { LogHistogram } from "../time/log_histogram.ts";
import { quantile } from "../time/stats.ts";
import type { Latency, LittleCheck, LoadPoint } from "./load_report.ts";
import type { RequestNote, SendNotes } from "./load_send.ts";

/** What was asked for. */
export interface PointOptions {
  /** Requests each second. */
  readonly ratePerS: number;
  /** For how long, milliseconds. */
  readonly durationMs: number;
  /** How many requests were planned. */
  readonly planned: number;
  /**
   * From when latency counts: from when a request was due, or from when it was
   * sent. The latter leaves out how long it had to wait for its turn.
   */
  readonly from: "due" | "sent";
}

/**
 * Describes what happened at one rate.
 *
 * @param sent What became of each request.
 * @param options What was asked for.
 * @returns Latencies, throughput and checks.
 */
export function describePoint(
  sent: SendNotes,
  options: PointOptions,
): LoadPoint {
  const { ratePerS, durationMs, planned, from } = options;
  const answered = sent.notes.filter(({ failed }) => !failed);
  const lastMs = Math.max(
    durationMs,
    ...tail(answered.map(({ doneMs }) => doneMs - sent.startMs)),
  );
  const startOf = (note: RequestNote) =>
    from === "due" ? note.dueMs : note.sentMs;
  const little = checkLittle(sent, durationMs, startOf);
  const isGrowing = sent.notes.length >= MIN_REQUESTS && !little?.holds &&
    durationMs / lastMs < KEPT_UP;
  return {
    ratePerS,
    arrived: planned,
    answered: answered.length,
    failed: sent.notes.length - answered.length,
    dropped: sent.dropped,
    throughputPerS: answered.length / lastMs * 1000,
    latency: describeLatency(
      answered.map((note) => note.doneMs - startOf(note)),
    ),
    service: describeLatency(
      answered.map(({ sentMs, doneMs }) => doneMs - sentMs),
    ),
    senderLagMs: findSenderLag(sent.notes),
    isSaturated: sent.dropped > 0 || isGrowing,
    little,
  };
}

/**
 * Describes durations by the quantiles that matter to those who wait.
 *
 * @param timesMs Durations, milliseconds.
 * @returns Quantiles, exact to 1 %.
 */
export function describeLatency(timesMs: readonly number[]): Latency {
  const histogram = new LogHistogram();
  for (const ms of timesMs) histogram.add(Math.max(0, ms));
  return {
    p50Ms: histogram.quantile(0.5),
    p90Ms: histogram.quantile(0.9),
    p99Ms: histogram.quantile(0.99),
    p999Ms: histogram.quantile(0.999),
    maxMs: histogram.max,
    meanMs: histogram.mean,
    buckets: histogram.buckets(),
  };
}

/**
 * Checks Little's law over the time in which requests arrived.
 *
 * Source: Little, "A Proof for the Queuing Formula: L = λW" (1961). The law is
 * about a system that goes on as it is: where the queue grows, requests in it
 * are more than answers × latency tell.
 *
 * @param sent What became of each request.
 * @param durationMs How long requests arrived.
 * @param startOf From when a request is in the system.
 * @returns Both sides; `null` if nothing was answered within that time.
 */
export function checkLittle(
  { startMs, notes }: Pick<SendNotes, "startMs" | "notes">,
  durationMs: number,
  startOf: (note: RequestNote) => number,
): LittleCheck | null {
  const endMs = startMs + durationMs;
  const within = notes.filter(({ doneMs }) => doneMs <= endMs);
  if (within.length === 0) return null;
  const insideMs = notes.reduce((sum, note) => {
    const from = Math.max(startMs, startOf(note));
    return sum + Math.max(0, Math.min(endMs, note.doneMs) - from);
  }, 0);
  const latencyMs = within.reduce(
    (sum, note) => sum + note.doneMs - startOf(note),
    0,
  );
  const inSystem = insideMs / durationMs;
  const expected = latencyMs / durationMs;
  const holds = Math.abs(inSystem - expected) <=
    Math.max(MAX_DIFFERENCE * inSystem, 1 / within.length);
  return { inSystem, expected, holds };
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

/** The largest alone: spreading a million arguments would overflow the stack. */
function tail(values: readonly number[]): readonly number[] {
  return values.length === 0
    ? []
    : [values.reduce((most, value) => Math.max(most, value))];
}

const MIN_REQUESTS = 10;
const KEPT_UP = 0.95;
const MAX_DIFFERENCE = 0.1;
