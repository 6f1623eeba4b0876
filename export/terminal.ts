/**
 * What a terminal would show after a program wrote to it.
 *
 * Progress bars go back to the start of their line and write over it; only what
 * is left in the end belongs on a page. Pure: text in, styled lines out.
 * @module
 */
import { applySgr, PLAIN, type TextStyle } from "./sgr.ts";

/** Neighbouring characters that look the same. */
export interface TextRun {
  /** The characters. */
  readonly text: string;
  /** How they look. */
  readonly style: TextStyle;
}

/**
 * Plays text as a terminal does.
 *
 * Understands SGR, carriage return, backspace, erase in line and cursor up; drops
 * every other sequence (titles, links, cursor jumps) but keeps the text in links.
 *
 * Source: ECMA-48.
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
  const lines: Line[] = [];
  let row = 0;
  let column = 0;
  let style = PLAIN;
  for (const [piece, parameters, final] of text.matchAll(PIECES)) {
    const line = lines[row] ??= { characters: [], styles: [] };
    if (piece === "\n") {
      row += 1;
      column = 0;
    } else if (piece === "\r") {
      column = 0;
    } else if (piece === "\b") {
      column = Math.max(0, column - 1);
    } else if (final === "m") {
      style = applySgr(style, parameters ?? "");
    } else if (final === "K") {
      eraseInLine(line, column, parameters ?? "");
    } else if (final === "A") {
      row = Math.max(0, row - (Number(parameters) || 1));
    } else if (!CONTROL.test(piece)) {
      for (const character of piece) {
        write(line, column, character, style);
        column += 1;
      }
    }
  }
  // A line end at the very end does not start another line to show.
  return Array.from(lines, collectRuns);
}

/** One line: its characters, and how each of them looks. */
interface Line {
  readonly characters: string[];
  readonly styles: TextStyle[];
}

function write(
  { characters, styles }: Line,
  column: number,
  ...[character, style]: [string, TextStyle]
): void {
  // Erasing may have left the line shorter than where the cursor stands.
  while (characters.length < column) {
    characters.push(" ");
    styles.push(PLAIN);
  }
  characters[column] = character;
  styles[column] = style;
}

function eraseInLine(line: Line, column: number, parameters: string): void {
  const { characters, styles } = line;
  if (parameters === "1" || parameters === "2") {
    const end = Math.min(characters.length, column + 1);
    characters.fill(" ", 0, end);
    styles.fill(PLAIN, 0, end);
  }
  if (parameters !== "1") {
    characters.length = Math.min(characters.length, column);
    styles.length = characters.length;
  }
}

function collectRuns(line: Line | undefined): TextRun[] {
  const runs: TextRun[] = [];
  if (line === undefined) return runs;
  const { characters, styles } = line;
  for (let start = 0; start < characters.length;) {
    const style = styles[start] ?? PLAIN;
    let end = start + 1;
    while (end < characters.length && styles[end] === style) end += 1;
    runs.push({ text: characters.slice(start, end).join(""), style });
    start = end;
  }
  return runs;
}

// deno-lint-ignore no-control-regex -- Terminal escapes are control characters.
const CONTROL = /^[\x00-\x08\x0b-\x1f\x7f]/;

/** CSI sequence (its parameters and final byte) | OSC | other escape | control | text. */
const PIECES =
  // deno-lint-ignore no-control-regex -- Likewise.
  /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|[\x00-\x08\n\x0b-\x1f\x7f]|[^\x00-\x08\n\x0b-\x1f\x7f]+/g;
