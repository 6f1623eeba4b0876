/**
 * The list of cells as a page shows it, and what changes do to it. Pure.
 *
 * Texts are elsewhere: they change with each key, the list seldom.
 * @module
 */
import type { Change } from "../document/mod.ts";
import type { ShownCell } from "../server/mod.ts";

/** A cell as it is shown, its text aside. */
export type PageCell = Omit<ShownCell, "source" | "textVersion">;

/** The cells, and those that were removed since the page came. */
export interface CellList {
  readonly cells: readonly PageCell[];
  readonly removed: ReadonlyMap<string, PageCell>;
}

/** What the server told of the list itself; text is not. */
export type ListChange = Exclude<Change, { readonly type: "text" }>;

/**
 * Changes the list; null where the page does not know enough, as of a cell that
 * was removed before it came.
 */
export function changeCells(
  list: CellList,
  change: ListChange,
): CellList | null {
  const { cells, removed } = list;
  const find = (id: string) => cells.find((cell) => cell.id === id);
  switch (change.type) {
    case "insert": {
      const { id, cell_type: type, metadata } = change.cell;
      const cell = { id, type, metadata, count: null, html: [], ran: null };
      return { removed, cells: place(cells, cell, change.after) };
    }
    case "move": {
      const cell = find(change.cellId);
      if (cell === undefined) return null;
      const others = cells.filter((one) => one !== cell);
      return { removed, cells: place(others, cell, change.after) };
    }
    case "remove": {
      const cell = find(change.cellId);
      if (cell === undefined) return null;
      return {
        removed: new Map(removed).set(cell.id, cell),
        cells: cells.filter((one) => one !== cell),
      };
    }
    case "restore": {
      const cell = removed.get(change.cellId);
      if (cell === undefined) return null;
      return { removed, cells: place(cells, cell, change.after) };
    }
    case "set-type":
      return update(list, change.cellId, { type: change.cellType, html: [] });
    case "metadata":
      return change.cellId === null
        ? list
        : update(list, change.cellId, { metadata: change.metadata });
    case "clear-outputs":
      return {
        removed,
        cells: cells.map((cell) =>
          cell.type === "code" &&
            (change.cellId === null || change.cellId === cell.id)
            ? { ...cell, html: [], count: null }
            : cell
        ),
      };
  }
}

/** Changes one cell. */
export function update(
  list: CellList,
  cellId: string,
  next: Partial<PageCell> | ((cell: PageCell) => Partial<PageCell>),
): CellList {
  const cells = list.cells.map((cell) =>
    cell.id === cellId
      ? { ...cell, ...(typeof next === "function" ? next(cell) : next) }
      : cell
  );
  return { ...list, cells };
}

function place(
  cells: readonly PageCell[],
  cell: PageCell,
  after: string | null,
): readonly PageCell[] {
  const found = cells.findIndex(({ id }) => id === after);
  const index = after === null ? 0 : found < 0 ? cells.length : found + 1;
  return cells.toSpliced(index, 0, cell);
}
