/**
 * Reads notebook files: text in, a {@link Notebook} out.
 *
 * Any file of nbformat 3 and 4 is read; what is older than 4.5 is brought up to
 * it, and what a later minor version has brought is kept.
 * Errors name the file, the place in it, what was found and what is expected.
 * Pure: `serialize.ts` is the way back, reading from disk is the caller's.
 * @module
 */
import type * as z from "zod/mini";
import { assignCellIds, type CellIdMaker } from "./cell_ids.ts";
import { isTooDeep, MAX_DEPTH } from "./depth.ts";
import { parseJson } from "./json_parse.ts";
import { KNOWN_MINOR, setLaterApart } from "./later.ts";
import type { Notebook } from "./notebook.ts";
import {
  laterNotebookSchema,
  type NotebookInFile,
  notebookSchema,
  versionSchema,
  worksheetsSchema,
} from "./schema.ts";
import { upgradeFrom3 } from "./upgrade.ts";

/** How to read a notebook file. */
export interface ParseNotebookOptions {
  /**
   * Makes ids for cells that lack a valid one of their own.
   *
   * @default Derived from the cell's kind and source.
   */
  readonly makeCellId?: CellIdMaker;
}

/**
 * Reads the text of a notebook file.
 *
 * Source: nbformat 3 and 4.0 to 4.5; a later minor version keeps its number, and
 * fields, cells and outputs that are not known here.
 *
 * @example A notebook of version 4.4 gets cell ids
 * ```ts
 * import assert from "node:assert/strict";
 * const text = `{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [
 *   {"cell_type": "markdown", "metadata": {}, "source": ["# Hi\\n", "there"]}
 * ]}`;
 * const notebook = parseNotebook(text, "hi.ipynb");
 * assert.equal(notebook.nbformat_minor, 5);
 * assert.equal(notebook.cells[0]?.source, "# Hi\nthere");
 * assert.match(notebook.cells[0]?.id ?? "", /^[0-9a-f]{8}$/);
 * ```
 *
 * @param text The file's text; a byte order mark is skipped.
 * @param path The file's name, for errors.
 * @param options How to make cell ids.
 * @returns The notebook.
 * @throws {SyntaxError} If the text is not JSON.
 * @throws {RangeError} If the file is of another major version of the format, or
 *   nested too deep.
 * @throws {TypeError} If the JSON is not shaped as a notebook.
 */
export function parseNotebook(
  text: string,
  path?: string,
  options: ParseNotebookOptions = {},
): Notebook {
  const name = path === undefined
    ? "notebook"
    : `notebook ${JSON.stringify(path)}`;
  const json = parseJson(text, name);
  if (isTooDeep(json)) {
    throw new RangeError(
      `Cannot read ${name}: its JSON is nested too deep, expected at most ${MAX_DEPTH} levels`,
    );
  }
  const notebook = parseVersion(json, name);
  return {
    ...notebook,
    nbformat_minor: Math.max(5, notebook.nbformat_minor),
    cells: assignCellIds(notebook.cells, options.makeCellId),
  };
}

function parseVersion(json: unknown, name: string): NotebookInFile {
  const version = parseShape(versionSchema, json, name);
  switch (version.nbformat) {
    case 3:
      return parseShape(
        notebookSchema,
        upgradeFrom3({ ...parseShape(worksheetsSchema, json, name) }),
        `${name}, upgraded from nbformat 3`,
      );
    case 4:
      return version.nbformat_minor > KNOWN_MINOR
        ? parseShape(laterNotebookSchema, setLaterApart(json), name)
        : parseShape(notebookSchema, json, name);
  }
  const advice = version.nbformat < 3
    ? `convert it with "jupyter nbconvert --to notebook --inplace"`
    : "a later Skein may read it";
  throw new RangeError(
    `Cannot read ${name}: nbformat is ${version.nbformat}, expected 3 or 4 (${advice})`,
  );
}

function parseShape<T>(
  schema: z.ZodMiniType<T>,
  json: unknown,
  name: string,
): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0] ??
    { path: [], message: "a notebook" };
  const place = formatPath(path);
  const found = describe(path.reduce(getField, json));
  const clause = place === "" ? `it is ${found}` : `${place} is ${found}`;
  throw new TypeError(`Cannot read ${name}: ${clause}, expected ${message}`);
}

function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, key) => {
    if (typeof key === "number") return `${place}[${key}]`;
    const name = String(key);
    if (!/^\w+$/.test(name)) return `${place}[${JSON.stringify(name)}]`;
    return place === "" ? name : `${place}.${name}`;
  }, "");
}

function getField(value: unknown, key: PropertyKey): unknown {
  return typeof value === "object" && value !== null
    ? Reflect.get(value, key)
    : undefined;
}

function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  const text = JSON.stringify(value);
  return text.length <= 40 ? text : `a ${typeof value}`;
}
