import assert from "node:assert/strict";
import { become } from "./become.ts";

Deno.test("become() makes values alike in place, at any depth", () => {
  const inner = { a: 1, gone: 2 };
  const list = [3, inner];
  const map = new Map<string, unknown>([["k", inner]]);
  const bytes = new Uint8Array([1, 2]);
  become([list, map, bytes, new Set([1])], [
    [{ a: 5, more: [] }, 4],
    new Map([["k", { b: 1 }]]),
    new Uint8Array([7, 8]),
    new Set([2]),
  ]);
  assert.deepEqual(list, [{ a: 5, more: [] }, 4]);
  assert.deepEqual(map.get("k"), { b: 1 });
  assert.equal(map.get("k"), inner);
  assert.deepEqual([...bytes], [7, 8]);
  const loop: Record<string, unknown> = { n: 1 };
  loop.self = loop;
  const other: Record<string, unknown> = { n: 2 };
  other.self = other;
  become([loop], [other]);
  assert.equal(loop.n, 2);
  assert.equal(loop.self, loop);
});

Deno.test("become() reaches nothing that all objects share", () => {
  const shared = { n: 1 };
  // As `__proto__` is, where it is not switched off.
  Object.defineProperty(Object.prototype, "shared", {
    value: shared,
    configurable: true,
  });
  try {
    const target = {};
    become([target], [JSON.parse('{"shared": {"polluted": 1}}')]);
    assert.deepEqual(shared, { n: 1 });
    assert.deepEqual(Object.entries(target), [["shared", { polluted: 1 }]]);
  } finally {
    Reflect.deleteProperty(Object.prototype, "shared");
  }
});
