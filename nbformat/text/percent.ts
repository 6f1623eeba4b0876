/**
 * Percent scripts: `.ts` files whose cells begin with `// %%`.
 *
 * Pure. Byte for byte as jupytext 1.19 writes them. Reading is in
 * `percent_reader.ts`.
 * @module
 */
import { activeTag, isActive } from "./active.ts";
import { mainLanguage, takeLanguage } from "./cell_language.ts";
import { filterCell } from "./filter.ts";
import { PERCENT } from "./formats.ts";
import { writeHeader } from "./header.ts";
import { usualName } from "./languages.ts";
import { cellLines, commentLines, isBlank } from "./lines.ts";
import { commentMagics } from "./magics.ts";
import type { TextCell, TextNotebook } from "./notebook.ts";
import { writeOptions } from "./option_text.ts";
import { isRecord } from "../values.ts";
import type { TextMetadata } from "./values.ts";

/**
 * Writes a percent script.
 *
 * @param notebook The notebook.
 */
export function writePercent(notebook: TextNotebook): string {
  const { jupytext } = notebook.metadata;
  const options = isRecord(jupytext) ? jupytext : {};
  const language = mainLanguage(notebook.metadata, LANGUAGE);
  const { lines, cells } = writeHeader(notebook, PERCENT);
  const body = cells.flatMap((cell) => [
    ...writeCell(cell, language, options),
    ...Array(gapAfter(cell)).fill(""),
  ]);
  const text = [...lines, ...body].join("\n");
  return text.endsWith("\n") ? text : `${text}\n`;
}

function gapAfter({ metadata }: TextCell): number {
  const gap = metadata.lines_to_next_cell;
  return typeof gap === "number" ? gap : 1;
}

function writeCell(
  cell: TextCell,
  mainLanguage: string,
  options: TextMetadata,
): string[] {
  const filtered =
    filterCell(cell.metadata, options.cell_metadata_filter).metadata;
  const { lines, language: found, args } = takeLanguage(cellLines(cell.source));
  const metadata: TextMetadata = { ...filtered };
  if (args !== "") metadata.magic_args = args;
  if (found !== undefined && found !== "") metadata.language = found;
  const said = cell.metadata.language;
  const language = found || (typeof said === "string" ? said : mainLanguage);
  // A raw cell is code in no file, unless it says in which.
  if (
    cell.type === "raw" && metadata.active === undefined &&
    activeTag(metadata) === undefined
  ) {
    metadata.active = "";
  }
  const active = isActive(
    PERCENT.extension,
    metadata,
    usualName(language) === usualName(mainLanguage),
  );
  if (cell.type === "raw" && metadata.active === "") delete metadata.active;
  const isCode = cell.type === "code" ||
    (cell.type === "raw" && metadata.active !== undefined) ||
    activeTag(metadata) !== undefined;
  if (!isCode) metadata.cell_type = cell.type;
  const indent = isCode && active && !isBlank(lines[0] ?? "")
    ? /^\s*/.exec(lines[0]!)![0]
    : "";
  const words = writeMarker(metadata, options.cell_metadata_json === true);
  const marker = `${indent}// %%${
    words === "" || words.startsWith("%") ? words : ` ${words}`
  }`;
  if (!isCode || !active) return [marker, ...commentLines(lines, "//")];
  const code = commentMagics(lines, language, options.comment_magics !== false);
  return code.length === 1 && code[0] === "" ? [marker] : [marker, ...code];
}

function writeMarker(all: TextMetadata, asJson: boolean): string {
  const { title, cell_depth, cell_type, ...metadata } = all;
  const words: string[] = [];
  if (typeof cell_depth === "number") words.push("%".repeat(cell_depth));
  if (title !== undefined) words.push(String(title));
  if (cell_type !== undefined) {
    words.push(`[${metadata.region_name ?? cell_type}]`);
    delete metadata.region_name;
  }
  return writeOptions(words.join(" "), metadata, asJson);
}

const LANGUAGE = "typescript";
