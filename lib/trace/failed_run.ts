/**
 * A run that failed: its error, and the recording that goes with it.
 * @module
 */
import type { Recording } from "../base/record/mod.ts";

/** What is thrown when a traced run does not end in time. */
export class UnfinishedRunError extends Error {
  /** Lanes and locks in turn, as `findDeadlock()` gives them; `null` if locks show no circle. */
  readonly deadlock: readonly string[] | null;

  /**
   * Makes the error.
   *
   * @param message What was found.
   * @param deadlock The circle of waiting; `null` if there is none.
   */
  constructor(message: string, deadlock: readonly string[] | null) {
    super(message);
    this.name = "UnfinishedRunError";
    this.deadlock = deadlock;
  }
}

/**
 * Gives what was recorded until a traced run failed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { trace } from "../trace.ts";
 * const error = await trace(() => {
 *   throw new RangeError("too far");
 * }).catch((error) => error);
 * assert.ok(error instanceof RangeError);
 * assert.ok(recordingOf(error)!.durationMs >= 0);
 * ```
 *
 * @param error What `trace()` threw.
 * @returns The recording; `null` if the error is of something else, or no object was thrown.
 */
export function recordingOf(error: unknown): Recording | null {
  return typeof error === "object" && error !== null
    ? recordings.get(error) ?? null
    : null;
}

/** Puts a recording to an error. */
export function attachRecording(error: unknown, recording: Recording): void {
  if (typeof error === "object" && error !== null) {
    recordings.set(error, recording);
  }
}

// Beside the error, not in it: it may be frozen, and printing it stays short.
const recordings = new WeakMap<object, Recording>();
