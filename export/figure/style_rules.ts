/**
 * Style sheets inside a drawing: which rules they have for white paper. Pure.
 * @module
 */

/** What a rule declares, by property, and how it wins over others. */
export interface StyleRule {
  /** Which elements it is for. */
  readonly selector: string;
  /** What it declares: property and value. */
  readonly declarations: readonly Declaration[];
  /** Weight of its selector; of two that are equal the later rule wins. */
  readonly weight: number;
}

/** A property and its value. */
export interface Declaration {
  /** For example `fill`, or `--ink`. */
  readonly property: string;
  /** As it stands there. */
  readonly value: string;
  /** Whether it wins over all that are not. */
  readonly isImportant: boolean;
}

/**
 * Reads the rules of a style sheet that hold on white paper: those for dark pages
 * and for moving things are left out.
 *
 * @param css The sheet.
 * @returns Its rules, weakest first.
 */
export function readRules(css: string): StyleRule[] {
  const rules: StyleRule[] = [];
  read(css.replace(/\/\*[^]*?(?:\*\/|$)/g, ""), rules);
  return rules
    .map((rule, at) => ({ rule, at }))
    .sort((a, b) => a.rule.weight - b.rule.weight || a.at - b.at)
    .map(({ rule }) => rule);
}

function read(css: string, rules: StyleRule[]): void {
  for (let at = 0; at < css.length && rules.length < MAX_RULES;) {
    const begin = css.indexOf("{", at);
    if (begin < 0) return;
    const end = endOfBlock(css, begin);
    // What ends with a semicolon before it is a rule without a block.
    const head = css.slice(at, begin).replace(/^[^]*;/, "").trim();
    const body = css.slice(begin + 1, end);
    at = end + 1;
    if (!head.startsWith("@")) addRule(head, body, rules);
    else if (isForPaper(head)) read(body, rules);
  }
}

function addRule(head: string, body: string, rules: StyleRule[]): void {
  const declarations = readDeclarations(body);
  for (const selector of splitSelectors(head)) {
    rules.push({ selector, declarations, weight: weigh(selector) });
  }
}

function splitSelectors(head: string): string[] {
  return head.split(/,(?![^(]*\))/).map((part) => part.trim())
    .filter((part) => part !== "" && part.length < 500);
}

/**
 * Reads declarations, as in a `style` attribute.
 *
 * @param body For example `fill: red; stroke: none`.
 */
export function readDeclarations(body: string): Declaration[] {
  return body.split(/;(?![^(]*\))/).flatMap((part) => {
    const colon = part.indexOf(":");
    if (colon < 0) return [];
    const name = part.slice(0, colon).trim();
    const property = name.startsWith("--") ? name : name.toLowerCase();
    const written = part.slice(colon + 1).trim();
    const value = written.replace(/\s*!\s*important$/i, "");
    if (!/^[\w-]+$/.test(property) || value === "") return [];
    return [{ property, value, isImportant: value !== written }];
  });
}

/** Whether the rules inside hold on paper: it is white, and nothing moves. */
function isForPaper(head: string): boolean {
  if (!/^@(?:media|supports|layer)\b/i.test(head)) return false;
  if (/prefers-color-scheme\s*:\s*dark/i.test(head)) {
    return /\bnot\b/i.test(head);
  }
  return !/prefers-reduced-motion\s*:\s*no|\bhover\s*:\s*hover|max-width|forced-colors|prefers-contrast/i
    .test(head);
}

function endOfBlock(css: string, begin: number): number {
  let depth = 0;
  for (let at = begin; at < css.length; at++) {
    if (css[at] === "{") depth += 1;
    else if (css[at] === "}" && --depth === 0) return at;
  }
  return css.length;
}

/** Source: Selectors 4, "Calculating a selector's specificity"; near enough. */
function weigh(selector: string): number {
  const count = (pattern: RegExp) => selector.match(pattern)?.length ?? 0;
  return count(/#[\w-]+/g) * 10_000 +
    count(/\.[\w-]+|\[[^\]]*\]|(?<!:):(?!:|not\b|is\b|where\b)[\w-]+/g) * 100 +
    count(/(?:^|[\s>+~(])[a-z][\w-]*|::[\w-]+/gi);
}

const MAX_RULES = 3000;
