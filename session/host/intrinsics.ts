/**
 * What the host needs of the language at run time, taken before any cell can
 * replace it: a cell that swaps the global `Promise` or `JSON.stringify` for
 * its own must not cut the line to the kernel.
 *
 * Prototypes are not taken: a cell that breaks `Array.prototype` has broken
 * its own session, and is told so by the errors that follow.
 * @module
 */

/** Global functions as they were at the start. */
export const { queueMicrotask, setInterval, setTimeout } = globalThis;

/** Global classes as they were at the start. */
export const ThePromise = Promise;
export const TheAbortController = AbortController;
export const TheDataView = DataView;
export const TheTextDecoder = TextDecoder;
export const TheUint8Array = Uint8Array;

/** From a value to JSON. */
export const toJson: (value: unknown) => string = JSON.stringify;

/** From JSON to a value. */
export const fromJson: (json: string) => unknown = JSON.parse;

/**
 * Gives Node's `process`, also when a cell has imported or declared one of its
 * own. Its value is not taken at the start: the first touch of it takes 20 ms.
 */
export function nodeProcess(): unknown {
  return getProcess.call(globalThis);
}

const { get: getProcess } = Object.getOwnPropertyDescriptor(
  globalThis,
  "process",
) as { get: () => unknown };
