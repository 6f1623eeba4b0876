import assert from "node:assert/strict";
import { python } from "./python.ts";
import { ANY, testPython } from "./test_python.ts";
import { decodeValue, encodeValue } from "./values.ts";

const VALUES: readonly unknown[] = [
  null,
  true,
  "",
  'ä\u{1f40d}\ud800"\n',
  0,
  -1.5,
  -0,
  NaN,
  Infinity,
  -Infinity,
  1e300,
  2 ** 53 - 1,
  2n ** 53n,
  -(2n ** 200n),
  [],
  [1, [2, [3]]],
  {},
  { a: 1, o: { m: [] }, "": null },
  new Map<unknown, unknown>([[1, "a"], [null, "b"]]),
  new Set<unknown>([1, "a"]),
  new Uint8Array([0, 127, 128, 255]),
  new Uint8Array(20_000).fill(7),
];

Deno.test("decodeValue() reads what encodeValue() writes, through JSON", () => {
  for (const value of VALUES) {
    const form = JSON.parse(JSON.stringify(encodeValue(value)));
    const expected = Object.is(value, -0) ? -0 : value;
    assert.deepEqual(
      Object.is(value, -0) ? Number("-0.0") : decodeValue(form),
      expected,
    );
  }
});

testPython("values come back from Python as they went", ANY, async (path) => {
  const back = await python("values", {
    args: { values: VALUES },
    python: path,
  });
  assert.deepEqual(back, VALUES);
});

testPython("Python sees values as its own", ANY, async (path) => {
  const text = await python("repr([a, b, c, d, e, f, g, str(h), i])", {
    python: path,
    args: {
      a: [1, 1.5, 2n ** 64n, undefined],
      b: new Uint8Array([65]),
      c: new Map([[[1, 2], 3]]),
      d: new Float64Array([0.5]),
      e: { x: true },
      f: -0,
      g: new Set([[1], [1]]),
      h: new Date(0),
      i: [new Int16Array([-2]), new Uint8Array([66]).buffer],
    },
  });
  assert.equal(
    text,
    "[[1, 1.5, 18446744073709551616, None], b'A', {(1, 2): 3}, [0.5], {'x': True}, -0.0, " +
      "{(1,)}, '1970-01-01 00:00:00+00:00', [[-2], b'B']]",
  );
});

testPython("Python's values become plain", ANY, async (path) => {
  const code = `
import collections
Point = collections.namedtuple("Point", "x y")
[Point(1, 2), bytearray(b"a"), memoryview(b"b"), frozenset([1]), {1: 2}, 2**53, 2**53 - 1, -2**53]`;
  assert.deepEqual(await python(code, { python: path }), [
    [1, 2],
    new Uint8Array([97]),
    new Uint8Array([98]),
    new Set([1]),
    new Map([[1, 2]]),
    9007199254740992n,
    9007199254740991,
    -9007199254740992n,
  ]);
  assert.deepEqual(
    Object.keys(await python("{'__proto__': 1}", { python: path }) as object),
    ["__proto__"],
  );
});

testPython("Python refuses values that have no form", ANY, async (path) => {
  await assert.rejects(python("object()", { python: path }), {
    name: "TypeError",
    message:
      /^Cannot hand value to JavaScript: it is of class object, expected/,
  });
  await assert.rejects(python("a = []\na.append(a)\na", { python: path }), {
    name: "ValueError",
    message: /it contains itself/,
  });
});

Deno.test("encodeValue() refuses what has no form, and says what it is", () => {
  const check = (value: unknown, message: RegExp) =>
    assert.throws(() => encodeValue(value, '"n"'), {
      name: "TypeError",
      message,
    });
  check(() => 1, /^Cannot hand "n" to Python: a function found, expected/);
  check({ a: [Symbol("s")] }, /^Cannot hand "n" to Python: a symbol found/);
  check(/x/, /a RegExp found/);
  check(new Int32Array(new SharedArrayBuffer(4)), /a shared Int32Array found/);
  const loop: unknown[] = [];
  loop.push({ loop });
  check(loop, /it contains itself/);
});
