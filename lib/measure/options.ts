/**
 * How a measurement is called: a table with a check for each of its options, and
 * an error that shows a call which is right.
 *
 * Pure, and loads checks only: fronts that check before they load their engine
 * use it. A check made here lets pass what was left out.
 * @module
 */
import {
  checkChoice,
  checkChoices,
  checkFlag,
  checkList,
  checkName,
  checkNumber,
  checkOptions,
  checkSignal,
  checkSome,
  checkText,
  checkWhole,
  type Place,
  type Range,
  TIMER_MS,
} from "../base/mod.ts";

/** What all that measures in rounds can be given. */
export interface RoundOptions {
  /**
   * Rounds, in each of which everything has its turn, in random order. At least 3.
   * @default as many as the helper needs, which its own options say
   */
  readonly samples?: number;
  /** Heading of the figure. @default the name of the work, or a question */
  readonly title?: string;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /**
   * How long it may take, milliseconds. With 3 rounds or more done by then,
   * those are what counts; else it is an error.
   * @default 60000
   */
  readonly maxMs?: number;
  /** Decides the order within each round, and the resampling. @default 1 */
  readonly seed?: number;
}

/** How a measurement is called, for errors. */
export interface Call {
  /** What cannot be done, such as `measure the cost of messages`. */
  readonly purpose: string;
  readonly example: string;
}

/** What a measurement in rounds does if nothing else is asked for. */
export interface RoundCall extends Call {
  readonly title: string;
  readonly samples: number;
}

/** What is decided before anything is measured. */
export interface Settings {
  /** What errors call it. */
  readonly purpose: string;
  readonly title: string;
  readonly samples: number;
  readonly maxMs: number;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
}

/** Refuses an option that is wrong. */
export type Check = (place: Place, value: unknown) => void;

/** A check of each option that there is, by name. */
export type Checks<O, Known = never> = {
  readonly [Name in Exclude<keyof O, Known>]-?: Check;
};

/**
 * Checks how a measurement is called; an error then shows a call that is right.
 * `first` checks what is no option.
 */
export function checkCall<O extends object>(
  { purpose, example }: Call,
  options: O,
  checks: Checks<O>,
  first: () => void = () => {},
): void {
  try {
    first();
    checkOptions(purpose, options, Object.keys(checks));
    for (const [name, check] of Object.entries<Check>(checks)) {
      check([purpose, name], options[name as keyof O]);
    }
  } catch (error) {
    const isOurs = error instanceof TypeError || error instanceof RangeError;
    if (isOurs) error.message += `; example: ${example}`;
    throw error;
  }
}

/** Checks the call of a measurement in rounds, and settles how it is done. */
export function settle<O extends RoundOptions>(
  { title, samples, ...call }: RoundCall,
  options: O,
  own: Checks<O, keyof RoundOptions>,
): Settings {
  checkCall<RoundOptions>(call, options, { ...own, ...ROUNDS });
  options.signal?.throwIfAborted();
  return {
    purpose: call.purpose,
    title: options.title ?? title,
    samples: options.samples ?? samples,
    maxMs: options.maxMs ?? 60_000,
    seed: options.seed ?? 1,
    signal: options.signal,
  };
}

/** Lets pass what was left out. */
export function optional(check: Check): Check {
  return (place, value) => value === undefined || check(place, value);
}

export const text: Check = optional(checkText);
export const name: Check = optional(checkName);
export const flag: Check = optional(checkFlag);
export const signal: Check = optional(checkAbort);

function checkAbort([purpose]: Place, value: unknown): void {
  checkSignal(purpose, value);
}

export function number(range: Range): Check {
  return optional((place, value) => checkNumber(place, value, range));
}

export function whole(range: Range): Check {
  return optional((place, value) => checkWhole(place, value, range));
}

export function choice(words: readonly string[]): Check {
  return optional((place, value) => checkChoice(place, value, words));
}

export function choices(words: readonly string[]): Check {
  return optional((place, value) => checkChoices(place, value, words));
}

/** A list of what passes a check, `least` of them different. */
export function list(of: string, each: Check, least = 0): Check {
  return ([purpose, field], value) => {
    (least > 0 ? checkSome : checkList)([purpose, field], value, of);
    const items = value as readonly unknown[];
    items.forEach((one, i) => each([purpose, `${field}[${i}]`], one));
    const place = [purpose, `number of different ${field}`] as const;
    if (least > 1) checkWhole(place, new Set(items).size, { least });
  };
}

export function some(of: string, each: Check, least = 0): Check {
  return optional(list(of, each, least));
}

export const maxMs: Check = number(TIMER_MS);
export const seed: Check = number({});
/** More would fill the memory, and say nothing more. */
export const MOST_SAMPLES = 1_000_000;
/** With fewer, neither a median nor how sure it is means anything. */
export const MIN_ROUNDS = 3;
const ROUNDS: Checks<RoundOptions> = {
  samples: whole({ least: MIN_ROUNDS, most: MOST_SAMPLES }),
  title: text,
  signal,
  maxMs,
  seed,
};
