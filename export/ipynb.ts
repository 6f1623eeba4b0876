/**
 * A notebook as a notebook: written as Jupyter writes it, with or without its
 * outputs.
 *
 * It stays a notebook that runs: code that is removed from other formats is
 * hidden here, as JupyterLab hides it, and option lines stay, since they are its
 * source. Exporting what was exported changes nothing. Pure.
 * @module
 */
import {
  type Cell,
  type CodeCell,
  type Metadata,
  serializeNotebook,
} from "../nbformat/mod.ts";
import {
  type Directives,
  type DocumentWishes,
  readDirectives,
  shownOutputs,
} from "../nbformat/directives/mod.ts";
import type { Document, Format } from "./format.ts";
import { validCell, validMetadata, wholeCharacters } from "./valid.ts";

/** A notebook, normalised. */
export const IPYNB: Format = {
  extension: ".ipynb",
  render(document, options) {
    const { report = () => {} } = options;
    const minor = document.nbformat_minor ?? 5;
    const cells = listCells(document, options);
    // What a later version allows is not known here.
    const isKnown = minor <= 5;
    const leaveOut = (where: string) => (what: string) =>
      report(`${where}: left out ${what}, which notebooks can not hold`);
    const notebook = {
      // With fields that nbformat does not name, where they may be.
      ...isKnown ? {} : document,
      nbformat: 4 as const,
      nbformat_minor: minor,
      metadata: isKnown
        ? validMetadata(document.metadata, leaveOut("Notebook"))
        : document.metadata,
      cells: isKnown
        ? cells.map((cell, index) =>
          validCell(cell, leaveOut(`Cell ${index + 1}`))
        )
        : cells,
    };
    return { content: [wholeCharacters(serializeNotebook(notebook))] };
  },
};

function listCells(document: Document, wishes: DocumentWishes): Cell[] {
  return [...document.cells].flatMap((cell) => {
    const asked = readDirectives(cell, wishes);
    if (cell.cell_type === "code") return exportCode(cell, asked, wishes);
    return asked.cell === "removed" ? [] : [cell];
  });
}

function exportCode(
  cell: CodeCell,
  asked: Directives,
  { noOutput = false }: DocumentWishes,
): Cell[] {
  const isRemoved = asked.cell === "removed";
  // What runs is missed by the cells after it; what does not is not.
  if (isRemoved && !asked.runs) return [];
  const isFolded = isRemoved || asked.cell === "folded";
  const outputs = shownOutputs(cell, asked);
  const { execution: _, collapsed, ...others } = cell.metadata;
  const kept = noOutput ? others : cell.metadata;
  return [{
    ...cell,
    metadata: hide(kept, {
      source_hidden: isFolded || HIDDEN.includes(asked.input),
      outputs_hidden: outputs.length > 0 &&
        (isFolded || asked.output === "folded") && collapsed !== true,
    }),
    execution_count: noOutput ? null : cell.execution_count,
    outputs,
  }];
}

/** Adds what JupyterLab reads, where it is needed. */
function hide(
  metadata: Metadata,
  hidden: Readonly<Record<string, boolean>>,
): Metadata {
  const { jupyter } = metadata;
  const before = typeof jupyter === "object" && jupyter !== null ? jupyter : {};
  const added = Object.entries(hidden).filter(([name, isHidden]) =>
    isHidden && Reflect.get(before, name) !== true
  );
  if (added.length === 0) return metadata;
  return { ...metadata, jupyter: { ...before, ...Object.fromEntries(added) } };
}

const HIDDEN: readonly string[] = ["folded", "removed"];
