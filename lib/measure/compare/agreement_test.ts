import assert from "node:assert/strict";
import { adoptEqual } from "./agreement.ts";

const check = (python: unknown, own: unknown, isSame: boolean) =>
  assert.deepEqual(
    adoptEqual([python], [own]),
    [isSame ? own : python],
    `${String(python)} beside ${String(own)}`,
  );

Deno.test("adoptEqual() compares numbers as numbers", () => {
  check(3, 3n, true);
  check(2n ** 60n, 2 ** 60, true);
  check(2n ** 60n, 2n ** 60n + 1n, false);
  check(2n ** 60n + 1n, 2 ** 60, true);
  check(0.1 + 0.2, 0.3, true);
  check(0.3, 0.300001, false);
  check(9007199254740990, 9007199254740991, false);
  check(NaN, NaN, true);
  check(NaN, 1, false);
  check(Infinity, Infinity, true);
  check(Infinity, -Infinity, false);
  check(0, -0, true);
  check(1, true, false);
  check("1", 1, false);
});

Deno.test("adoptEqual() compares values of different kinds by what they hold", () => {
  check(null, undefined, true);
  check(null, 0, false);
  check([1, [2]], [1n, [2]], true);
  check([1, 2], [1], false);
  check([0.5], new Float64Array([0.5]), true);
  check({ a: 1 }, { a: 1n }, true);
  check({ a: 1 }, { b: 1 }, false);
  check(new Map([[1, 2]]), new Map([[1n, 2n]]), true);
  check(new Set([1]), new Set([1]), true);
  check(new Set([1]), new Set([2]), false);
  check([1], 1, false);
});

Deno.test("adoptEqual() leaves values alone where nothing is beside them", () => {
  assert.deepEqual(adoptEqual([null, 2], []), [null, 2]);
});
