/**
 * What measuring functions and commands yields. Pure: types only.
 * @module
 */
import type { SpeedUp, Summary } from "../../base/record/mod.ts";
import type { Outlier, Shape, Shift } from "../../base/statistics/mod.ts";
import type { Circumstances } from "../scaffold.ts";

/** A first call that took far longer than those to come. */
export interface ColdStart {
  /** How long it took, milliseconds. */
  readonly firstMs: number;
  /** How many medians that is. */
  readonly ratio: number;
}

/** How a function or command does against an earlier measurement of it. */
export interface EarlierResult {
  /** Its name. */
  readonly name: string;
  /** How many times faster than before. */
  readonly speedup: SpeedUp;
  /** Whether cores, system and versions were the same then. */
  readonly isSameMachine: boolean;
}

/** What was measured of one function or command. Units: milliseconds for one call or run. */
export interface MeasuredFunction {
  /** Its name. */
  readonly name: string;
  /** The program and its arguments; absent of a function. */
  readonly command?: readonly string[];
  /** Whether it is a line for the shell, whose own start is subtracted. */
  readonly isLine?: boolean;
  /** Whether it returned promises, which were awaited. */
  readonly isAsync: boolean;
  /** One entry a sample, in the order taken; none is left out. */
  readonly samplesMs: readonly number[];
  /** How many calls each sample is the mean of; 1 where a call is long enough for the clock. */
  readonly callsPerSample: readonly number[];
  /** What came before and does not count, in the order taken. */
  readonly warmUpMs: readonly number[];
  /** Whether the times had stopped changing when the warm-up ended. */
  readonly warmUpSettled: boolean;
  /** The samples described; those before a shift to faster ones are warm-up, and left out. */
  readonly summary: Summary;
  /** Samples far from the bulk. */
  readonly outliers: readonly Outlier[];
  /** The first call, if it stood out. */
  readonly coldStart: ColdStart | null;
  /** Around how many values the samples crowd; of those after the shift, if there is one. */
  readonly shape: Shape;
  /** Where samples became faster or slower for good; `null` if nowhere. */
  readonly shift: Shift | null;
  /** Whether each sample resembles the one before, so that the interval is too narrow. */
  readonly isDependent: boolean;
  /** How many times faster than the first function; `null` for the first. */
  readonly speedup: SpeedUp | null;
}

/** All that measuring found, as plain values. */
export interface Measurement extends Circumstances<"measurement"> {
  /** One entry a function or command, in the order given. */
  readonly results: readonly MeasuredFunction[];
  /** The smallest step of the clock, milliseconds. */
  readonly clockStepMs: number;
  /** Part of all cores that others used in each run, in order; `null` where unknown. The calmest run counts. */
  readonly runShares: readonly (number | null)[];
  /** What the start of a shell takes, milliseconds; it is subtracted. Absent without lines for one. */
  readonly shellMs?: number;
  /** Against an earlier measurement, if one was given. */
  readonly earlier?: readonly EarlierResult[];
}

/** What measuring one function or command found. */
export interface SingleMeasurement extends Measurement {
  /** The samples described. */
  readonly summary: Summary;
}
