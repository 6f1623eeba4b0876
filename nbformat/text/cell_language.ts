/**
 * Cells in another language than the notebook's: they begin with `%%html` or the
 * like in the notebook, and say it in their options in a text notebook. Pure.
 *
 * Source: jupytext 1.19, `cell_language`, `set_main_and_cell_language`.
 * @module
 */
import { isMagicLanguage, usualName } from "./languages.ts";
import type { TextCell } from "./notebook.ts";
import type { TextMetadata } from "./values.ts";
import { isRecord } from "../values.ts";

/**
 * Takes the language from the first line of a cell.
 *
 * @param lines The lines of the cell.
 * @returns The other lines, the language, and what stood behind it.
 */
export function takeLanguage(lines: readonly string[]): {
  readonly lines: readonly string[];
  readonly language: string | undefined;
  readonly args: string;
} {
  const [first = "", ...rest] = lines;
  const [, name, args = ""] = /^%%([^ ]*)(?: (.*))?$/s.exec(first) ?? [];
  // A bare `%%` is taken too, and lost.
  return name !== undefined && (name === "" || isMagicLanguage(name))
    ? { lines: rest, language: name, args }
    : { lines, language: undefined, args: "" };
}

/**
 * Puts the language back into the first line of a cell.
 *
 * @param cell A cell as it was read.
 * @param mainLanguage The notebook's language.
 */
export function putLanguage(cell: TextCell, mainLanguage: string): TextCell {
  const { language, ...metadata } = cell.metadata;
  if (typeof language !== "string") return cell;
  if (language === mainLanguage) return { ...cell, metadata };
  if (usualName(language) === mainLanguage || !isMagicLanguage(language)) {
    return cell;
  }
  const { magic_args, ...others } = metadata;
  const args = magic_args === undefined ? "" : ` ${magic_args}`;
  return {
    ...cell,
    metadata: others,
    source: `%%${language}${args}\n${cell.source}`,
  };
}

/**
 * Gives the language of a notebook.
 *
 * @param metadata The notebook's metadata.
 * @param otherwise The language when the metadata say none.
 */
export function mainLanguage(
  metadata: TextMetadata,
  otherwise: string,
): string {
  const { jupytext, kernelspec } = metadata;
  const own = isRecord(jupytext) ? jupytext.main_language : undefined;
  const kernel = isRecord(kernelspec) ? kernelspec.language : undefined;
  const name = own ??
    (typeof kernel === "string" && kernel !== "" ? kernel : otherwise);
  const language = String(name);
  if (language === "R" || language === "sas") return language;
  return language.startsWith("C++")
    ? "c++"
    : language.toLowerCase().replaceAll("#", "sharp");
}

/**
 * Finds the language that most cells say they have, where the notebook says none.
 *
 * @param cells The cells as they were read.
 */
export function voteLanguage(cells: readonly TextCell[]): string {
  const votes = new Map<string, number>([["python", 0.5]]);
  for (const { metadata: { language } } of cells) {
    if (typeof language !== "string") continue;
    const name = usualName(language);
    votes.set(name, (votes.get(name) ?? 0) + 1);
  }
  return [...votes].reduce((most, vote) => vote[1] > most[1] ? vote : most)[0];
}
