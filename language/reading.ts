/**
 * Reading cells: outlines within a time.
 *
 * Who parses is a process of its own in a kernel, and this one in tests.
 * @module
 */
import type { CellOutline } from "./outline.ts";

/**
 * Reads a cell, in at most so many milliseconds; gives `null` when that can not
 * be done. With a cursor, what could stand there is found out as well.
 */
export type ReadOutline = (
  source: string,
  limitMs: number,
  cursor?: number,
) => Promise<CellOutline | null>;

/**
 * Reads a cell, unless it is longer than a language server can bear.
 *
 * @param read Who reads it. @default this process, however long it takes
 */
export function boundedReader(read: ReadOutline = readHere): ReadOutline {
  return async (source, limitMs, cursor) =>
    source.length > MAX_SOURCE ? null : await read(source, limitMs, cursor);
}

async function readHere(
  source: string,
  _limitMs: number,
  cursor?: number,
): Promise<CellOutline> {
  const { outlineCell } = await import(
    OUTLINE
  ) as typeof import("./outline.ts");
  return outlineCell(source, cursor);
}

/** In a kernel nobody needs it: a name that Deno does not follow at its start. */
const OUTLINE = "./outline.ts";
/** How long a cell may take that was run: a usual one takes some milliseconds. */
export const READ_MS = 2_000;
/** How long one may take that is being typed: somebody waits with every key. */
export const READ_DRAFT_MS = 500;
/** What is said of a cell that was not read. */
export const UNREADABLE =
  "the cell is too long, or nested too deeply, to be read in time";
/** Units: UTF-16 units. */
const MAX_SOURCE = 1024 * 1024;
