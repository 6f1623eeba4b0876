/**
 * What loading a function yields. Pure: types only.
 * @module
 */
import type { Circumstances } from "../scaffold.ts";

/** One bucket of durations that holds some. Units: milliseconds. */
export interface Bucket {
  /** Its lower edge. */
  readonly from: number;
  /** Its upper edge. */
  readonly to: number;
  /** How many it holds. */
  readonly count: number;
}

/** How long answers took. Units: milliseconds; 0 if there were none. */
export interface Latency {
  /** Half of all answers took no longer. */
  readonly p50Ms: number;
  /** 9 of 10. */
  readonly p90Ms: number;
  /** 99 of 100. */
  readonly p99Ms: number;
  /** 999 of 1000. */
  readonly p999Ms: number;
  /** The longest. */
  readonly maxMs: number;
  /** The mean. */
  readonly meanMs: number;
  /** How many took how long; each bucket is 1.1 % wide. */
  readonly buckets: readonly Bucket[];
}

/** What happened at one rate. */
export interface LoadPoint {
  /** Requests that were to arrive each second. */
  readonly ratePerS: number;
  /** Requests that arrived. */
  readonly arrived: number;
  /** Requests that were answered. */
  readonly answered: number;
  /** Requests that failed; their times do not count. */
  readonly failed: number;
  /** Requests that were not sent, as too many were under way or the time was over. */
  readonly dropped: number;
  /** Answers each second, until the last one; the quickest answer's own time is not counted. */
  readonly throughputPerS: number;
  /** From when a request was due to its answer. */
  readonly latency: Latency;
  /** How late the sender itself was, when no request of its own held it; 99 of 100. Milliseconds. */
  readonly senderLagMs: number;
  /**
   * Whether answers did not keep up: some requests were dropped, or the queue
   * grew: less than 95 in 100 were answered in the time in which they came, and
   * who came in the last third waited twice as long as who came in the first.
   */
  readonly isSaturated: boolean;
}

/** All that loading found. */
export interface LoadReport extends Circumstances<"load"> {
  /** How requests arrive. */
  readonly arrivals: "poisson" | "even";
  /** How long requests arrived at each rate, milliseconds. */
  readonly durationMs: number;
  /** One entry a rate, lowest first: requests are sent when they are due. */
  readonly open: readonly LoadPoint[];
  /** The message of the first failure; `null` if there was none. */
  readonly firstFailure: string | null;
}
