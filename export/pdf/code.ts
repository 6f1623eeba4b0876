/**
 * Code, and any text whose spaces count, as Typst. Pure.
 * @module
 */
import { highlightCode } from "../highlight.ts";
import { CODE_CLASSES } from "../theme_code.ts";
import { isTag, isText, parseHtmlTree, type TreeNode } from "../tree.ts";
import { literal } from "./literal.ts";

/**
 * Typesets code, or any text whose spaces count.
 *
 * Colours are those of pages: Typst's own highlighter takes longer to load than
 * all the rest of a document.
 *
 * @param text The text.
 * @param language Its language, if it is code.
 */
export function typesetCode(text: string, language?: string): string {
  const html = language === undefined ? "" : highlightCode(text, language);
  if (!html.includes("<")) {
    return `raw(block: true, ${literal(text, CODE_COLUMNS)})`;
  }
  return `code-lines({ ${typesetSpans(parseHtmlTree(html), "").join("; ")} })`;
}

/** Statements, one a piece of a line. */
function typesetSpans(nodes: readonly TreeNode[], color: string): string[] {
  return nodes.flatMap((node) => {
    if (isText(node)) return typesetPiece(node.data, color);
    if (!isTag(node)) return [];
    const own = colorOf(node.attribs.class ?? "") ?? color;
    return typesetSpans(node.children, own);
  });
}

function typesetPiece(text: string, color: string): string[] {
  const name = color === "" ? "raw" : `ink-${color}`;
  return text.split("\n").flatMap((line, at) => [
    ...(at === 0 ? [] : ["linebreak()"]),
    ...(line === "" ? [] : [`${name}(${literal(line, CODE_COLUMNS)})`]),
  ]);
}

function colorOf(classes: string): string | undefined {
  // `hljs-title class_` is what a style sheet calls `.hljs-title.class_`.
  const name = classes.trim().replace(/^hljs-/, "").replace(/\s+/g, ".");
  return COLORS.get(name) ?? COLORS.get(name.split(".")[0]!);
}

const COLORS: ReadonlyMap<string, string> = new Map(
  Object.entries(CODE_CLASSES).flatMap(([color, names]) =>
    names.map((name) => [name, color] as const)
  ),
);

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
