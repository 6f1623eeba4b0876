/**
 * What a function did to its arguments, done to the caller's.
 *
 * It runs in sessions, so it imports nothing but what stands beside it.
 * @module
 */
import {
  defineProperty,
  from,
  getOwnPropertyDescriptor as ownOf,
  getPrototypeOf,
  is,
  isArray,
  isView,
  MapPrototype,
  ObjectPrototype,
  ownKeys,
  SetPrototype,
  TheMap,
  TheSet,
} from "./built_ins.ts";
import { bytesOf, VISIBLE } from "./pieces.ts";

/**
 * Makes a value like another one, in place: what a function did to its
 * arguments is done to the caller's.
 *
 * @param target What the caller has.
 * @param now What it has become, a copy.
 */
export function become(target: unknown, now: unknown): void {
  const seen = new TheSet<unknown>();
  const visit = (a: unknown, b: unknown): unknown => {
    if (is(a, b) || !isContainer(a) || !isContainer(b)) return b;
    if (getPrototypeOf(a) !== getPrototypeOf(b)) return b;
    if (seen.has(a)) return a;
    seen.add(a);
    if (isArray(a) && isArray(b)) {
      const items = b.map((item: unknown, i: number) => visit(a[i], item));
      a.length = 0;
      for (const item of items) a.push(item);
    } else if (a instanceof TheMap && b instanceof TheMap) {
      const items = from(b, ([k, v]) => [k, visit(a.get(k), v)]);
      a.clear();
      for (const [k, v] of items) a.set(k, v);
    } else if (a instanceof TheSet && b instanceof TheSet) {
      a.clear();
      for (const item of b) a.add(item);
    } else if (isView(a) && isView(b)) {
      const [to, at] = [bytesOf(a), bytesOf(b)];
      if (to.length === at.length) to.set(at);
    } else {
      const before = a as Record<PropertyKey, unknown>;
      const after = b as Record<PropertyKey, unknown>;
      for (const key of ownKeys(before)) {
        if (ownOf(after, key) === undefined) delete before[key];
      }
      for (const key of ownKeys(after)) {
        // Own ones only: `__proto__` would lead to what all objects share.
        const old = ownOf(before, key);
        const value = visit(old?.value, ownOf(after, key)?.value);
        if (old === undefined || !is(old.value, value)) {
          defineProperty(before, key, { ...VISIBLE, value });
        }
      }
    }
    return a;
  };
  visit(target, now);
}

function isContainer(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  if (value === ObjectPrototype) return false;
  const prototype = getPrototypeOf(value);
  return isArray(value) || isView(value) || prototype === ObjectPrototype ||
    prototype === null || prototype === MapPrototype ||
    prototype === SetPrototype;
}
