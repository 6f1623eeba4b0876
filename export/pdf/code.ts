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
  const lines = typesetSpans(parseHtmlTree(html), "")
    .map((pieces) => `{ ${pieces.join("; ")} }, `);
  return `code-lines((${lines.join("")}))`;
}

/** Statements, one a piece of a line, by line. */
function typesetSpans(nodes: readonly TreeNode[], color: string): string[][] {
  const lines: string[][] = [[]];
  for (const node of nodes) {
    const [first = [], ...rest] = isText(node)
      ? typesetPieces(node.data, color)
      : isTag(node)
      ? typesetSpans(
        node.children,
        colorOf(node.attribs.class ?? "") ?? color,
      )
      : [];
    lines.at(-1)!.push(...first);
    lines.push(...rest);
  }
  return lines;
}

function typesetPieces(text: string, color: string): string[][] {
  return text.split(LINE_END).map((line) => {
    if (line === "") return [];
    const words = literal(line.replaceAll("\t", TAB), CODE_COLUMNS);
    return [color === "" ? words : `ink-${color}(${words})`];
  });
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

/** As `literal` sees them. */
// deno-lint-ignore no-control-regex -- Vertical tab and form feed end lines.
const LINE_END = /\r\n?|[\n\x0b\x0c\x85\u2028\u2029]/;
/** As wide as a tab is in code without colours. */
const TAB = "  ";

/** As many characters of code stand side by side on a page. */
export const CODE_COLUMNS = 84;
