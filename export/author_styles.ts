/**
 * What the `style` of an element may say: how words and boxes look, nothing that
 * covers the page or asks for anything.
 *
 * Pure. Colours are in `author_colors.ts`, all other attributes in `sanitize.ts`.
 * @module
 */
import { COLOR } from "./author_colors.ts";
import { readDeclarations } from "./figure/style_rules.ts";

/**
 * Leaves out what is not on the list of harmless declarations.
 *
 * @param style For example `color: red; position: fixed`.
 * @returns What may stay: `color:red`.
 */
export function keepStyle(style: string): string {
  return readDeclarations(style).filter(({ property, value }) =>
    STYLES.get(property)?.test(value)
  ).map(({ property, value, isImportant }) =>
    `${property}:${value}${isImportant ? " !important" : ""}`
  ).join(";");
}

const LENGTH = /^[\d.]+(?:px|em|rem|ch|%|pt)?$/;
const LENGTHS = /^(?:(?:[\d.]+(?:px|em|rem|ch|%|pt)?|auto)\s*){1,4}$/;
const BORDER =
  /^(?:(?:[\d.]+(?:px|em|rem|pt)?|[a-z]+|#[\da-f]{3,8}|rgba?\([\d\s.,%/]+\))\s*){1,3}$/i;

function sides(name: string, rule: RegExp): Record<string, RegExp> {
  const names = ["", "-top", "-right", "-bottom", "-left"];
  return Object.fromEntries(names.map((side) => [`${name}${side}`, rule]));
}

/** What a style may say. */
const STYLES: ReadonlyMap<string, RegExp> = new Map(Object.entries({
  "text-align": /^(?:left|right|center|justify|start|end)$/,
  "vertical-align": /^[a-z-]+$/,
  "font-weight": /^\w+$/,
  "font-style": /^\w+$/,
  "text-decoration": /^[a-z-]+$/,
  "text-indent": LENGTH,
  "line-height": LENGTH,
  "letter-spacing": LENGTH,
  "list-style-type": /^[a-z-]+$/,
  "white-space": /^[a-z-]+$/,
  "font-size": /^(?:[a-z-]+|[\d.]+(?:px|em|rem|%|pt))$/,
  "font-family": /^[\w\s,'"-]+$/,
  "font-variant": /^[a-z-]+$/,
  display: /^(?:block|inline|inline-block|flex|grid|none|table)$/,
  float: /^(?:left|right|none)$/,
  clear: /^(?:left|right|both|none)$/,
  gap: LENGTHS,
  color: COLOR,
  "--tint": COLOR,
  background: COLOR,
  "background-color": COLOR,
  ...sides("border", BORDER),
  ...sides("padding", LENGTHS),
  ...sides("margin", LENGTHS),
  "border-radius": LENGTHS,
  "border-color": COLOR,
  "border-style": /^[a-z ]+$/,
  "border-width": LENGTHS,
  "border-collapse": /^[a-z]+$/,
  "border-spacing": LENGTHS,
  width: LENGTH,
  "min-width": LENGTH,
  "max-width": LENGTH,
  height: LENGTH,
  "max-height": LENGTH,
}));
