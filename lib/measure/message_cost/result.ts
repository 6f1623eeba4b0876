/**
 * What measuring the cost of messages yields. Pure: types only.
 * @module
 */

import type { SpeedUp, Summary } from "../../base/record/mod.ts";
import type { Circumstances } from "../scaffold.ts";

/**
 * How bytes are sent.
 *
 * - `clone`: copied to a Worker, as `postMessage()` does by itself.
 * - `transfer`: transferred to a Worker; the sender has them no longer.
 * - `share`: in memory that a Worker shares.
 * - `process`: copied to a process as a value, as arguments of `process(fn)` are.
 * - `pipe`: as bytes, into the standard input of a process.
 */
export type MessageMode = "clone" | "transfer" | "share" | "process" | "pipe";

/** Messages of one size. */
export interface MessagePoint {
  /** How large the buffer is, bytes. */
  readonly bytes: number;
  /** From posting it until the short answer is there, one for each round, milliseconds. */
  readonly samplesMs: readonly number[];
  /** The samples described. */
  readonly summary: Summary;
  /** How long posting held the sender, milliseconds: the median. */
  readonly blockedMs: number;
  /** Bytes a second, by the median. */
  readonly bytesPerSecond: number;
}

/** Messages of one kind. */
export interface MessageCost {
  /** How the bytes got there. */
  readonly mode: MessageMode;
  /** One entry a size, rising. */
  readonly points: readonly MessagePoint[];
  /** What any message costs, milliseconds. */
  readonly fixedMs: number;
  /** What a byte costs more, milliseconds. */
  readonly msPerByte: number;
  /** From which size on the bytes cost more than the message; `null` if that is not among the sizes. */
  readonly knee: Knee | null;
}

/** Where size begins to matter. */
export interface Knee {
  /** The size. */
  readonly bytes: number;
  /** Lower end of the 95 % interval; `null` if it may lie below all sizes. */
  readonly low: number | null;
  /** Upper end; `null` if it may lie above all sizes. */
  readonly high: number | null;
}

/** Small messages one at a time, and all at once. Units: milliseconds a message. */
export interface BurstCost {
  /** How many messages a round. */
  readonly count: number;
  /** Each is answered before the next is sent. */
  readonly pingPong: Summary;
  /** All are sent, then all answered. */
  readonly burst: Summary;
  /** How many times less a message costs in a burst. */
  readonly gain: SpeedUp;
}

/** What messages cost, as plain values. */
export interface MessageCosts extends Circumstances<"message cost"> {
  /** One entry a way. */
  readonly costs: readonly MessageCost[];
  /** One at a time against all at once, to a Worker. */
  readonly burst: BurstCost;
}
