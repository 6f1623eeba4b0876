/**
 * Which cell of one notebook is which of another: by id, else by how alike they
 * are. Pure.
 * @module
 */
import type { Cell } from "../notebook.ts";

/** Two cells, or one that has no match. */
export interface Match {
  /** Where it was; undefined if it is new. */
  readonly before: number | undefined;
  /** Where it is; undefined if it is gone. */
  readonly after: number | undefined;
}

/**
 * Matches cells.
 *
 * @param before The cells of the older notebook.
 * @param after Those of the newer one.
 * @returns Matches in the order of the newer one; what is gone stands where it was.
 */
export function matchCells(
  before: readonly Cell[],
  after: readonly Cell[],
): Match[] {
  const found = new Map<number, number>();
  const free = new Set(before.keys());
  const take = (from: number, to: number) => {
    found.set(to, from);
    free.delete(from);
  };
  const ids = new Map(before.map((cell, at) => [cell.id, at]));
  after.forEach((cell, at) => {
    const from = ids.get(cell.id);
    // An id that was made from the content says no more than the content.
    if (
      from !== undefined && free.has(from) &&
      before[from]!.cell_type === cell.cell_type
    ) {
      take(from, at);
    }
  });
  const rest = after.flatMap((cell, at) => found.has(at) ? [] : [{ cell, at }]);
  for (const { cell, at } of rest) {
    const same = [...free].find((from) => isSame(before[from]!, cell));
    if (same !== undefined) take(same, at);
  }
  for (const { cell, at } of rest.slice(0, MAX_CELLS)) {
    if (found.has(at)) continue;
    const [best] = [...free].slice(0, MAX_CELLS)
      .filter((from) => before[from]!.cell_type === cell.cell_type)
      .map((from) => ({
        from,
        alike: likeness(before[from]!.source, cell.source),
      }))
      .filter(({ alike }) => alike >= ALIKE)
      .sort((a, b) =>
        b.alike - a.alike || Math.abs(a.from - at) - Math.abs(b.from - at)
      );
    if (best !== undefined) take(best.from, at);
  }
  return inOrder(found, { gone: [...free], count: after.length });
}

function isSame(one: Cell, two: Cell): boolean {
  return one.cell_type === two.cell_type && one.source === two.source;
}

/** Which share of the words of two texts they have in common. */
function likeness(one: string, two: string): number {
  const [left, right] = [countWords(one), countWords(two)];
  let [common, all] = [0, 0];
  for (const word of new Set([...left.keys(), ...right.keys()])) {
    const [a, b] = [left.get(word) ?? 0, right.get(word) ?? 0];
    common += Math.min(a, b);
    all += Math.max(a, b);
  }
  return all === 0 ? 1 : common / all;
}

function countWords(text: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const [word] of text.slice(0, MAX_TEXT).matchAll(/\w+|[^\w\s]/g)) {
    words.set(word, (words.get(word) ?? 0) + 1);
  }
  return words;
}

/** What is gone comes behind the cell that it stood behind. */
function inOrder(
  found: ReadonlyMap<number, number>,
  { gone, count }: { readonly gone: readonly number[]; readonly count: number },
): Match[] {
  const matches: Match[] = Array.from({ length: count }, (_, after) => ({
    before: found.get(after),
    after,
  }));
  for (const before of gone.toSorted((a, b) => a - b)) {
    const at = matches.findLastIndex((match) =>
      match.before !== undefined && match.before < before
    );
    matches.splice(at + 1, 0, { before, after: undefined });
  }
  return matches;
}

/** Less than this in common is another cell. */
const ALIKE = 0.4;
const MAX_CELLS = 400;
const MAX_TEXT = 20_000;
