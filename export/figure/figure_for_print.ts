/**
 * A figure as it should be on paper: in the colours for white pages, in fonts
 * that the document has, without anything that runs or is asked for.
 *
 * Serves Typst and the print of a browser. Neither does all that a browser does
 * on a screen: Typst knows no variables, draws the halo of a text over it and no
 * HTML inside of a drawing; a browser's PDF is ten times larger when a figure is
 * hatched with patterns. Pure.
 * @module
 */
import { escapeHtml } from "../escape.ts";
import { readSvg, type Svg } from "../svg.ts";
import { cascade, type Looks, PRESENTATION } from "./cascade.ts";
import { htmlAsText } from "./foreign_text.ts";
import { drawHatch, type Hatch } from "./hatch.ts";
import {
  findElements,
  isTag,
  isText,
  parseSvgTree,
  type TreeElement,
  type TreeNode,
} from "../tree.ts";

/**
 * Makes a figure ready to be printed.
 *
 * @example Colours of white paper, and no variables
 * ```ts
 * import assert from "node:assert/strict";
 * const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">` +
 *   `<style>:root{--ink:#123} rect{fill:light-dark(var(--ink),white)}</style>` +
 *   `<rect width="9" height="9"/></svg>`;
 * assert.equal(
 *   figureForPrint(svg),
 *   `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" color="#18202b">` +
 *     `<rect width="9" height="9" fill="#112233"/></svg>`,
 * );
 * ```
 *
 * @param svg A drawing, as pages may hold it.
 * @returns Well-formed SVG; undefined if there is no drawing in the text.
 */
export function figureForPrint(svg: string): string | undefined {
  const read = readSvg(svg);
  return read && drawingForPrint(read);
}

/**
 * Makes a drawing ready to be printed that was read already.
 *
 * @param svg The drawing.
 * @returns Well-formed SVG.
 */
export function drawingForPrint({ xml }: Svg): string | undefined {
  const root = parseSvgTree(xml);
  if (root === undefined) return undefined;
  const ids = new Map<string, TreeElement>();
  for (const element of findElements(null, [root])) {
    if (element.attribs.id !== undefined) ids.set(element.attribs.id, element);
  }
  return writeElement(root, {
    looks: cascade(root),
    ids,
    clips: { count: 0 },
    above: new Map(),
  });
}

/** What writing an element depends on. */
interface Work {
  readonly looks: ReadonlyMap<TreeElement, Looks>;
  readonly ids: ReadonlyMap<string, TreeElement>;
  /** How many areas were named. */
  readonly clips: { count: number };
  /** The looks that the element has from where it stands. */
  readonly above: Looks;
}

function writeNode(node: TreeNode, work: Work): string {
  if (isText(node)) return escapeHtml(node.data);
  return isTag(node) ? writeElement(node, work) : "";
}

function writeElement(element: TreeElement, work: Work): string {
  const looks = work.looks.get(element) ?? work.above;
  const name = element.name;
  if (LEFT_OUT.has(name) || looks.get("display") === "none") return "";
  if (name === "foreignObject") return htmlAsText(element, looks);
  if (name === "image" && !isData(element)) return "";
  const written = name === "a" ? "g" : name;
  const content = element.children.length === 0
    ? ""
    : childrenOf(element).map((child) =>
      writeNode(child, {
        looks: work.looks,
        ids: work.ids,
        clips: work.clips,
        above: looks,
      })
    ).join("");
  const write = (changed: Looks) =>
    writeTag(written, writeAttributes(element, changed, work), content);
  if (name === "text" && hasHalo(looks)) {
    return write(
      withLooks(looks, { "paint-order": "normal", fill: looks.get("stroke")! }),
    ) +
      write(withLooks(looks, { "paint-order": "normal", stroke: "none" }));
  }
  const hatch = findHatch(element, looks, work);
  return hatch === undefined ? write(looks) : drawHatch(
    hatch,
    write(
      withLooks(looks, { fill: "none" }),
    ),
  );
}

function withLooks(
  looks: Looks,
  changed: Readonly<Record<string, string>>,
): Looks {
  return new Map([...looks, ...Object.entries(changed)]);
}

function childrenOf(element: TreeElement): readonly TreeNode[] {
  if (element.name !== "switch") return element.children;
  // A drawing offers words of its own to those that know no HTML in it.
  const elements = element.children.filter(isTag);
  const plain = elements.find(({ name }) => name !== "foreignObject");
  return plain === undefined ? elements.slice(0, 1) : [plain];
}

function writeTag(name: string, attributes: string, content: string): string {
  return content === ""
    ? `<${name}${attributes}/>`
    : `<${name}${attributes}>${content}</${name}>`;
}

function writeAttributes(
  element: TreeElement,
  looks: Looks,
  { above }: Work,
): string {
  const own = Object.entries(element.attribs).filter(([name, value]) =>
    !PRESENTATION.has(name) && !DROPPED.test(name) &&
    (!/href$/.test(name) || /^(?:#|data:image\/)/i.test(value.trim()))
  );
  const changed = [...looks].filter(([name, value]) =>
    PRESENTATION.has(name) && above.get(name) !== value
  );
  const attributes = [
    ...own,
    ...changed.map(([name, value]) =>
      [name, name === "font-family" ? printFamily(value) : value] as const
    ),
  ];
  return attributes.map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join("");
}

/** Names the fonts that the document has, before those that a browser may. */
function printFamily(value: string): string {
  if (/mono|courier|consol|menlo/i.test(value)) {
    return "DejaVu Sans Mono, monospace";
  }
  const isSerif =
    /(?<!sans-|sans )\bserif\b|times|georgia|libertin/i.test(value) &&
    !/sans/i.test(value);
  return isSerif ? "Libertinus Serif, serif" : "Inter, sans-serif";
}

function hasHalo(looks: Looks): boolean {
  const stroke = looks.get("stroke") ?? "none";
  return /^\s*stroke/.test(looks.get("paint-order") ?? "") && stroke !== "none";
}

function isData({ attribs }: TreeElement): boolean {
  return /^data:image\/(?:png|jpe?g|gif|webp)[;,]/i.test(
    (attribs.href ?? attribs["xlink:href"] ?? "").trim(),
  );
}

/** The pattern that a rectangle is filled with, if it can be drawn as lines. */
function findHatch(
  element: TreeElement,
  looks: Looks,
  work: Work,
): Hatch | undefined {
  if (element.name !== "rect") return undefined;
  const [, id] = /^url\(["']?#([^"')]+)["']?\)/.exec(looks.get("fill") ?? "") ??
    [];
  const pattern = id === undefined ? undefined : work.ids.get(id);
  if (pattern?.name !== "pattern") return undefined;
  const above = work.looks.get(pattern) ?? work.above;
  return {
    rect: element,
    pattern,
    clipId: `print-clip-${++work.clips.count}`,
    opacity: looks.get("fill-opacity"),
    write: (node) => writeNode(node, { ...work, above }),
  };
}

/** Elements that run, move or ask, or whose work is done. */
const LEFT_OUT = new Set([
  ...["script", "style", "animate", "animateMotion", "animateTransform"],
  ...["animateColor", "set", "discard", "handler", "iframe", "audio", "video"],
  ...["canvas", "metadata", "link", "mpath"],
]);

/** Attributes that are worked in, act, or are for other programs. */
const DROPPED =
  /^(?:class|style|on.*|tabindex|role|aria-.*|data-.*|xml:base|target|sodipodi:.*|inkscape:.*)$/i;
