/**
 * The code cells of a document, as they are run and checked. Pure.
 * @module
 */
import type { DocumentState } from "../document/mod.ts";

/** A code cell as it is now. */
export interface CodeNow {
  readonly cellId: string;
  readonly source: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly textVersion: number;
}

/** Finds a code cell; null for what is none. */
export function findCode(
  { cells }: DocumentState,
  cellId: string,
): CodeNow | null {
  const live = cells.find(({ cell }) => cell.id === cellId);
  if (live?.cell.cell_type !== "code") return null;
  const { source, metadata } = live.cell;
  return { cellId, source, metadata, textVersion: live.textVersion };
}

/** Lists the ids of code cells that have something to run. */
export function listCodeIds({ cells }: DocumentState): string[] {
  return cells.flatMap(({ cell }) =>
    cell.cell_type === "code" && cell.source.trim() !== "" ? [cell.id] : []
  );
}
