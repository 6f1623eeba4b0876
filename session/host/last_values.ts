/**
 * `_` and `_error`: the value of the last cell that had one, and what the last
 * cell that failed has thrown.
 *
 * Cells may declare these names as any other; then they are theirs.
 * @module
 */
import { bare, defineProperty } from "./intrinsics.ts";

/** What `_` and `_error` give. */
export interface LastValues {
  /** What `_` gives. */
  value: unknown;
  /** What `_error` gives. */
  error: unknown;
}

/** Defines both names, and gives the place of their values. */
export function installLastValues(): LastValues {
  const last: LastValues = bare({ value: undefined, error: undefined });
  define("_", () => last.value);
  define("_error", () => last.error);
  return last;
}

function define(name: string, get: () => unknown): void {
  defineProperty(
    globalThis,
    name,
    bare({
      get,
      set: (value: unknown) => {
        defineProperty(
          globalThis,
          name,
          bare({
            value,
            writable: true,
            enumerable: true,
            configurable: true,
          }),
        );
      },
      enumerable: false,
      configurable: true,
    }),
  );
}
