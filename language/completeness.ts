/**
 * Whether what was typed so far is a whole cell.
 *
 * Consoles ask this on every Enter. Pure.
 * @module
 */
import { parseCell } from "./typescript.ts";

/** The answer, in the words of Jupyter's `is_complete_reply`. */
export type Completeness =
  /** It can be evaluated. */
  | { readonly status: "complete" }
  /** Something is missing at its end. */
  | {
    readonly status: "incomplete";
    /** What the next line should begin with: spaces or tabs. */
    readonly indent: string;
  }
  /** No continuation makes it right. */
  | { readonly status: "invalid" };

/**
 * Tells whether a source is complete.
 *
 * It is incomplete when the parser stumbles over nothing but its end.
 *
 * @param source The source so far.
 * @returns The answer.
 */
export function isComplete(source: string): Completeness {
  const { problem } = parseCell(source);
  if (problem === undefined) return { status: "complete" };
  const isAtEnd = problem.start >= source.trimEnd().length &&
    !problem.message.startsWith(UNTERMINATED_STRING);
  const isOpen = isAtEnd || UNCLOSED_JSX.test(problem.message);
  return isOpen
    ? { status: "incomplete", indent: nextIndent(source) }
    : { status: "invalid" };
}

/** The last line's indent, and one step more after an opening bracket. */
function nextIndent(source: string): string {
  const lastLine = source.trimEnd().split("\n").at(-1) ?? "";
  const indent = lastLine.match(/^[ \t]*/)?.[0] ?? "";
  return /(?:[({[]|=>)$/.test(lastLine) ? `${indent}  ` : indent;
}

const UNTERMINATED_STRING = "Unterminated string literal";
const UNCLOSED_JSX = /^JSX (?:element .*|fragment) has no corresponding/;
