/**
 * A document as a page is first told of it. Pure.
 * @module
 */
import type { DocumentState } from "../document/mod.ts";
import type { Cell } from "../nbformat/mod.ts";
import type { ServerMessage } from "./protocol.ts";
import type { Ran } from "./runs.ts";

/** What a snapshot holds besides the document. */
export interface SnapshotFacts {
  /** Which page it is for. */
  readonly client: string;
  /** Which opening of the document its version is of. */
  readonly opening: string;
  readonly name: string;
  /** How the last run of each cell ended. */
  readonly ran: ReadonlyMap<string, Ran>;
  /** Makes the HTML of what a cell shows. */
  readonly draw: (cell: Cell) => readonly string[];
}

/** Makes a snapshot. */
export function describeDocument(
  { version, metadata, cells, bin, taken }: DocumentState,
  { client, opening, name, ran, draw }: SnapshotFacts,
): ServerMessage {
  return {
    type: "snapshot",
    opening,
    version,
    name,
    metadata,
    cells: cells.map(({ cell, textVersion }) => ({
      id: cell.id,
      type: cell.cell_type,
      source: cell.source,
      textVersion,
      metadata: cell.metadata,
      count: cell.cell_type === "code" ? cell.execution_count : null,
      html: draw(cell),
      ran: ran.get(cell.id) ?? null,
    })),
    bin: bin.map(({ live }) => ({
      id: live.cell.id,
      source: live.cell.source.slice(0, BINNED_LENGTH),
    })),
    taken: taken.get(client) ?? 0,
  };
}

/** What a page that was away has to be told besides the changes it missed. */
export function listShown(
  { cells }: DocumentState,
  since: number,
  { draw, ran }: SnapshotFacts,
): ServerMessage[] {
  const messages: ServerMessage[] = [];
  for (const { cell, outputsAt } of cells) {
    const { id: cellId } = cell;
    if (cell.cell_type === "markdown") {
      const [html = ""] = draw(cell);
      messages.push({ type: "markdown", cellId, html });
    } else if (cell.cell_type === "code" && outputsAt > since) {
      const count = cell.execution_count;
      messages.push(
        { type: "outputs", cellId, keep: 0, html: draw(cell) },
        { type: "count", cellId, count },
      );
    }
  }
  for (const [cellId, last] of ran) {
    messages.push({ type: "ran", cellId, ran: last });
  }
  return messages;
}

/** As much as tells one cell of the bin from another. */
const BINNED_LENGTH = 200;
