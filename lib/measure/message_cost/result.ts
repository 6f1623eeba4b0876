/**
 * What measuring the cost of messages yields.
 *
 * Pure: types only. `message_cost.ts` measures it, `message_cost_findings.ts`
 * says what it means, and `lib/measure/message_cost/figure.ts` draws it.
 * @module
 */

import type { HonestyStamp } from "../../base/stamp/mod.ts";
import type { SpeedUp, Summary } from "../../base/record/mod.ts";

/**
 * How bytes reach a Worker.
 *
 * - `clone`: copied, as `postMessage()` does by itself.
 * - `transfer`: given away; the sender has them no longer.
 * - `share`: in shared memory, which both have.
 */
export type MessageMode = "clone" | "transfer" | "share";

/** Messages of one size. */
export interface MessagePoint {
  /** How large the buffer is, bytes. */
  readonly bytes: number;
  /** From posting it until the Worker's short answer is there, one for each round, milliseconds. */
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
export interface MessageCosts {
  /** For a heading. */
  readonly title: string;
  /** One entry a kind. */
  readonly costs: readonly MessageCost[];
  /** One at a time against all at once. */
  readonly burst: BurstCost;
  /** The circumstances. */
  readonly stamp: HonestyStamp;
  /** Short sentences with measured numbers that say what the figure shows. */
  readonly findings: readonly string[];
}
