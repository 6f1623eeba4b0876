/**
 * What a terminal would show after a program wrote to it.
 *
 * Progress bars go back, up and down, and write over what was there; only what
 * is left in the end belongs on a page. The screen is as high as the output, its
 * first line is where the output began. Pure: text in, styled lines out.
 * @module
 */
import { Screen } from "./screen.ts";
import { applySgr, PLAIN } from "./sgr.ts";

export type { TextRun } from "./screen.ts";
import type { TextRun } from "./screen.ts";

/**
 * Plays text as a terminal does.
 *
 * Understands colours, tabs, line ends, and all that moves the cursor or erases,
 * inserts and deletes; drops titles, links and questions to the terminal, but
 * keeps the text in links.
 *
 * Source: ECMA-48, 8.3; what xterm does where that is silent.
 *
 * @example A progress bar leaves its last state
 * ```ts
 * import assert from "node:assert/strict";
 * const [line] = playTerminal(" 10%\r100%");
 * assert.equal(line?.[0]?.text, "100%");
 * ```
 *
 * @param text What a program wrote.
 * @returns The lines, each as the runs it consists of.
 */
export function playTerminal(text: string): TextRun[][] {
  if (!MOVES.test(text)) return listLines(text);
  const screen = new Screen(text.length);
  for (const [piece, parameters, final] of text.matchAll(PIECES)) {
    if (final !== undefined) obey(screen, final, parameters ?? "");
    else if (!CONTROL.test(piece)) screen.write(piece);
    else control(screen, piece);
  }
  return screen.lines();
}

/** Text that moves nothing, as most text, is its lines. */
function listLines(text: string): TextRun[][] {
  const lines = text.split("\n");
  // The line after the last line end was not written to.
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => line === "" ? [] : [{ text: line, style: PLAIN }]);
}

function control(screen: Screen, piece: string): void {
  switch (piece) {
    case "\n":
    case "\v":
    case "\f":
    case "\x1bE":
      return screen.nextLine();
    case "\x1bD":
      return screen.moveBy(1, 0);
    case "\x1bM":
      return screen.moveBy(-1, 0);
    case "\r":
      return screen.moveTo(screen.row, 0);
    case "\b":
      return screen.moveBy(0, -1);
    case "\t":
      return screen.tab();
    case "\x1b7":
      return screen.save();
    case "\x1b8":
      return screen.restore();
    case "\x1bc":
      return screen.reset();
  }
}

/** Obeys a control sequence; those not named here show nothing. */
function obey(screen: Screen, final: string, parameters: string): void {
  if (final === "m") {
    screen.style = applySgr(screen.style, parameters);
    return;
  }
  // A private mode, such as hiding the cursor.
  if (/^[<-?]/.test(parameters)) return;
  const [first = 0, second = 0] = parameters.split(";").map(Number);
  const count = first || 1;
  const { row, column } = screen;
  switch (final) {
    case "A":
      return screen.moveBy(-count, 0);
    case "B":
    case "e":
      return screen.moveBy(count, 0);
    case "C":
    case "a":
      return screen.moveBy(0, count);
    case "D":
      return screen.moveBy(0, -count);
    case "E":
      return screen.moveTo(Math.min(row + count, screen.lastRow), 0);
    case "F":
      return screen.moveTo(row - count, 0);
    case "G":
    case "`":
      return screen.moveTo(row, count - 1);
    case "d":
      return screen.moveTo(count - 1, column);
    case "H":
    case "f":
      return screen.moveTo(count - 1, (second || 1) - 1);
    case "J":
      return screen.erase(first);
    case "K":
      return screen.eraseInLine(first);
    case "X":
      return screen.blank(column, column + count);
    case "P":
      return screen.deleteCharacters(count);
    case "@":
      return screen.insertCharacters(count);
    case "L":
      return screen.insertLines(count);
    case "M":
      return screen.deleteLines(count);
    case "s":
      return screen.save();
    case "u":
      return screen.restore();
  }
}

// deno-lint-ignore no-control-regex -- Terminal escapes are control characters.
const CONTROL = /^[\x00-\x1f\x7f]/;

// deno-lint-ignore no-control-regex -- Likewise.
const MOVES = /[\x00-\x09\x0b-\x1f\x7f]/;

/** CSI sequence (its parameters and final byte) | OSC | other escape | control | text. */
const PIECES =
  // deno-lint-ignore no-control-regex -- Likewise.
  /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+/g;
