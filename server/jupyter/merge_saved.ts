/**
 * Takes what a client that knows only whole notebooks has saved into a document
 * that others edit. Pure.
 *
 * A save names no base: it is what the client was last given, or has last saved.
 * Where both changed the same lines, the client's user was asked by the client
 * and has the last word; what that replaces is kept aside.
 * @module
 */
import { isSame, mergeNotebooks } from "../../document/mod.ts";
import type { Cell, CodeCell, Notebook } from "../../nbformat/mod.ts";

/** What is joined. */
export interface SavedSides {
  /** What the client had. */
  readonly base: Notebook;
  /** The document. */
  readonly ours: Notebook;
  /** What the client sent. */
  readonly theirs: Notebook;
  /**
   * Whether the client knows best what a cell shows: it was the last to run it,
   * and nobody else could have been.
   */
  readonly ranByClient: (cellId: string) => boolean;
}

/** Joins them. */
export function mergeSaved({ base, ours, theirs, ranByClient }: SavedSides): {
  readonly notebook: Notebook;
  /** Cells of the document whose text gave way. */
  readonly replaced: readonly Cell[];
} {
  const merged = mergeNotebooks({ base, ours, theirs });
  const [was, own, sent] = [byId(base), byId(ours), byId(theirs)];
  const replaced: Cell[] = [];
  const cells = merged.notebook.cells.map((cell) => {
    const [before, mine, other] = [
      was.get(cell.id),
      own.get(cell.id),
      sent.get(cell.id),
    ];
    if (mine === undefined || other === undefined) return cell;
    let next = cell;
    if (merged.conflicts.includes(cell.id)) {
      replaced.push(mine);
      next = other;
    }
    if (
      next.cell_type !== "code" || mine.cell_type !== "code" ||
      other.cell_type !== "code"
    ) return next;
    const isTheirs = ranByClient(cell.id) ||
      before?.cell_type === "code" && isSame(before.outputs, mine.outputs);
    return { ...next, ...shown(isTheirs ? other : mine, mine) };
  });
  return { notebook: { ...merged.notebook, cells }, replaced };
}

function byId({ cells }: Notebook): ReadonlyMap<string, Cell> {
  return new Map(cells.map((cell) => [cell.id, cell]));
}

/** What is the same stays the same object, so that nobody draws it again. */
function shown(
  { outputs, execution_count }: CodeCell,
  known: CodeCell,
): Pick<CodeCell, "outputs" | "execution_count"> {
  return {
    outputs: isSame(outputs, known.outputs) ? known.outputs : outputs,
    execution_count,
  };
}
