/**
 * Whether a value of Python is the same as one of JavaScript.
 *
 * Pure. Models of one language are held to more, by
 * `lib/measure/compare/agreement.ts`.
 * @module
 */

/**
 * Replaces values of Python by those of JavaScript that are the same.
 *
 * Numbers are compared as numbers, to 9 digits: two libraries may differ in the
 * last digits of a sine. `None` is `null` or `undefined`. Typed arrays and
 * arrays are the same if their items are; so are objects and maps.
 */
export function adoptEqual(
  results: readonly unknown[],
  reference: readonly unknown[],
): readonly unknown[] {
  return results.map((result, index) =>
    index < reference.length && isSame(result, reference[index])
      ? reference[index]
      : result
  );
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === null || one === undefined) return (other ?? null) === null;
  if (isNumber(one) && isNumber(other)) return isSameNumber(one, other);
  if (typeof one !== "object" || typeof other !== "object" || !other) {
    return one === other;
  }
  const [ours, theirs] = [entriesOf(one), entriesOf(other)];
  if (ours === null || theirs === null || ours.size !== theirs.size) {
    return false;
  }
  return [...ours].every(([key, value]) =>
    theirs.has(key) && isSame(value, theirs.get(key))
  );
}

/** Items by key; `null` of what no value of Python is the same as. */
function entriesOf(value: object): ReadonlyMap<unknown, unknown> | null {
  if (value instanceof Map) {
    return new Map(
      Array.from(value, ([key, item]) => [toKey(key), item]),
    );
  }
  if (value instanceof Set) {
    return new Map(Array.from(value, (item) => [toKey(item), null]));
  }
  if (Array.isArray(value) || Symbol.iterator in value) {
    return new Map(
      Array.from(value as Iterable<unknown>, (item, index) => [index, item]),
    );
  }
  return new Map(Object.entries(value));
}

function toKey(key: unknown): unknown {
  return typeof key === "bigint" && isSameNumber(key, Number(key))
    ? Number(key)
    : key;
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function isSameNumber(one: number | bigint, other: number | bigint): boolean {
  // Exact, whatever the types are.
  // deno-lint-ignore eqeqeq -- A bigint and a number are never `===`.
  if (one == other) return true;
  const [a, b] = [Number(one), Number(other)];
  if (typeof one === "bigint" && typeof other === "bigint") return false;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Object.is(a, b);
  if (Number.isInteger(a) && Number.isInteger(b)) {
    // Whole numbers that a float holds exactly have no rounding to forgive.
    if (Math.max(Math.abs(a), Math.abs(b)) <= Number.MAX_SAFE_INTEGER) {
      return a === b;
    }
  }
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

const TOLERANCE = 1e-9;
