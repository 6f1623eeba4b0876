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
import { readText, writeText } from "./codecs.ts";
import type { TextFormatName } from "./formats.ts";
import { findLosses, type Loss } from "./losses.ts";
import type { TextCell, TextNotebook } from "./notebook.ts";
import { readJson, type TextMetadata, withoutFloats } from "./values.ts";

export { detectFormat, readText, writeText } from "./codecs.ts";

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
  const text = writeText(notebook, name);
  return { text, losses: findLosses(notebook, text, name) };
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
