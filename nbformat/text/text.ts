/**
 * Notebooks as text files, and back: {@link writeTextNotebook},
 * {@link readTextNotebook}.
 *
 * Pure. What a format can not hold is found by reading what was written.
 * @module
 */
import { assignCellIds } from "../cell_ids.ts";
import type { Cell, Notebook } from "../notebook.ts";
import { isRecord } from "../values.ts";
import { filterCell } from "./filter.ts";
import { TEXT_FORMATS, type TextFormatName } from "./formats.ts";
import { writeMarkdown } from "./markdown.ts";
import { readMarkdown } from "./markdown_reader.ts";
import type { TextCell, TextNotebook } from "./notebook.ts";
import { writePercent } from "./percent.ts";
import { readPercent } from "./percent_reader.ts";
import { readJson, type TextMetadata, withoutFloats } from "./values.ts";

/** How a format is written and read. */
interface Codec {
  readonly write: (notebook: TextNotebook) => string;
  readonly read: (text: string) => TextNotebook;
}

const CODECS: Readonly<Record<TextFormatName, Codec>> = {
  percent: { write: writePercent, read: readPercent },
  markdown: { write: writeMarkdown, read: readMarkdown },
};

/** A cell that a format can not hold. */
export interface Loss {
  /** The cell, counted from 1; 0 for the notebook itself. */
  readonly cell: number;
  /** What would become of it. */
  readonly rule: string;
  /** A format that holds it; undefined if none does. */
  readonly instead: TextFormatName | undefined;
}

/** A notebook as text. */
export interface WrittenText {
  readonly text: string;
  /** What of the notebook the text does not hold, besides outputs. */
  readonly losses: readonly Loss[];
}

/**
 * Writes a notebook as text, as jupytext does, to the byte.
 *
 * Outputs, counts and cell ids are not in it. What else it would lose is found by
 * reading it again.
 *
 * @example A percent script
 * ```ts
 * import assert from "node:assert/strict";
 * const { text } = writeTextNotebook({
 *   metadata: {},
 *   cells: [{ type: "code", source: "let a = 1;", metadata: {} }],
 * }, "percent");
 * assert.match(text, /\n\/\/ %%\nlet a = 1;\n$/);
 * ```
 *
 * @param notebook The notebook.
 * @param name The format.
 * @returns The text, and what it does not hold.
 */
export function writeTextNotebook(
  notebook: TextNotebook,
  name: TextFormatName,
): WrittenText {
  const text = CODECS[name].write(notebook);
  const losses = findLosses(notebook, text, name).map((loss) => ({
    ...loss,
    instead: TEXT_FORMATS.find((other) =>
      other !== name && holds(notebook, loss.cell, other)
    ),
  }));
  return { text, losses: losses.sort((a, b) => a.cell - b.cell) };
}

/**
 * Reads a text notebook as text notebooks are held.
 *
 * @param text The file.
 * @param name Its format.
 * @throws {SyntaxError} If its header is no YAML.
 */
export function readText(text: string, name: TextFormatName): TextNotebook {
  return CODECS[name].read(text.replace(/^\ufeff/, ""));
}

/**
 * Writes a text notebook without asking what is lost.
 *
 * @param notebook The notebook.
 * @param name The format.
 */
export function writeText(
  notebook: TextNotebook,
  name: TextFormatName,
): string {
  return CODECS[name].write(notebook);
}

function holds(
  notebook: TextNotebook,
  cell: number,
  name: TextFormatName,
): boolean {
  return !findLosses(notebook, CODECS[name].write(notebook), name)
    .some((loss) => loss.cell === cell);
}

function findLosses(
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
  const read = CODECS[name].read(text).cells;
  return [...unsupported, ...compareCells(notebook.cells, read, filter)];
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
    const rule = other === undefined
      ? "it would be part of the cell before it"
      : differ(cell, other, filter);
    if (rule === undefined) continue;
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

/**
 * Reads a text notebook.
 *
 * @param text The file.
 * @param name Its format.
 * @returns The notebook, with cell ids that its cells give.
 * @throws {SyntaxError} If its header is no YAML.
 */
export function readTextNotebook(text: string, name: TextFormatName): Notebook {
  const { metadata, cells } = readText(text, name);
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: withoutFloats(metadata) as TextMetadata,
    cells: assignCellIds(cells.map(toCell)),
  };
}

function toCell({ type, source, metadata }: TextCell): Cell {
  const fields = {
    id: "",
    source,
    metadata: withoutFloats(metadata) as TextMetadata,
  };
  return type === "code"
    ? { cell_type: type, ...fields, outputs: [], execution_count: null }
    : { cell_type: type, ...fields };
}

/**
 * Gives a notebook as text notebooks hold it.
 *
 * @param notebook The notebook.
 * @param json Its file, for numbers as they are written there: `1.0`.
 * @returns It, and the numbers of cells of a kind that no text notebook has.
 */
export function toTextNotebook(
  notebook: Notebook,
  json?: string,
): { readonly notebook: TextNotebook; readonly others: readonly number[] } {
  const raw = json === undefined ? undefined : readRaw(json);
  const rawCells = isRecord(raw) && Array.isArray(raw.cells) ? raw.cells : [];
  const others: number[] = [];
  const cells = notebook.cells.flatMap((cell, at): TextCell[] => {
    if (cell.cell_type === "other") {
      others.push(at + 1);
      return [];
    }
    const found: unknown = rawCells[at];
    const metadata = isRecord(found) && isRecord(found.metadata)
      ? found.metadata
      : cell.metadata;
    return [{
      type: cell.cell_type,
      source: cell.source,
      metadata: { ...metadata },
    }];
  });
  const metadata = isRecord(raw) && isRecord(raw.metadata)
    ? raw.metadata
    : notebook.metadata;
  return { notebook: { metadata: { ...metadata }, cells }, others };
}

function readRaw(json: string): unknown {
  try {
    return readJson(json);
  } catch {
    // Python's words for numbers that JSON lacks: those are told from others as
    // the parser of notebooks tells them.
    return undefined;
  }
}
