/**
 * Places in a thread's source: the numbers of those at which steps are made, and
 * what is said of one that cannot be followed.
 *
 * Pure but for the list of places. Used by `instrument.ts` and the files that it
 * reads source with.
 * @module
 */
import type { AnyNode } from "npm:acorn@8.19.0";
import type { Site } from "./operations.ts";

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

/** Numbers places. */
export interface Sites {
  readonly sites: readonly Site[];
  /** The number of a node's place; of the same place it is the same. */
  siteOf(node: AnyNode): number;
}

/** Makes what numbers the places of one thread. */
export function createSites({ text, offset }: Quoted): Sites {
  const own = text.slice(offset);
  const sites: Site[] = [];
  const known = new Map<string, number>();
  return {
    sites,
    siteOf({ start }) {
      const before = text.slice(offset, start).split("\n");
      const line = before.length;
      const column = (before.at(-1) ?? "").length + 1;
      const key = `${line}:${column}`;
      const number = known.get(key) ?? sites.length;
      if (number === sites.length) {
        const source = own.split("\n")[line - 1]?.trim() ?? "";
        sites.push({ line, column, source });
        known.set(key, number);
      }
      return number;
    },
  };
}
