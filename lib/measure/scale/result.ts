/**
 * What measuring how work scales yields. Pure: types only.
 * @module
 */

import type { Circumstances } from "../scaffold.ts";
import type { SpeedUp, Summary } from "../../base/record/mod.ts";

/** What the work is split over. */
export type ScaleModel = "workers" | "processes";

/** A part of the whole with its 95 % interval. */
export interface Part {
  /** The part; 0.1 is a tenth. */
  readonly part: number;
  /** Lower end. */
  readonly low: number;
  /** Upper end. */
  readonly high: number;
}

/** What one number of Workers did. */
export interface ScalePoint {
  /** How many Workers or processes. */
  readonly n: number;
  /** Wall times of the whole work, one for each round, in the order taken; none left out. */
  readonly samplesMs: readonly number[];
  /** The samples described. */
  readonly summary: Summary;
  /** Against one Worker. */
  readonly speedup: SpeedUp;
  /** The largest speed-up there can be, see `idealSpeedUp()`. */
  readonly ideal: number;
  /** The part that this point by itself would call serial (Karp and Flatt); `null` for one Worker. */
  readonly karpFlatt: Part | null;
  /** Whether there are more Workers than cores. */
  readonly beyondCores: boolean;
}

/** What the Universal Scalability Law makes of the speed-ups, or why it was not asked. */
export type UslResult =
  | {
    readonly type: "fit";
    /** Part of the work for which others are waited for, σ. */
    readonly contention: number;
    /** Cost of agreeing, κ. */
    readonly coherency: number;
    /** How many Workers would be fastest; `null` if more is always faster. */
    readonly peakN: number | null;
    /** Lower end of the peak's interval; absent if it was not computed. */
    readonly peakLow?: number;
    /** Upper end; `null` if it may never fall. */
    readonly peakHigh?: number | null;
  }
  | { readonly type: "refused"; readonly reason: string };

/** How work scales, as plain values. */
export interface Scaling extends Circumstances<"scaling"> {
  /** What the work was split over. */
  readonly model: ScaleModel;
  /** How many jobs the whole work is. */
  readonly jobs: number;
  /** Cores that may be used: a quota counts, also a part of a core. */
  readonly cores: number;
  /** One entry a number of Workers, rising. */
  readonly points: readonly ScalePoint[];
  /** Serial part by Amdahl's law over points at or below the cores; `null` if there is none. */
  readonly amdahl: Part | null;
  /** The law that needs many points. */
  readonly usl: UslResult;
  /**
   * Which part of its time the work was on a core with one Worker, 0 to 1; `null` if unknown,
   * absent where it was not measured.
   */
  readonly cpuShare?: number | null;
  /** What the jobs returned, in their order. */
  readonly results: readonly unknown[];
}
