/**
 * `messageCost`: what it costs to send bytes to a Worker or a process.
 *
 * The front: options, results and documentation.
 * @module
 */
import { addDisplay, type Displayable } from "../../base/mod.ts";
import type { SpeedUp, Summary } from "../../base/record/mod.ts";
import type { RoundOptions } from "../options.ts";
import type { Circumstances } from "../scaffold.ts";

/**
 * How bytes are sent.
 *
 * - `clone`: copied to a Worker, as `postMessage()` does by itself.
 * - `transfer`: transferred to a Worker; the sender has them no longer.
 * - `share`: in memory that a Worker shares.
 * - `process`: copied to a process as a value, as arguments of `process(fn)` are.
 * - `pipe`: as bytes, into the standard input of a process; through a loopback
 *   socket where a notebook may not start programs.
 */
export type MessageMode = "clone" | "transfer" | "share" | "process" | "pipe";

/** How the cost of messages is measured. */
export interface MessageCostOptions extends RoundOptions {
  /** Sizes of the buffers, bytes. @default 64 B to 16 MiB, seven of them */
  readonly sizes?: readonly number[];
  /**
   * How the bytes get there; `process` and `pipe` start a process.
   * @default the three of a Worker
   */
  readonly modes?: readonly MessageMode[];
  /** How many small messages a burst has. @default 500 */
  readonly burst?: number;
  /**
   * Rounds, 3 or more; in each, every size is sent in every way, several times.
   * @default 11
   */
  readonly samples?: number;
}

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

/** Costs of messages that a notebook shows as a figure. */
export type ShownMessageCosts = MessageCosts & Displayable;

/**
 * Sends buffers of growing size to a Worker, copied, transferred and shared, and
 * shows how long each takes, where size begins to matter, and what a burst of
 * messages gains over one at a time. With more `modes`, also to a process: as a
 * value, as `process(fn)` does, and as bytes through a pipe.
 *
 * Units: milliseconds from posting until the short answer is there.
 *
 * @example Two sizes
 * ```ts
 * import assert from "node:assert/strict";
 * const { costs } = await messageCost({ sizes: [64, 65_536], samples: 3, burst: 50 });
 * assert.deepEqual(costs.map(({ mode }) => mode), ["clone", "transfer", "share"]);
 * assert.deepEqual(costs[0]!.points.map(({ bytes }) => bytes), [64, 65_536]);
 * ```
 *
 * @param options Sizes, ways, and how to measure.
 * @returns All that was measured; as a cell's value it is a figure.
 * @throws {TypeError} If an option has the wrong type or is unknown.
 * @throws {RangeError} If an option is out of range, or time was too short.
 */
export async function messageCost(
  options: MessageCostOptions = {},
): Promise<ShownMessageCosts> {
  const { measureMessageCosts } = await import("./engine.ts");
  return addDisplay(await measureMessageCosts(options), async (found) => {
    const { messageCostFigure } = await import("./figure.ts");
    return messageCostFigure(found);
  });
}
