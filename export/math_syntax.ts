/**
 * Formulas in Markdown, as tokens `math_inline` and `math_display` with the TeX
 * as their content; in HTML blocks too, and in tables, whose bars they may hold.
 *
 * Pure: adds rules to a Markdown parser. Where a formula begins and ends is
 * decided in `math_scan.ts`.
 * @module
 */
import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";
import { type FormulaInText, readFormula } from "./math_scan.ts";

/**
 * Teaches a Markdown parser formulas.
 *
 * @param parser The parser to add the rules to.
 */
export function addMathSyntax(parser: MarkdownIt): void {
  parser.inline.ruler.before("escape", "math_inline", parseInlineMath);
  parser.block.ruler.before("fence", "math_display", parseDisplayMath, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
}

// markdown-it asks silently to learn whether there is a formula, not for it.
function parseInlineMath(state: StateInline, isSilent: boolean): boolean {
  const formula = readFormula(state.src, state.pos);
  if (formula === undefined) return false;
  if (!isSilent) {
    const type = formula.isDisplay ? "math_display" : "math_inline";
    state.push(type, "math", 0).content = formula.tex;
  }
  state.pos += formula.length;
  return true;
}

function parseDisplayMath(
  state: StateBlock,
  ...[firstLine, lastLine, isSilent]: [number, number, boolean]
): boolean {
  const closing = closingOf(getLine(state, firstLine));
  if (closing === undefined) return false;
  const lines: string[] = [];
  const end = Math.min(lastLine, firstLine + MAX_LINES);
  for (let line = firstLine; line < end; line++) {
    const text = getLine(state, line);
    const isOutside = (state.sCount[line] ?? 0) < state.blkIndent;
    // A blank line ends it: a lone "$$" must not swallow the rest of the cell.
    if (isOutside || text.trim() === "") return false;
    // Nor does one bracket that is never closed, before another one.
    const isAgain = line > firstLine && closing.endsWith("]") &&
      closingOf(text) === closing;
    if (isAgain) return false;
    lines.push(text);
    if (!text.trimEnd().endsWith(closing)) continue;
    const block = lines.join("\n").trimEnd();
    const formula = readFormula(block, 0);
    if (formula === undefined) continue;
    // With more than a formula on its lines it is part of a paragraph.
    if (formula.length < block.length) return false;
    if (!isSilent) {
      state.push("math_display", "math", 0).content = formula.tex;
      state.line = line + 1;
    }
    return true;
  }
  return false;
}

function closingOf(line: string): string | undefined {
  const [, opening, name] = /^(\$\$|\\\\?\[|\\begin\{(\w{1,40}\*?)\})/
    .exec(line) ?? [];
  if (opening === undefined || opening === "$$") return opening;
  return name === undefined ? opening.replace("[", "]") : `\\end{${name}}`;
}

function getLine(state: StateBlock, line: number): string {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  return state.src.slice(start, state.eMarks[line]);
}

/**
 * Replaces the formulas in the text of an HTML block.
 *
 * @param html The block, as it was written.
 * @param replace Gives HTML for a formula.
 * @returns The block with the HTML in the place of each formula.
 */
export function replaceFormulas(
  html: string,
  replace: (formula: FormulaInText) => string,
): string {
  const parts: string[] = [];
  // The element whose text is not prose, while in it.
  let verbatim: string | undefined;
  for (let at = 0; at < html.length;) {
    const open = html.indexOf("<", at);
    const textEnd = open < 0 ? html.length : open;
    const text = html.slice(at, textEnd);
    parts.push(verbatim === undefined ? replaceIn(text, replace) : text);
    const close = html.indexOf(">", textEnd);
    const tagEnd = close < 0 ? html.length : close + 1;
    const tag = html.slice(textEnd, tagEnd);
    parts.push(tag);
    at = tagEnd;
    const [, slash, name = ""] = /^<(\/?)(\w+)/.exec(tag) ?? [];
    const element = name.toLowerCase();
    if (slash === "/" && element === verbatim) verbatim = undefined;
    else if (slash === "" && VERBATIM.has(element)) verbatim ??= element;
  }
  return parts.join("");
}

/**
 * Replaces the formulas in a text.
 *
 * @param text The text.
 * @param replace Gives what stands for a formula; it gets the text of it too.
 * @param keep Gives what stands for the text between formulas.
 */
export function replaceIn(
  text: string,
  replace: (formula: FormulaInText, whole: string) => string,
  keep: (text: string) => string = (text) => text,
): string {
  const parts: string[] = [];
  let done = 0;
  START.lastIndex = 0;
  for (let match; (match = START.exec(text)) !== null;) {
    const formula = readFormula(text, match.index);
    if (formula === undefined) continue;
    const end = match.index + formula.length;
    parts.push(keep(text.slice(done, match.index)));
    parts.push(replace(formula, text.slice(match.index, end)));
    done = START.lastIndex = end;
  }
  parts.push(keep(text.slice(done)));
  return parts.join("");
}

/**
 * Hides the bars in formulas, which would end the cell of a table.
 *
 * @param source Markdown.
 * @returns The Markdown, with another character for such a bar.
 */
export function hideBars(source: string): string {
  if (source.includes(BAR) || !source.includes("|")) return source;
  return source.split("\n").map((line) =>
    line.includes("|")
      ? replaceIn(line, (_, whole) => whole.replaceAll("|", BAR))
      : line
  ).join("\n");
}

/**
 * Shows the bars again that {@link hideBars} has hidden.
 *
 * @param text Text or HTML.
 */
export function showBars(text: string): string {
  return text.replaceAll(BAR, "|");
}

const START = /[$\\]/g;
const MAX_LINES = 200;
const VERBATIM = new Set(["pre", "code", "script", "style", "textarea"]);
/** For private use: nobody else gives it a meaning. */
const BAR = "\uf8f0";
