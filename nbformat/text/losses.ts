/**
 * What a format can not hold: found by reading what was written. Pure.
 * @module
 */
import { isRecord } from "../values.ts";
import { readText, writeText } from "./codecs.ts";
import { filterCell } from "./filter.ts";
import { TEXT_FORMATS, type TextFormatName } from "./formats.ts";
import type { TextCell, TextNotebook } from "./notebook.ts";
import { withoutFloats } from "./values.ts";

/** A cell that a format can not hold. */
export interface Loss {
  /** The cell, counted from 1; 0 for the notebook itself. */
  readonly cell: number;
  /** What would become of it. */
  readonly rule: string;
  /** A format that holds it; undefined if none does. */
  readonly instead: TextFormatName | undefined;
}

/**
 * Finds what a text does not hold.
 *
 * @param notebook The notebook.
 * @param text What was written of it.
 * @param name In which format.
 * @returns One loss a cell, in the order of the cells.
 */
export function findLosses(
  notebook: TextNotebook,
  text: string,
  name: TextFormatName,
): readonly Loss[] {
  return lossesIn(notebook, text, name).map((loss) => ({
    ...loss,
    instead: TEXT_FORMATS.find((other) =>
      other !== name && holds(notebook, loss.cell, other)
    ),
  })).sort((a, b) => a.cell - b.cell);
}

function holds(
  notebook: TextNotebook,
  cell: number,
  name: TextFormatName,
): boolean {
  return !lossesIn(notebook, writeText(notebook, name), name)
    .some((loss) => loss.cell === cell);
}

function lossesIn(
  notebook: TextNotebook,
  text: string,
  name: TextFormatName,
): { readonly cell: number; readonly rule: string }[] {
  const filter = isRecord(notebook.metadata.jupytext)
    ? notebook.metadata.jupytext.cell_metadata_filter
    : undefined;
  const unsupported = notebook.cells.flatMap((cell, at) =>
    filterCell(cell.metadata, filter).unsupported.map((key) => ({
      cell: at + 1,
      rule: `its metadata ${
        JSON.stringify(key)
      } has a name that a text notebook can not hold`,
    }))
  );
  let read: readonly TextCell[];
  try {
    read = readText(text, name).cells;
  } catch (error) {
    const { message } = error as Error;
    const cell = notebook.cells.findIndex((cell) => isUnreadable(cell, name));
    return [{ cell: cell + 1, rule: `it could not be read again: ${message}` }];
  }
  return [...unsupported, ...compareCells(notebook.cells, read, filter)];
}

/** A format whose cells have options may take code for some. */
function isUnreadable(cell: TextCell, name: TextFormatName): boolean {
  try {
    readText(writeText({ metadata: {}, cells: [cell] }, name), name);
    return false;
  } catch {
    return true;
  }
}

/** The first cell that differs tells the reason; what follows it, differs by it. */
function compareCells(
  cells: readonly TextCell[],
  read: readonly TextCell[],
  filter: unknown,
): { readonly cell: number; readonly rule: string }[] {
  const found: { cell: number; rule: string }[] = [];
  for (const [at, cell] of cells.entries()) {
    const other = read[at];
    const difference = other === undefined
      ? "it would be part of the cell before it"
      : differ(cell, other, filter);
    if (difference === undefined) continue;
    const isGone = read.length < cells.length && cell.type === "markdown" &&
      cell.source.trim() === "";
    const rule = isGone ? "it is empty, and would be gone" : difference;
    found.push({ cell: at + 1, rule });
    if (read.length !== cells.length) return found;
  }
  if (read.length > cells.length) {
    found.push({
      cell: cells.length,
      rule: "it would be read as more than one cell",
    });
  }
  return found;
}

function differ(
  cell: TextCell,
  read: TextCell,
  filter: unknown,
): string | undefined {
  if (cell.type !== read.type) return `it would be read as a ${read.type} cell`;
  if (cell.source !== read.source) {
    const [left, right] = [cell.source.split("\n"), read.source.split("\n")];
    const line = left.findIndex((text, at) => text !== right[at]);
    return line < 0
      ? "lines would be added to it"
      : right.length <= line
      ? `it would end before its line ${line + 1}: ${quote(left[line]!)}`
      : `its line ${line + 1} would be read as ${quote(right[line]!)}, it is ${
        quote(left[line]!)
      }`;
  }
  const wanted = filterCell(cell.metadata, filter).metadata;
  const got = filterCell(read.metadata, filter).metadata;
  const key = [...new Set([...Object.keys(wanted), ...Object.keys(got)])]
    .find((name) => !isSame(wanted[name], got[name]));
  return key === undefined
    ? undefined
    : `its metadata ${JSON.stringify(key)} would be read as something else`;
}

function isSame(one: unknown, two: unknown): boolean {
  return JSON.stringify(sorted(withoutFloats(one))) ===
    JSON.stringify(sorted(withoutFloats(two)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value).sort().map((key) => [key, sorted(value[key])]),
  );
}

function quote(text: string): string {
  return JSON.stringify(text.length <= 60 ? text : `${text.slice(0, 59)}…`);
}
