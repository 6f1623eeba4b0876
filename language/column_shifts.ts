/**
 * Column shifts: how to get from a place in a script to the user's own column.
 *
 * A script made from a cell keeps the cell's lines, so only columns need a map,
 * and only on lines where something was inserted. Pure; imports nothing, so
 * that any process may carry it.
 * @module
 */

/**
 * One shift: from this column on, add `delta`.
 *
 * Shape: `[generatedColumn, delta]`; the user's column is the sum.
 * Units: columns are 1-based UTF-16 units, as in V8's stack traces.
 */
export type ColumnShift = readonly [generatedColumn: number, delta: number];

/**
 * The shifts of a script, by 1-based line; lines that are not listed have none.
 *
 * Shape: on each line in ascending order of `generatedColumn`. Plain JSON.
 */
export type ColumnShifts = Readonly<Record<number, readonly ColumnShift[]>>;

/**
 * Maps a position of an evaluated script back to the user's column.
 *
 * The line needs no mapping. A column inside inserted text gives the column of
 * the user's text that follows it.
 *
 * @param shifts The script's shifts.
 * @param line The position's line, 1-based.
 * @param column The position's column in the script, 1-based.
 * @returns The column in the cell's source, 1-based.
 */
export function originalColumn(
  shifts: ColumnShifts,
  line: number,
  column: number,
): number {
  const { delta, limit } = shiftAt(shifts[line] ?? [], column);
  return Math.max(1, Math.min(column + delta, limit));
}

/**
 * Joins two steps of a translation into one.
 *
 * @param later From the final script to the text between.
 * @param earlier From the text between to the cell's source.
 * @returns From the final script to the cell's source.
 */
export function composeShifts(
  later: ColumnShifts,
  earlier: ColumnShifts,
): ColumnShifts {
  const composed: Record<number, readonly ColumnShift[]> = { ...later };
  for (const [key, between] of Object.entries(earlier)) {
    const line = Number(key);
    composed[line] = composeLine(later[line] ?? [], between);
  }
  return composed;
}

function composeLine(
  later: readonly ColumnShift[],
  earlier: readonly ColumnShift[],
): readonly ColumnShift[] {
  const segments: readonly ColumnShift[] = [[1, 0], ...later];
  return segments.flatMap(([from, delta], index): ColumnShift[] => {
    const [end, nextDelta] = segments[index + 1] ?? [Infinity, 0];
    // Text of the next segment is none of this one, though both overlap where
    // something was inserted between them.
    const last = Math.min(end, end + nextDelta - delta);
    const first: ColumnShift = [
      from,
      delta + shiftAt(earlier, from + delta).delta,
    ];
    const inside = earlier
      .map(([at, more]): ColumnShift => [at - delta, delta + more])
      .filter(([at]) => at > from && at < last);
    return from < end ? [first, ...inside] : [];
  });
}

function shiftAt(
  line: readonly ColumnShift[],
  column: number,
): { readonly delta: number; readonly limit: number } {
  let delta = 0;
  let start = 1;
  for (const [from, shift] of line) {
    if (from > column) {
      // What was inserted before the next piece of the user's text must not map
      // beyond that piece; unless the pieces have changed places.
      const limit = from + shift;
      return { delta, limit: limit < start ? Infinity : limit };
    }
    delta = shift;
    start = from + shift;
  }
  return { delta, limit: Infinity };
}
