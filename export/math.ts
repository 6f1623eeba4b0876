/**
 * TeX formulas as MathML, which browsers draw without scripts or fonts of ours.
 *
 * Pure. With `math_macros.ts` the only file that knows Temml.
 * @module
 */
import temml from "temml";
import { escapeHtml } from "./escape.ts";
import { keepMacros, macrosIn, readDefinitions } from "./math_macros.ts";
import { replaceIn } from "./math_syntax.ts";
import type { MathContext } from "./page.ts";

/**
 * Renders a formula.
 *
 * Macros that it defines hold for all later ones, and equations are numbered on,
 * as in Jupyter.
 *
 * @example A fraction
 * ```ts
 * import assert from "node:assert/strict";
 * import { beginPage } from "./page.ts";
 * assert.match(renderMath("\\frac12", "inline", beginPage().math), /^<math><mfrac>/);
 * ```
 *
 * @param tex The formula, without its delimiters.
 * @param place Within a line, or on lines of its own.
 * @param context What formulas before it have left.
 * @returns MathML, or the marked source of a formula with a mistake in it.
 */
export function renderMath(
  tex: string,
  place: "inline" | "display",
  context: MathContext,
): string {
  if (context.draw !== undefined) return context.draw(tex, place, context);
  const displayMode = place === "display";
  try {
    if (tex.length > MAX_LENGTH) throw new Error("the formula is too long");
    const { formula, defined, choosers } = readDefinitions(tex, context.macros);
    const math = numberEquations(
      // Temml writes into the macros that it is given.
      withOneNumber(
        formula,
        temml.renderToString(formula, {
          displayMode,
          throwOnError: true,
          macros: {
            ...macrosIn(formula, context.macros),
            ...Object.fromEntries(choosers),
          },
        }),
      ),
      context,
    ).replace(COLORED, '<$1 class="tinted" style="color:$2;--tint:$2;$3"');
    keepMacros(defined, context.macros);
    // A formula that only defines something takes no room.
    if (EMPTY.test(math)) return "";
    return displayMode ? `<span class="math-display">${math}</span>` : math;
  } catch (error) {
    // A typing mistake in one formula must not cost the reader the page.
    const message = error instanceof Error ? error.message : String(error);
    const [mistake = ""] = message.trim().split(/:?\s*\n/);
    return `<code class="math-error" title="${escapeHtml(mistake)}">` +
      `${escapeHtml(tex)}</code>`;
  }
}

/**
 * Renders a `text/latex` output: text with formulas between delimiters in it.
 *
 * @param latex For example `$x^2$`, or `\begin{align}…\end{align}`.
 * @param context What formulas before it have left.
 * @returns HTML.
 */
export function renderLatex(latex: string, context: MathContext): string {
  const html = replaceIn(
    latex,
    ({ tex, isDisplay }) =>
      renderMath(tex, isDisplay ? "display" : "inline", context),
    escapeHtml,
  );
  return `<div class="latex">${html}</div>`;
}

/**
 * Puts the numbers of equations where formulas refer to them, which may come
 * before the equation.
 *
 * @param html A part of the page.
 * @param context The numbers.
 * @returns The part with its references.
 */
export function resolveReferences(
  html: string,
  { labels }: MathContext,
): string {
  // Only Temml writes attributes in single quotes here.
  return html.replace(
    /<a href='#([^'<>"]*)' class="tml-ref( tml-eqref)?"><\/a>/g,
    (_, label, isInBrackets) => {
      const number = labels.get(label);
      if (number === undefined) return "<span>(?)</span>";
      const text = isInBrackets ? number : number.replace(/^\(|\)$/g, "");
      return `<a href="#${EQUATION}${label}">${text}</a>`;
    },
  );
}

/** All lines of a `multline` are one equation, with its number at the last. */
function withOneNumber(tex: string, mathml: string): string {
  if (!/^\s*\\begin\{multline\}/.test(tex)) return mathml;
  const last = mathml.lastIndexOf(NUMBER);
  return last < 0
    ? mathml
    : mathml.slice(0, last).replaceAll(NUMBER, "") + mathml.slice(last);
}

/** Temml leaves numbers to a style sheet, and ids to whoever has them first. */
function numberEquations(mathml: string, context: MathContext): string {
  if (!mathml.includes("<mtr")) return mathml;
  let label: string | undefined;
  const keep = (number: string) => {
    // Of two places with one name a link leads to the first.
    if (label !== undefined && !context.labels.has(label)) {
      context.labels.set(label, number);
    }
    label = undefined;
  };
  return mathml.replace(NUMBERED, (whole, id, tag) => {
    if (id !== undefined) {
      label = id;
      return `<mtr id="${EQUATION}${id}"`;
    }
    if (tag !== undefined) {
      keep(tag);
      return whole;
    }
    const number = `(${++context.equations})`;
    keep(number);
    return `<span class="tml-eqn">${number}</span>`;
  });
}

const NUMBER = '<span class="tml-eqn"></span>';
const NUMBERED =
  /<mtr id="([^"]*)"|<mtext class="tml-tag">([^<]*)<\/mtext>|<span class="tml-eqn"><\/span>/g;

/** As Temml writes a color. */
const COLORED = /<(m\w+) style="color:([#\w]+);?([^"]*)"/g;
const EMPTY = /^<math[^>]*><\/math>$/;

/** Ids of the page's own begin with this. */
const EQUATION = "skein-equation-";
const MAX_LENGTH = 4000;
