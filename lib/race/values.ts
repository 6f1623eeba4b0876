/**
 * Values of cells: which are allowed, and how they are written.
 *
 * Pure.
 * @module
 */

/** Tells whether a value is plain: it can be copied cell by cell. */
export function isScalar(value: unknown): boolean {
  return value === null || value === undefined ||
    ["number", "string", "boolean"].includes(typeof value);
}

/** Makes sure that shared memory can hold a value. */
export function checkCell(value: unknown, cell: string): unknown {
  if (!isScalar(value)) {
    throw new TypeError(
      `Cannot write cell "${cell}": it is ${describeKind(value)}, ` +
        `expected a number, a short text, a boolean or null: threads share no objects`,
    );
  }
  if (typeof value === "string" && value.length > MAX_TEXT_LENGTH) {
    throw new RangeError(
      `Cannot write cell "${cell}": the text has ${value.length} characters, ` +
        `expected ${MAX_TEXT_LENGTH} at most`,
    );
  }
  return value;
}

/** Writes a value as in a program. */
export function writeValue(value: unknown, depth = 3): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (depth === 0) return "…";
  const write = (one: unknown) => writeValue(one, depth - 1);
  if (Array.isArray(value)) return `[${value.map(write).join(", ")}]`;
  const join = (entries: Iterable<readonly [string, unknown]>) =>
    `{${[...entries].map(([key, one]) => `${key}: ${write(one)}`).join(", ")}}`;
  if (value instanceof Map) {
    return `Map ${join([...value].map(([key, one]) => [write(key), one]))}`;
  }
  if (value instanceof Set) return `Set {${[...value].map(write).join(", ")}}`;
  if (value instanceof Promise) return "a promise";
  return join(Object.entries(value));
}

/** Writes the values of all cells, as `x: 1, y: 2`. */
export function writeMemory(memory: Readonly<Record<string, unknown>>): string {
  return Object.entries(memory).map(([name, value]) =>
    `${name}: ${writeValue(value)}`
  ).join(", ");
}

/** Writes a condition on one of the cells: what a check may look like. */
export function sketchCheck(memory: Readonly<Record<string, unknown>>): string {
  const [cell, value] =
    Object.entries(memory).find(([, one]) => isScalar(one)) ?? ["x", 2];
  return `m.${cell} === ${writeValue(value)}`;
}

function describeKind(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "object") return "an object";
  return `a ${typeof value}`;
}

/** So many UTF-16 units fit into a cell's room in shared memory. */
export const MAX_TEXT_LENGTH = 56;
