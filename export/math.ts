/**
 * TeX formulas as MathML, which browsers draw without scripts or fonts of ours.
 *
 * Pure. The only file that knows Temml.
 * @module
 */
import temml from "temml";
import { escapeHtml } from "./escape.ts";

/**
 * Renders a formula.
 *
 * @example A fraction
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(renderMath("\\frac12", "inline"), /^<math><mfrac>/);
 * ```
 *
 * @param tex The formula, without its dollar signs.
 * @param place Within a line, or on lines of its own.
 * @returns MathML, or the marked source of a formula with a mistake in it.
 */
export function renderMath(tex: string, place: "inline" | "display"): string {
  const displayMode = place === "display";
  try {
    const math = temml.renderToString(tex, { displayMode, throwOnError: true });
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
 * @returns HTML.
 */
export function renderLatex(latex: string): string {
  let html = "";
  let end = 0;
  for (const match of latex.matchAll(LATEX_FORMULA)) {
    const [whole, display, bracketed, environment, , inline, round] = match;
    html += escapeHtml(latex.slice(end, match.index));
    const tex = display ?? bracketed ?? environment;
    html += tex === undefined
      ? renderMath(inline ?? round ?? "", "inline")
      : renderMath(tex, "display");
    end = match.index + whole.length;
  }
  return `<div class="latex">${html}${escapeHtml(latex.slice(end))}</div>`;
}

const LATEX_FORMULA =
  /\$\$(.+?)\$\$|\\\[(.+?)\\\]|(\\begin\{(\w+\*?)\}.+?\\end\{\4\})|\$(.+?)\$|\\\((.+?)\\\)/gs;
