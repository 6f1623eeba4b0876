/**
 * The formats of text notebooks, as jupytext names them. Pure.
 * @module
 */
import type { TextFormat } from "./notebook.ts";

/** Percent scripts in TypeScript. */
export const PERCENT: TextFormat = {
  name: "percent",
  version: "1.3",
  extension: ".ts",
  comment: "//",
  language: "typescript",
};

/** Markdown notebooks. */
export const MARKDOWN: TextFormat = {
  name: "markdown",
  version: "1.3",
  extension: ".md",
  comment: "",
  language: undefined,
};

/** Names of the formats of text notebooks. */
export type TextFormatName = "percent" | "markdown";

/** Names of the formats of text notebooks. */
export const TEXT_FORMATS: readonly TextFormatName[] = ["percent", "markdown"];

/** The formats by name. */
export const FORMAT_OF: Readonly<Record<TextFormatName, TextFormat>> = {
  percent: PERCENT,
  markdown: MARKDOWN,
};

/**
 * Tells in which format a file is written, by its name.
 *
 * @param path For example `a.ts`.
 * @returns Undefined if it is no text notebook.
 */
export function textFormatOf(path: string): TextFormatName | undefined {
  return TEXT_FORMATS.find((name) => path.endsWith(FORMAT_OF[name].extension));
}
