/**
 * Cells as shared memory: how a value is laid out so that all threads see it.
 *
 * Shipped into Workers by its own text: nothing from outside is used.
 *
 * Shape: a cell is 16 numbers of 8 bytes: what kind of value it is (0 number,
 * 1 boolean, 2 `null`, 3 `undefined`, 4 text), the number or the length, and
 * room for 56 UTF-16 units.
 * @module
 */

/** Reads and writes cells by their number. */
export interface Cells {
  read(cell: number): unknown;
  write(cell: number, value: unknown): void;
}

/**
 * Opens shared memory as cells.
 *
 * Plain accesses: threads take turns here, and the handing over of a turn by
 * `Atomics` makes all that was written before visible.
 */
export function openCells(memory: SharedArrayBuffer): Cells {
  const slots = 16;
  const kinds = ["number", "boolean", "null", "undefined", "string"];
  const numbers = new Float64Array(memory);
  const units = new Uint16Array(memory);
  return {
    read(cell) {
      const at = cell * slots;
      const value = numbers[at + 1]!;
      const kind = kinds[numbers[at]!];
      if (kind === "boolean") return value === 1;
      if (kind === "null") return null;
      if (kind === "undefined") return undefined;
      if (kind === "number") return value;
      const start = (at + 2) * 4;
      return String.fromCharCode(...units.slice(start, start + value));
    },
    write(cell, value) {
      const at = cell * slots;
      const kind = value === null ? "null" : typeof value;
      numbers[at] = kinds.indexOf(kind);
      if (typeof value === "string") {
        numbers[at + 1] = value.length;
        for (let i = 0; i < value.length; i++) {
          units[(at + 2) * 4 + i] = value.charCodeAt(i);
        }
      } else {
        numbers[at + 1] = kind === "undefined" || kind === "null"
          ? 0
          : Number(value);
      }
    },
  };
}

/** Room of one cell. Units: bytes. */
export const CELL_BYTES = 128;
