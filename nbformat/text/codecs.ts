/**
 * How each format is written and read, by its name. Pure.
 * @module
 */
import { type TextFormatName, textFormatOf } from "./formats.ts";
import { writeMarkdown } from "./markdown.ts";
import { readMarkdown } from "./markdown_reader.ts";
import { writeMyst } from "./myst.ts";
import { isMyst, readMyst } from "./myst_reader.ts";
import type { TextNotebook } from "./notebook.ts";
import { writePercent } from "./percent.ts";
import { readPercent } from "./percent_reader.ts";

/**
 * Reads a text notebook as text notebooks are held.
 *
 * @param text The file.
 * @param name Its format.
 * @throws {SyntaxError} If its header is no YAML.
 */
export function readText(text: string, name: TextFormatName): TextNotebook {
  return CODECS[name].read(withoutMark(text));
}

/**
 * Writes a text notebook without asking what is lost.
 *
 * @param notebook The notebook.
 * @param name The format.
 */
export function writeText(
  notebook: TextNotebook,
  name: TextFormatName,
): string {
  return CODECS[name].write(notebook);
}

/**
 * Tells in which format a text notebook is written.
 *
 * @param path Its name.
 * @param text The file.
 * @returns Undefined if it is no text notebook.
 */
export function detectFormat(
  path: string,
  text: string,
): TextFormatName | undefined {
  const format = textFormatOf(path);
  return format === "markdown" && isMyst(withoutMark(text)) ? "myst" : format;
}

function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, "");
}

/** How a format is written and read. */
interface Codec {
  readonly write: (notebook: TextNotebook) => string;
  readonly read: (text: string) => TextNotebook;
}

const CODECS: Readonly<Record<TextFormatName, Codec>> = {
  percent: { write: writePercent, read: readPercent },
  markdown: { write: writeMarkdown, read: readMarkdown },
  myst: { write: writeMyst, read: readMyst },
};
