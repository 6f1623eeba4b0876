/**
 * Finds words in all cells, and replaces them. Pure.
 * @module
 */

/** A place that was found. Offsets are UTF-16 units. */
export interface Match {
  readonly cellId: string;
  readonly from: number;
  readonly to: number;
}

/** What is looked for. */
export interface Search {
  readonly words: string;
  readonly isCaseKept: boolean;
}

/** Lists all places, in the order of the cells. */
export function listMatches(
  cells: readonly { readonly id: string; readonly text: string }[],
  { words, isCaseKept }: Search,
): Match[] {
  if (words === "") return [];
  const pattern = new RegExp(
    words.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
    isCaseKept ? "gu" : "giu",
  );
  const matches: Match[] = [];
  for (const { id: cellId, text } of cells) {
    for (const { index, 0: found } of text.matchAll(pattern)) {
      matches.push({ cellId, from: index, to: index + found.length });
      if (matches.length >= MOST) return matches;
    }
  }
  return matches;
}

/** Groups changes by cell: each cell is changed once. */
export function planReplacements(
  matches: readonly Match[],
  insert: string,
): ReadonlyMap<
  string,
  readonly {
    readonly from: number;
    readonly to: number;
    readonly insert: string;
  }[]
> {
  const plan = new Map<
    string,
    { from: number; to: number; insert: string }[]
  >();
  for (const { cellId, from, to } of matches) {
    const changes = plan.get(cellId) ?? [];
    plan.set(cellId, changes);
    changes.push({ from, to, insert });
  }
  return plan;
}

const MOST = 10_000;
