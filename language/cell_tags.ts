/**
 * Tags that stand in a cell's first comment and say what the cell is for, as
 * notebooks for tslab have them. Pure.
 *
 * `@module name` makes the cell a module that other cells import as `"./name"`;
 * `@browser` makes it code for a web page, which is not run here.
 * @module
 */

/** What a cell is for. */
export interface CellTags {
  /** The module that it is. @default it is none */
  readonly module: string | null;
  /** Whether it is code for a web page. */
  readonly isBrowser: boolean;
  /** Whether its module may hold JSX. */
  readonly isJsx: boolean;
}

/**
 * Reads the tags of a cell.
 *
 * @param source The cell.
 */
export function readTags(source: string): CellTags {
  if (!source.includes("@module") && !source.includes("@browser")) return NONE;
  const [comments] = LEADING.exec(source)!;
  const tags = new Map<string, string>();
  for (const [, comment] of comments.matchAll(/\/\*\*(.*?)\*\//gs)) {
    for (const [line] of comment!.matchAll(TAG_LINE)) {
      for (const [, tag, word] of line.matchAll(TAG)) tags.set(tag!, word!);
    }
  }
  const name = tags.get("module") ?? "";
  return {
    module: /^\w+$/.test(name) ? name : null,
    isBrowser: tags.has("browser") && !tags.has("node"),
    isJsx: tags.has("jsx"),
  };
}

const NONE: CellTags = { module: null, isBrowser: false, isJsx: false };
/** White space and comments. */
const LEADING = /^(?:\s|\/\/[^\n]*|\/\*.*?\*\/)*/s;
/** A line that begins with a tag. */
const TAG_LINE = /^[\s*]*@.*$/gm;
/** A tag, and the word after it. */
const TAG = /@(module|browser|node|jsx)\b[ \t]*([^\s@]*)/g;
