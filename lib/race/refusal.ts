/**
 * What is said when a thread's source cannot be followed step by step.
 *
 * Pure. Used by `instrument.ts` and the files that it reads source with.
 * @module
 */
import type { AnyNode } from "npm:acorn@8.19.0";

/** Makes the error for a place in the source. */
export type Refuse = (
  node: AnyNode,
  found: string,
  expected: string,
) => TypeError;

/** The source that errors quote. */
export interface Quoted {
  readonly name: string;
  /** The text that the tree was read from. */
  readonly text: string;
  /** Where the learner's own text begins in `text`. */
  readonly offset: number;
}

/** Makes the function that makes errors for one thread. */
export function createRefusal(thread: Quoted): Refuse {
  const source = thread.text.slice(thread.offset);
  return (node, found, expected) => {
    const before = source.slice(0, Math.max(0, node.start - thread.offset));
    const lineNumber = before.split("\n").length;
    const line = source.split("\n")[lineNumber - 1]?.trim() ?? "";
    const shown = line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line;
    return new TypeError(
      `Cannot explore "${thread.name}": ${found} ` +
        `(line ${lineNumber}: "${shown}"), expected ${expected}`,
    );
  };
}

const MAX_LINE = 100;
