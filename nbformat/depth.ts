/**
 * How deep JSON values are nested: what is nested without bound would end the
 * functions that walk it, those of JSON itself among them. Pure.
 * @module
 */

/** Nobody nests this deep by hand; Python's own parser ends here too. */
export const MAX_DEPTH = 1000;

/**
 * Tells whether a value is nested deeper than {@link MAX_DEPTH}.
 *
 * @param value A JSON value.
 */
export function isTooDeep(value: unknown): boolean {
  // A list of our own, since the stack is what would run out.
  const left: [value: object, depth: number][] = [];
  const add = (inner: unknown, depth: number) => {
    if (typeof inner === "object" && inner !== null) left.push([inner, depth]);
  };
  add(value, 1);
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [inner, depth] = next;
    if (depth > MAX_DEPTH) return true;
    for (const field of Object.values(inner)) add(field, depth + 1);
  }
  return false;
}
