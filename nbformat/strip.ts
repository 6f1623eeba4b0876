/**
 * Notebooks without what running them leaves: for version control. Pure.
 * @module
 */
import type { Cell, Metadata, Notebook } from "./notebook.ts";

/**
 * Takes outputs and counts from a notebook, and metadata that change with each
 * run. What was stripped is not changed by it.
 *
 * A cell keeps its outputs if it has the tag `keep-output`, as with nbstripout.
 *
 * @example A cell that ran
 * ```ts
 * import assert from "node:assert/strict";
 * const { cells } = stripNotebook({
 *   nbformat: 4,
 *   nbformat_minor: 5,
 *   metadata: {},
 *   cells: [{
 *     cell_type: "code",
 *     id: "a",
 *     source: "1",
 *     metadata: { execution: {} },
 *     execution_count: 7,
 *     outputs: [{ output_type: "stream", name: "stdout", text: "x" }],
 *   }],
 * });
 * assert.deepEqual(cells[0], {
 *   cell_type: "code",
 *   id: "a",
 *   source: "1",
 *   metadata: {},
 *   execution_count: null,
 *   outputs: [],
 * });
 * ```
 *
 * @param notebook The notebook.
 */
export function stripNotebook(notebook: Notebook): Notebook {
  return {
    ...notebook,
    metadata: without(notebook.metadata, OF_NOTEBOOKS),
    cells: notebook.cells.map(stripCell),
  };
}

function stripCell(cell: Cell): Cell {
  if (cell.cell_type === "other") return cell;
  const metadata = without(cell.metadata, OF_CELLS);
  if (cell.cell_type !== "code") return { ...cell, metadata };
  const { tags, keep_output } = cell.metadata;
  const names = Array.isArray(tags) ? tags.map(String) : [];
  const keeps = keep_output === true ||
    names.some((name) => name.replace("_", "-") === "keep-output");
  return {
    ...cell,
    metadata,
    execution_count: null,
    outputs: keeps
      ? cell.outputs.map((output) =>
        output.output_type === "execute_result"
          ? { ...output, execution_count: null }
          : output
      )
      : [],
  };
}

function without(metadata: Metadata, names: ReadonlySet<string>): Metadata {
  return Object.fromEntries(
    Object.entries(metadata).filter(([name]) => !names.has(name)),
  );
}

/** What front ends write down when a cell runs, or is looked at. */
const OF_CELLS = new Set([
  ...["execution", "ExecuteTime", "collapsed", "scrolled", "autoscroll"],
  ...["papermill", "trusted"],
]);
const OF_NOTEBOOKS = new Set(["widgets", "papermill", "signature"]);
