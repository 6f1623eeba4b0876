/**
 * Writes notebook files, byte for byte as Jupyter does.
 *
 * So a notebook that was only read and written again shows no change in version
 * control. Pure: `parse.ts` is the way back.
 * @module
 */
import type { MimeBundle } from "../protocol/mod.ts";
import { formatJson } from "./json_text.ts";
import { isSplitMime, splitLines } from "./lines.ts";
import type {
  Attachments,
  Cell,
  CellOutput,
  Metadata,
  Notebook,
} from "./notebook.ts";

/**
 * Writes a notebook as the text of its file.
 *
 * Fields that nbformat says never to write (`trusted` of a cell, `signature`,
 * `orig_nbformat`) are left out. A number that the file held as `1.0` is written
 * as `1`, as it is by every front end written in JavaScript.
 *
 * Source: Python's nbformat, `v4/nbjson.py` and `v4/rwbase.py`.
 *
 * @example An empty notebook
 * ```ts
 * import assert from "node:assert/strict";
 * const text = serializeNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] });
 * assert.equal(
 *   text,
 *   '{\n "cells": [],\n "metadata": {},\n "nbformat": 4,\n "nbformat_minor": 5\n}\n',
 * );
 * ```
 *
 * @param notebook The notebook.
 * @returns The text, a line end after its last line.
 * @throws {TypeError} If the notebook holds what JSON can not, such as a bigint.
 */
export function serializeNotebook(notebook: Notebook): string {
  const inFile = {
    ...notebook,
    nbformat_minor: Math.max(5, notebook.nbformat_minor),
    metadata: omit(notebook.metadata, TRANSIENT_NOTEBOOK_FIELDS),
    cells: notebook.cells.map(splitCell),
  };
  return `${formatJson(inFile)}\n`;
}

function splitCell(cell: Cell): unknown {
  if (cell.cell_type === "other") return { ...cell.inFile, id: cell.id };
  const inFile = {
    ...cell,
    metadata: omit(cell.metadata, TRANSIENT_CELL_FIELDS),
    source: splitLines(cell.source),
  };
  if (cell.cell_type === "code") {
    return { ...inFile, outputs: cell.outputs.map(splitOutput) };
  }
  return cell.attachments === undefined
    ? inFile
    : { ...inFile, attachments: splitAttachments(cell.attachments) };
}

function splitOutput(output: CellOutput): unknown {
  switch (output.output_type) {
    case "stream":
      return { ...output, text: splitLines(output.text) };
    case "display_data":
    case "execute_result":
      return { ...output, data: splitBundle(output.data) };
    case "error":
      return output;
    case "other":
      return output.inFile;
    default:
      return output satisfies never;
  }
}

function splitAttachments(attachments: Attachments): unknown {
  return Object.fromEntries(
    Object.entries(attachments).map((
      [name, bundle],
    ) => [name, splitBundle(bundle)]),
  );
}

function splitBundle(bundle: MimeBundle): unknown {
  return Object.fromEntries(
    Object.entries(bundle).map(([mimeType, value]) => [
      mimeType,
      typeof value === "string" && isSplitMime(mimeType)
        ? splitLines(value)
        : value,
    ]),
  );
}

function omit(metadata: Metadata, names: ReadonlySet<string>): Metadata {
  return Object.fromEntries(
    Object.entries(metadata).filter(([name]) => !names.has(name)),
  );
}

const TRANSIENT_NOTEBOOK_FIELDS = new Set([
  "orig_nbformat",
  "orig_nbformat_minor",
  "signature",
]);
const TRANSIENT_CELL_FIELDS = new Set(["trusted"]);
