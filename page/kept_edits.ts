/**
 * Edits that the server may not have, when its notebook is opened anew.
 * @module
 */
import type { PageNotebook } from "./notebook.ts";
import type { UnsentText } from "./texts.ts";

/** What was typed here is typed again; where others typed too, below theirs. */
export function typeAgain(
  notebook: PageNotebook,
  { cellId, text, base }: UnsentText,
): void {
  const cells = notebook.cells.value;
  const cell = cells.find(({ id }) => id === cellId);
  const theirs = notebook.textOf(cellId);
  if (cell !== undefined && theirs === text) return;
  if (cell !== undefined && theirs === base) {
    return notebook.write(cellId, text);
  }
  notebook.notice.value =
    "A cell was changed elsewhere while this page was cut off; what you typed is in a cell below it";
  void notebook.change({
    type: "insert",
    after: cell === undefined ? cells.at(-1)?.id ?? null : cellId,
    cell: {
      id: crypto.randomUUID().slice(0, 8),
      cell_type: cell?.type === "markdown" ? "markdown" : "code",
      source: text,
      metadata: {},
    } as never,
  });
}
