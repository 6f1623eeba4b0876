/**
 * Keys of command mode: Jupyter's, so that hands know them. Pure.
 * @module
 */
/// <reference lib="dom" />

/** What a key can mean. */
export type Command =
  | "edit"
  | "up"
  | "down"
  | "above"
  | "below"
  | "remove"
  | "undo"
  | "redo"
  | "code"
  | "markdown"
  | "raw"
  | "copy"
  | "cut"
  | "paste"
  | "join"
  | "move-up"
  | "move-down"
  | "interrupt"
  | "restart"
  | "find"
  | "keys";

/** Keys of command mode, with what the list of keys says of them. */
export const KEYS: readonly (readonly [string, string])[] = [
  ["Enter", "Edit the cell"],
  ["Esc", "Leave the editor"],
  ["Shift + Enter", "Run, go to the next cell"],
  ["Ctrl + Enter", "Run, stay"],
  ["Alt + Enter", "Run, insert a cell below"],
  ["↑ ↓ or k j", "Go to another cell"],
  ["a, b", "Insert a cell above, below"],
  ["d d", "Remove the cell (it stays in the bin)"],
  ["z, Shift + z", "Undo, redo a change of cells"],
  ["y, m, r", "Make it code, text, raw"],
  ["c, x, v", "Copy, cut, paste the cell"],
  ["Shift + m", "Join with the cell below"],
  ["Ctrl + Shift + -", "Split at the cursor (in the editor)"],
  ["Alt + ↑ ↓", "Move the cell"],
  ["f", "Find and replace, in all cells"],
  ["i i", "Interrupt"],
  ["0 0", "Restart the kernel"],
  ["Ctrl + s", "Save now"],
  ["h", "Show these keys"],
];

/** Finds what a key means in command mode; null for nothing. */
export function findCommand(
  event: KeyboardEvent,
  twice: boolean,
): Command | null {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  if (ctrlKey || metaKey) return null;
  if (altKey) {
    return key === "ArrowUp"
      ? "move-up"
      : key === "ArrowDown"
      ? "move-down"
      : null;
  }
  if (shiftKey) return SHIFTED[key] ?? null;
  if (twice && TWICE[key] !== undefined) return TWICE[key];
  return SINGLE[key] ?? null;
}

const SINGLE: Readonly<Record<string, Command>> = {
  Enter: "edit",
  ArrowUp: "up",
  k: "up",
  ArrowDown: "down",
  j: "down",
  a: "above",
  b: "below",
  z: "undo",
  y: "code",
  m: "markdown",
  r: "raw",
  c: "copy",
  x: "cut",
  v: "paste",
  f: "find",
  h: "keys",
};
const SHIFTED: Readonly<Record<string, Command>> = { Z: "redo", M: "join" };
const TWICE: Readonly<Record<string, Command>> = {
  d: "remove",
  i: "interrupt",
  0: "restart",
};
