/**
 * Notebooks as clients of `/api/contents` get and send them. Pure.
 *
 * As in a file, but text is one string, and `trusted` of a cell says whether the
 * user may be shown its outputs unfiltered.
 * @module
 */
import {
  type Cell,
  type CellOutput,
  type Notebook,
  parseNotebook,
} from "../../nbformat/mod.ts";

/** Writes a notebook; `isTrusted` tells whose outputs were made by the user. */
export function toContent(
  notebook: Notebook,
  isTrusted: (outputs: readonly CellOutput[]) => boolean,
): Readonly<Record<string, unknown>> {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => {
      if (cell.cell_type === "other") return { ...cell.inFile, id: cell.id };
      if (cell.cell_type !== "code") return cell;
      const trusted = cell.outputs.length === 0 || isTrusted(cell.outputs);
      return {
        ...cell,
        metadata: { ...cell.metadata, trusted },
        outputs: cell.outputs.map((output) =>
          output.output_type === "other" ? output.inFile : output
        ),
      };
    }),
  };
}

/** A notebook that a client sent. */
export interface FromContent {
  readonly notebook: Notebook;
  /** Outputs that the client's user trusts. */
  readonly trusted: readonly (readonly CellOutput[])[];
}

/**
 * Reads a notebook that a client sent.
 *
 * @throws {TypeError} If it is none.
 */
export function fromContent(content: unknown, name: string): FromContent {
  const notebook = parseNotebook(JSON.stringify(content ?? null), name);
  const trusted = notebook.cells.flatMap((cell) =>
    cell.cell_type === "code" && cell.metadata.trusted === true &&
      cell.outputs.length > 0
      ? [cell.outputs]
      : []
  );
  const { orig_nbformat: _, orig_nbformat_minor: __, signature: ___, ...rest } =
    notebook.metadata;
  return {
    notebook: { ...notebook, metadata: rest, cells: notebook.cells.map(strip) },
    trusted,
  };
}

/** A notebook as it is compared: what cells show is made by whoever runs them. */
export function withoutOutputs(notebook: Notebook): Notebook {
  return {
    ...notebook,
    cells: notebook.cells.map((cell) =>
      cell.cell_type === "code"
        ? { ...cell, outputs: [], execution_count: null }
        : cell
    ),
  };
}

function strip(cell: Cell): Cell {
  if (!Object.hasOwn(cell.metadata, "trusted")) return cell;
  const { trusted: _, ...metadata } = cell.metadata;
  return { ...cell, metadata } as Cell;
}
