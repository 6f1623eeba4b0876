/**
 * Reading of percent scripts.
 *
 * Pure. Source: jupytext 1.19, `DoublePercentScriptCellReader`.
 * @module
 */
import { isActive } from "./active.ts";
import { mainLanguage, putLanguage } from "./cell_language.ts";
import { PERCENT } from "./formats.ts";
import { readHeader } from "./header.ts";
import { commentOf } from "./languages.ts";
import { isBlank, splitLikePython, uncommentLines } from "./lines.ts";
import { uncommentMagics } from "./magics.ts";
import type { TextCell, TextNotebook } from "./notebook.ts";
import { readOptionText } from "./option_text.ts";
import { QuoteReader } from "./quotes.ts";
import { noteReading } from "./reading.ts";
import { isRecord } from "../values.ts";
import type { TextMetadata } from "./values.ts";

/**
 * Reads a percent script.
 *
 * @param text The file.
 * @throws {SyntaxError} If its header is no YAML.
 */
export function readPercent(text: string): TextNotebook {
  const all = splitLikePython(text);
  const header = readHeader(all, PERCENT.comment);
  const { metadata, cell: first, end } = header;
  const language = mainLanguage(metadata, LANGUAGE);
  const { jupytext } = metadata;
  const isCommented = !isRecord(jupytext) || jupytext.comment_magics !== false;
  const cells: TextCell[] = first === undefined ? [] : [first];
  let isJson = false;
  for (let at = end; at < all.length;) {
    const { cell, length, hasJson } = readCell(all, at, {
      language,
      isCommented,
    });
    cells.push(putLanguage(cell, language));
    isJson ||= hasJson;
    at += length;
  }
  return {
    metadata: noteReading(metadata, cells, {
      format: PERCENT,
      header,
      isJson,
      language,
    }),
    cells,
  };
}

/** What reading a cell depends on. */
interface Reading {
  readonly language: string;
  readonly isCommented: boolean;
}

function readCell(
  all: readonly string[],
  from: number,
  reading: Reading,
): {
  readonly cell: TextCell;
  readonly length: number;
  readonly hasJson: boolean;
} {
  const lines = all.slice(from);
  const { metadata: marked, isJson: hasJson } = MARKER.test(lines[0]!)
    ? readMarker(uncommentLines([lines[0]!], "//")[0]!)
    : { metadata: {} as TextMetadata, isJson: false };
  const { cell_type, language: said, ...rest } = marked;
  const language = typeof said === "string" ? said : undefined;
  const metadata: TextMetadata = rest;
  const isInactive = cell_type === undefined && !isActive(".ipynb", metadata);
  if (isInactive && metadata.active === "") delete metadata.active;
  const type = cell_type === undefined
    ? isInactive ? "raw" : "code"
    : cell_type as TextCell["type"];
  const isBareCode = isInactive && isActive(PERCENT.extension, metadata);
  const next = findNext(lines, type, {
    language: language ?? reading.language,
    comment: isBareCode ? "" : "//",
  });
  const end = trimEnd(lines, next);
  const begin = MARKER.test(lines[0]!) || BARE_MARKER.test(lines[0]!) ? 1 : 0;
  const isForeign = metadata.active === undefined && language !== undefined &&
    language !== reading.language;
  const source = readSource(lines.slice(begin, end), {
    type,
    isCommented: !isActive(PERCENT.extension, metadata) || isForeign,
    hasMagics: reading.isCommented,
    language: language ?? reading.language,
    isBareCode,
  });
  const gap = gapBetween({ end, next, total: lines.length });
  if (gap !== 1) metadata.lines_to_next_cell = gap;
  if (language !== undefined) metadata.language = language;
  return {
    cell: { type, source: source.join("\n"), metadata },
    length: next,
    hasJson,
  };
}

function readSource(
  lines: readonly string[],
  how: {
    readonly type: TextCell["type"];
    readonly isCommented: boolean;
    readonly hasMagics: boolean;
    readonly language: string;
    readonly isBareCode: boolean;
  },
): string[] {
  if (how.isCommented) {
    return uncommentLines(lines, how.isBareCode ? "" : "//");
  }
  const plain = how.hasMagics ? uncommentMagics(lines, how.language) : lines;
  if (how.type === "code") return unescapeStarts(plain);
  return how.isBareCode ? [...plain] : uncommentLines(plain, "//");
}

/** What would begin a cell of the light format is commented there, once more. */
function unescapeStarts(lines: readonly string[]): string[] {
  const quotes = new QuoteReader("//");
  return lines.map((line) => {
    const bare = line.startsWith("// ")
      ? line.slice(3)
      : line.startsWith("//")
      ? line.slice(2)
      : line;
    const read =
      !quotes.isQuoted && LIGHT_START.test(line) && LIGHT_START.test(bare)
        ? bare
        : line;
    quotes.read(read);
    return read;
  });
}

function readMarker(
  line: string,
): { readonly metadata: TextMetadata; readonly isJson: boolean } {
  const words = line.slice(line.indexOf("%%") + 2);
  const { before, metadata, isJson } = readOptionText(words, true);
  let title = before;
  const found: TextMetadata = { ...metadata };
  const kind = ["markdown", "raw", "md"].find((name) =>
    title.includes(`[${name}]`)
  );
  if (kind !== undefined) {
    title = title.replace(`[${kind}]`, "").trim();
    found.cell_type = kind === "md" ? "markdown" : kind;
    if (kind === "md") found.region_name = "md";
  }
  const depth = /^%*/.exec(title)![0].length;
  if (depth > 0) {
    found.cell_depth = depth;
    title = title.slice(depth).trim();
  }
  if (title !== "") found.title = title;
  return { metadata: found, isJson };
}

/** Where the next cell begins: not in a string, nor in a fence of a Markdown cell. */
function findNext(
  lines: readonly string[],
  type: TextCell["type"],
  { language, comment }: {
    readonly language: string;
    readonly comment: string;
  },
): number {
  // Of a language without scripts jupytext knows no comments.
  const quotes = new QuoteReader(commentOf(language));
  let fence: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const isQuoted = quotes.isQuoted;
    quotes.read(line);
    if (isQuoted) continue;
    if (type !== "code") {
      const [text = ""] = uncommentLines([line], comment);
      if (fence !== undefined) {
        if (closes(text, fence)) fence = undefined;
        continue;
      }
      const opening = openFence(text);
      if (
        opening !== undefined &&
        lines.slice(at + 1).some((next) =>
          closes(uncommentLines([next], comment)[0]!, opening)
        )
      ) {
        fence = opening;
        continue;
      }
    }
    if (at > 0 && (MARKER.test(line) || BARE_MARKER.test(line))) return at;
  }
  return lines.length;
}

function openFence(text: string): string | undefined {
  const [, mark, rest = ""] = FENCE.exec(text) ?? [];
  return mark === undefined || (mark.startsWith("`") && rest.includes("`"))
    ? undefined
    : mark;
}

function closes(text: string, fence: string): boolean {
  const [, mark = "", rest = ""] = FENCE.exec(text) ?? [];
  return mark[0] === fence[0] && mark.length >= fence.length &&
    rest.trim() === "";
}

/** One blank line before the next cell is no part of this one; two are not. */
function trimEnd(lines: readonly string[], next: number): number {
  const isDouble = next >= 3 && !isBlank(lines[next - 3]) &&
    isBlank(lines[next - 2]) &&
    isBlank(lines[next - 1]);
  const blank = isDouble ? 2 : next > 0 && lines[next - 1] === "" ? 1 : 0;
  return next - blank;
}

/**
 * Counts the blank lines behind a cell.
 *
 * @param place Where its lines end, where the next cell begins, and the file ends.
 */
function gapBetween(
  { end, next, total, isMarked = false }: {
    readonly end: number;
    readonly next: number;
    readonly total: number;
    readonly isMarked?: boolean;
  },
): number {
  if (end >= total) return 1;
  return next - end - (isMarked ? 1 : 0) + (next >= total ? 1 : 0);
}

const LANGUAGE = "typescript";
const MARKER = /^\s*\/\/\s*%%(%*)\s(.*)$/;
const BARE_MARKER = /^\s*\/\/\s*(?:%%|<codecell>|In\[[0-9 ]*\]:?)\s*$/;
const LIGHT_START = /^(?:\/\/ |\/\/)*(?:\/\/|\/\/ )\+/;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
