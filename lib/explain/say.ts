/**
 * Findings as data: the rule that found something, its values, and what they
 * rest on. The words stand in one table a file, beside the rules.
 *
 * Pure. Tests look at rules and values; a new wording breaks none of them.
 * @module
 */
import { describeNoise, type HonestyStamp } from "../base/stamp/mod.ts";
import {
  explainUnknown,
  type Grounds,
  groundsOf,
  listUnmet,
  type Need,
} from "./gate.ts";

/** A table of words: a sentence for each rule, made of the values found. */
export type WordTable = Readonly<Record<string, (values: never) => string>>;

/** Something found, of one of the rules in a table of words. */
export type FoundIn<W extends WordTable> = {
  [Rule in keyof W & string]: {
    /** Which rule found it. */
    readonly rule: Rule;
    /** What it found; `null` where there is nothing to measure. */
    readonly values: Parameters<W[Rule]> extends [infer Values] ? Values : null;
    /** What the words rest on. @default nothing */
    readonly needs?: readonly Need[];
    /** The words for what is unknown if that is not so. @default nothing is said then */
    readonly of?: keyof W & string;
  };
}[keyof W & string];

export function say<W extends WordTable>(
  words: W,
  found: Iterable<FoundIn<W>>,
  grounds: Grounds,
): string[] {
  return [...found].flatMap(({ rule, values, needs = [], of }) => {
    const write = (name: string) =>
      (words[name] as (values: unknown) => string)(values);
    const unmet = listUnmet(needs, grounds);
    if (unmet.length === 0) return [write(rule)];
    return of === undefined ? [] : [explainUnknown(write(of), unmet)];
  });
}

/** Makes what says of something measured all that is found: doubts first. */
export function teller<
  M extends { readonly stamp: HonestyStamp; readonly cpuShare?: number | null },
  W extends WordTable,
>(
  words: W,
  find: (measured: M) => Iterable<FoundIn<W>>,
): (measured: M) => string[] {
  return (measured) => {
    const { stamp, cpuShare = null } = measured;
    const grounds = groundsOf(stamp, cpuShare);
    return [...describeNoise(stamp), ...say(words, find(measured), grounds)];
  };
}
