/**
 * What each element of a drawing looks like once its style sheets, variables and
 * inherited values are worked out. Pure; asks css-select which rule is for whom.
 * @module
 */
import { compile } from "html-tree";
import { readColor, splitTop } from "./colors.ts";
import {
  findElements,
  isTag,
  textIn,
  type TreeElement,
  type TreeNode,
} from "../tree.ts";
import {
  type Declaration,
  readDeclarations,
  readRules,
  type StyleRule,
} from "./style_rules.ts";

/** The looks of an element, by property. */
export type Looks = ReadonlyMap<string, string>;

/**
 * Works out the looks of all elements.
 *
 * @param root The drawing.
 * @returns What each element's looks are, inherited ones included.
 */
export function cascade(root: TreeElement): Map<TreeElement, Looks> {
  const sheets = findElements(["style"], [root]);
  const css = sheets.map((sheet) => textIn(sheet)).join("\n");
  const rules = readRules(css).flatMap(withTest);
  const looks = new Map<TreeElement, Looks>();
  visit(root, { all: DEFAULTS, inherited: DEFAULTS }, { rules, looks });
  return looks;
}

interface TestedRule extends StyleRule {
  readonly isFor: (element: TreeElement) => boolean;
}

interface Work {
  readonly rules: readonly TestedRule[];
  readonly looks: Map<TreeElement, Looks>;
}

function withTest(rule: StyleRule): TestedRule[] {
  try {
    // Of a drawing on its own the root is the svg element.
    const matches = compile<TreeNode, TreeElement>(rule.selector, {
      xmlMode: true,
    });
    // Most rules are for a class, which is seen at once.
    const [, name] = /^[^:[(]*\.([\w-]+)$/.exec(rule.selector) ?? [];
    const isFor = name === undefined
      ? matches
      : (element: TreeElement) =>
        element.attribs.class?.includes(name) === true && matches(element);
    return [{ ...rule, isFor }];
  } catch {
    // A selector that nobody knows is for nobody, as in a browser.
    return [];
  }
}

/** Looks that come from where an element stands. */
interface Above {
  /** All of the element above. */
  readonly all: Looks;
  /** Those that are inherited. */
  readonly inherited: Looks;
}

function visit(element: TreeElement, above: Above, work: Work): void {
  const own = declarationsOf(element, work.rules);
  const all = own.length === 0 ? above.inherited : withOwn(above, own);
  work.looks.set(element, all);
  const children = element.children.filter(isTag);
  if (children.length === 0) return;
  const inherited = new Map(
    [...all].filter(([property]) =>
      INHERITED.has(property) || property.startsWith("--")
    ),
  );
  for (const child of children) visit(child, { all, inherited }, work);
}

function withOwn(
  { all, inherited }: Above,
  own: readonly Declaration[],
): Looks {
  const looks = new Map(inherited);
  const variables = own.filter(({ property }) => property.startsWith("--"));
  for (const { property, value } of variables) looks.set(property, value);
  // What a variable holds is worked out where it is declared, not where it is used.
  const worked = variables.map(({ property }) =>
    [property, resolve(looks.get(property)!, looks)] as const
  );
  for (const [property, value] of worked) {
    if (value === undefined) looks.delete(property);
    else looks.set(property, value);
  }
  for (const { property, value } of own) {
    if (property.startsWith("--")) continue;
    const resolved = resolve(value, looks);
    if (resolved === undefined || /^(?:unset|revert)$/.test(resolved)) {
      continue;
    }
    if (resolved === "inherit") {
      const value = all.get(property);
      if (value !== undefined) looks.set(property, value);
    } else looks.set(property, resolved);
  }
  const color = looks.get("color") ?? "#000000";
  for (const [property, value] of looks) {
    if (!property.startsWith("--") && /currentcolor/i.test(value)) {
      looks.set(property, value.replace(/currentcolor/gi, color));
    }
    if (COLORED.has(property)) {
      const plain = readColor(looks.get(property)!);
      if (plain !== undefined) looks.set(property, plain);
    }
  }
  return looks;
}

/** Weakest first: attributes, rules, the `style` attribute, what is important. */
function declarationsOf(
  element: TreeElement,
  rules: readonly TestedRule[],
): Declaration[] {
  const attributes = Object.entries(element.attribs)
    .filter(([name]) => PRESENTATION.has(name))
    .map(([property, value]) => ({ property, value, isImportant: false }));
  const ruled = rules.filter(({ isFor }) => isFor(element))
    .flatMap(({ declarations }) => declarations);
  const style = readDeclarations(element.attribs.style ?? "");
  const all = [...attributes, ...ruled, ...style];
  const strong = all.filter(({ isImportant }) => isImportant);
  return strong.length === 0
    ? all
    : [...all.filter(({ isImportant }) => !isImportant), ...strong];
}

/** Puts variables in, and takes the side of `light-dark` that is for paper. */
function resolve(value: string, looks: Looks, depth = 0): string | undefined {
  const at = /\b(var|light-dark)\(/i.exec(value);
  if (at === null) return value;
  if (depth > MAX_DEPTH || value.length > MAX_VALUE) return undefined;
  const begin = at.index + at[0].length;
  const end = endOfBrackets(value, begin);
  const [first = "", ...rest] = splitTop(value.slice(begin, end));
  const instead = at[1]!.toLowerCase() === "light-dark"
    ? first
    : looks.get(first) ?? (rest.length > 0 ? rest.join(", ") : undefined);
  if (instead === undefined) return undefined;
  const whole = value.slice(0, at.index) + instead + value.slice(end + 1);
  return resolve(whole, looks, depth + 1);
}

function endOfBrackets(value: string, begin: number): number {
  let depth = 1;
  for (let at = begin; at < value.length; at++) {
    if (value[at] === "(") depth += 1;
    else if (value[at] === ")" && --depth === 0) return at;
  }
  return value.length;
}

const MAX_DEPTH = 64;
const MAX_VALUE = 10_000;
const DEFAULTS: Looks = new Map([["color", "#18202b"]]);

/** Source: SVG 2, "Property index". */
const INHERITED = new Set([
  ...["color", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width"],
  ...[
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
  ],
  ...["stroke-dashoffset", "stroke-miterlimit", "font-family", "font-size"],
  ...[
    "font-style",
    "font-weight",
    "font-variant",
    "font-stretch",
    "text-anchor",
  ],
  ...[
    "letter-spacing",
    "word-spacing",
    "paint-order",
    "visibility",
    "clip-rule",
  ],
  ...["marker-start", "marker-mid", "marker-end", "shape-rendering"],
  ...["writing-mode", "direction", "white-space", "text-align", "line-height"],
]);

/** Properties that are not inherited but that attributes may give. */
const OWN = [
  ...["opacity", "display", "clip-path", "mask", "filter", "stop-color"],
  ...["stop-opacity", "flood-color", "flood-opacity", "dominant-baseline"],
  ...["alignment-baseline", "baseline-shift", "text-decoration", "overflow"],
  ...["vector-effect", "mix-blend-mode"],
];

/** Properties that an attribute of the same name may give. */
export const PRESENTATION: ReadonlySet<string> = new Set([
  ...INHERITED,
  ...OWN,
]);

const COLORED = new Set([
  ...["color", "fill", "stroke", "stop-color", "flood-color"],
]);
