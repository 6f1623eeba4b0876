/**
 * MyST notebooks: `.md` files whose cells are `{code-cell}` directives.
 *
 * Pure. Byte for byte as jupytext 1.19 writes them. Reading is in
 * `myst_reader.ts`.
 * @module
 */
import { isRecord } from "../values.ts";
import { filterCell, filterNotebook, splitRoot } from "./filter.ts";
import { MYST } from "./formats.ts";
import { withVersion } from "./header.ts";
import { fenceFor, splitLikePython, trimEndLikePython } from "./lines.ts";
import type { TextCell, TextNotebook } from "./notebook.ts";
import { dumpJson, type TextMetadata } from "./values.ts";
import { isMapping } from "./yaml_inline.ts";
import { loadYaml } from "./yaml_load.ts";
import { dumpYaml } from "./yaml_text.ts";

/**
 * Writes a MyST notebook.
 *
 * @param notebook The notebook.
 */
export function writeMyst(notebook: TextNotebook): string {
  const { metadata, cells, options, lexer } = mergeFront(notebook);
  const hasHeader = Object.keys(metadata).length > 0;
  const header = hasHeader ? `---\n${dumpYaml(metadata, STYLE)}---\n` : "";
  const parts = cells.map((cell, at) => {
    const kept =
      filterCell(cell.metadata, options.cell_metadata_filter).metadata;
    if (cell.type !== "markdown") return writeDirective(cell, kept, lexer);
    const mark = Object.keys(kept).length > 0
      ? `\n+++ ${dumpJson(kept)}\n`
      : cells[at - 1]?.type === "markdown"
      ? "\n+++\n"
      : "";
    return `${mark}\n${withEnd(cell.source)}`;
  });
  const body = parts.join("");
  return `${trimEndLikePython(header + (hasHeader ? body : body.slice(1)))}\n`;
}

function writeDirective(
  { type, source }: TextCell,
  metadata: TextMetadata,
  lexer: string,
): string {
  const fence = fenceFor(splitLikePython(source));
  const name = type === "raw"
    ? "{raw-cell}"
    : lexer === ""
    ? "{code-cell}"
    : `{code-cell} ${lexer}`;
  const options = Object.keys(metadata).length > 0
    ? writeOptions(metadata)
    : /^(?:---|:)/.test(source)
    ? "\n"
    : "";
  return `\n${fence}${name}\n${options}${withEnd(source)}${fence}\n`;
}

/** One line an option where that is possible. */
function writeOptions(metadata: TextMetadata): string {
  const yaml = dumpYaml(metadata, STYLE);
  const lines = splitLikePython(yaml);
  return lines.every((line) => /^\p{L}/u.test(line))
    ? lines.map((line) => `:${line}\n`).join("") + "\n"
    : `---\n${yaml}---\n`;
}

/** What stands in the header, and what does not. */
interface Merged {
  readonly metadata: TextMetadata;
  readonly cells: readonly TextCell[];
  /** What the notebook asks of jupytext. */
  readonly options: TextMetadata;
  /** What stands behind `{code-cell}`. */
  readonly lexer: string;
}

/** Metadata and a first cell that is YAML between dashes are one header. */
function mergeFront({ metadata, cells }: TextNotebook): Merged {
  const options: TextMetadata = isRecord(metadata.jupytext)
    ? { ...metadata.jupytext }
    : {};
  const { default_lexer, ...jupytext } = options;
  const { language_info } = metadata;
  const lexer = (isRecord(language_info) && language_info.pygments_lexer) ||
    default_lexer;
  const { metadata: kept } = filterNotebook(
    { ...metadata, jupytext: withVersion(jupytext, MYST) },
    options.notebook_metadata_filter,
  );
  const sorted = Object.fromEntries(
    Object.entries(kept).sort(([a], [b]) => a < b ? -1 : 1),
  );
  const filter = options.root_level_metadata_filter;
  const { root, rest } = splitRoot(sorted, filter ?? "");
  if (Object.keys(rest).length > 0) root.jupyter = rest;
  const front = options.root_level_metadata_as_raw_cell === false
    ? undefined
    : readFront(cells[0]);
  const merged: Merged = {
    ...{ metadata: root, cells, options },
    lexer: typeof lexer === "string" ? lexer : "",
  };
  if (front === undefined) return merged;
  if (filter === undefined) {
    root.jupytext = {
      ...isRecord(root.jupytext) ? root.jupytext : {},
      root_level_metadata_filter: `-${Object.keys(front).join(",-")}`,
    };
  }
  return {
    ...merged,
    metadata: addMissing(front, root),
    cells: cells.slice(1),
  };
}

function readFront(cell: TextCell | undefined): TextMetadata | undefined {
  if (cell?.type !== "raw") return undefined;
  const lines = splitLikePython(
    cell.source.replace(/^[\n\t ]+|[\n\t ]+$/g, ""),
  );
  const isDashes = (line = "") => /^---\s*$/.test(line);
  if (lines.length < 2 || !isDashes(lines[0]) || !isDashes(lines.at(-1))) {
    return undefined;
  }
  const inner = lines.slice(1);
  const end = inner.findIndex((line) => /^(?:---|\.\.\.)(?:\s|$)/.test(line));
  try {
    const value = loadYaml(inner.slice(0, end).join("\n"));
    return isMapping(value) ? { ...value } : undefined;
  } catch {
    // What is no YAML stays a cell.
    return undefined;
  }
}

/** Adds what is not there yet, at any depth. */
function addMissing(target: TextMetadata, more: TextMetadata): TextMetadata {
  const merged = { ...target };
  for (const [key, value] of Object.entries(more)) {
    const own = merged[key];
    if (isMapping(value) && (own === undefined || isMapping(own))) {
      merged[key] = addMissing({ ...own }, value);
    } else if (own === undefined) merged[key] = value;
  }
  return merged;
}

function withEnd(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

const STYLE = { isSorted: false, isUnicode: true, hasFlowLists: true };
