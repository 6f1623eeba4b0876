/**
 * The list of a document's cells: finding, placing, changing their kind.
 *
 * Pure.
 * @module
 */
import type { Cell } from "../nbformat/mod.ts";
import type { DocumentState, LiveCell } from "./document.ts";

/** Makes a cell one of another kind; what it showed is kept for the way back. */
export function setType(
  live: LiveCell,
  cellType: "code" | "markdown" | "raw",
  version: number,
): LiveCell {
  const { cell } = live;
  if (cell.cell_type === cellType) return live;
  const { id, metadata, source } = cell;
  if (cellType === "code") {
    const shown = live.shown ?? { outputs: [], execution_count: null };
    const next: Cell = { cell_type: "code", id, metadata, source, ...shown };
    return { ...live, cell: next, outputsAt: version };
  }
  const next: Cell = { cell_type: cellType, id, metadata, source };
  return cell.cell_type !== "code" ? { ...live, cell: next } : {
    ...live,
    cell: next,
    shown: { outputs: cell.outputs, execution_count: cell.execution_count },
  };
}

/** Tells a cell's kind, if it can be changed. */
export function ownType(cell: Cell): "code" | "markdown" | "raw" {
  if (cell.cell_type !== "other") return cell.cell_type;
  throw new RangeError(
    `Cannot change the kind of cell ${cell.id}: it is of a kind that is not known here`,
  );
}

/** Finds a cell that is there. */
export function find(state: DocumentState, cellId: string): LiveCell {
  const live = state.cells.find(({ cell }) => cell.id === cellId);
  if (live === undefined) {
    throw new RangeError(
      `Cannot find cell ${cellId}: it was removed or never there`,
    );
  }
  return live;
}

/** Puts a cell in the place of the one with its id. */
export function put(
  cells: readonly LiveCell[],
  next: LiveCell,
): readonly LiveCell[] {
  return cells.map((live) => live.cell.id === next.cell.id ? next : live);
}

/** Tells which cell stands above another; null above the first. */
export function above(
  cells: readonly LiveCell[],
  cellId: string,
): string | null {
  const index = cells.findIndex(({ cell }) => cell.id === cellId);
  return cells[index - 1]?.cell.id ?? null;
}

/** Puts a cell below another. Below one that has gone meanwhile means at the end. */
export function place(
  cells: readonly LiveCell[],
  live: LiveCell,
  after: string | null,
): readonly LiveCell[] {
  const found = cells.findIndex(({ cell }) => cell.id === after);
  const index = after === null ? 0 : found < 0 ? cells.length : found + 1;
  return cells.toSpliced(index, 0, live);
}
