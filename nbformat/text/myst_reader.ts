/**
 * Reading of MyST notebooks.
 *
 * Pure. Source: jupytext 1.19, `myst_to_notebook`.
 * @module
 */
import { isRecord } from "../values.ts";
import { splitRoot } from "./filter.ts";
import { MYST } from "./formats.ts";
import { isBlank, splitLikePython, trimEndLikePython } from "./lines.ts";
import { findBlocks, type MystBlock } from "./myst_blocks.ts";
import type { TextCell, TextNotebook } from "./notebook.ts";
import { readJson, type TextMetadata } from "./values.ts";
import { isMapping } from "./yaml_inline.ts";
import { loadYaml } from "./yaml_load.ts";
import { dumpYaml } from "./yaml_text.ts";

/**
 * Reads a MyST notebook.
 *
 * @param text The file.
 * @throws {SyntaxError} If its header or the options of a cell can not be read.
 */
export function readMyst(text: string): TextNotebook {
  const blocks = findBlocks(text);
  const front = blocks[0]?.type === "front" ? blocks[0] : undefined;
  const header = front === undefined
    ? {}
    : readOptions(front.content, "its header");
  const { cells, lexer } = readCells(text, blocks);
  const { metadata, cell } = splitHeader(header, lexer);
  return { metadata, cells: cell === undefined ? cells : [cell, ...cells] };
}

/**
 * Tells whether a Markdown file is a MyST notebook.
 *
 * @param text The file.
 */
export function isMyst(text: string): boolean {
  // To look for blocks takes time, and most files have none.
  if (!/\{(?:code|raw)-cell\}|format_name:\s*['"]?myst/.test(text)) {
    return false;
  }
  return findBlocks(text).some((block) => {
    if (block.type === "fence") return DIRECTIVE.test(block.info);
    if (block.type !== "front") return false;
    try {
      return formatOf(loadYaml(block.content)) === MYST.name;
    } catch {
      // Whoever reads it says so.
      return false;
    }
  });
}

function formatOf(header: unknown): unknown {
  const inner = isRecord(header) && isRecord(header.jupyter)
    ? header.jupyter
    : header;
  const jupytext = isRecord(inner) ? inner.jupytext : undefined;
  const shown = isRecord(jupytext) ? jupytext.text_representation : undefined;
  return isRecord(shown) ? shown.format_name : undefined;
}

function readCells(text: string, blocks: readonly MystBlock[]): {
  readonly cells: readonly TextCell[];
  /** What stands behind the first `{code-cell}`. */
  readonly lexer: string;
} {
  const lines = splitLikePython(text);
  const cells: TextCell[] = [];
  let [start, lexer] = [0, ""];
  let metadata: TextMetadata = {};
  const endText = (end: number) => {
    const source = trimEndLikePython(lines.slice(start, end).join("\n"))
      .replace(/^\n+/, "");
    if (source !== "") cells.push({ type: "markdown", source, metadata });
  };
  for (const block of blocks) {
    if (block.isNested) continue;
    const [, kind, rest = ""] = block.type === "fence"
      ? DIRECTIVE.exec(block.info) ?? []
      : [];
    if (block.type === "fence" && kind === undefined) continue;
    if (block.type !== "front") endText(block.lines[0]);
    start = block.lines[1];
    metadata = block.type === "break" ? readBreak(block) : {};
    if (kind === undefined) continue;
    const isCode = kind === "code";
    if (isCode) lexer ||= rest.trim();
    cells.push(readCell(block, isCode ? "code" : "raw"));
  }
  endText(lines.length);
  return { cells, lexer };
}

function readBreak({ content, lines }: MystBlock): TextMetadata {
  if (content === "") return {};
  const place = `the metadata behind "+++" in line ${lines[0] + 1}`;
  try {
    const value = readJson(content);
    if (isRecord(value)) return { ...value };
  } catch (error) {
    const { message } = error as Error;
    throw new SyntaxError(`${place} are no JSON: ${message}`);
  }
  throw new SyntaxError(`${place} are no object`);
}

function readCell(block: MystBlock, type: "code" | "raw"): TextCell {
  const { options, body } = splitOptions(block.content);
  const metadata = readOptions(
    options,
    `the options of the cell in line ${block.lines[0] + 1}`,
  );
  // A blank line may stand between options and code.
  const source = isBlank(body[0]) ? body.slice(1) : body;
  return { type, source: source.join("\n"), metadata };
}

/** Options are lines that begin with `:`, or stand between dashes. */
function splitOptions(
  content: string,
): { readonly options: string; readonly body: readonly string[] } {
  const lines = splitLikePython(content);
  if (content.startsWith("---")) {
    const rest = lines.slice(1).join("\n");
    const end = /^-{3,}/m.exec(rest);
    return end === null ? { options: dedent(rest), body: [] } : {
      options: dedent(rest.slice(0, end.index)),
      body: splitLikePython(rest.slice(end.index + end[0].length + 1)),
    };
  }
  if (!content.trimStart().startsWith(":")) return { options: "", body: lines };
  const end = lines.findIndex((line) => !line.trimStart().startsWith(":"));
  const count = end < 0 ? lines.length : end;
  return {
    options: lines.slice(0, count).map((line) => line.trimStart().slice(1))
      .join("\n"),
    // A blank line at the end is lost here, and only here.
    body: splitLikePython(lines.slice(count).join("\n")),
  };
}

/** Takes from lines by how much all of them are indented. */
function dedent(text: string): string {
  const lines = text.split("\n");
  const indents = lines.filter((line) => !isBlank(line))
    .map((line) => /^[ \t]*/.exec(line)![0]);
  const common = indents.reduce((one, other) => {
    let length = 0;
    while (length < one.length && one[length] === other[length]) length += 1;
    return one.slice(0, length);
  }, indents[0] ?? "");
  return lines.map((line) => isBlank(line) ? "" : line.slice(common.length))
    .join("\n");
}

function readOptions(yaml: string, place: string): TextMetadata {
  let value: unknown;
  try {
    value = loadYaml(yaml);
  } catch (error) {
    throw new SyntaxError(`${place} is no YAML: ${(error as Error).message}`);
  }
  if (!value) return {};
  if (isMapping(value)) return { ...value };
  throw new SyntaxError(`${place} has no names with values`);
}

/** Tells what Jupyter knows of the header from what is the author's. */
function splitHeader(header: TextMetadata, lexer: string): {
  readonly metadata: TextMetadata;
  readonly cell: TextCell | undefined;
} {
  const { jupyter, ...others } = header;
  const own: TextMetadata = isRecord(jupyter) ? { ...jupyter } : {};
  if (header.language_info === undefined && lexer !== "") {
    own.jupytext = {
      ...isRecord(own.jupytext) ? own.jupytext : {},
      default_lexer: lexer,
      ...Object.keys(header).length === 0
        ? { notebook_metadata_filter: "-all" }
        : {},
    };
  }
  const options: TextMetadata = {
    ...isRecord(own.jupytext) ? own.jupytext : {},
    ...isRecord(others.jupytext) ? others.jupytext : {},
  };
  const { root, rest } = splitRoot(
    others,
    options.root_level_metadata_filter ?? "",
  );
  const merged = overwrite(own, root);
  const jupytext = isRecord(merged.jupytext) ? { ...merged.jupytext } : {};
  const shown = isRecord(jupytext.text_representation)
    ? jupytext.text_representation
    : {};
  const hasFront = Object.keys(rest).length > 0 &&
    options.root_level_metadata_as_raw_cell !== false;
  return {
    metadata: {
      ...merged,
      jupytext: {
        ...jupytext,
        text_representation: {
          ...shown,
          extension: MYST.extension,
          format_name: MYST.name,
        },
      },
    },
    cell: hasFront
      ? {
        type: "raw",
        source: `---\n${dumpYaml(rest, { isSorted: false })}---`,
        metadata: {},
      }
      : undefined,
  };
}

function overwrite(target: TextMetadata, more: TextMetadata): TextMetadata {
  const merged = { ...target };
  for (const [key, value] of Object.entries(more)) {
    const own = merged[key];
    merged[key] = isMapping(value)
      ? overwrite(isMapping(own) ? { ...own } : {}, value)
      : value;
  }
  return merged;
}

const DIRECTIVE = /^\{(code|raw)-cell\}(.*)$/s;
