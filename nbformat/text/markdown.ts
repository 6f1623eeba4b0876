/**
 * Markdown notebooks: `.md` files whose code fences are cells.
 *
 * Pure. Byte for byte as jupytext 1.19 writes them. Reading is in
 * `markdown_reader.ts`.
 * @module
 */
import { activeTag, isActive } from "./active.ts";
import { mainLanguage, takeLanguage } from "./cell_language.ts";
import { filterCell } from "./filter.ts";
import { writeHeader } from "./header.ts";
import { cellLines, fenceFor } from "./lines.ts";
import { commentMagics } from "./magics.ts";
import { readMarkdownCell } from "./markdown_reader.ts";
import { MARKDOWN } from "./formats.ts";
import type { TextCell, TextNotebook } from "./notebook.ts";
import { writeOptions } from "./option_text.ts";
import { isRecord } from "../values.ts";
import type { TextMetadata } from "./values.ts";

/**
 * Writes a Markdown notebook.
 *
 * @param notebook The notebook.
 */
export function writeMarkdown(notebook: TextNotebook): string {
  const { jupytext } = notebook.metadata;
  const options = isRecord(jupytext) ? jupytext : {};
  const language = mainLanguage(notebook.metadata, "python");
  const { lines, cells } = writeHeader(notebook, MARKDOWN);
  const written = cells.map((cell) => writeCell(cell, language, options));
  const body = written.flatMap((one, at) => {
    const next = written[at + 1];
    const gap = cells[at]!.metadata.lines_to_next_cell;
    const isApart = next !== undefined && !one.isCode && !next.isCode &&
      !one.lines[0]!.startsWith("<!-- #") &&
      !next.lines[0]!.startsWith("<!-- #") &&
      !(options.split_at_heading === true && next.lines[0]!.startsWith("#"));
    return [
      ...one.lines,
      ...Array(typeof gap === "number" ? gap : 1).fill(""),
      ...(isApart ? [""] : []),
    ];
  });
  const text = [...lines, ...body].join("\n");
  return text.endsWith("\n") ? text : `${text}\n`;
}

interface WrittenCell {
  readonly lines: readonly string[];
  readonly isCode: boolean;
}

function writeCell(
  cell: TextCell,
  mainLanguage: string,
  options: TextMetadata,
): WrittenCell {
  const filtered =
    filterCell(cell.metadata, options.cell_metadata_filter).metadata;
  const { lines, language: found, args } = takeLanguage(cellLines(cell.source));
  const metadata: TextMetadata = { ...filtered };
  if (args !== "") metadata.magic_args = args;
  if (found !== undefined && found !== "") metadata.language = found;
  const asJson = options.cell_metadata_json === true;
  const isTagged = activeTag(metadata) !== undefined;
  if (cell.type === "markdown") {
    return { lines: writeText(lines, metadata, asJson), isCode: isTagged };
  }
  if (metadata.active === "") delete metadata.active;
  if (cell.type === "raw" && !isActive(MARKDOWN.extension, metadata, false)) {
    const isCode = isTagged || metadata.active !== undefined;
    delete metadata.language;
    return { lines: writeRegion("raw", lines, { metadata, asJson }), isCode };
  }
  const said = metadata.language ?? cell.metadata.language;
  const language = typeof said === "string" ? said : mainLanguage;
  delete metadata.language;
  const fence = fenceFor(lines);
  return {
    lines: [
      fence + writeOptions(language, metadata),
      ...commentMagics(lines, language, options.comment_magics === true),
      fence,
    ],
    isCode: true,
  };
}

/** Between comments, where it would be read as something else. */
function writeText(
  lines: readonly string[],
  metadata: TextMetadata,
  asJson: boolean,
): readonly string[] {
  if (Object.keys(metadata).length === 0) {
    // A cell that was nothing but `%%` has no line at all.
    const text = lines.length === 0 ? [""] : lines;
    const { cell, length } = readMarkdownCell(text, 0, "python");
    if (length >= text.length && cell.type === "markdown") return text;
  }
  const { region_name = "region", ...rest } = metadata;
  return writeRegion(String(region_name), lines, { metadata: rest, asJson });
}

function writeRegion(
  name: string,
  lines: readonly string[],
  { metadata, asJson }: {
    readonly metadata: TextMetadata;
    readonly asJson: boolean;
  },
): string[] {
  const { title, ...rest } = metadata;
  const isTitle = typeof title === "string" && !/[{=]/.test(title);
  const words = isTitle
    ? writeOptions(title, rest, asJson)
    : writeOptions("", metadata, asJson);
  const begin = Object.keys(metadata).length === 0
    ? `<!-- #${name} -->`
    : `<!-- #${name} ${words} -->`;
  return [begin, ...lines, `<!-- #end${name} -->`];
}
