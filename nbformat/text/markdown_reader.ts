/**
 * Reading of Markdown notebooks.
 *
 * Pure. Source: jupytext 1.19, `MarkdownCellReader`.
 * @module
 */
import { isActive } from "./active.ts";
import { mainLanguage, putLanguage, voteLanguage } from "./cell_language.ts";
import { MARKDOWN } from "./formats.ts";
import { readHeader } from "./header.ts";
import { noteReading } from "./reading.ts";
import { commentOf, FENCE_LANGUAGES } from "./languages.ts";
import { isBlank, splitLikePython } from "./lines.ts";
import type { TextCell, TextNotebook } from "./notebook.ts";
import { readOptionText } from "./option_text.ts";
import { QuoteReader } from "./quotes.ts";
import type { TextMetadata } from "./values.ts";

/**
 * Reads a Markdown notebook.
 *
 * @param text The file.
 * @throws {SyntaxError} If its header is no YAML.
 */
export function readMarkdown(text: string): TextNotebook {
  const all = splitLikePython(text);
  const header = readHeader(all, "");
  const { metadata, cell: first, end } = header;
  const said = mainLanguage(metadata, "");
  const read: TextCell[] = [];
  let isJson = false;
  for (let at = end; at < all.length;) {
    const { cell, length, hasJson } = readMarkdownCell(
      all,
      at,
      said || "python",
    );
    read.push(cell);
    isJson ||= hasJson;
    at += length;
  }
  const language = said || voteLanguage(read);
  const cells = [
    ...(first === undefined ? [] : [first]),
    ...read.map((cell) => putLanguage(cell, language)),
  ];
  return {
    metadata: noteReading(metadata, cells, {
      format: MARKDOWN,
      header,
      isJson,
      language,
    }),
    cells,
  };
}

/**
 * Reads one cell.
 *
 * @param all The file, in lines.
 * @param from Where the cell begins.
 * @param main The notebook's language.
 * @returns The cell, and how many lines there are to the next one.
 */
export function readMarkdownCell(
  all: readonly string[],
  from: number,
  main: string,
): {
  readonly cell: TextCell;
  readonly length: number;
  readonly hasJson: boolean;
} {
  const lines = all.slice(from);
  const start = readStart(lines[0]!);
  const { end, next, isMarked, type } = findEnd(lines, start, main);
  const metadata: TextMetadata = { ...start.metadata };
  const language = start.kind === "fence"
    ? start.language
    : takeLanguageOf(metadata);
  const source = lines.slice(
    start.kind === "text" || (start.kind === "fence" && type === "markdown")
      ? 0
      : 1,
    end,
  );
  const isRaw = type === "code" && !isActive(".ipynb", metadata);
  if (isRaw && metadata.active === "") delete metadata.active;
  const length = skipBlank(lines, next, isMarked);
  const gap = end >= lines.length
    ? 1
    : length - end - (isMarked ? 1 : 0) + (length >= lines.length ? 1 : 0);
  if (gap !== 1) metadata.lines_to_next_cell = gap;
  if (language !== undefined) metadata.language = language;
  return {
    cell: { type: isRaw ? "raw" : type, source: source.join("\n"), metadata },
    length,
    hasJson: start.isJson,
  };
}

/** What the first line of a cell says. */
type Start =
  & { readonly isJson: boolean; readonly metadata: TextMetadata }
  & (
    | { readonly kind: "text" }
    | {
      readonly kind: "region";
      readonly type: TextCell["type"];
      readonly endMark: RegExp;
    }
    | {
      readonly kind: "fence";
      readonly language: string | undefined;
      readonly endMark: RegExp;
    }
  );

function readStart(line: string): Start {
  const [, name, words = ""] = REGION.exec(line) ?? [];
  if (name !== undefined) {
    const { before, metadata, isJson } = readOptionText(words, true);
    return {
      kind: "region",
      isJson,
      type: name === "raw" ? "raw" : "markdown",
      endMark: new RegExp(`^<!--\\s*#end${name}\\s*-->\\s*$`),
      metadata: {
        ...metadata,
        ...(before === "" ? {} : { title: before }),
        ...(name === "markdown" || name === "md" ? { region_name: name } : {}),
      },
    };
  }
  const fence = readFence(line);
  if (fence === undefined) return { kind: "text", metadata: {}, isJson: false };
  // A fence that asks to be text is a cell of text, with its marks.
  return fence.isText
    ? { kind: "fence", ...fence, language: undefined, metadata: {} }
    : { kind: "fence", ...fence };
}

/** Reads the first line of a code cell. */
function readFence(line: string): {
  readonly language: string | undefined;
  readonly endMark: RegExp;
  readonly metadata: TextMetadata;
  readonly isJson: boolean;
  /** Whether it asks to be text. */
  readonly isText: boolean;
} | undefined {
  const [, ticks, space, name, rest] = FENCE.exec(line) ?? [];
  if (ticks === undefined) return undefined;
  const { before, metadata, isJson } = readOptionText(
    `${space} ${name} ${rest}`,
    false,
  );
  return {
    language: before === "" ? undefined : before,
    endMark: new RegExp("^```" + ticks),
    metadata,
    isJson,
    isText: metadata[".noeval"] === null,
  };
}

function takeLanguageOf(metadata: TextMetadata): string | undefined {
  const { language } = metadata;
  if (typeof language !== "string") return undefined;
  delete metadata.language;
  return language;
}

/** Where a cell ends, and where the next one begins. */
interface End {
  readonly end: number;
  readonly next: number;
  /** Whether a mark says that it ends. */
  readonly isMarked: boolean;
  readonly type: TextCell["type"];
}

function findEnd(lines: readonly string[], start: Start, main: string): End {
  const all = lines.length;
  if (start.kind === "region") {
    const end = lines.findIndex((line) => start.endMark.test(line));
    return end < 0
      ? { end: all, next: all, isMarked: false, type: start.type }
      : { end, next: end + 1, isMarked: true, type: start.type };
  }
  if (start.kind === "text") return { ...findTextEnd(lines), type: "markdown" };
  const end = findFenceEnd(lines, start.endMark, start.language ?? main);
  if (start.language === undefined) {
    const next = end < 0 ? all : end + 1;
    return {
      end: end < 0 ? all + 1 : next,
      next,
      isMarked: false,
      type: "markdown",
    };
  }
  return end < 0
    ? { end: all, next: all, isMarked: false, type: "code" }
    : { end, next: end + 1, isMarked: true, type: "code" };
}

/** The end mark may stand in a string of the code. */
function findFenceEnd(
  lines: readonly string[],
  endMark: RegExp,
  language: string,
): number {
  // Of a language without scripts jupytext knows no comments.
  const quotes = new QuoteReader(commentOf(language));
  for (let at = 1; at < lines.length; at++) {
    const isQuoted = quotes.isQuoted;
    quotes.read(lines[at]!);
    if (!isQuoted && endMark.test(lines[at]!)) return at;
  }
  return -1;
}

/** Text ends where a cell begins, or at two blank lines outside of code in it. */
function findTextEnd(lines: readonly string[]): Omit<End, "type"> {
  let [blank, isIndented] = [0, false];
  let fence: RegExp | undefined;
  // The mark that ends a fence stays as the last cell fence had it.
  let endMark = PLAIN_END;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (fence !== undefined && endMark.test(line)) {
      fence = undefined;
      continue;
    }
    if (blank > 0 && line.startsWith("    ") && !isBlank(line)) {
      [isIndented, blank] = [true, 0];
      continue;
    }
    if (isIndented && !isBlank(line) && !line.startsWith("    ")) {
      isIndented = false;
    }
    if (isIndented || fence !== undefined) continue;
    const before = at > 1 && blank > 0 ? at - 1 : at;
    if (REGION.test(line)) return { end: before, next: at, isMarked: false };
    const cell = readFence(line);
    if (cell !== undefined) {
      endMark = cell.endMark;
      if (!cell.isText && cell.language !== undefined) {
        return { end: before, next: at, isMarked: false };
      }
      [fence, blank] = [cell.endMark, 0];
      continue;
    }
    if (line.startsWith("```")) {
      if (!line.startsWith("```{") && blank >= 2) {
        return { end: at - 2, next: at, isMarked: true };
      }
      [fence, blank] = [endMark, 0];
      continue;
    }
    if (isBlank(line)) blank += 1;
    else if (blank >= 2) return { end: at - 2, next: at, isMarked: true };
    else blank = 0;
  }
  return { end: lines.length, next: lines.length, isMarked: false };
}

/** A blank line behind a cell is no part of the next; two are not behind a mark. */
function skipBlank(
  lines: readonly string[],
  next: number,
  isMarked: boolean,
): number {
  const [first, second, third] = [
    lines[next],
    lines[next + 1],
    lines[next + 2],
  ];
  if (second !== undefined && isBlank(first) && !isBlank(second)) {
    return next + 1;
  }
  return isMarked && third !== undefined && isBlank(first) && isBlank(second) &&
      !isBlank(third)
    ? next + 2
    : next;
}

const REGION = /^<!--\s*#(region|markdown|md|raw)(.*)-->\s*$/;
const FENCE = new RegExp(
  "^```(`*)(\\s*)(" +
    FENCE_LANGUAGES.map((name) => name.replace(/[^\w\s]/g, "\\$&")).join("|") +
    ")($|\\s.*$)",
);
const PLAIN_END = /^```\s*$/;
