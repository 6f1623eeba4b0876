/**
 * Cells as shared memory, how a value is laid out so that all threads see it, and
 * what a step does to cells, wherever they are.
 *
 * Shipped into Workers by its own text: nothing from outside is used.
 *
 * Shape: a cell is 64 UTF-16 units: the length of a text, and the text, whose first
 * unit is the kind of value (number, string, boolean, `null`, `undefined`).
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
  const size = 64;
  const units = new Uint16Array(memory);
  return {
    read(cell) {
      const start = cell * size + 1;
      const codes = units.slice(start, start + units[start - 1]!);
      const kind = String.fromCharCode(codes[0]!);
      const text = String.fromCharCode(...codes.subarray(1));
      if (kind === "n") return Number(text);
      if (kind === "b") return text === "true";
      if (kind === "s") return text;
      return kind === "u" ? undefined : null;
    },
    write(cell, value) {
      const kind = value === null ? "-" : (typeof value)[0];
      const text = kind + (Object.is(value, -0) ? "-0" : String(value));
      units[cell * size] = text.length;
      for (let i = 0; i < text.length; i++) {
        units[cell * size + 1 + i] = text.charCodeAt(i);
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
  const change = (value: unknown) => {
    cells.set(name, value);
    return before;
  };
  switch (operation) {
    case "write":
    case "store":
      change(first);
      return first;
    case "exchange":
      return change(first);
    case "compareExchange":
      return Object.is(before, first) ? change(second) : before;
    case "add":
      return change(number + operand);
    case "sub":
      return change(number - operand);
    case "and":
      return change(number & operand);
    case "or":
      return change(number | operand);
    case "xor":
      return change(number ^ operand);
    case "acquire":
      return void change(number - 1);
    case "release":
      return void change(number + 1);
    default:
      return before;
  }
}

/** Room of one cell. Units: bytes. */
export const CELL_BYTES = 128;
