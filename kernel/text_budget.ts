/**
 * How much text one execution may show: all of it up to a limit, then the
 * beginning and the end, with the middle counted. Pure.
 *
 * A loop that prints for ever must not fill the notebook, the front end or our
 * memory. Units: UTF-16 units.
 * @module
 */

/** How much an execution has shown, and what is held back for its end. */
export interface TextBudget {
  /** How much may still be shown at once. */
  readonly left: number;
  /** The last text, held back since the limit was reached. */
  readonly tail: string;
  /** How many lines were dropped between the beginning and the tail. */
  readonly droppedLines: number;
  /** How much text was dropped. */
  readonly dropped: number;
}

/** The budget of an execution that has shown nothing. */
export const FULL_BUDGET: TextBudget = {
  left: 4 * 1024 * 1024,
  tail: "",
  droppedLines: 0,
  dropped: 0,
};

/**
 * Takes text that an execution printed.
 *
 * @param budget What it has left.
 * @param text What it printed.
 * @returns What to show now, and what it has left then.
 */
export function takeText(
  budget: TextBudget,
  text: string,
): { readonly budget: TextBudget; readonly shown: string } {
  if (text.length <= budget.left) {
    return {
      budget: { ...budget, left: budget.left - text.length },
      shown: text,
    };
  }
  const end = budget.left === 0 ? 0 : lineEnd(text, budget.left);
  const held = budget.tail + text.slice(end);
  const from = held.length <= MAX_TAIL
    ? 0
    : lineStart(held, held.length - MAX_TAIL);
  return {
    budget: {
      left: 0,
      tail: held.slice(from),
      droppedLines: budget.droppedLines + countLines(held.slice(0, from)),
      dropped: budget.dropped + from,
    },
    shown: text.slice(0, end),
  };
}

/**
 * Gives what was held back, when an execution ends.
 *
 * @param budget What it has left.
 * @returns The text to show, with a line that counts what was dropped.
 */
export function restOfText(budget: TextBudget): string {
  const { tail, dropped, droppedLines } = budget;
  if (dropped === 0) return tail;
  const count = droppedLines.toLocaleString("en");
  const size = (dropped / 1024 / 1024).toFixed(1);
  return `[… ${count} lines (${size} Mi characters) not shown …]\n${tail}`;
}

/** The end of the last whole line within a length; a line too long for the tail is cut. */
function lineEnd(text: string, length: number): number {
  return text.lastIndexOf("\n", length - 1) + 1 ||
    (text.length > MAX_TAIL ? length : 0);
}

/** The start of the first line after a place; the place if there is none. */
function lineStart(text: string, from: number): number {
  const start = text.indexOf("\n", from) + 1;
  return start === 0 || start === text.length ? from : start;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = -1; (at = text.indexOf("\n", at + 1)) !== -1;) count++;
  return count;
}

const MAX_TAIL = 64 * 1024;
