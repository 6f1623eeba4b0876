/**
 * Makes sure that all models return the same values: else times mean nothing.
 *
 * Pure. Used by `compare.ts`.
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

const MAX_SHOWN = 80;
