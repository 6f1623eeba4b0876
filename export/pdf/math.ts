/**
 * TeX formulas as Typst's, or the reason why one stays as its source.
 *
 * What the converter writes is read again before it is used: it takes the insides
 * of `\text` as they are, so a formula could end a string and go on as a program.
 *
 * Pure. The only file that knows tex2typst.
 * @module
 */
import { tex2typst } from "tex2typst";
import { renderMath } from "../math.ts";
import { keepMacros, readDefinitions } from "../math_macros.ts";
import type { MathContext } from "../page.ts";
import {
  type NumberedTex,
  numberFormula,
  resolveInFormula,
} from "./equations.ts";
import { expandMacros } from "./expand_macros.ts";

/** A part of a formula in Typst's notation, with at most one number. */
export interface PrintEquation extends Omit<NumberedTex, "tex"> {
  /** The part. */
  readonly code: string;
}

/** A formula in Typst's notation, or why there is none. */
export type PrintFormula =
  | { readonly type: "typst"; readonly equations: readonly PrintEquation[] }
  | { readonly type: "refused"; readonly reason: string };

/**
 * Converts a formula. Macros that it defines are kept for later ones, and
 * equations are numbered on.
 *
 * @example A fraction
 * ```ts
 * import assert from "node:assert/strict";
 * import { beginPage } from "../page.ts";
 * assert.deepEqual(convertFormula("\\frac{a}{b} \\tag{7}", beginPage().math), {
 *   type: "typst",
 *   equations: [{ code: "a/b", number: "(7)", labels: [] }],
 * });
 * ```
 *
 * @param tex The formula, without its delimiters.
 * @param math Macros and numbers of the notebook so far; those of this one are
 *   added.
 * @returns The formula, in no parts if it only defines something.
 */
export function convertFormula(tex: string, math: MathContext): PrintFormula {
  const own = { ...math, labels: new Map<string, string>() };
  const converted = tex.length > MAX_LENGTH
    ? refuse("the formula is too long")
    : convert(tex, own, math.labels);
  // What is shown as its source has a number all the same, if pages give it one.
  math.equations = converted.type === "typst"
    ? own.equations
    : countOnPages(tex, math);
  if (math.equations < own.equations) return converted;
  for (const [label, number] of own.labels) {
    if (!math.labels.has(label)) math.labels.set(label, number);
  }
  return converted;
}

function convert(
  tex: string,
  math: MathContext,
  labels: MathContext["labels"],
): PrintFormula {
  const { macros } = math;
  try {
    const { defined } = readDefinitions(tex, macros);
    keepMacros(defined, macros);
    const bare = tex.replace(DEFINITION, "").replaceAll('"', "\u201d").trim();
    if (bare === "") return { type: "typst", equations: [] };
    const equations = numberFormula(expandMacros(bare, macros), math)
      .map(({ tex, ...numbering }) => ({
        code: tex2typst(renameEnvironments(resolveInFormula(tex, labels)), {
          nonStrict: false,
        }),
        ...numbering,
      }));
    const faults = equations.map(({ code }) => findFault(code));
    const fault = faults.find((fault) => fault !== undefined);
    return fault === undefined ? { type: "typst", equations } : refuse(fault);
  } catch (error) {
    const [message = ""] = (error as Error).message.split("\n");
    return refuse(message);
  }
}

function countOnPages(tex: string, { draw: _, ...math }: MathContext): number {
  const page = { ...math, labels: new Map() };
  renderMath(tex, "display", page);
  return page.equations;
}

function refuse(reason: string): PrintFormula {
  return { type: "refused", reason };
}

/** Environments that differ in nothing that is seen on paper. */
function renameEnvironments(tex: string): string {
  return tex.replace(
    /\\(begin|end)\{(?:equation|gather|gathered|multline|eqnarray|displaymath|math|flalign|alignat|split|aligned)\*?\}/g,
    "\\$1{align}",
  );
}

/** Reads a formula in Typst's notation: it may hold nothing that runs. */
function findFault(code: string): string | undefined {
  TOKEN.lastIndex = 0;
  for (let at = 0; at < code.length; at = TOKEN.lastIndex) {
    const [token] = TOKEN.exec(code) ?? [];
    if (token === undefined) {
      return `found ${JSON.stringify(code[at])} where no formula has it`;
    }
    // The one name that leads from a formula to all that Typst can do.
    if (/^std\b/.test(token)) return "found the name std";
    if (/^\/[/*]/.test(code.slice(at))) return "found a comment";
  }
  return undefined;
}

/** String without escapes | escaped sign | name | what else a formula is made of. */
const TOKEN =
  /"[^"\\]*"|\\[^\w\s]|\\(?=\s|$)|[A-Za-z][A-Za-z\d]*(?:\.[a-z]+)*|[\p{L}\p{M}\p{N}\p{Sm}\p{Sk}\p{So}\s]|[-+*/=<>!?.,:;'|()[\]{}^_&~%\u2010-\u2027\u2030-\u205e]/uy;

const DEFINITION =
  /\\(?:re)?newcommand\*?\s*(?:\{\s*\\[A-Za-z]+\s*\}|\\[A-Za-z]+)\s*(?:\[\d\])?(?:\[[^\]]*\])?\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\\g?def\s*\\[A-Za-z]+(?:#\d)*\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\\DeclareMathOperator\*?\s*\{\s*\\[A-Za-z]+\s*\}\s*\{[^{}]*\}/g;
const MAX_LENGTH = 4000;
