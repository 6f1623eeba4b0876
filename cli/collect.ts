/**
 * Giving memory back early: V8 lets garbage grow to as much as what is in use,
 * which for a large notebook is some hundred MiB.
 * @module
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Makes a function that has garbage collected each time that so much was used.
 *
 * @param everyBytes How much.
 * @returns Takes how many bytes were used now.
 */
export function makeCollector(everyBytes: number): (bytes: number) => void {
  let collect: (() => void) | null = null;
  let used = 0;
  return (bytes) => {
    used += bytes;
    if (used < everyBytes) return;
    used = 0;
    collect ??= findCollector();
    collect();
  };
}

/** Where there is none, memory is given back later. */
function findCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const found: unknown = runInNewContext(
    "typeof gc === 'function' ? gc : null",
  );
  return typeof found === "function" ? () => found() : () => {};
}
