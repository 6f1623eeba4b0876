/**
 * What stands at the top of a text notebook: its metadata as YAML. Pure.
 *
 * Source: jupytext 1.19, "header".
 * @module
 */
import { isRecord } from "../values.ts";
import { commentLines, isBlank, splitLikePython } from "./lines.ts";
import { filterNotebook } from "./filter.ts";
import type { TextMetadata } from "./values.ts";
import { loadYaml } from "./yaml_load.ts";
import { dumpYaml } from "./yaml_text.ts";
import type { TextCell, TextFormat, TextNotebook } from "./notebook.ts";

/** A header, and what of the notebook is in it. */
export interface WrittenHeader {
  readonly lines: readonly string[];
  /** The cells that are not in the header. */
  readonly cells: readonly TextCell[];
}

/**
 * Writes the header. A first cell that is YAML between dashes is part of it.
 *
 * @param notebook The notebook.
 * @param format The format.
 */
export function writeHeader(
  { metadata, cells }: TextNotebook,
  format: TextFormat,
): WrittenHeader {
  const { encoding, executable, jupytext } = takeScriptLines(
    metadata,
    cells,
    format,
  );
  const front = readFrontMatter(cells[0]);
  const { metadata: kept } = filterNotebook(
    { ...metadata, jupytext: withVersion(jupytext, format) },
    jupytext.notebook_metadata_filter,
  );
  const yaml = Object.keys(kept).length === 0
    ? []
    : splitLikePython(dumpYaml({ jupyter: kept }));
  const header = [...front?.lines ?? [], ...yaml];
  const lines = header.length === 0
    ? []
    : commentLines(["---", ...header, "---"], format.comment);
  const gap = front?.gap ?? (lines.length === 0 ? 0 : 1);
  return {
    lines: [...executable, ...encoding, ...lines, ...Array(gap).fill("")],
    cells: front === undefined ? cells : cells.slice(1),
  };
}

/** Lines that only scripts have, before all else. */
function takeScriptLines(
  metadata: TextMetadata,
  cells: readonly TextCell[],
  { comment, language }: TextFormat,
): {
  readonly executable: readonly string[];
  readonly encoding: readonly string[];
  readonly jupytext: TextMetadata;
} {
  const own: TextMetadata = isRecord(metadata.jupytext)
    ? { ...metadata.jupytext }
    : {};
  const kernel = isRecord(metadata.kernelspec)
    ? metadata.kernelspec.language
    : undefined;
  if (own.main_language === (kernel || language)) delete own.main_language;
  if (comment === "") return { executable: [], encoding: [], jupytext: own };
  const { executable, encoding, ...jupytext } = own;
  const isAscii = cells.every(({ source }) => /^[\0-\x7f]*$/.test(source));
  return {
    executable: executable === undefined ? [] : [`#!${executable}`],
    encoding: encoding !== undefined
      ? [String(encoding)]
      : isAscii
      ? []
      : [`${comment} -*- coding: utf-8 -*-`],
    jupytext,
  };
}

/**
 * Adds to jupytext's metadata in which format the notebook is written.
 *
 * @param jupytext What the notebook says.
 * @param format The format.
 */
export function withVersion(
  jupytext: TextMetadata,
  format: TextFormat,
): TextMetadata {
  return {
    ...withFormats(jupytext, format),
    text_representation: {
      extension: format.extension,
      format_name: format.name,
      format_version: format.version,
      jupytext_version: JUPYTEXT_VERSION,
    },
  };
}

/** The list of files that a notebook is kept in names the format of this one. */
function withFormats(
  jupytext: TextMetadata,
  { extension, name }: TextFormat,
): TextMetadata {
  const { formats } = jupytext;
  if (typeof formats !== "string") return jupytext;
  const files = formats.split(",");
  const end = extension.slice(1);
  const at = files.findIndex((file) =>
    file === end || file.startsWith(`${end}:`)
  );
  if (at < 0) return jupytext;
  // Of `.md` files Markdown is the usual format, and not named.
  const own = name === "markdown" ? end : `${end}:${name}`;
  return { ...jupytext, formats: files.with(at, own).join(",") };
}

function readFrontMatter(
  cell: TextCell | undefined,
):
  | { readonly lines: readonly string[]; readonly gap: number | undefined }
  | undefined {
  if (cell?.type !== "raw") return undefined;
  const lines = splitLikePython(
    cell.source.replace(/^[\n\t ]+|[\n\t ]+$/g, ""),
  );
  if (
    lines.length < 2 || !DASHES.test(lines[0]!) || !DASHES.test(lines.at(-1)!)
  ) {
    return undefined;
  }
  const gap = cell.metadata.lines_to_next_cell;
  return {
    lines: lines.slice(1, -1),
    gap: typeof gap === "number" ? gap : undefined,
  };
}

/** What was read from the top of a file. */
export interface ReadHeader {
  readonly metadata: TextMetadata;
  /** What is no metadata of Jupyter, as the first cell. */
  readonly cell: TextCell | undefined;
  /** Where the first cell begins, in lines. */
  readonly end: number;
  /** Whether Jupyter has a part in it. */
  readonly hasJupyter: boolean;
}

/**
 * Reads the header.
 *
 * @param lines The file.
 * @param comment What its lines begin with; empty for none.
 * @throws {SyntaxError} If what stands between the dashes is no YAML.
 */
export function readHeader(
  lines: readonly string[],
  comment: string,
): ReadHeader {
  const jupytext: TextMetadata = {};
  let at = 0;
  if (comment !== "" && lines[0]?.startsWith("#!")) {
    jupytext.executable = lines[at++]!.slice(2);
  }
  if (
    comment !== "" && lines[at]?.startsWith(comment) &&
    ENCODING.test(lines[at]!)
  ) {
    jupytext.encoding = lines[at++]!;
  }
  const start = at;
  const extra = Object.keys(jupytext).length === 0 ? {} : { jupytext };
  const none: ReadHeader = {
    metadata: extra,
    cell: undefined,
    end: start,
    hasJupyter: false,
  };
  const bare = (line: string) =>
    comment === "" ? line : uncomment(line, comment);
  while (
    at < lines.length && lines[at]!.startsWith(comment) &&
    isBlank(bare(lines[at]!))
  ) at += 1;
  if (
    at >= lines.length || !lines[at]!.startsWith(comment) ||
    !DASHES.test(bare(lines[at]!))
  ) {
    return none;
  }
  const end = lines.findIndex((line, index) =>
    index > at && (!line.startsWith(comment) || DASHES.test(bare(line)))
  );
  if (end < 0 || !lines[end]!.startsWith(comment)) return none;
  const { jupyter, front } = sortLines(lines.slice(at + 1, end).map(bare));
  const next = lines[end + 1];
  const hasGap = next !== undefined && isBlank(uncomment(next, comment));
  return {
    metadata: merge(readYaml(jupyter), extra),
    cell: front.length === 0 ? undefined : {
      type: "raw",
      source: ["---", ...front, "---"].join("\n"),
      metadata: hasGap ? {} : { lines_to_next_cell: 0 },
    },
    end: end + (hasGap ? 2 : 1),
    hasJupyter: jupyter.length > 0,
  };
}

/** Tells Jupyter's part of the header from what is the author's. */
function sortLines(lines: readonly string[]): {
  readonly jupyter: readonly string[];
  readonly front: readonly string[];
} {
  const [jupyter, front]: [string[], string[]] = [[], []];
  let isJupyter = false;
  for (const line of lines) {
    if (/^jupyter\s*:\s*$/.test(line)) isJupyter = true;
    else if (line !== "" && !/^\s/.test(line)) isJupyter = false;
    (isJupyter ? jupyter : front).push(line);
  }
  return { jupyter, front };
}

function readYaml(lines: readonly string[]): TextMetadata {
  if (lines.length === 0) return {};
  try {
    const value = loadYaml(lines.join("\n"));
    const jupyter = isRecord(value) ? value.jupyter : undefined;
    return isRecord(jupyter) ? { ...jupyter } : {};
  } catch (error) {
    throw new SyntaxError(
      `its header is no YAML: ${(error as Error).message}`,
    );
  }
}

function merge(metadata: TextMetadata, extra: TextMetadata): TextMetadata {
  if (!isRecord(extra.jupytext)) return metadata;
  const own = isRecord(metadata.jupytext) ? metadata.jupytext : {};
  return { ...metadata, jupytext: { ...own, ...extra.jupytext } };
}

function uncomment(line: string, comment: string): string {
  if (comment === "") return line;
  return line.startsWith(`${comment} `)
    ? line.slice(comment.length + 1)
    : line.startsWith(comment)
    ? line.slice(comment.length)
    : line;
}

const DASHES = /^---\s*$/;
const ENCODING = /coding[:=][ \t]*[-_.a-zA-Z0-9]+/;

/** The version of jupytext that writes what we write. */
export const JUPYTEXT_VERSION = "1.19.6";
