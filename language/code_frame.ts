/**
 * Code frames: the lines around a position, with a mark.
 *
 * Pure, plain text; colors are put on by whoever shows it.
 * @module
 */

/** How much a frame shows. */
export interface CodeFrameOptions {
  /**
   * How many lines stand above the marked one.
   * @default 2
   */
  readonly linesBefore?: number;
  /**
   * How many lines stand below the marked one.
   * @default 1
   */
  readonly linesAfter?: number;
  /**
   * The column after the last marked character, 1-based.
   * @default the column after the marked one
   */
  readonly endColumn?: number;
  /**
   * How much of a line is shown at most. Units: columns.
   * @default 80
   */
  readonly maxWidth?: number;
}

/**
 * Shows where in a source something is.
 *
 * Shape:
 * ```text
 *   1 | const a = 1;
 * > 2 | const b = a.c.d;
 *     |               ^
 *   3 | b;
 * ```
 *
 * @example The line alone
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(codeFrame("f(x)", 1, 3), [
 *   "> 1 | f(x)",
 *   "    |   ^",
 * ]);
 * ```
 *
 * @param source The source.
 * @param line The marked line, 1-based.
 * @param column The marked column, 1-based, in UTF-16 units.
 * @param options How much to show.
 * @returns The frame's lines; none if the source has no such line.
 */
export function codeFrame(
  source: string,
  line: number,
  column: number,
  options: CodeFrameOptions = {},
): readonly string[] {
  const { linesBefore = 2, linesAfter = 1, maxWidth = 80 } = options;
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  const marked = lines[line - 1];
  if (marked === undefined) return [];
  const first = Math.max(1, line - linesBefore);
  const last = Math.min(lines.length, line + linesAfter);
  const numberWidth = String(last).length;

  const start = expandTabs(marked.slice(0, column - 1)).length;
  const endColumn = Math.max(options.endColumn ?? 0, column + 1);
  const end = expandTabs(marked.slice(0, endColumn - 1)).length;
  const cut = chooseCut(expandTabs(marked).length, start, maxWidth);
  const width = Math.max(1, Math.min(end, cut + maxWidth) - start);

  return lines.slice(first - 1, last).flatMap((text, index) => {
    const number = first + index;
    const sign = number === line ? ">" : " ";
    const shown = cutLine(expandTabs(text), cut, maxWidth);
    const numbered = `${sign} ${
      String(number).padStart(numberWidth)
    } | ${shown}`
      .trimEnd();
    if (number !== line) return [numbered];
    const margin = " ".repeat(numberWidth);
    const space = " ".repeat(start - cut);
    return [numbered, `  ${margin} | ${space}${"^".repeat(width)}`];
  });
}

/** Picks the first column that is shown, so that the mark is well inside. */
function chooseCut(length: number, start: number, maxWidth: number): number {
  if (length <= maxWidth) return 0;
  const centered = start - Math.floor(maxWidth / 2);
  return Math.max(0, Math.min(centered, length - maxWidth));
}

function cutLine(text: string, cut: number, maxWidth: number): string {
  const shown = text.slice(cut, cut + maxWidth);
  const before = cut > 0 && shown.length > 0 ? `…${shown.slice(1)}` : shown;
  return text.length > cut + maxWidth ? `${before.slice(0, -1)}…` : before;
}

/** Makes every tab two spaces, so that the mark stands where it belongs. */
function expandTabs(text: string): string {
  return text.replaceAll("\t", "  ");
}
