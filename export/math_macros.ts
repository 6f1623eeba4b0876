/**
 * Macros that formulas define, which hold for all later formulas of a page.
 *
 * In a page, as MathJax reads it, a definition holds for all that follows, and
 * may define a name anew. In Temml it holds for its formula, so it is asked what
 * the formula has defined. Pure.
 * @module
 */
import temml from "temml";

/** A macro as Temml takes it. */
export type Macro = Tokens | Chooser;

/** What a macro stands for. */
interface Tokens {
  /** What it stands for, last token first. */
  readonly tokens: readonly { readonly text: string }[];
  readonly numArgs: number;
  readonly delimiters?: readonly (readonly string[])[];
  readonly unexpandable?: boolean;
}

/** Looks at what follows, and gives the TeX that the macro stands for. */
type Chooser = (context: {
  readonly consumeSpaces: () => void;
  readonly future: () => { readonly text: string };
}) => string;

/** Macros by name: `\vect`. */
export type Macros = Map<string, Macro>;

/** What a formula defines. */
export interface Definitions {
  /** The formula with definitions as Temml knows them. */
  readonly formula: string;
  /** All macros that it defines. */
  readonly defined: Macros;
  /** Those that it can not define itself. */
  readonly choosers: Macros;
}

/**
 * Finds what a formula defines.
 *
 * @param tex The formula.
 * @param known Macros of the page so far.
 * @returns What it defines, and the formula to draw.
 */
export function readDefinitions(
  tex: string,
  known: Macros,
): Definitions {
  const written = withoutEqnarray(tex.replace(REQUIRE, ""));
  if (!DEFINITION.test(written)) {
    return { formula: written, defined: new Map(), choosers: new Map() };
  }
  const choosers: Macros = new Map();
  const formula = withOperators(withDefaults(written, choosers)).replace(
    NEW_COMMAND,
    (_, braced, bare, count) => {
      const places = Array.from(
        { length: Number(count ?? 0) },
        (_, index) => `#${index + 1}`,
      );
      return `\\def${braced ?? bare}${places.join("")}`;
    },
  );
  const found: Record<string, Tokens> = temml.definePreamble(formula, {
    macros: macrosIn(formula, known),
  });
  const defined = Object.entries(found).map(([name, macro]) =>
    [name, toKeep(macro, known)] as const
  );
  return { formula, defined: new Map([...defined, ...choosers]), choosers };
}

/**
 * Adds macros to those of the page.
 *
 * @param defined What to add.
 * @param known Macros of the page so far.
 * @throws {RangeError} If they become too many.
 */
export function keepMacros(defined: Macros, known: Macros): void {
  if (known.size + defined.size > MAX_MACROS) {
    throw new RangeError("the page defines too many macros");
  }
  for (const [name, macro] of defined) known.set(name, macro);
}

/**
 * Picks the macros that a formula can come to use, for Temml to write into: to
 * hand it all of them would take time in the square of the page.
 *
 * @param tex The formula.
 * @param known Macros of the page so far.
 */
export function macrosIn(tex: string, known: Macros): Record<string, Macro> {
  const picked: Record<string, Macro> = {};
  const left: string[] = tex.match(COMMAND) ?? [];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    const macro = known.get(name);
    if (macro === undefined || Object.hasOwn(picked, name)) continue;
    picked[name] = macro;
    if (typeof macro === "function") left.push(name + GIVEN);
    else for (const { text } of macro.tokens) left.push(text);
  }
  return picked;
}

/**
 * A macro whose first argument may be left out is two: one that is given it, and
 * one that looks whether it is there.
 */
function withDefaults(tex: string, choosers: Macros): string {
  return tex.replace(
    NEW_COMMAND_WITH_DEFAULT,
    (_, braced, bare, count, value) => {
      const name: string = braced ?? bare;
      choosers.set(name, (context) => {
        context.consumeSpaces();
        const isThere = context.future().text === "[";
        return name + GIVEN + (isThere ? "" : `[${value}]`);
      });
      const places = Array.from(
        { length: Number(count) - 1 },
        (_, index) => `#${index + 2}`,
      );
      return `\\def${name}${GIVEN}[#1]${places.join("")}`;
    },
  );
}

/** An `eqnarray`, which Temml does not know, is an `align` of one column less. */
function withoutEqnarray(tex: string): string {
  return tex.replace(
    EQNARRAY,
    (_, star, body) =>
      `\\begin{align${star}}${
        body.replace(BETWEEN, "&$1 ")
      }\\end{align${star}}`,
  );
}

/** Temml's tokens hold on to the whole parser, which is not needed any more. */
function toKeep(macro: Tokens, known: Macros): Macro {
  const [first] = macro.tokens;
  // Another name for what an earlier formula has defined.
  const meant = macro.unexpandable && first ? known.get(first.text) : undefined;
  return meant ?? {
    ...macro,
    tokens: macro.tokens.map((token) => ({ ...token, loc: undefined })),
  };
}

/** Temml declares operators in a preamble only, a page wherever it likes. */
function withOperators(tex: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const match of tex.matchAll(OPERATOR)) {
    const start = match.index + match[0].length;
    const end = endOfGroup(tex, start);
    if (match.index < done || end === undefined) continue;
    const [, star, name] = match;
    const body = tex.slice(start, end);
    parts.push(
      tex.slice(done, match.index),
      `\\def${name}{\\operatorname${star}{${body}}}`,
    );
    done = end + 1;
  }
  return parts.join("") + tex.slice(done);
}

/** The place of the brace that closes the group that begins here. */
function endOfGroup(tex: string, start: number): number | undefined {
  let depth = 1;
  for (let at = start; at < tex.length; at++) {
    if (tex[at] === "\\") at += 1;
    else if (tex[at] === "{") depth += 1;
    else if (tex[at] === "}" && --depth === 0) return at;
  }
  return undefined;
}

const DEFINITION =
  /\\(?:(?:re|provide)?newcommand|providecommand|[gex]?def|let|DeclareMathOperator|global)(?![A-Za-z])/;
const NEW_COMMAND =
  /\\(?:re)?newcommand\*?\s*(?:\{\s*(\\[A-Za-z]{1,50}|\\[^A-Za-z])\s*\}|(\\[A-Za-z]{1,50}|\\[^A-Za-z]))\s*(?:\[([1-9])\])?(?!\s*\[)/g;
const NEW_COMMAND_WITH_DEFAULT =
  /\\(?:(?:re)?newcommand|providecommand)\*?\s*(?:\{\s*(\\[A-Za-z]{1,50})\s*\}|(\\[A-Za-z]{1,50}))\s*\[([1-9])\]\s*\[([^[\]]{0,200})\]/g;
/** Ends a name that nobody else can define. */
const GIVEN = "@given";
const OPERATOR =
  /\\DeclareMathOperator(\*?)\s*\{?\s*(\\[A-Za-z]{1,50})\s*\}?\s*\{/g;
/** What MathJax loads when it is asked is there already. */
const REQUIRE = /\\require\s*\{[\w-]{1,40}\}/g;
const EQNARRAY = /\\begin\{eqnarray(\*?)\}([^]*?)\\end\{eqnarray\1\}/g;
/** The relation of a row, between its two `&`. */
const BETWEEN = /&((?:[^&\\]|\\[^\\&]){0,60})&/g;
const COMMAND = /\\(?:[A-Za-z@]+|[^])/g;
const MAX_MACROS = 5000;
