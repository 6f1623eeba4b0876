/**
 * Text edits: change a cell's JavaScript in places, and keep track of columns.
 *
 * The result is one layout told apart into two texts, body and hoisted, that
 * never overlap: where one has code the other has spaces. So both share lines,
 * columns and {@link ColumnShifts}. Pure. What to edit is decided in
 * `rewrite.ts`.
 * @module
 */
import type { ColumnShift, ColumnShifts } from "./column_shifts.ts";

/** A part of a text, by offsets in UTF-16 units; the end is not included. */
export interface Range {
  /** Offset of the first character. */
  readonly start: number;
  /** Offset after the last character. */
  readonly end: number;
}

/**
 * Puts `text` in the place of a range.
 *
 * Edits do not overlap; those at one offset apply in the order they were made.
 */
export interface Edit extends Range {
  /** The new text, with as many line breaks as the range has. */
  readonly text: string;
  /**
   * Whether an insertion belongs to the hoisted text.
   * @default true inside a hoisted range, false elsewhere and at its ends
   */
  readonly isHoisted?: boolean;
}

/**
 * Makes an edit that inserts text.
 *
 * @param at Where.
 * @param text What.
 * @returns The edit.
 */
export function insert(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

/** The two texts, and how their columns relate to those of the edited text. */
export interface EditedTexts {
  /** All but the hoisted ranges. */
  readonly body: string;
  /** The hoisted ranges alone. */
  readonly hoisted: string;
  /** From columns of either text to columns of the edited text. */
  readonly shifts: ColumnShifts;
}

/**
 * Applies edits to a text.
 *
 * @param text The text.
 * @param edits The edits, in any order.
 * @param hoistedRanges What goes to the hoisted text; no two overlap. The body
 * has a `;` and spaces there, so that its neighbors stay apart.
 * @returns Body, hoisted text and shifts.
 */
export function applyEdits(
  text: string,
  edits: readonly Edit[],
  hoistedRanges: readonly Range[],
): EditedTexts {
  const isHoistedAt = (at: number): boolean =>
    hoistedRanges.some(({ start, end }) => start <= at && at < end);
  const isHoistedInside = (at: number): boolean =>
    hoistedRanges.some(({ start, end }) => start < at && at < end);
  const columns = trackColumns();
  let body = "";
  let hoisted = "";
  const write = (piece: string, isHoisted: boolean): void => {
    body += isHoisted ? blank(piece) : piece;
    hoisted += isHoisted ? piece : blank(piece);
  };
  const keep = (piece: string, isHoisted: boolean, isFirst: boolean): void => {
    columns.keep(piece);
    if (isHoisted && isFirst) {
      body += blankStatement(piece);
      hoisted += piece;
    } else {
      write(piece, isHoisted);
    }
  };

  let offset = 0;
  for (const edit of withBreaks(edits, hoistedRanges)) {
    if (edit.start > offset) {
      const isFirst = hoistedRanges.some(({ start }) => start === offset);
      keep(text.slice(offset, edit.start), isHoistedAt(offset), isFirst);
    }
    columns.replace(text.slice(edit.start, edit.end), edit.text);
    write(edit.text, edit.isHoisted ?? isHoistedInside(edit.start));
    offset = edit.end;
  }
  keep(text.slice(offset), isHoistedAt(offset), false);
  return { body, hoisted, shifts: columns.shifts };
}

/**
 * Replaces all of a text but its line breaks by spaces.
 *
 * @param text The text.
 * @returns A text of the same length and lines.
 */
export function blank(text: string): string {
  return text.replace(NOT_LINE_BREAK, " ");
}

/**
 * Replaces a statement by an empty one of the same length and lines.
 *
 * @param text The statement, at least one character on its first line.
 * @returns `;` and spaces.
 */
export function blankStatement(text: string): string {
  return `;${blank(text.slice(1))}`;
}

/**
 * Makes a new text as wide as the old one where it can, and as many lines high.
 *
 * @param newText The new text, on one line.
 * @param oldText What it stands for.
 * @returns The new text with spaces and line breaks around it.
 */
export function fit(newText: string, oldText: string): string {
  const space = blank(oldText);
  const firstLine = space.match(/^ */)?.[0].length ?? 0;
  const rest = space.slice(firstLine);
  return newText.padStart(firstLine) + rest;
}

/** Adds empty edits where the owner of the text changes. */
function withBreaks(
  edits: readonly Edit[],
  ranges: readonly Range[],
): readonly Edit[] {
  const breaks = ranges.flatMap(({ start, end }): readonly Edit[] => [
    { start, end: start, text: "" },
    { start: end, end, text: "" },
  ]);
  return [...breaks, ...edits].sort((a, b) => a.start - b.start);
}

/** Follows two texts in step, and notes where their columns part. */
function trackColumns(): {
  readonly shifts: ColumnShifts;
  keep(piece: string): void;
  replace(oldPiece: string, newPiece: string): void;
} {
  const shifts: Record<number, ColumnShift[]> = {};
  let line = 1;
  let oldColumn = 1;
  let newColumn = 1;
  const advance = (oldPiece: string, newPiece: string): void => {
    const oldLines = oldPiece.split(LINE_BREAK);
    const newLines = newPiece.split(LINE_BREAK);
    const hasBreak = newLines.length > 1;
    line += newLines.length - 1;
    oldColumn = (hasBreak ? 1 : oldColumn) + (oldLines.at(-1)?.length ?? 0);
    newColumn = (hasBreak ? 1 : newColumn) + (newLines.at(-1)?.length ?? 0);
  };
  return {
    shifts,
    keep: (piece) => advance(piece, piece),
    replace(oldPiece, newPiece) {
      advance(oldPiece, newPiece);
      const entries = shifts[line] ?? [];
      const delta = oldColumn - newColumn;
      if (delta === (entries.at(-1)?.[1] ?? 0)) return;
      shifts[line] = [...entries, [newColumn, delta]];
    },
  };
}

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;
const NOT_LINE_BREAK = /[^\n\r\u2028\u2029]/g;
