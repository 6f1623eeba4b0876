/**
 * The formats of text notebooks, as jupytext names them. Pure.
 * @module
 */
import type { TextFormat } from "./notebook.ts";
import { Float } from "./values.ts";

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

/** MyST notebooks: Markdown whose cells are `{code-cell}` directives. */
export const MYST: TextFormat = {
  name: "myst",
  version: new Float(0.13),
  extension: ".md",
  comment: "",
  language: undefined,
};

/** Names of the formats of text notebooks. */
export type TextFormatName = "percent" | "markdown" | "myst";

/** Names of the formats of text notebooks. */
export const TEXT_FORMATS: readonly TextFormatName[] = [
  "percent",
  "markdown",
  "myst",
];

/** The formats by name. */
export const FORMAT_OF: Readonly<Record<TextFormatName, TextFormat>> = {
  percent: PERCENT,
  markdown: MARKDOWN,
  myst: MYST,
};

/**
 * Tells in which format a file is written, by its name. What is read from a `.md`
 * file may be MyST all the same: `detectFormat()` knows.
 *
 * @param path For example `a.ts`.
 * @returns Undefined if it is no text notebook.
 */
export function textFormatOf(path: string): TextFormatName | undefined {
  return TEXT_FORMATS.find((name) => path.endsWith(FORMAT_OF[name].extension));
}
