/**
 * Puts new outputs into the text of a notebook, and leaves every other byte as
 * it is. Pure.
 * @module
 */
import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import {
  type CodeCell,
  type Notebook,
  serializeNotebook,
} from "../nbformat/mod.ts";

/**
 * Updates the outputs and counts of cells.
 *
 * @param text The file.
 * @param notebook What it holds.
 * @param changed Cells with new outputs, by id.
 * @returns The file with them.
 */
export function updateOutputs(
  text: string,
  notebook: Notebook,
  changed: ReadonlyMap<string, CodeCell>,
): string {
  if (changed.size === 0) return text;
  const tree = parseTree(text, [], { disallowComments: true })!;
  const unit = /\n([ \t]+)"/.exec(text)?.[1] ?? "";
  const edits: Edit[] = [];
  for (const [index, cell] of notebook.cells.entries()) {
    const now = changed.get(cell.id);
    if (now === undefined) continue;
    const written = writeCell(notebook, now);
    for (const key of ["outputs", "execution_count"] as const) {
      const node = findNodeAtLocation(tree, ["cells", index, key]);
      if (node === undefined) {
        // A careless tool has left it out: it goes before the first property.
        const place = findNodeAtLocation(tree, ["cells", index])!;
        const value = JSON.stringify(written[key]);
        edits.push({
          start: place.offset + 1,
          end: place.offset + 1,
          text: ` ${JSON.stringify(key)}: ${value},`,
        });
      } else edits.push(replace(text, node, { value: written[key], unit }));
    }
  }
  return edits.sort((a, b) => b.start - a.start).reduce(
    (all, { start, end, text }) => all.slice(0, start) + text + all.slice(end),
    text,
  );
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A value in the style of the file: its indent, or all on one line. */
function replace(
  text: string,
  { offset, length }: Node,
  { value, unit }: { readonly value: unknown; readonly unit: string },
): Edit {
  const lineStart = text.lastIndexOf("\n", offset) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))![0];
  const json = unit === ""
    ? JSON.stringify(value)
    : JSON.stringify(value, null, unit).replaceAll("\n", `\n${indent}`);
  return { start: offset, end: offset + length, text: json };
}

/** The cell as nbformat writes it: texts as lists of lines. */
function writeCell(
  notebook: Notebook,
  cell: CodeCell,
): Readonly<Record<"outputs" | "execution_count", unknown>> {
  const text = serializeNotebook({ ...notebook, cells: [cell] });
  return JSON.parse(text).cells[0];
}
