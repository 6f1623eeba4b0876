/**
 * The places in a thread's source at which steps are made.
 *
 * Pure but for the list that it keeps. Used by `instrument.ts`.
 * @module
 */
import type { AnyNode } from "npm:acorn@8.19.0";
import type { Site } from "./operations.ts";
import type { Quoted } from "./refusal.ts";

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
