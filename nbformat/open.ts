/**
 * A notebook whose cells are made when they are asked for, each time anew, so
 * that a large file is in memory as bytes and nothing else.
 *
 * Pure. `parse.ts` reads a notebook as a whole.
 * @module
 */
import * as z from "zod/mini";
import { assignCellIds } from "./cell_ids.ts";
import { isTooDeep } from "./depth.ts";
import { parseJson } from "./json_parse.ts";
import { KNOWN_MINOR, setLaterApart } from "./later.ts";
import type { Cell, Notebook } from "./notebook.ts";
import { parseNotebook } from "./parse.ts";
import { type ByteRange, scanList, scanObject } from "./scan.ts";
import {
  type CellInFile,
  cellSchema,
  laterCellSchema,
  notebookSchema,
} from "./schema.ts";

/** A notebook that is read cell by cell. */
export interface OpenedNotebook extends Omit<Notebook, "cells"> {
  /** The cells, top to bottom; each time they are gone through they are read. */
  readonly cells: Iterable<Cell>;
}

/**
 * Opens a notebook file.
 *
 * All cells are looked at once, so that what is wrong is found before anything is
 * done with them.
 *
 * @param bytes The file's bytes; not held on to if there is a way to read them
 *   again.
 * @param path The file's name, for errors.
 * @param readAgain Gives a part of the file once more.
 * @returns The notebook.
 * @throws What {@link parseNotebook} throws.
 */
export function openNotebook(
  bytes: Uint8Array,
  path: string,
  readAgain: ReadRange = makeReader(bytes),
): OpenedNotebook {
  // Below it, a notebook is read as a whole, which is faster.
  if (bytes.length >= MIN_BYTES) {
    try {
      return open(bytes, readAgain);
    } catch {
      // Of another version, or wrong; what is below says what and where.
    }
  }
  return parseNotebook(DECODER.decode(bytes), path);
}

function makeReader(bytes: Uint8Array): ReadRange {
  return ({ start, end }) => bytes.subarray(start, end);
}

/** Gives a part of a file. */
type ReadRange = (range: ByteRange) => Uint8Array;

function open(bytes: Uint8Array, readAgain: ReadRange): OpenedNotebook {
  const { ranges, ids, isLater, ...notebook } = index(bytes);
  return { ...notebook, cells: { [Symbol.iterator]: () => readCells() } };

  // Outside of `index`, whose bytes it would keep.
  function* readCells() {
    for (const [index, range] of ranges.entries()) {
      const cell = parseCell(readAgain(range), isLater);
      yield { ...cell, id: ids[index]! } as Cell;
    }
  }
}

function index(bytes: Uint8Array) {
  // Editors on Windows put a byte order mark at the start.
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const fields = scanObject(bytes, hasMark ? 3 : 0);
  const others = Object.fromEntries(
    [...fields].filter(([name]) => name !== "cells")
      .map((
        [name, { start, end }],
      ) => [name, parseBytes(bytes.subarray(start, end))]),
  );
  const notebook = z.parse(notebookSchema, { ...others, cells: [] });
  const isLater = notebook.nbformat_minor > KNOWN_MINOR;
  const ranges = scanList(bytes, fields.get("cells")!.start);
  const ids = assignCellIds(ranges.map(({ start, end }) => {
    const cell = parseCell(bytes.subarray(start, end), isLater);
    // As much as an id is made of.
    return { id: cell.id, cell_type: cell.cell_type, source: cell.source };
  })).map(({ id }) => id);
  const nbformat_minor = Math.max(5, notebook.nbformat_minor);
  return { ...notebook, nbformat_minor, ranges, ids, isLater };
}

function parseCell(bytes: Uint8Array, isLater: boolean): CellInFile {
  const json = parseBytes(bytes);
  if (!isLater) return z.parse(cellSchema, json);
  const { cells } = setLaterApart({ cells: [json] }) as { cells: unknown[] };
  return z.parse(laterCellSchema, cells[0]);
}

function parseBytes(bytes: Uint8Array): unknown {
  const json = parseJson(DECODER.decode(bytes), "notebook");
  if (isTooDeep(json)) throw new RangeError("nested too deep");
  return json;
}

const DECODER = new TextDecoder();

const MIN_BYTES = 8 * 1024 * 1024;
