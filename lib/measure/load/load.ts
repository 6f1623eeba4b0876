/**
 * `load`: how long answers take when requests come at a given rate.
 *
 * The front: options, results and documentation.
 * @module
 */
import { addDisplay, type Displayable } from "../../base/mod.ts";
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

/** How a function is loaded. */
export interface LoadOptions {
  /** Requests each second. Give this or `rates`. */
  readonly rate?: number;
  /** Several rates, one after another, for the curve of wait over load. */
  readonly rates?: readonly number[];
  /**
   * How long requests arrive at each rate, milliseconds. Answers are then
   * waited for up to twice as long.
   * @default 2000
   */
  readonly durationMs?: number;
  /**
   * Whether requests come independently of one another, or at equal distances.
   * @default "poisson"
   */
  readonly arrivals?: "poisson" | "even";
  /**
   * How many requests may be under way; those that come on top are dropped and counted.
   * @default 1000
   */
  readonly maxInFlight?: number;
  /**
   * How long all of it may take, milliseconds; what is sent by then counts.
   * @default 60000
   */
  readonly maxMs?: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Heading of figures. @default the name of the function */
  readonly title?: string;
  /**
   * Decides when requests come.
   * @default 1
   */
  readonly seed?: number;
}

/** A report that a notebook shows as a figure. */
export type ShownLoad = LoadReport & Displayable;

/**
 * Sends requests to a function at given rates, and measures how long answers
 * take from the moment each request was due.
 *
 * Requests come whether or not those before them are answered (an open loop),
 * so a function that stalls is seen to keep waiting all who come meanwhile. It
 * runs on this thread: what it computes itself delays the next request, and
 * that delay counts as it does for a server with one thread.
 *
 * Units: milliseconds; requests each second.
 *
 * @example Answers after a millisecond
 * ```ts
 * import assert from "node:assert/strict";
 * const answer = () => new Promise((resolve) => setTimeout(resolve, 1));
 * const { open } = await load(answer, { rate: 100, durationMs: 100 });
 * assert.ok(open[0]!.answered > 0);
 * ```
 *
 * @param fn Answers one request; called without arguments, a promise is awaited.
 * @param options Rates and times.
 * @returns Latencies at each rate; as a cell's value it is a figure.
 * @throws {TypeError} If it is no function, or an option has the wrong type or is unknown.
 * @throws {RangeError} If an option is out of range, or ten million requests are not enough.
 */
export function load(
  fn: () => unknown,
  options: LoadOptions,
): Promise<ShownLoad>;
/**
 * Sends requests to a function at one rate, and measures how long answers take
 * from the moment each request was due.
 *
 * Units: milliseconds; requests each second.
 *
 * @example A hundred a second
 * ```ts
 * import assert from "node:assert/strict";
 * const { open } = await load(() => 1, 100, { durationMs: 100 });
 * assert.equal(open[0]!.ratePerS, 100);
 * ```
 *
 * @param fn Answers one request; called without arguments, a promise is awaited.
 * @param rate Requests each second.
 * @param options Times.
 * @returns Latencies at that rate; as a cell's value it is a figure.
 * @throws {TypeError} If it is no function, or an option has the wrong type or is unknown.
 * @throws {RangeError} If the rate or an option is out of range.
 */
export function load(
  fn: () => unknown,
  rate: number,
  options?: Omit<LoadOptions, "rate" | "rates">,
): Promise<ShownLoad>;
export async function load(
  fn: () => unknown,
  first: LoadOptions | number,
  more: Omit<LoadOptions, "rate" | "rates"> = {},
): Promise<ShownLoad> {
  const options = typeof first === "number" ? { ...more, rate: first } : first;
  const { measureLoad } = await import("./engine.ts");
  return addDisplay(await measureLoad(fn, options), async (found) => {
    const { loadFigure } = await import("./figure.ts");
    return loadFigure(found);
  });
}
