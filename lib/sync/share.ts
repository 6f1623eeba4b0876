/**
 * How locks, channels and counters travel into a Worker.
 *
 * Structured clone strips a class off its object, so a shareable value gives a
 * form made of plain values and shared memory; the other side makes an object
 * of the same class from it. Pools do both to the arguments of a task.
 * @module
 */

/** The method by which a value gives its form. */
export const SHARE: unique symbol = Symbol.for("Skein.share");

/** A shareable value as it travels: plain values and shared memory only. */
export interface SharedForm {
  /** Which class it is of, such as `Mutex`. */
  readonly skeinShared: string;
  /** What the class needs to make an object of it. */
  readonly fields: unknown;
}

/** A value that several threads can use at once. */
export interface Shareable {
  /** Gives its form. */
  [SHARE](): SharedForm;
}

/**
 * Replaces shareable values by their forms: the value itself, or inside of
 * plain arrays and objects.
 *
 * @example Nothing to replace
 * ```ts
 * import assert from "node:assert/strict";
 * const args = [1, { deep: "x" }];
 * assert.equal(toShared(args), args);
 * ```
 *
 * @param value Any value.
 * @returns The same value where nothing had to be replaced, else a copy.
 */
export function toShared(value: unknown): unknown {
  return replace(value, (one) => isShareable(one) ? one[SHARE]() : undefined);
}

/** Makes objects of forms: the other way round. */
export function fromShared(
  value: unknown,
  make: (form: SharedForm) => unknown,
): unknown {
  return replace(value, (one) => isForm(one) ? make(one) : undefined);
}

/** Tells whether a value holds forms, so that `fromShared()` is needed. */
export function holdsShared(value: unknown): boolean {
  let found = false;
  replace(value, (one) => {
    if (isForm(one)) found = true;
    return undefined;
  });
  return found;
}

function replace(
  value: unknown,
  replaceOne: (value: object) => unknown,
  depth = 0,
): unknown {
  if (typeof value !== "object" || value === null) return value;
  const replaced = replaceOne(value);
  if (replaced !== undefined) return replaced;
  if (depth >= MAX_DEPTH || !isPlain(value)) return value;
  let copy: Record<string, unknown> | null = null;
  for (const key of Object.keys(value)) {
    const before = (value as Record<string, unknown>)[key];
    const after = replace(before, replaceOne, depth + 1);
    if (after === before) continue;
    copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<
      string,
      unknown
    >;
    copy[key] = after;
  }
  return copy ?? value;
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return value.length <= MAX_LOOKED_AT;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isShareable(value: object): value is Shareable {
  return typeof (value as Partial<Shareable>)[SHARE] === "function";
}

function isForm(value: object): value is SharedForm {
  return typeof (value as Partial<SharedForm>).skeinShared === "string";
}

/** Deeper, and in longer arrays, nobody hides a lock; data must stay cheap to send. */
const MAX_DEPTH = 3;
const MAX_LOOKED_AT = 64;
