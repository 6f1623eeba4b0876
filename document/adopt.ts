/**
 * Takes a whole notebook into a document, as few changes as possible: what a
 * merge gave, or what a client that knows only files has saved.
 *
 * Pure. Cells are matched by id, so cursors and undo of all others stay.
 * @module
 */
import type { Cell, Notebook } from "../nbformat/mod.ts";
import type { DocumentState, LiveCell, Operation } from "./document.ts";
import { isSame } from "./merge.ts";
import { replaceText } from "./text.ts";

/** Lists the operations that turn a document into a notebook, outputs aside. */
export function listAdoption(
  state: DocumentState,
  notebook: Notebook,
): Operation[] {
  const operations: Operation[] = [];
  const wanted = new Set(notebook.cells.map(({ id }) => id));
  const order: string[] = [];
  for (const { cell } of state.cells) {
    if (wanted.has(cell.id)) order.push(cell.id);
    else operations.push({ type: "remove", cellId: cell.id });
  }
  if (!isSame(state.metadata, notebook.metadata)) {
    operations.push({
      type: "metadata",
      cellId: null,
      metadata: notebook.metadata,
    });
  }
  for (const [index, cell] of notebook.cells.entries()) {
    const after = notebook.cells[index - 1]?.id ?? null;
    const live = state.cells.find((one) => one.cell.id === cell.id);
    if (live === undefined) {
      order.splice(index, 0, cell.id);
      const isBinned = state.bin.some((one) => one.live.cell.id === cell.id);
      operations.push(
        isBinned
          ? { type: "restore", cellId: cell.id, after }
          : { type: "insert", cell, after },
      );
      const binned = state.bin.find((one) => one.live.cell.id === cell.id);
      if (binned !== undefined) operations.push(...change(binned.live, cell));
      continue;
    }
    if (order[index] !== cell.id) {
      order.splice(order.indexOf(cell.id), 1);
      order.splice(index, 0, cell.id);
      operations.push({ type: "move", cellId: cell.id, after });
    }
    operations.push(...change(live, cell));
  }
  return operations;
}

function change(live: LiveCell, to: Cell): Operation[] {
  const { cell, textVersion } = live;
  const operations: Operation[] = [];
  if (cell.cell_type !== to.cell_type && to.cell_type !== "other") {
    operations.push({
      type: "set-type",
      cellId: cell.id,
      cellType: to.cell_type,
    });
  }
  if (!isSame(cell.metadata, to.metadata)) {
    operations.push({
      type: "metadata",
      cellId: cell.id,
      metadata: to.metadata,
    });
  }
  if (cell.source !== to.source) {
    operations.push({
      type: "text",
      cellId: cell.id,
      base: textVersion,
      changes: replaceText(cell.source, to.source).toJSON(),
      isMerged: true,
    });
  }
  return operations;
}

/** Puts a notebook's outputs, and what no operation says, into a document that adopted the rest. */
export function adoptRest(
  state: DocumentState,
  notebook: Notebook,
): DocumentState {
  const byId = new Map(notebook.cells.map((cell) => [cell.id, cell]));
  const version = state.version + 1;
  const cells = state.cells.map((live) => {
    const cell = byId.get(live.cell.id);
    if (cell === undefined || isSame(cell, live.cell)) return live;
    return { ...live, cell, outputsAt: version };
  });
  return { ...state, version, cells, nbformatMinor: notebook.nbformat_minor };
}

/** Lists the operations that put a copy of a cell into the bin. */
export function binCopy(cell: Cell, id: string): Operation[] {
  return [
    { type: "insert", cell: { ...cell, id }, after: cell.id },
    { type: "remove", cellId: id },
  ];
}
