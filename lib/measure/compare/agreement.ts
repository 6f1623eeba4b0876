/**
 * Makes sure that all models return the same values: else times mean nothing.
 * Those of one language are held to more than two of different ones. Pure.
 * @module
 */

import { inspect, isDeepStrictEqual } from "node:util";
import type { Model } from "../../base/record/mod.ts";

/** Compares what models return with what the first of them returned. */
export function createAgreement(
  title: string,
): (model: Model, results: readonly unknown[]) => readonly unknown[] {
  let first:
    | { readonly model: Model; readonly results: readonly unknown[] }
    | null = null;
  return (model, results) => {
    const copies = results.map((result, index) => {
      try {
        return structuredClone(result);
      } catch (cause) {
        const found = `job ${index + 1} in ${model} returned ${show(result)}`;
        throw new TypeError(
          `Cannot compare "${title}": ${found}, ` +
            `expected values that can be copied`,
          { cause },
        );
      }
    });
    const reference = first ??= { model, results: copies };
    for (const [index, result] of copies.entries()) {
      const expected = reference.results[index];
      if (isDeepStrictEqual(result, expected)) continue;
      const found = `${show(result)} in ${model}`;
      const other = `${show(expected)} in ${reference.model}`;
      throw new TypeError(
        `Cannot compare "${title}": job ${index + 1} returned ${found} and ` +
          `${other}, expected the same value from all models`,
      );
    }
    return copies;
  };
}

function show(value: unknown): string {
  const text = inspect(value, {
    compact: true,
    breakLength: Infinity,
    depth: 3,
  });
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/**
 * Replaces values of Python by those of JavaScript that are the same.
 *
 * Numbers are compared as numbers, to 9 digits: two libraries may differ in the
 * last digits of a sine. `None` is `null` or `undefined`. Typed arrays and
 * arrays are the same if their items are; so are objects and maps.
 */
export function adoptEqual(
  results: readonly unknown[],
  reference: readonly unknown[],
): readonly unknown[] {
  return results.map((result, index) =>
    index < reference.length && isSame(result, reference[index])
      ? reference[index]
      : result
  );
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === null || one === undefined) return (other ?? null) === null;
  if (isNumber(one) && isNumber(other)) return isSameNumber(one, other);
  if (typeof one !== "object" || typeof other !== "object" || !other) {
    return one === other;
  }
  const [ours, theirs] = [entriesOf(one), entriesOf(other)];
  return ours.size === theirs.size &&
    [...ours].every(([key, value]) =>
      theirs.has(key) && isSame(value, theirs.get(key))
    );
}

/** Items by key. */
function entriesOf(value: object): ReadonlyMap<unknown, unknown> {
  if (value instanceof Map) {
    return new Map(Array.from(value, ([key, item]) => [toKey(key), item]));
  }
  if (value instanceof Set) {
    return new Map(Array.from(value, (item) => [toKey(item), null]));
  }
  return Symbol.iterator in value
    ? new Map(Array.from(value as Iterable<unknown>).entries())
    : new Map(Object.entries(value));
}

function toKey(key: unknown): unknown {
  return typeof key === "bigint" && isSameNumber(key, Number(key))
    ? Number(key)
    : key;
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function isSameNumber(one: number | bigint, other: number | bigint): boolean {
  // Exact, whatever the types are.
  // deno-lint-ignore eqeqeq -- A bigint and a number are never `===`.
  if (one == other) return true;
  const [a, b] = [Number(one), Number(other)];
  if (typeof one === "bigint" && typeof other === "bigint") return false;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Object.is(a, b);
  if (Number.isInteger(a) && Number.isInteger(b)) {
    // Whole numbers that a float holds exactly have no rounding to forgive.
    if (Math.max(Math.abs(a), Math.abs(b)) <= Number.MAX_SAFE_INTEGER) {
      return a === b;
    }
  }
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

const TOLERANCE = 1e-9;
const MAX_SHOWN = 80;
