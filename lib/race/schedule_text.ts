/**
 * Schedules as text: a character a turn, `0` to `9`, then `a` to `z`.
 *
 * Pure.
 * @module
 */

/**
 * Writes turns as a schedule.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(writeSchedule([0, 1, 10]), "01a");
 * ```
 *
 * @param turns Threads in the order of their turns.
 * @returns The schedule.
 */
export function writeSchedule(turns: readonly number[]): string {
  return turns.map((turn) => turn.toString(36)).join("");
}

/**
 * Reads a schedule; spaces and line ends in it mean nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(readSchedule("00 11", 2), [0, 0, 1, 1]);
 * ```
 *
 * @param schedule The text.
 * @param threads How many threads there are.
 * @returns Threads in the order of their turns.
 * @throws {SyntaxError} If a character names no thread.
 */
export function readSchedule(
  schedule: string,
  threads: number,
): readonly number[] {
  return [...schedule.replace(/\s+/g, "")].map((character) => {
    const turn = /^[0-9a-z]$/.test(character)
      ? Number.parseInt(character, 36)
      : NaN;
    if (turn < threads) return turn;
    throw new SyntaxError(
      `Cannot read schedule "${schedule}": "${character}" names no thread, ` +
        `expected 0 to ${(threads - 1).toString(36)}`,
    );
  });
}

/**
 * Counts how often another thread than before has its turn.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(countSwitches([0, 0, 1, 0]), 2);
 * ```
 *
 * @param turns Threads in the order of their turns.
 * @returns The number of switches.
 */
export function countSwitches(turns: readonly number[]): number {
  return turns.filter((turn, index) => index > 0 && turn !== turns[index - 1])
    .length;
}
