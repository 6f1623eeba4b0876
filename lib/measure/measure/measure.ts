/**
 * `measure`: how long a function or a command takes, or which of several is faster.
 *
 * The front: options, results and documentation.
 * @module
 */
import { addDisplay, type Displayable } from "../../base/mod.ts";
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

/**
 * A command: a program and its arguments, or a line for the shell, whose own start
 * is measured too and subtracted.
 */
export type MeasuredCommand = string | readonly string[];

/** One function or command, or several by name. */
export type MeasuredWork =
  | (() => unknown)
  | MeasuredCommand
  | Readonly<Record<string, (() => unknown) | MeasuredCommand>>;

/** How functions are measured. */
export interface MeasureOptions {
  /**
   * Exactly how many samples of each function.
   * @default at least 30, until the median is sure, within 2 s a function
   */
  readonly samples?: number;
  /**
   * Sampling stops when half the 95 % interval of the median is this part of it.
   * @default 0.01
   */
  readonly precision?: number;
  /**
   * How long all of it may take, milliseconds: warm-up, samples, and up to
   * three repetitions when other programs were busy.
   * @default 10000
   */
  readonly maxMs?: number;
  /** Ends measuring: before the next call, or at once where a promise is awaited. */
  readonly signal?: AbortSignal;
  /**
   * Heading of figures.
   * @default the name of the function, or those of several
   */
  readonly title?: string;
  /**
   * Decides the order of calls within each round, and the resampling.
   * @default 1
   */
  readonly seed?: number;
  /** File that the measurement is kept in, for `against`. @default none */
  readonly save?: string;
  /**
   * An earlier measurement, or the file that keeps it: what has the same name is
   * compared with it.
   * @default none
   */
  readonly against?: string | Measurement;
}

/**
 * Measures how long one call of a function takes.
 *
 * First come calls that do not count, until they stop getting faster; then
 * samples, each long enough for the clock, until the median is sure. Nothing is
 * dropped. A function that returns a promise is awaited.
 *
 * Units: milliseconds for one call.
 *
 * @example Sum up a million numbers
 * ```ts
 * import assert from "node:assert/strict";
 * const { summary } = await measure(() => {
 *   let sum = 0;
 *   for (let n = 0; n < 1e5; n++) sum += n;
 *   return sum;
 * }, { samples: 5 });
 * assert.equal(summary.count, 5);
 * assert.ok(summary.medianMs > 0);
 * ```
 *
 * @param fn The function, called without arguments.
 * @param options How to measure.
 * @returns Samples, what they say, and the circumstances; as a cell's value it is a figure.
 * @throws {TypeError} If it is no function, or an option has the wrong type or is unknown.
 * @throws {RangeError} If an option is out of range, or not one sample is done in time.
 */
export function measure(
  fn: () => unknown,
  options?: MeasureOptions,
): Promise<SingleMeasurement & Displayable>;
/**
 * Measures how long one run of a command takes.
 *
 * Of a line for the shell, the shell's own start is subtracted; a list of a program
 * and its arguments is started without a shell. What it prints is dropped.
 *
 * Units: milliseconds from its start to its end.
 *
 * @example Deno, without a shell
 * ```ts
 * import assert from "node:assert/strict";
 * const { summary } = await measure([Deno.execPath(), "--version"], { samples: 3 });
 * assert.ok(summary.medianMs > 0);
 * ```
 *
 * @param command The command.
 * @param options How to measure.
 * @returns Samples, what they say, and the circumstances; as a cell's value it is a figure.
 * @throws {TypeError} If it is no command, or an option has the wrong type or is unknown.
 * @throws {RangeError} If an option is out of range, or not one sample is done in time.
 * @throws {Error} If it may not be run, or ends with a code that is not 0.
 */
export function measure(
  command: MeasuredCommand,
  options?: MeasureOptions,
): Promise<SingleMeasurement & Displayable>;
/**
 * Measures several functions or commands side by side, and compares them with the first.
 *
 * They take turns, in random order within each round, so that a machine that
 * gets slower does so for all.
 *
 * @example Two ways to make a list
 * ```ts
 * import assert from "node:assert/strict";
 * const { results } = await measure({
 *   push: () => { const list = []; for (let n = 0; n < 1000; n++) list.push(n); return list; },
 *   from: () => Array.from({ length: 1000 }, (_, n) => n),
 * }, { samples: 5 });
 * assert.deepEqual(results.map(({ name }) => name), ["push", "from"]);
 * ```
 *
 * @param functions The functions and commands by name.
 * @param options How to measure.
 * @returns Samples, ratios with intervals, and the circumstances; as a cell's value it is a figure.
 * @throws {TypeError} If one is no function, or an option has the wrong type or is unknown.
 * @throws {RangeError} If there is no function, or an option is out of range.
 */
export function measure(
  functions: Readonly<Record<string, (() => unknown) | MeasuredCommand>>,
  options?: MeasureOptions,
): Promise<Measurement & Displayable>;
export async function measure(
  work: MeasuredWork,
  options: MeasureOptions = {},
): Promise<Measurement & Displayable> {
  const { measureWork } = await import("./engine.ts");
  return addDisplay(await measureWork(work, options), async (found) => {
    const { distributionFigure } = await import("./figure.ts");
    return distributionFigure(found);
  });
}
