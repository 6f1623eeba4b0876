/**
 * TeX with the macros that a notebook defines put in. Pure.
 * @module
 */
import type { Macros } from "../math_macros.ts";

/**
 * Replaces macros by what they stand for.
 *
 * @param tex A formula.
 * @param macros Macros by name: `\vect`.
 * @returns The formula without them.
 * @throws {RangeError} If it does not end, or grows too long.
 */
export function expandMacros(tex: string, macros: Macros): string {
  let rest = tex;
  let done = "";
  for (let steps = 0; rest !== ""; steps++) {
    if (steps > MAX_STEPS || rest.length > MAX_LENGTH) {
      throw new RangeError("its macros do not end");
    }
    const [name = ""] = /^\\(?:[A-Za-z]+|[^])/.exec(rest) ?? [];
    const macro = macros.get(name);
    if (macro === undefined) {
      const length = name.length || nextCommand(rest);
      done += rest.slice(0, length);
      rest = rest.slice(length);
      continue;
    }
    if (
      typeof macro === "function" || macro.delimiters?.some((d) => d.length > 0)
    ) {
      throw new RangeError(
        `the macro ${name} takes its arguments in a way that is not known here`,
      );
    }
    rest = rest.slice(name.length);
    const values: string[] = [];
    for (let count = 0; count < macro.numArgs; count++) {
      const [whole = "", braced, single] = ARGUMENT.exec(rest) ?? [];
      values.push(braced ?? single ?? "");
      rest = rest.slice(whole.length);
    }
    rest = write(macro.tokens, values) + rest;
  }
  return done;
}

/** Tokens come last first, and `#1` as two of them, the digit first. */
function write(
  tokens: readonly { readonly text: string }[],
  values: readonly string[],
): string {
  const texts = tokens.map(({ text }) => text).reverse();
  let written = "";
  for (let at = 0; at < texts.length; at++) {
    const text = texts[at]!;
    if (text === "#" && /^[1-9]$/.test(texts[at + 1] ?? "")) {
      written += `{${values[Number(texts[++at]) - 1] ?? ""}}`;
    } else {
      // A command's name would go on with the letter after it.
      written += /^\\[A-Za-z]+$/.test(text) ? `${text} ` : text;
    }
  }
  return `{${written}}`;
}

function nextCommand(text: string): number {
  const at = text.indexOf("\\", 1);
  return at < 0 ? text.length : at;
}

const ARGUMENT =
  /^\s*(?:\{((?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*)\}|(\\[A-Za-z]+|\\?[^\s{}]))/;
const MAX_STEPS = 2000;
const MAX_LENGTH = 20_000;
