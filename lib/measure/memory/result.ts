/**
 * What measuring memory yields. Pure: types only.
 * @module
 */

import type { Circumstances } from "../scaffold.ts";

/**
 * What takes the memory: idle Workers of one process, idle processes, or tasks
 * that wait for a promise.
 */
export type MemoryModel = "workers" | "processes" | "promises";

/**
 * How memory was counted.
 *
 * - `pss`: a page that is shared by three counts a third for each; sums are right.
 * - `rss`: it counts whole for each; sums over processes are too high.
 */
export type MemoryCount = "pss" | "rss";

/** Memory at one moment. Units: bytes. */
export interface MemoryReading {
  /** By the count that is used. */
  readonly bytes: number;
  /** Of it, what nobody else uses; `null` if that is unknown. */
  readonly privateBytes: number | null;
}

/** So many at once. Units: bytes more than before the first. */
export interface MemoryPoint {
  /** How many; of promises, how many units. */
  readonly k: number;
  /** One entry a round, in the order taken; none left out. */
  readonly samples: readonly MemoryReading[];
  /** The middle of them. */
  readonly medianBytes: number;
  /** The middle of what is private; `null` if that is unknown. */
  readonly medianPrivateBytes: number | null;
}

/** A cost for each, with its 95 % interval. Units: bytes. */
export interface BytesEach {
  /** The slope over numbers: the mean of the rounds, whose slopes give the interval. */
  readonly bytes: number;
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
}

/** What one model takes. */
export interface MemoryCost {
  /** The model. */
  readonly model: MemoryModel;
  /** How many are one of `k`; of promises 20 000. @default 1 */
  readonly unit?: number;
  /** One entry a number, rising. */
  readonly points: readonly MemoryPoint[];
  /** What each takes. */
  readonly each: BytesEach;
  /** What each takes that is private; `null` if that is unknown. */
  readonly privateEach: BytesEach | null;
  /** What having any takes, once, on top; bytes. */
  readonly onceBytes: number;
  /** Part of it all that was given back after they had ended: the median of the rounds. */
  readonly returned: number;
  /** Whether a process of its own was measured; else this one, where earlier work may have left room. */
  readonly isFresh: boolean;
}

/** What Workers, processes and promises take, as plain values. */
export interface MemoryCosts extends Circumstances<"memory"> {
  /** How memory was counted. */
  readonly count: MemoryCount;
  /** One entry a model. */
  readonly costs: readonly MemoryCost[];
}
