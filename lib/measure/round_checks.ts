/**
 * What is refused before anything is measured in rounds.
 *
 * Pure. The checks that all of the library has are in `lib/base/checks.ts`.
 * @module
 */
import {
  checkNumber,
  checkOptions,
  checkSignal,
  checkText,
  checkWhole,
  TIMER_MS,
} from "../base/mod.ts";

/** What all that measures in rounds can be given. */
export interface RoundOptions {
  /** Rounds. @default chosen by who measures */
  readonly samples?: number;
  /** Heading. @default chosen by who measures */
  readonly title?: string;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** How long it may take, milliseconds. @default chosen by who measures */
  readonly maxMs?: number;
  /** Where chance begins. @default 1 */
  readonly seed?: number;
}

/** Checks the options that all that measures in rounds has. */
export function checkRounds(
  what: string,
  options: RoundOptions,
  others: readonly string[],
): void {
  checkOptions(what, options, [...others, ...ROUND_NAMES]);
  const { samples = LEAST_ROUNDS, title = "", signal } = options;
  checkWhole([what, "samples"], samples, {
    least: LEAST_ROUNDS,
    most: MOST_SAMPLES,
  });
  checkText([what, "title"], title);
  checkTiming(what, options);
  signal?.throwIfAborted();
}

/** Checks when measuring ends, and where chance begins. */
export function checkTiming(
  what: string,
  { maxMs = 1, seed = 1, signal }: RoundOptions,
): void {
  checkNumber([what, "maxMs"], maxMs, TIMER_MS);
  checkNumber([what, "seed"], seed, {});
  checkSignal(what, signal);
}

/** With fewer, neither a median nor how sure it is means anything. */
const LEAST_ROUNDS = 3;
/** More would fill the memory, and say nothing more. */
export const MOST_SAMPLES = 1_000_000;
const ROUND_NAMES = ["samples", "title", "signal", "maxMs"];
