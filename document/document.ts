/**
 * The live document: a notebook that several pages edit at the same time.
 *
 * One authority, the server, owns it. Pages send operations, which name what
 * they do and on which version they were made; `apply.ts` says what comes of
 * them. Pure: types and how a document begins and ends as a {@link Notebook}.
 * @module
 */
import type { Cell, CodeCell, Metadata, Notebook } from "../nbformat/mod.ts";
import type { TextUpdate } from "./text.ts";

/** A cell that lives in a document. */
export interface LiveCell {
  /** The cell as a file would hold it. */
  readonly cell: Cell;
  /** How many updates its text has had. */
  readonly textVersion: number;
  /** The last of those updates, oldest first, for whoever is behind. */
  readonly updates: readonly TextUpdate[];
  /** The document's version when its outputs last changed. */
  readonly outputsAt: number;
  /** What it showed before it became another kind of cell. */
  readonly shown?: Pick<CodeCell, "outputs" | "execution_count">;
}

/** A cell that was removed, and may come back as it was. */
export interface BinnedCell {
  /** The cell with its outputs and metadata. */
  readonly live: LiveCell;
  /** The cell it stood below; null for the first. */
  readonly after: string | null;
  /** The version in which it was removed. */
  readonly version: number;
}

/** Everything a document is. */
export interface DocumentState {
  /** How many changes there have been. */
  readonly version: number;
  /** Minor version of the file format. */
  readonly nbformatMinor: number;
  /** Hints of the notebook as a whole. */
  readonly metadata: Metadata;
  /** The cells, top to bottom. */
  readonly cells: readonly LiveCell[];
  /** Cells that were removed, the latest last. */
  readonly bin: readonly BinnedCell[];
  /** The last changes, oldest first: what a page that was away has missed. */
  readonly log: readonly Change[];
  /** The number of the last operation taken from each page. */
  readonly taken: ReadonlyMap<string, number>;
}

/** What a page asks for. `batch` happens whole or not at all. */
export type Operation =
  | {
    readonly type: "text";
    readonly cellId: string;
    /** The version of the cell's text on which the change was made. */
    readonly base: number;
    /** A `ChangeSet` of CodeMirror, as JSON. */
    readonly changes: unknown;
    /**
     * Merge it with what others changed after `base`. Not for an editor that
     * shows its change already: two mergers can differ where changes touch, so
     * it has to merge by itself and send again.
     */
    readonly isMerged?: boolean;
  }
  | {
    readonly type: "insert";
    readonly cell: Cell;
    /** The cell to stand below; null for the top. */
    readonly after: string | null;
  }
  | {
    readonly type: "move";
    readonly cellId: string;
    readonly after: string | null;
  }
  | { readonly type: "remove"; readonly cellId: string }
  | {
    readonly type: "restore";
    readonly cellId: string;
    readonly after: string | null;
  }
  | {
    readonly type: "set-type";
    readonly cellId: string;
    readonly cellType: "code" | "markdown" | "raw";
  }
  | {
    readonly type: "metadata";
    /** Null for that of the notebook. */
    readonly cellId: string | null;
    readonly metadata: Metadata;
  }
  | {
    readonly type: "clear-outputs";
    /** Null for all cells. */
    readonly cellId: string | null;
  }
  | { readonly type: "batch"; readonly operations: readonly Operation[] };

/** What happened, as every page is told. */
export type Change =
  & { readonly version: number; readonly client: string }
  & (
    | (Extract<Operation, { type: "text" }> & { readonly textVersion: number })
    | Exclude<Operation, { type: "text" | "batch" }>
  );

/** An operation with its sender: sent twice, it happens once. */
export interface Sent {
  /** Which page. */
  readonly client: string;
  /** Which of that page's operations, counted from 1. */
  readonly number: number;
  /** What it asks for. */
  readonly operation: Operation;
}

/** Opens a notebook as a document. */
export function openDocument(notebook: Notebook): DocumentState {
  return {
    version: 0,
    nbformatMinor: notebook.nbformat_minor,
    metadata: notebook.metadata,
    cells: notebook.cells.map((cell) => liven(cell, 0)),
    bin: [],
    log: [],
    taken: new Map(),
  };
}

/** Gives the notebook that a document is now. */
export function toNotebook(state: DocumentState): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: state.nbformatMinor,
    metadata: state.metadata,
    cells: state.cells.map(({ cell }) => cell),
  };
}

/** Makes a cell one of a document. */
export function liven(cell: Cell, version: number): LiveCell {
  return { cell, textVersion: 0, updates: [], outputsAt: version };
}
