/**
 * Lines as Python's `splitlines` makes them, which is what text notebooks are
 * written and read by. Pure.
 * @module
 */

/**
 * Splits a text at all that Python takes for the end of a line.
 *
 * @example The end of the last line makes no line of its own
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(splitLikePython("a\r\nb\u2028c\n"), ["a", "b", "c"]);
 * ```
 *
 * @param text The text.
 */
export function splitLikePython(text: string): string[] {
  const lines = text.split(LINE_END);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/**
 * Gives the lines of a cell; one that is empty has one, and a line end at the end
 * makes one more.
 *
 * @param source The cell's source.
 */
export function cellLines(source: string): string[] {
  if (source === "") return [""];
  const lines = splitLikePython(source);
  return source.endsWith("\n") ? [...lines, ""] : lines;
}

/**
 * Tells whether there is nothing but space in a line.
 *
 * @param line The line.
 */
export function isBlank(line: string | undefined): boolean {
  return line !== undefined && /^\s*$/.test(line);
}

/**
 * Takes what Python takes for space from the end of a text.
 *
 * @param text The text.
 */
export function trimEndLikePython(text: string): string {
  let end = text.length;
  while (end > 0 && SPACE.test(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}

/**
 * Gives the fence for a cell in Markdown: one backtick more than any of its lines
 * begins with.
 *
 * @param lines The lines of the cell.
 */
export function fenceFor(lines: readonly string[]): string {
  let fence = "```";
  for (const line of lines) {
    if (!line.startsWith(fence)) continue;
    const [ticks] = /^`+/.exec(line)!;
    fence = `${ticks}\``;
  }
  return fence;
}

/**
 * Comments lines out.
 *
 * @param lines The lines.
 * @param prefix What a comment begins with; empty for none.
 */
export function commentLines(
  lines: readonly string[],
  prefix: string,
): string[] {
  if (prefix === "") return [...lines];
  return lines.map((line) => line === "" ? prefix : `${prefix} ${line}`);
}

/**
 * Takes comment signs from lines, each with the space behind it.
 *
 * @param lines The lines.
 * @param prefix What a comment begins with.
 */
export function uncommentLines(
  lines: readonly string[],
  prefix: string,
): string[] {
  if (prefix === "") return [...lines];
  return lines.map((line) =>
    line.startsWith(`${prefix} `)
      ? line.slice(prefix.length + 1)
      : line.startsWith(prefix)
      ? line.slice(prefix.length)
      : line
  );
}

// deno-lint-ignore no-control-regex -- These end lines in Python.
const LINE_END = /\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]/;
// deno-lint-ignore no-control-regex -- These are space in Python.
const SPACE = /[\x1c-\x1f\x85]|(?!\ufeff)\s/;
