/**
 * The screen of a terminal: lines of characters, each with its style, and a
 * cursor. It grows downwards with the output, and has no right edge.
 *
 * Pure. `terminal.ts` knows which sequences do what.
 * @module
 */
import { PLAIN, type TextStyle } from "./sgr.ts";

/** Neighbouring characters that look the same. */
export interface TextRun {
  /** The characters. */
  readonly text: string;
  /** How they look. */
  readonly style: TextStyle;
}

/** One line: its characters, and how each of them looks. */
interface Line {
  readonly characters: string[];
  readonly styles: TextStyle[];
}

/** A screen with a cursor. */
export class Screen {
  #lines: Line[] = [];
  #saved = { row: 0, column: 0, style: PLAIN };
  /** Characters that may still be moved or erased; see {@link #spend}. */
  #work: number;
  #lastRow = 0;
  /** Where the cursor is: the line, the first being 0. */
  row = 0;
  /** Where the cursor is: the column, the first being 0. */
  column = 0;
  /** How what is written next looks. */
  style: TextStyle = PLAIN;

  /** @param size Length of the whole output, which bounds the work for it. */
  constructor(size: number) {
    this.#work = size * WORK_PER_CHARACTER + 100_000;
  }

  /** The lowest line that the cursor has been on. */
  get lastRow(): number {
    return this.#lastRow;
  }

  /** Writes over what is at the cursor. */
  write(text: string): void {
    const line = this.#line(this.row);
    fill(line, this.column);
    for (const character of text) {
      if (isOfTab(line, this.column)) spreadTab(line, this.column);
      line.characters[this.column] = character;
      line.styles[this.column] = this.style;
      this.column += 1;
    }
  }

  /** Goes to the next column of a table; a tab at the end stays one to copy. */
  tab(): void {
    const line = this.#line(this.row);
    const next = (Math.floor(this.column / TAB) + 1) * TAB;
    if (this.column >= line.characters.length) {
      fill(line, this.column);
      line.characters.push("\t");
      line.styles.push(this.style);
      while (line.characters.length < next) {
        line.characters.push("");
        line.styles.push(this.style);
      }
    }
    this.column = next;
  }

  /** Begins the next line. */
  nextLine(): void {
    // A line that nothing was written to is one all the same.
    this.#line(this.row);
    this.row += 1;
    this.column = 0;
    this.#lastRow = Math.max(this.#lastRow, this.row);
  }

  /** Moves the cursor, to no line that the output has not reached. */
  moveBy(rows: number, columns: number): void {
    const row = rows > 0
      ? Math.min(this.row + rows, this.lastRow)
      : this.row + rows;
    this.moveTo(row, this.column + columns);
  }

  /** Moves the cursor, also to a line below, as on a screen that is there. */
  moveTo(row: number, column: number): void {
    const lowest = Math.max(this.lastRow, SCREEN_ROWS - 1);
    this.row = Math.max(0, Math.min(row, lowest));
    this.#lastRow = Math.max(this.#lastRow, this.row);
    const { length } = this.#lines[this.row]?.characters ?? [];
    const rightmost = Math.max(length, SCREEN_COLUMNS - 1);
    this.column = Math.max(0, Math.min(column, rightmost));
  }

  /** Remembers the cursor. */
  save(): void {
    this.#saved = { row: this.row, column: this.column, style: this.style };
  }

  /** Goes back to the cursor that was remembered. */
  restore(): void {
    this.style = this.#saved.style;
    this.moveTo(this.#saved.row, this.#saved.column);
  }

  /** Begins anew. */
  reset(): void {
    this.#lines = [];
    this.row = this.column = this.#lastRow = 0;
    this.style = PLAIN;
  }

  /**
   * Erases the screen from the cursor to its end (0), from its begin to the
   * cursor (1), or all of it.
   */
  erase(part: number): void {
    if (part === 0) {
      this.eraseInLine(0);
      this.#lines.length = Math.min(this.#lines.length, this.row + 1);
      return;
    }
    const end = part === 1 ? this.row : this.#lines.length;
    if (!this.#spend(end)) return;
    for (let row = 0; row < end; row++) {
      if (this.#lines[row] !== undefined) this.#lines[row] = emptyLine();
    }
    if (part === 1) this.eraseInLine(1);
  }

  /** Likewise, of the cursor's line. */
  eraseInLine(part: number): void {
    const line = this.#line(this.row);
    if (part === 1) return this.blank(0, this.column + 1);
    const length = part === 0
      ? Math.min(this.column, line.characters.length)
      : 0;
    line.characters.length = line.styles.length = length;
  }

  /** Writes blanks between two columns, where there is something. */
  blank(start: number, end: number): void {
    const { characters, styles } = this.#line(this.row);
    const last = Math.min(end, characters.length);
    if (start >= last || !this.#spend(last - start)) return;
    characters.fill(" ", start, last);
    styles.fill(PLAIN, start, last);
  }

  /** Deletes characters at the cursor; those right of them move up. */
  deleteCharacters(count: number): void {
    const { characters, styles } = this.#line(this.row);
    if (!this.#spend(characters.length - this.column)) return;
    characters.splice(this.column, count);
    styles.splice(this.column, count);
  }

  /** Makes room at the cursor. */
  insertCharacters(count: number): void {
    const line = this.#line(this.row);
    if (this.column >= line.characters.length) return;
    const room = Math.min(count, SCREEN_COLUMNS);
    if (!this.#spend(line.characters.length - this.column + room)) return;
    line.characters.splice(this.column, 0, ...new Array(room).fill(" "));
    line.styles.splice(this.column, 0, ...new Array(room).fill(PLAIN));
  }

  /** Deletes lines from the cursor's on. */
  deleteLines(count: number): void {
    if (!this.#spend(this.#lines.length)) return;
    this.#lines.splice(this.row, count);
  }

  /** Makes room for lines at the cursor's. */
  insertLines(count: number): void {
    if (this.row >= this.#lines.length || !this.#spend(this.#lines.length)) {
      return;
    }
    const room = Math.min(count, SCREEN_ROWS);
    this.#lines.splice(this.row, 0, ...Array.from({ length: room }, emptyLine));
  }

  /** The lines; a line end at the very end does not start another one. */
  lines(): TextRun[][] {
    return Array.from(this.#lines, collectRuns);
  }

  #line(row: number): Line {
    while (this.#lines.length <= row) this.#lines.push(emptyLine());
    return this.#lines[row]!;
  }

  /**
   * A few bytes can erase or move a line of any length, again and again. What no
   * program does in earnest is not done any more, so that time stays in
   * proportion to the output.
   */
  #spend(characters: number): boolean {
    this.#work -= Math.max(0, characters);
    return this.#work > 0;
  }
}

/** The cursor may stand right of all that was written. */
function fill({ characters, styles }: Line, column: number): void {
  while (characters.length < column) {
    characters.push(" ");
    styles.push(PLAIN);
  }
}

function isOfTab({ characters }: Line, column: number): boolean {
  return characters[column] === "\t" || characters[column] === "";
}

/** Where a tab is written over, what is left of it is blanks. */
function spreadTab(line: Line, column: number): void {
  let start = column;
  while (line.characters[start] === "") start -= 1;
  for (let at = start; at === start || line.characters[at] === ""; at++) {
    line.characters[at] = " ";
  }
}

function emptyLine(): Line {
  return { characters: [], styles: [] };
}

function collectRuns({ characters, styles }: Line): TextRun[] {
  const runs: TextRun[] = [];
  for (let start = 0; start < characters.length;) {
    const style = styles[start] ?? PLAIN;
    let end = start + 1;
    while (end < characters.length && styles[end] === style) end += 1;
    runs.push({ text: characters.slice(start, end).join(""), style });
    start = end;
  }
  return runs;
}

/** How large programs take the screen to be that do not ask. */
const SCREEN_ROWS = 50;
const SCREEN_COLUMNS = 200;
const TAB = 8;
const WORK_PER_CHARACTER = 200;
