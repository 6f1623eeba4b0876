/**
 * What comes of an operation: the next state, what to tell all pages, and the
 * operation that takes it back.
 *
 * Pure. Nothing is lost by being late: text is merged with what others typed,
 * a cell that has gone is refused by name, an operation sent again is known.
 * @module
 */
import type { CodeCell } from "../nbformat/mod.ts";
import {
  type BinnedCell,
  type Change,
  type DocumentState,
  type LiveCell,
  liven,
  type Operation,
  type Sent,
} from "./document.ts";
import { above, find, ownType, place, put, setType } from "./live_cells.ts";
import { changeText } from "./text.ts";

/** What became of an operation. */
export type Applied =
  | {
    readonly type: "applied";
    readonly state: DocumentState;
    /** What to tell every page, the sender included. */
    readonly changes: readonly Change[];
    /** What takes it back; it can be sent like any other. */
    readonly inverse: Operation;
  }
  /** It had been taken before. */
  | { readonly type: "known" }
  /** Others changed that text: hear of it, merge, and send again. */
  | { readonly type: "stale"; readonly cellId: string }
  /** An operation in between has not arrived: send again from `next` on. */
  | { readonly type: "missed"; readonly next: number }
  | { readonly type: "refused"; readonly reason: string };

/** Takes an operation of a page. */
export function applyOperation(state: DocumentState, sent: Sent): Applied {
  const last = state.taken.get(sent.client) ?? 0;
  if (sent.number <= last) return { type: "known" };
  if (sent.number > last + 1) return { type: "missed", next: last + 1 };
  // One that is refused is taken too: sent again, it would be refused again.
  const taken = new Map(state.taken).set(sent.client, sent.number);
  try {
    const { state: next, changes, inverse } = change(state, sent);
    return { type: "applied", state: { ...next, taken }, changes, inverse };
  } catch (error) {
    if (error instanceof StaleError) {
      return { type: "stale", cellId: error.cellId };
    }
    if (!(error instanceof RangeError)) throw error;
    return { type: "refused", reason: error.message };
  }
}

/** Notes that a refused operation was taken. */
export function passOver(
  state: DocumentState,
  { client, number }: Sent,
): DocumentState {
  return { ...state, taken: new Map(state.taken).set(client, number) };
}

/** Ends an operation whose text was changed meanwhile. */
class StaleError extends Error {
  constructor(readonly cellId: string) {
    super(`The text of cell ${cellId} was changed`);
  }
}

interface Changed {
  readonly state: DocumentState;
  readonly changes: readonly Change[];
  readonly inverse: Operation;
}

function change(state: DocumentState, sent: Sent): Changed {
  const { operation } = sent;
  if (operation.type !== "batch") {
    return changeOnce(state, sent.client, operation);
  }
  const changes: Change[] = [];
  const inverses: Operation[] = [];
  for (const part of operation.operations) {
    const done = change(state, { ...sent, operation: part });
    state = done.state;
    changes.push(...done.changes);
    inverses.unshift(done.inverse);
  }
  return { state, changes, inverse: { type: "batch", operations: inverses } };
}

function changeOnce(
  state: DocumentState,
  client: string,
  operation: Exclude<Operation, { type: "batch" }>,
): Changed {
  const version = state.version + 1;
  const finish = (
    next: Partial<DocumentState>,
    inverse: Operation,
    told:
      | Exclude<Operation, { type: "text" | "batch" }>
      | Omit<Extract<Change, { type: "text" }>, "version" | "client"> =
        operation as Exclude<Operation, { type: "text" | "batch" }>,
  ): Changed => {
    const change = { ...told, version, client } as Change;
    const log = [...state.log, change].slice(-LOG_LENGTH);
    return {
      state: { ...state, ...next, version, log },
      changes: [change],
      inverse,
    };
  };
  switch (operation.type) {
    case "text": {
      const { cellId, base } = operation;
      const live = find(state, cellId);
      const behind = live.textVersion - base;
      if (behind > 0 && !operation.isMerged) throw new StaleError(cellId);
      if (behind < 0 || behind > live.updates.length) {
        throw new RangeError(
          `Cannot change the text of cell ${cellId}: version ${base} is too far from ${live.textVersion}`,
        );
      }
      const since = behind === 0 ? [] : live.updates.slice(-behind);
      const { text, changes, inverse } = changeText(
        live.cell.source,
        { client, changes: operation.changes },
        since,
      );
      const textVersion = live.textVersion + 1;
      const next: LiveCell = {
        ...live,
        cell: { ...live.cell, source: text },
        textVersion,
        updates: [...live.updates, { client, changes }].slice(-UPDATES_LENGTH),
      };
      return finish(
        { cells: put(state.cells, next) },
        {
          type: "text",
          cellId,
          base: textVersion,
          changes: inverse.toJSON(),
          isMerged: true,
        },
        { ...operation, changes: changes.toJSON(), textVersion },
      );
    }
    case "insert": {
      const { cell, after } = operation;
      if (
        state.cells.some((live) => live.cell.id === cell.id) ||
        state.bin.some(({ live }) => live.cell.id === cell.id)
      ) {
        throw new RangeError(
          `Cannot insert cell ${cell.id}: there is one already`,
        );
      }
      return finish(
        { cells: place(state.cells, liven(cell, version), after) },
        { type: "remove", cellId: cell.id },
      );
    }
    case "move": {
      const live = find(state, operation.cellId);
      const previous = above(state.cells, operation.cellId);
      const others = state.cells.filter((one) => one !== live);
      const after = operation.after === operation.cellId
        ? previous
        : operation.after;
      return finish(
        { cells: place(others, live, after) },
        { ...operation, after: previous },
      );
    }
    case "remove": {
      const { cellId } = operation;
      const live = find(state, cellId);
      const binned: BinnedCell = {
        live,
        after: above(state.cells, cellId),
        version,
      };
      return finish({
        cells: state.cells.filter((one) => one !== live),
        bin: [...state.bin, binned],
      }, { type: "restore", cellId, after: binned.after });
    }
    case "restore": {
      const { cellId, after } = operation;
      const binned = state.bin.find(({ live }) => live.cell.id === cellId);
      if (binned === undefined) {
        throw new RangeError(
          `Cannot restore cell ${cellId}: it is not in the bin`,
        );
      }
      const live = { ...binned.live, outputsAt: version };
      return finish({
        cells: place(state.cells, live, after),
        bin: state.bin.filter((one) => one !== binned),
      }, { type: "remove", cellId });
    }
    case "set-type": {
      const live = find(state, operation.cellId);
      return finish(
        { cells: put(state.cells, setType(live, operation.cellType, version)) },
        { ...operation, cellType: ownType(live.cell) },
      );
    }
    case "metadata": {
      const { cellId, metadata } = operation;
      if (cellId === null) {
        return finish({ metadata }, { ...operation, metadata: state.metadata });
      }
      const live = find(state, cellId);
      const cell = { ...live.cell, metadata };
      return finish({ cells: put(state.cells, { ...live, cell }) }, {
        ...operation,
        metadata: live.cell.metadata,
      });
    }
    case "clear-outputs": {
      const { cellId } = operation;
      if (cellId !== null) find(state, cellId);
      const cells = state.cells.map((live) =>
        live.cell.cell_type === "code" &&
          (cellId === null || live.cell.id === cellId)
          ? {
            ...live,
            cell: { ...live.cell, outputs: [], execution_count: null },
            outputsAt: version,
          }
          : live
      );
      // What was shown is gone for good; running gives it again.
      return finish({ cells }, { type: "batch", operations: [] });
    }
  }
}

/**
 * Puts what a cell shows. The server alone does so; pages are told by other
 * means, since outputs are many and large.
 */
export function setOutputs(
  state: DocumentState,
  cellId: string,
  shown: Partial<Pick<CodeCell, "outputs" | "execution_count">>,
): DocumentState {
  const live = state.cells.find(({ cell }) => cell.id === cellId);
  if (live === undefined || live.cell.cell_type !== "code") {
    // It may be in the bin, and come back with what it shows then.
    const bin = state.bin.map((binned) =>
      binned.live.cell.id === cellId && binned.live.cell.cell_type === "code"
        ? {
          ...binned,
          live: { ...binned.live, cell: { ...binned.live.cell, ...shown } },
        }
        : binned
    );
    return { ...state, bin };
  }
  const version = state.version + 1;
  const next = {
    ...live,
    cell: { ...live.cell, ...shown },
    outputsAt: version,
  };
  return { ...state, version, cells: put(state.cells, next) };
}

/**
 * Lists what a page has missed since a version; null if that is too long ago,
 * and the page needs the whole document.
 */
export function changesSince(
  state: DocumentState,
  version: number,
): readonly Change[] | null {
  if (version > state.version) return null;
  const missed = state.log.filter((change) => change.version > version);
  const oldest = state.log[0];
  const isWhole = state.log.length < LOG_LENGTH ||
    oldest !== undefined && oldest.version <= version + 1;
  return isWhole ? missed : null;
}

/** How many changes are kept for pages that were away. */
const LOG_LENGTH = 1000;
/** How many updates of a cell's text are kept. */
const UPDATES_LENGTH = 2000;
