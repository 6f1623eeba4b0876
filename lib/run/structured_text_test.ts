import assert from "node:assert/strict";
import { Mutex, SharedCounter } from "../sync/mod.ts";
import { createStructuredText } from "./structured_text.ts";

const { encode, decode } = createStructuredText();

Deno.test("encode() and decode() keep what a structured clone keeps", () => {
  const values = [
    null,
    undefined,
    true,
    "line\nbreak\u2028",
    1.5,
    -0,
    NaN,
    -Infinity,
    12n ** 30n,
    [],
    [undefined, [null, ["array", 1]]],
    { a: 1, b: { c: undefined, "": [] } },
    new Date(1e12),
    new Date(NaN),
    new Map<unknown, unknown>([["a", { b: 1 }], [[1], new Set([2n])]]),
    new Uint8Array([1, 2, 255]),
    new Float64Array([0.1, NaN]).subarray(1),
    new BigInt64Array([-1n]),
    new Uint8Array([7, 8]).buffer,
  ];
  for (const value of values) {
    const text = encode(value);
    assert.ok(!text.includes("\n"));
    assert.deepStrictEqual(decode(text), structuredClone(value), text);
  }
});

Deno.test("encode() makes plain objects of instances, as a structured clone does", () => {
  class Point {
    x = 1;
    get y(): number {
      return 2;
    }
  }
  assert.deepStrictEqual(decode(encode(new Point())), { x: 1 });
});

Deno.test("encode() allows the same object twice, but not inside of itself", () => {
  const shared = { a: 1 };
  assert.deepEqual(decode(encode([shared, shared])), [shared, shared]);
  const loop: { self?: unknown } = {};
  loop.self = loop;
  assert.throws(() => encode(loop), {
    name: "TypeError",
    message: "Cannot copy value: it contains itself, expected no cycle",
  });
});

Deno.test("encode() refuses what has no text", () => {
  for (
    const value of [() => 1, Symbol("s"), new WeakMap(), Promise.resolve(), /x/]
  ) {
    assert.throws(() => encode({ value }), /^TypeError: Cannot copy value: a /);
  }
});

Deno.test("encode() refuses what lives in shared memory, wherever it is", () => {
  const memory = new SharedArrayBuffer(8);
  const values = [
    memory,
    new Int32Array(memory),
    new Mutex(),
    new SharedCounter(),
  ];
  for (const value of values) {
    for (
      const inside of [
        value,
        [value],
        { deep: { value } },
        new Map([["a", value]]),
      ]
    ) {
      assert.throws(() => encode(inside), {
        name: "TypeError",
        message:
          /^Cannot copy value: a .* found, .*: processes share no memory/,
      });
    }
  }
  assert.deepEqual(decode(encode(new Int32Array(2))), new Int32Array(2));
});

Deno.test("decode() refuses text that is cut short", () => {
  assert.throws(() => decode('["array",[1'), SyntaxError);
});
