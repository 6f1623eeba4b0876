/**
 * The rows of a formula that have numbers, as TeX numbers them: environments of
 * equations count on, `\tag` names a row, `\notag` leaves it out.
 *
 * Pure. On pages Temml does the same (`math.ts`); tests compare the two.
 * @module
 */
import type { MathContext } from "../page.ts";

/** A part of a formula with at most one number. */
export interface NumberedTex {
  /** The part, without what numbers it. */
  readonly tex: string;
  /** Its number, as it is shown: `(1)`. */
  readonly number: string | undefined;
  /** The names of the places in it that references may lead to. */
  readonly labels: readonly string[];
}

/**
 * Numbers a formula, and notes what its labels refer to.
 *
 * @example A row without a number
 * ```ts
 * import assert from "node:assert/strict";
 * import { beginPage } from "../page.ts";
 * assert.deepEqual(
 *   numberFormula("\\begin{gather}a\\label{x}\\\\b\\notag\\end{gather}", beginPage().math),
 *   [
 *     { tex: "a", number: "(1)", labels: ["x"] },
 *     { tex: "b", number: undefined, labels: [] },
 *   ],
 * );
 * ```
 *
 * @param tex A formula without macros.
 * @param math The numbers so far.
 * @returns Its parts: the rows, where nothing lines them up, else all in one, with
 *   the numbers in a column of their own.
 */
export function numberFormula(tex: string, math: MathContext): NumberedTex[] {
  const [, name = "", star, body = tex] = ENVIRONMENT.exec(tex) ?? [];
  const isCounted = name !== "" && star === "";
  const texts = LINED_UP.has(name) || name === "gather"
    ? splitRows(body)
    : [body];
  const rows = texts.map((text) => numberRow(text, { isCounted, math }));
  if (name === "gather" || rows.length === 1) {
    const [row] = rows;
    return rows.length > 1 || name === "" ? rows : [{
      ...row!,
      tex: KEPT.has(name) ? wrap(name, row!.tex) : row!.tex,
    }];
  }
  const columns = Math.max(...rows.map(({ tex }) => countColumns(tex)));
  const lines = rows.map(({ tex, number }) =>
    number === undefined
      ? tex
      : `${tex}${"&".repeat(columns - countColumns(tex) + 1)}\\quad${
        text(number)
      }`
  );
  return [{
    tex: wrap("align", lines.join("\\\\")),
    number: undefined,
    labels: rows.flatMap(({ labels }) => labels),
  }];
}

/**
 * Puts numbers where a formula refers to them.
 *
 * @param tex A formula.
 * @param labels The numbers so far.
 */
export function resolveInFormula(
  tex: string,
  labels: MathContext["labels"],
): string {
  return tex.replace(REFERENCE, (_, isInBrackets, label) => {
    const number = labels.get(label) ?? "(?)";
    return text(isInBrackets ? number : number.replace(/^\(|\)$/g, ""));
  });
}

/**
 * Reads a formula that does nothing but refer to another.
 *
 * @param tex For example `\eqref{a}`.
 */
export function readReference(
  tex: string,
): { readonly label: string; readonly isInBrackets: boolean } | undefined {
  const [whole, isInBrackets, label] = tex.trim().match(ONE_REFERENCE) ?? [];
  return whole === undefined
    ? undefined
    : { label: label!, isInBrackets: isInBrackets !== undefined };
}

function numberRow(
  row: string,
  { isCounted, math }: {
    readonly isCounted: boolean;
    readonly math: MathContext;
  },
): NumberedTex {
  const [, star, tag] = TAG.exec(row) ?? [];
  const tex = row.replace(NUMBERING, "").trim();
  const isSkipped = /\\(?:nonumber|notag)(?![A-Za-z])/.test(row);
  const number = tag !== undefined
    ? star === "*" ? tag : `(${tag})`
    : isCounted && !isSkipped
    ? `(${++math.equations})`
    : undefined;
  const labels = [...row.matchAll(LABEL)].map(([, label]) => label!);
  if (number === undefined) return { tex, number, labels: [] };
  for (const label of labels) {
    if (!math.labels.has(label)) math.labels.set(label, number);
  }
  return { tex, number, labels };
}

/** An empty last row is none. */
function splitRows(body: string): string[] {
  const rows = [""];
  for (const { token, depth } of readTokens(body)) {
    if (depth === 0 && token.startsWith("\\\\")) rows.push("");
    else rows[rows.length - 1] += token;
  }
  if (rows.length > 1 && rows.at(-1)!.trim() === "") rows.pop();
  return rows;
}

function countColumns(row: string): number {
  return readTokens(row).filter(({ token, depth }) =>
    depth === 0 && token === "&"
  ).length;
}

/** Splits TeX; in braces and environments it is deeper. */
function readTokens(tex: string): { token: string; depth: number }[] {
  let depth = 0;
  return [...tex.matchAll(TOKEN)].map(([token]) => {
    if (token === "{" || token === "\\begin") depth += 1;
    if (token === "}" || token === "\\end") depth -= 1;
    // What names an environment is in braces of its own.
    return { token, depth };
  });
}

function wrap(name: string, body: string): string {
  return `\\begin{${name}}${body}\\end{${name}}`;
}

function text(words: string): string {
  return `\\text{${words.replace(/[\\{}$]/g, "")}}`;
}

const ENVIRONMENT =
  /^\s*\\begin\{(equation|align|gather|alignat|multline|eqnarray)(\*?)\}(?:(?<=alignat\*?\})\{\d+\})?([^]*)\\end\{\1\2\}\s*$/;
const LINED_UP = new Set(["align", "alignat", "eqnarray"]);
/** Of one row they may all the same have lines. */
const KEPT = new Set(["align", "alignat", "eqnarray", "multline"]);
const TAG = /\\tag(\*?)\{((?:[^{}]|\{[^{}]*\})*)\}/;
const LABEL = /\\label\{([^{}]*)\}/g;
const NUMBERING =
  /\\(?:nonumber|notag)(?![A-Za-z])|\\label\{[^{}]*\}|\\tag\*?\{(?:[^{}]|\{[^{}]*\})*\}/g;
const REFERENCE = /\\(eq)?ref\{([^{}]*)\}/g;
const ONE_REFERENCE = /^\\(eq)?ref\{([^{}]*)\}$/;
const TOKEN = /\\\\(?:\*)?(?:\[[^\]]*\])?|\\[A-Za-z]+|\\[^]|[^\\]/g;
