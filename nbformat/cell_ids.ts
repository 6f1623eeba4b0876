/**
 * Cell ids: every cell of a notebook has one, valid and unlike all others.
 *
 * Files older than nbformat 4.5 have none, and copied cells share theirs. Pure:
 * the same file gets the same ids each time it is read.
 * @module
 */

/** What is known of a cell that needs an id. */
export interface CellWithoutId {
  /** Where the cell stands in its notebook, the first being 0. */
  readonly index: number;
  /** The kind of cell. */
  readonly cell_type: string;
  /** The cell's text. */
  readonly source: string;
}

/** Makes an id; the caller makes it unique if it is taken. */
export type CellIdMaker = (cell: CellWithoutId) => string;

/**
 * Gives an id to every cell that has none, an invalid one or a repeated one.
 *
 * Source: nbformat, "Cell ids": `^[a-zA-Z0-9-_]{1,64}$`, unique in the notebook.
 *
 * @param cells Cells as a file holds them.
 * @param makeId Makes an id for one cell.
 * @returns The same cells, each with its id.
 * @throws {RangeError} If `makeId` returns an invalid id.
 */
export function assignCellIds<C extends CellBeforeIds>(
  cells: readonly C[],
  makeId: CellIdMaker = makeContentId,
): (C & { id: string })[] {
  // Ids in the file come first: a made one must not take an id further down.
  const taken = new Map<string, number>();
  const kept = cells.map(({ id }) => {
    if (typeof id !== "string" || !VALID_ID.test(id) || taken.has(id)) {
      return undefined;
    }
    taken.set(id, 1);
    return id;
  });
  return cells.map((cell, index) => {
    const id = kept[index] ?? makeUnique(makeId({ ...cell, index }), taken);
    return { ...cell, id };
  });
}

/**
 * Makes an id from what a cell says, so that it stays when the cell moves.
 *
 * Source: FNV-1a, 32 bits, over UTF-16 units.
 *
 * @param cell The cell.
 * @returns Eight hexadecimal digits.
 */
export function makeContentId(cell: CellWithoutId): string {
  const text = `${cell.cell_type}\n${cell.source}`;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}

/** A cell as a file holds it: its id may be missing, or not an id at all. */
interface CellBeforeIds {
  readonly id?: unknown;
  readonly cell_type: string;
  readonly source: string;
}

/** `taken` has the number of the last copy of each id. */
function makeUnique(id: string, taken: Map<string, number>): string {
  if (!VALID_ID.test(id)) {
    throw new RangeError(
      `Cannot make cell id: found ${JSON.stringify(id)}, ` +
        "expected 1 to 64 of a-z, A-Z, 0-9, - and _",
    );
  }
  let unique = id;
  // Going on from the last copy: many cells may say the same.
  let copy = taken.get(id) ?? 1;
  while (taken.has(unique)) {
    const suffix = `-${++copy}`;
    unique = id.slice(0, 64 - suffix.length) + suffix;
  }
  taken.set(id, copy);
  taken.set(unique, unique === id ? copy : 1);
  return unique;
}

const VALID_ID = /^[a-zA-Z0-9_-]{1,64}$/;
