/**
 * Cells that were run, and that nobody has asked about yet: not even read.
 * @module
 */
import type { RanCell } from "./lsp/cell_documents.ts";
import { Turns } from "./lsp/turns.ts";
import type { CellOutline } from "./outline.ts";
import { READ_MS, type ReadOutline } from "./reading.ts";

/** Cells that are not read, in the order in which they were run. */
export class UnreadCells {
  readonly #read: ReadOutline;
  readonly #turns = new Turns();
  #cells: RanCell[] = [];

  /** @param read Reads a cell. */
  constructor(read: ReadOutline) {
    this.#read = read;
  }

  /** Takes a cell. */
  add(cell: RanCell): void {
    this.#cells.push(cell);
  }

  /** Forgets all cells. */
  clear(): void {
    this.#cells = [];
  }

  /**
   * Reads all cells, one after another; those that can not be read are left
   * out: their names stay unknown.
   *
   * @param take Takes each, in order.
   */
  async readAll(
    take: (cell: RanCell, outline: CellOutline) => void,
  ): Promise<void> {
    await this.#turns.take(async () => {
      for (let cell; (cell = this.#cells[0]) !== undefined;) {
        const outline = await this.#read(cell.source, READ_MS);
        // The session is a new one: it was forgotten.
        if (this.#cells[0] !== cell) continue;
        this.#cells.shift();
        if (outline !== null) take(cell, outline);
      }
    });
  }
}
