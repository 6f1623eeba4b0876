/**
 * Schedules as text: a character a turn, `0` to `9`, then `a` to `z`.
 *
 * Pure.
 * @module
 */

/** Writes turns as a schedule. */
export function writeSchedule(turns: readonly number[]): string {
  return turns.map((turn) => turn.toString(36)).join("");
}

/** Reads a schedule; spaces and line ends in it mean nothing. */
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

/** Counts how often another thread than before has its turn. */
export function countSwitches(turns: readonly number[]): number {
  return turns.filter((turn, index) => index > 0 && turn !== turns[index - 1])
    .length;
}
