/**
 * Text of cells, errors and files made fit for a terminal: colours stay, and
 * nothing else moves the cursor, clears the screen, sets the title or writes to
 * the clipboard. Pure.
 * @module
 */

/**
 * Keeps of a text what may go to a terminal: characters, line ends, tabs, and
 * colours (SGR) if they are wanted.
 *
 * Of a line that was written over, as progress bars do, the last state is kept.
 *
 * Source: ECMA-48, 5.3 to 5.6, for what begins and ends a sequence.
 *
 * @example The clipboard is left alone
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(terminalText("a\x1b]52;c;eA==\x07b", { colors: true }), "ab");
 * assert.equal(terminalText("10%\r20%", { colors: true }), "20%");
 * ```
 *
 * @param text Text of any origin.
 * @param options Whether colours stay.
 */
export function terminalText(
  text: string,
  { colors }: { readonly colors: boolean },
): string {
  let isColored = false;
  const clean = text.replace(NOT_TEXT, (sequence) => {
    if (sequence === "\r") return sequence;
    if (!colors || !SGR.test(sequence)) return "";
    isColored = true;
    return sequence;
  }).split("\n").map(lastState).join("\n");
  // What a cell coloured ends with it.
  return isColored && !clean.endsWith(RESET) ? clean + RESET : clean;
}

function lastState(line: string): string {
  const written = line.replace(/\r+$/, "");
  return written.slice(written.lastIndexOf("\r") + 1);
}

/**
 * A CSI sequence | a string such as OSC, to its end or that of the text, in
 * steps so that no start is searched two times | any other escape | a control
 * character but tab and line end; C1 controls as well, which some terminals take
 * for escapes.
 */
const NOT_TEXT =
  // deno-lint-ignore no-control-regex -- Terminal escapes are control characters.
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

// deno-lint-ignore no-control-regex -- Likewise.
const SGR = /^\x1b\[[\d;:]*m$/;
const RESET = "\x1b[0m";
