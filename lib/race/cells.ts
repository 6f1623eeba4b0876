/**
 * Cells as shared memory, how a value is laid out so that all threads see it, and
 * what a step does to cells, wherever they are.
 *
 * Shipped into Workers by its own text: nothing from outside is used.
 *
 * Shape: a cell is 16 numbers of 8 bytes: what kind of value it is (0 number,
 * 1 boolean, 2 `null`, 3 `undefined`, 4 text), the number or the length, and
 * room for 56 UTF-16 units.
 * @module
 */
import type { Request } from "./operations.ts";

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

/** Cells by name: a map, or what stands in for one. */
export interface NamedCells {
  get(cell: string): unknown;
  set(cell: string, value: unknown): unknown;
}

/** Does a step on cells, and gives what the thread gets; what may be done was checked before. */
export function operate(
  cells: NamedCells,
  [operation, , target, first, second]: Request,
): unknown {
  const name = String(target);
  const before = cells.get(name);
  const [number, operand] = [before as number, first as number];
  switch (operation) {
    case "write":
    case "store":
      cells.set(name, first);
      return first;
    case "exchange":
      cells.set(name, first);
      return before;
    case "compareExchange":
      if (Object.is(before, first)) cells.set(name, second);
      return before;
    case "add":
      cells.set(name, number + operand);
      return before;
    case "sub":
      cells.set(name, number - operand);
      return before;
    case "and":
      cells.set(name, number & operand);
      return before;
    case "or":
      cells.set(name, number | operand);
      return before;
    case "xor":
      cells.set(name, number ^ operand);
      return before;
    case "acquire":
      cells.set(name, number - 1);
      return undefined;
    case "release":
      cells.set(name, number + 1);
      return undefined;
    default:
      return before;
  }
}

/** Room of one cell. Units: bytes. */
export const CELL_BYTES = 128;
