import assert from "node:assert/strict";
import { joinBuffers, splitBuffers } from "./buffers.ts";

Deno.test("splitBuffers() takes bytes out, joinBuffers() puts them back", () => {
  const bytes = (...values: number[]) => new Uint8Array(values);
  const check = (
    state: Record<string, unknown>,
    rest: Record<string, unknown>,
    paths: readonly (readonly (string | number)[])[],
  ) => {
    const split = splitBuffers(state);
    assert.deepEqual(split.state, rest);
    assert.deepEqual(split.paths, paths);
    assert.deepEqual(
      joinBuffers({ ...split, state: JSON.parse(JSON.stringify(rest)) }),
      state,
    );
  };
  check({ a: 1, b: [1, { c: null }] }, { a: 1, b: [1, { c: null }] }, []);
  check({ a: bytes(1), b: 2 }, { b: 2 }, [["a"]]);
  check(
    { list: [0, bytes(1, 2), { deep: bytes(), x: 1 }] },
    { list: [0, null, { x: 1 }] },
    [["list", 1], ["list", 2, "deep"]],
  );
  const floats = new Float32Array([1, 2]).subarray(1);
  assert.equal(splitBuffers({ floats }).buffers[0]!.byteLength, 4);
  assert.equal(splitBuffers({ a: bytes(7).buffer }).buffers[0]![0], 7);
});

Deno.test("joinBuffers() reaches nothing but the state, whatever the paths say", () => {
  const buffers = [new Uint8Array([1])];
  for (
    const path of [["__proto__", "x"], ["a", "b"], [], ["constructor", "x"]]
  ) {
    joinBuffers({ state: { a: 1 }, paths: [path], buffers });
  }
  assert.equal(({} as Record<string, unknown>).x, undefined);
  assert.equal(Object.hasOwn(Object, "x"), false);
  const whole = joinBuffers({ state: {}, paths: [["__proto__"]], buffers });
  assert.equal(Object.getPrototypeOf(whole), Object.prototype);
});
