/**
 * Joins two notebooks that come from a third: the file was changed outside while
 * the document was edited.
 *
 * Cells are matched by id, then their text line by line. What can not be joined
 * is told, and both are kept. Pure.
 * @module
 */
import { diff3Merge } from "node-diff3";
import type { Cell, Metadata, Notebook } from "../nbformat/mod.ts";

/** Two notebooks joined. */
export interface Merged {
  /** The notebook; where they disagree, it has ours. */
  readonly notebook: Notebook;
  /** Ids of the cells in which they disagree; empty if they could be joined. */
  readonly conflicts: readonly string[];
}

/** What a merge starts from. */
export interface MergeSides {
  /** What both come from. */
  readonly base: Notebook;
  /** The document's. */
  readonly ours: Notebook;
  /** The file's. */
  readonly theirs: Notebook;
}

/** Joins what two sides did to a notebook. */
export function mergeNotebooks({ base, ours, theirs }: MergeSides): Merged {
  const [inBase, inOurs, inTheirs] = [byId(base), byId(ours), byId(theirs)];
  const conflicts: string[] = [];
  const cells = orderIds({ base, ours, theirs }).flatMap((id): Cell[] => {
    const [was, own, other] = [
      inBase.get(id),
      inOurs.get(id),
      inTheirs.get(id),
    ];
    if (own !== undefined && other !== undefined) {
      const { cell, isWhole } = mergeCell(was, own, other);
      if (!isWhole) conflicts.push(id);
      return [cell];
    }
    const left = own ?? other!;
    // New on one side; or removed on the other, where it had not been changed.
    if (was === undefined) return [left];
    if (isSame(was, left)) return [];
    conflicts.push(id);
    return [left];
  });
  const metadata = mergeMetadata(base.metadata, ours.metadata, theirs.metadata);
  const nbformat_minor = Math.max(ours.nbformat_minor, theirs.nbformat_minor);
  return { notebook: { ...ours, nbformat_minor, metadata, cells }, conflicts };
}

/** Tells whether two JSON values are the same, whatever the order of fields. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (
    typeof a !== "object" || typeof b !== "object" || a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  ) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length &&
    keys.every((key) =>
      Object.hasOwn(b, key) && isSame(Reflect.get(a, key), Reflect.get(b, key))
    );
}

function byId({ cells }: Notebook): ReadonlyMap<string, Cell> {
  return new Map(cells.map((cell) => [cell.id, cell]));
}

function mergeCell(
  was: Cell | undefined,
  own: Cell,
  other: Cell,
): { readonly cell: Cell; readonly isWhole: boolean } {
  if (isSame(own, other) || was !== undefined && isSame(was, other)) {
    return { cell: own, isWhole: true };
  }
  if (was !== undefined && isSame(was, own)) {
    return { cell: other, isWhole: true };
  }
  const source = mergeLines(was?.source ?? "", own.source, other.source);
  const isOneKind = own.cell_type === other.cell_type;
  const base = was?.metadata ?? {};
  const metadata = mergeMetadata(base, own.metadata, other.metadata);
  // Outputs are made again by running; the side that ran has the newer ones.
  const shown = own.cell_type === "code" && other.cell_type === "code" &&
      was?.cell_type === "code" && isSame(was.outputs, own.outputs)
    ? { outputs: other.outputs, execution_count: other.execution_count }
    : {};
  return {
    cell: { ...own, metadata, ...shown, source: source ?? own.source } as Cell,
    isWhole: source !== null && isOneKind,
  };
}

/** Null where both changed the same lines. */
function mergeLines(was: string, own: string, other: string): string | null {
  if (own === other || was === other) return own;
  if (was === own) return other;
  const regions = diff3Merge(
    own.split("\n"),
    was.split("\n"),
    other.split("\n"),
    { excludeFalseConflicts: true },
  );
  const lines: string[] = [];
  for (const { ok } of regions) {
    if (ok === undefined) return null;
    lines.push(...ok);
  }
  return lines.join("\n");
}

/** Field by field; where both changed one, ours stays. */
function mergeMetadata(
  was: Metadata,
  own: Metadata,
  other: Metadata,
): Metadata {
  const keys = new Set([...Object.keys(own), ...Object.keys(other)]);
  return Object.fromEntries([...keys].flatMap((key) => {
    const from = isSame(was[key], own[key]) ? other : own;
    return Object.hasOwn(from, key) ? [[key, from[key]]] : [];
  }));
}

/** Every id of either side: in our order, theirs put below what they stand below. */
function orderIds({ base, ours, theirs }: MergeSides): string[] {
  const ids = (notebook: Notebook) => notebook.cells.map(({ id }) => id);
  const [was, own, other] = [ids(base), ids(ours), ids(theirs)];
  // Who moved nothing takes the order of who did.
  const common = (list: string[]) =>
    list.filter((id) =>
      was.includes(id) && own.includes(id) && other.includes(id)
    ).join();
  const [first, second] = common(own) === common(was)
    ? [other, own]
    : [own, other];
  const order = [...first];
  for (const [index, id] of second.entries()) {
    if (order.includes(id)) continue;
    const above = second.slice(0, index).findLast((one) => order.includes(one));
    order.splice(above === undefined ? 0 : order.indexOf(above) + 1, 0, id);
  }
  return order;
}
