/**
 * Where formulas begin and end in text: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`,
 * `\begin{…}…\end{…}` and `\eqref{…}`.
 *
 * Prices must not turn into formulas: as in Pandoc, an opening `$` has text right
 * after it, a closing one has text right before it and no digit right after it;
 * either may stand on a line of its own. Pure. Looks a bounded way ahead, so that
 * a text takes time in proportion to its length.
 * @module
 */

/** A formula in a text. */
export interface FormulaInText {
  /** The formula, without delimiters. */
  readonly tex: string;
  /** Whether it stands on lines of its own. */
  readonly isDisplay: boolean;
  /** Length with delimiters, in UTF-16 units. */
  readonly length: number;
}

/**
 * Reads the formula that begins at a place, if one does.
 *
 * @param source The text.
 * @param at The place, an offset.
 * @returns The formula, or undefined.
 */
export function readFormula(
  source: string,
  at: number,
): FormulaInText | undefined {
  if (source[at] === "$") return readDollars(source, at);
  if (source[at] !== "\\") return undefined;
  return readBrackets(source, at) ?? readEnvironment(source, at) ??
    readReference(source, at);
}

function readDollars(source: string, at: number): FormulaInText | undefined {
  if (/[\w$\\]/.test(source[at - 1] ?? "")) return undefined;
  const isDisplay = source[at + 1] === "$";
  const delimiter = isDisplay ? "$$" : "$";
  const start = at + delimiter.length;
  const end = findEnd(source, start, "$");
  if (end === undefined || end === start) return undefined;
  if (!source.startsWith(delimiter, end)) return undefined;
  const tex = source.slice(start, end);
  const length = end + delimiter.length - at;
  if (isDisplay) return { tex, isDisplay, length };
  const hasSpace = /^[^\S\n]+(?!\s*\n)|^[^\S\n]*$/.test(tex) ||
    (/\s$/.test(tex) && !/\n[^\S\n]*$/.test(tex));
  const isPrice = /\d/.test(source[end + 1] ?? "");
  return hasSpace || isPrice || tex.trim() === ""
    ? undefined
    : { tex: tex.trim(), isDisplay, length };
}

/** With one backslash as in TeX, or two, as Jupyter wants them in Markdown. */
function readBrackets(source: string, at: number): FormulaInText | undefined {
  OPENING.lastIndex = at;
  const [opening] = OPENING.exec(source) ?? [];
  if (opening === undefined) return undefined;
  const isDisplay = opening.endsWith("[");
  const closing = opening.slice(0, -1) + (isDisplay ? "]" : ")");
  const start = at + opening.length;
  const ahead = source.slice(start, start + MAX_LENGTH);
  const end = ahead.indexOf(closing);
  // Another one that begins before this one ends: neither is a formula.
  const next = ahead.indexOf(opening);
  if (end < 0 || (next >= 0 && next < end)) return undefined;
  const tex = source.slice(start, start + end);
  if (tex.trim() === "" || BLANK_LINE.test(tex)) return undefined;
  // One backslash also escapes a bracket: `\[not a link\]`.
  const isEscape = opening.length === 2 && !LOOKS_LIKE_TEX.test(tex);
  if (isEscape) return undefined;
  return { tex, isDisplay, length: opening.length * 2 + end };
}

function readEnvironment(
  source: string,
  at: number,
): FormulaInText | undefined {
  BEGIN.lastIndex = at;
  const name = BEGIN.exec(source)?.[1];
  if (name === undefined) return undefined;
  const ahead = source.slice(at, at + MAX_LENGTH);
  const mark = new RegExp(
    `\\\\(begin|end)\\{${name.replace("*", "\\*")}\\}|\\n[^\\S\\n]*\\n`,
    "g",
  );
  let depth = 0;
  for (const match of ahead.matchAll(mark)) {
    if (match[1] === undefined) return undefined;
    depth += match[1] === "begin" ? 1 : -1;
    if (depth > 0) continue;
    const length = match.index + match[0].length;
    return { tex: ahead.slice(0, length), isDisplay: true, length };
  }
  return undefined;
}

function readReference(source: string, at: number): FormulaInText | undefined {
  REFERENCE.lastIndex = at;
  const [tex] = REFERENCE.exec(source) ?? [];
  return tex === undefined
    ? undefined
    : { tex, isDisplay: false, length: tex.length };
}

/** The next such character that is not escaped, on this side of a blank line. */
function findEnd(
  source: string,
  start: number,
  character: string,
): number | undefined {
  const limit = Math.min(source.length, start + MAX_LENGTH);
  for (let at = start; at < limit; at++) {
    if (source[at] === character) return at;
    if (source[at] === "\\") at += 1;
    // What follows a backtick may be a code span, which wins.
    else if (source[at] === "`") return undefined;
    else if (source[at] === "\n" && isBlank(source, at + 1)) return undefined;
  }
  return undefined;
}

/** Whether the line that begins here is blank, and not the last. */
function isBlank(source: string, at: number): boolean {
  let end = at;
  while (source[end] === " " || source[end] === "\t") end += 1;
  return source[end] === "\n";
}

const OPENING = /\\{1,2}[([]/y;
const BEGIN = /\\begin\{(\w{1,40}\*?)\}/y;
const REFERENCE = /\\(?:eq)?ref\{[\w:.+-]{1,100}\}/y;
const LOOKS_LIKE_TEX = /[\\^_{}=+<>]|^\s*[A-Za-z]\s*$|^\s*\n[^]*\n\s*$/;
const BLANK_LINE = /\n[^\S\n]*\n/;

/** No formula is as long as this; what looks so is something else. */
const MAX_LENGTH = 4000;
