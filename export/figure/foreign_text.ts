/**
 * HTML inside of a drawing as text of the drawing: its words, in lines. Pure.
 * @module
 */
import { escapeHtml } from "../escape.ts";
import type { Looks } from "./cascade.ts";
import { isTag, isText, type TreeElement, type TreeNode } from "../tree.ts";

/**
 * Writes the words of a `foreignObject` as text.
 *
 * @param element The element.
 * @param looks Its looks.
 * @returns SVG; empty if it holds no words.
 */
export function htmlAsText(element: TreeElement, looks: Looks): string {
  const number = (name: string, otherwise: number) => {
    const value = parseFloat(element.attribs[name] ?? "");
    return Number.isFinite(value) ? value : otherwise;
  };
  const size = parseFloat(looks.get("font-size") ?? "") || 16;
  const [x, y, width] = [
    number("x", 0),
    number("y", 0),
    number("width", Infinity),
  ];
  const columns = Math.max(1, Math.floor(width / (size * CHARACTER)));
  const lines = wordsOf(element.children).split("\n")
    .map((line) => line.trim().replace(/\s+/g, " "))
    .filter((line) => line !== "").flatMap((line) => wrap(line, columns));
  if (lines.length === 0) return "";
  const isCentered = looks.get("text-align") === "center" && width < Infinity;
  const at = isCentered ? x + width / 2 : x;
  const spans = lines.map((line, index) =>
    `<tspan x="${at}" y="${round(y + size * (1 + index * LINE))}">${
      escapeHtml(line)
    }</tspan>`
  ).join("");
  const fill = looks.get("color") ?? "#18202b";
  return `<text font-size="${size}" fill="${escapeHtml(fill)}" stroke="none" ` +
    `font-family="Inter, sans-serif" text-anchor="${
      isCentered ? "middle" : "start"
    }">${spans}</text>`;
}

function wordsOf(nodes: readonly TreeNode[]): string {
  return nodes.map((node) => {
    if (isText(node)) return node.data.replace(/\s+/g, " ");
    if (!isTag(node) || LEFT_OUT.has(node.name)) return "";
    const words = wordsOf(node.children);
    return INLINE.has(node.name) ? words : `\n${words}\n`;
  }).join("");
}

function wrap(line: string, columns: number): string[] {
  const lines = [""];
  for (const word of line.split(" ")) {
    const last = lines.at(-1)!;
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** How wide a character is, about, and how far apart lines are, in font sizes. */
const CHARACTER = 0.54;
const LINE = 1.3;
const LEFT_OUT = new Set(["script", "style", "template", "title"]);
const INLINE = new Set([
  ...["span", "b", "i", "em", "strong", "code", "a", "small", "sub", "sup"],
  ...["font", "u", "s", "kbd", "samp", "var", "mark", "abbr", "xhtml:span"],
]);
