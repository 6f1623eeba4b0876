/**
 * Formulas in Markdown: `$…$` in a line, `$$…$$` and `\begin{…}` on their own.
 *
 * Prices must not turn into formulas: as in Pandoc, an opening `$` has text right
 * after it, a closing one has text right before it and no digit right after it.
 * Pure: adds rules to a Markdown parser, which yields tokens `math_inline` and
 * `math_display` with the TeX as their content.
 * @module
 */
import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

/**
 * Teaches a Markdown parser formulas.
 *
 * @param parser The parser to add the rules to.
 */
export function addMathSyntax(parser: MarkdownIt): void {
  parser.inline.ruler.after("escape", "math_inline", parseInlineMath);
  parser.block.ruler.before("fence", "math_display", parseDisplayMath, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
}

// markdown-it asks silently to learn whether there is a formula, not for it.
function parseInlineMath(state: StateInline, isSilent: boolean): boolean {
  const formula = matchInlineMath(state.src, state.pos);
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
  if (!OPENING.test(getLine(state, firstLine))) return false;
  const lines: string[] = [];
  for (let line = firstLine; line < lastLine; line++) {
    const text = getLine(state, line);
    const isOutside = (state.sCount[line] ?? 0) < state.blkIndent;
    // A blank line ends it: a lone "$$" must not swallow the rest of the cell.
    if (isOutside || text.trim() === "") return false;
    lines.push(text);
    const tex = matchDisplayMath(lines.join("\n"));
    if (tex === undefined) continue;
    if (!isSilent) {
      state.push("math_display", "math", 0).content = tex;
      state.line = line + 1;
    }
    return true;
  }
  return false;
}

function getLine(state: StateBlock, line: number): string {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  return state.src.slice(start, state.eMarks[line]);
}

/** A formula within a line. */
interface InlineMath {
  readonly tex: string;
  readonly isDisplay: boolean;
  /** Length with delimiters, in UTF-16 units. */
  readonly length: number;
}

function matchInlineMath(source: string, at: number): InlineMath | undefined {
  if (source[at] !== "$" || /[\w$]/.test(source[at - 1] ?? "")) return;
  INLINE.lastIndex = at;
  const match = INLINE.exec(source);
  const tex = match?.[1] ?? match?.[2];
  if (match === null || tex === undefined) return;
  const isDisplay = match[1] !== undefined;
  return { tex, isDisplay, length: match[0].length };
}

function matchDisplayMath(text: string): string | undefined {
  const match = DISPLAY.exec(text);
  return match?.[1] ?? match?.[2];
}

// A backtick ends the search: what follows may be a code span, which wins.
const INLINE =
  /\$\$((?:\\.|[^\\$`])+)\$\$|\$(?![\s$])((?:\\.|[^\\$`])*?(?:\\.|[^\\$`\s]))\$(?!\d)/sy;
const OPENING = /^(?:\$\$|\\begin\{\w+\*?\})/;
const DISPLAY = /^\$\$(.+?)\$\$\s*$|^(\\begin\{(\w+\*?)\}.*\\end\{\3\})\s*$/s;
