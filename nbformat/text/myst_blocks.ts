/**
 * Where the cells of a MyST notebook are: the front matter, the fences and the
 * breaks (`+++`) of a Markdown document, by its own rules, so that none of them is
 * found in a list or in another fence.
 *
 * Pure. Source: mdit-py-plugins 0.5, "front_matter", "myst_blocks", which jupytext
 * reads MyST with.
 * @module
 */
import createParser, { type MarkdownIt, type StateBlock } from "markdown-it";

/** A part of a MyST notebook that is no text of a Markdown cell. */
export interface MystBlock {
  readonly type: "front" | "fence" | "break";
  /** What stands in it, or behind the `+++`. */
  readonly content: string;
  /** What stands behind the fence. */
  readonly info: string;
  /** Its first line, from 0, and the one behind its last. */
  readonly lines: readonly [number, number];
  /** Whether it stands in something else, such as a list. */
  readonly isNested: boolean;
}

/**
 * Finds the blocks of a MyST notebook.
 *
 * @param text The file.
 */
export function findBlocks(text: string): readonly MystBlock[] {
  let depth = 0;
  return makeParser().parse(`${text}\n`, {}).flatMap((token) => {
    depth += token.nesting;
    const type = TYPES[token.type];
    return type === undefined ? [] : [{
      type,
      content: token.content,
      info: token.info,
      lines: token.map as [number, number],
      isNested: depth !== 0,
    }];
  });
}

function makeParser(): MarkdownIt {
  const parser = new createParser("commonmark").enable("table")
    .disable("inline");
  const { ruler } = parser.block;
  const alt = ["paragraph", "reference", "blockquote", "list"];
  ruler.before("table", "front_matter", readFront, { alt });
  ruler.before("blockquote", "myst_line_comment", readComment, { alt });
  ruler.before("hr", "myst_block_break", readBreak, { alt });
  ruler.before("hr", "myst_target", readTarget, { alt });
  return parser;
}

/** What stands between dashes at the top. */
function readFront(
  state: StateBlock,
  ...[first, last, isSilent]: [number, number, boolean]
): boolean {
  const dashes = first === 0 && state.src.startsWith("-")
    ? /^-{3,}/.exec(lineOf(state, 0))?.[0].length
    : undefined;
  if (dashes === undefined) return false;
  if (isSilent) return true;
  const ending = new RegExp(`^-{${dashes},}\\s*$`);
  let line = first + 1;
  for (;; line++) {
    if (line >= last) return false;
    const text = lineOf(state, line);
    const isOutside = (state.sCount[line] ?? 0) === 0;
    if (isOutside && /^\.\.\.\s*$/.test(text)) break;
    if (!isIndented(state, line) && ending.test(text)) break;
  }
  const token = state.push("front_matter", "", 0);
  token.content = state.src.slice(
    state.bMarks[first + 1],
    state.eMarks[line - 1],
  );
  state.line = line + 1;
  token.map = [first, state.line];
  return true;
}

/** Lines that begin with `%`. */
function readComment(
  state: StateBlock,
  ...[first, last, isSilent]: [number, number, boolean]
): boolean {
  if (isIndented(state, first) || !lineOf(state, first).startsWith("%")) {
    return false;
  }
  if (isSilent) return true;
  let line = first + 1;
  while (line < last && lineOf(state, line).startsWith("%")) line += 1;
  state.push("myst_line_comment", "", 0);
  state.line = line;
  return true;
}

/** `+++`, with the metadata of the cell that begins there. */
function readBreak(
  state: StateBlock,
  ...[first, , isSilent]: [number, number, boolean]
): boolean {
  if (isIndented(state, first)) return false;
  const [marks] = /^\+[+ \t]*/.exec(lineOf(state, first)) ?? [];
  if (marks === undefined || marks.replaceAll(/[^+]/g, "").length < 3) {
    return false;
  }
  if (isSilent) return true;
  state.line = first + 1;
  const token = state.push("myst_block_break", "hr", 0);
  token.content = lineOf(state, first).slice(marks.length).trim();
  token.map = [first, state.line];
  return true;
}

/** `(name)=`. */
function readTarget(
  state: StateBlock,
  ...[first, , isSilent]: [number, number, boolean]
): boolean {
  if (isIndented(state, first)) return false;
  if (!/^\(.+\)=\s*$/.test(lineOf(state, first))) return false;
  if (isSilent) return true;
  state.line = first + 1;
  state.push("myst_target", "", 0);
  return true;
}

/** A line without what indents it. */
function lineOf(state: StateBlock, line: number): string {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  return state.src.slice(start, state.eMarks[line]);
}

function isIndented(state: StateBlock, line: number): boolean {
  return (state.sCount[line] ?? 0) - state.blkIndent >= 4;
}

const TYPES: Readonly<Record<string, MystBlock["type"] | undefined>> = {
  front_matter: "front",
  fence: "fence",
  myst_block_break: "break",
};
