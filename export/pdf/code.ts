/**
 * Code, and any text whose spaces count, as Typst. Pure.
 * @module
 */
import { isTag, isText, type TreeNode } from "../tree.ts";
import { literal } from "./literal.ts";

/**
 * Typesets code, or any text whose spaces count.
 *
 * @param text The text.
 * @param language Its language, if it is code.
 */
export function typesetCode(text: string, language?: string): string {
  const lang = language === undefined ? "" : `lang: ${literal(language)}, `;
  return `raw(block: true, ${lang}${literal(text, CODE_COLUMNS)})`;
}

/**
 * Gives the text of a part of a document with the spaces it has.
 *
 * @param nodes The part.
 */
export function spacedText(nodes: readonly TreeNode[]): string {
  return nodes.map((node) =>
    isText(node)
      ? node.data
      : isTag(node)
      ? node.name === "br" ? "\n" : spacedText(node.children)
      : ""
  ).join("");
}

/** As many characters of code stand side by side on a page. */
export const CODE_COLUMNS = 84;
