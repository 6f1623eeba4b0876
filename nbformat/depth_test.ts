import assert from "node:assert/strict";
import { isTooDeep, MAX_DEPTH } from "./depth.ts";

Deno.test("isTooDeep() counts objects and lists alike, however many", () => {
  const check = (depth: number, expected: boolean) => {
    for (const wrap of [(v: unknown) => [1, v], (v: unknown) => ({ a: v })]) {
      let value: unknown = 1;
      for (let i = 0; i < depth; i++) value = wrap(value);
      assert.equal(isTooDeep(value), expected, `${depth}`);
    }
  };
  check(0, false);
  check(1, false);
  check(MAX_DEPTH, false);
  check(MAX_DEPTH + 1, true);
  check(1_000_000, true);
  assert.equal(isTooDeep(null), false);
  assert.equal(isTooDeep(new Array(100_000).fill([[]])), false);
});
