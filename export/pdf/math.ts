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
import type { Macros } from "../math_macros.ts";
import { keepMacros, readDefinitions } from "../math_macros.ts";
import { expandMacros } from "./expand_macros.ts";

/** A formula in Typst's notation, or why there is none. */
export type PrintFormula =
  | { readonly type: "typst"; readonly code: string }
  | { readonly type: "refused"; readonly reason: string };

/**
 * Converts a formula. Macros that it defines are kept for later ones.
 *
 * @example A fraction
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(convertFormula("\\frac{a}{b}", new Map()), {
 *   type: "typst",
 *   code: "a/b",
 * });
 * ```
 *
 * @param tex The formula, without its delimiters.
 * @param macros Macros of the notebook so far; those of this one are added.
 * @returns The formula; its code is empty if it only defines something.
 */
export function convertFormula(tex: string, macros: Macros): PrintFormula {
  if (tex.length > MAX_LENGTH) return refuse("the formula is too long");
  try {
    const { defined } = readDefinitions(tex, macros);
    keepMacros(defined, macros);
    const bare = tex.replace(DEFINITION, "").replace(UNNUMBERED, "")
      .replaceAll('"', "\u201d").trim();
    if (bare === "") return { type: "typst", code: "" };
    const expanded = expandMacros(bare, macros);
    const tagged = expanded.replace(TAG, "\\qquad\\text{($1)}");
    const code = tex2typst(renameEnvironments(tagged), { nonStrict: false });
    const fault = findFault(code);
    return fault === undefined ? { type: "typst", code } : refuse(fault);
  } catch (error) {
    const [message = ""] = (error as Error).message.split("\n");
    return refuse(message);
  }
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
const UNNUMBERED = /\\(?:nonumber|notag)\b|\\label\{[^{}]*\}/g;
const TAG = /\\tag\*?\{([^{}]*)\}/g;
const MAX_LENGTH = 4000;
