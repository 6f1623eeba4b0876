import assert from "node:assert/strict";
import { Recorder } from "./recorder.ts";
import type { Span } from "../base/record/mod.ts";

const MAIN = { lane: "main", kind: "main", state: "running" } as const;

Deno.test("Recorder counts from its start and sorts by start", () => {
  const recorder = new Recorder({ now: () => 100 });
  recorder.add({ ...MAIN, startMs: 120, endMs: 130, label: "second" });
  recorder.add({ ...MAIN, startMs: 105, endMs: 120, label: "first" });
  assert.equal(recorder.nowMs(), 100);
  assert.deepEqual(recorder.spans, [
    { ...MAIN, startMs: 5, endMs: 20, label: "first" },
    { ...MAIN, startMs: 20, endMs: 30, label: "second" },
  ]);
});

Deno.test("Recorder gives a copy that later spans do not change", () => {
  const recorder = new Recorder({ now: () => 0 });
  const before: readonly Span[] = recorder.spans;
  recorder.add({ ...MAIN, startMs: 1, endMs: 1 });
  assert.equal(before.length, 0);
  assert.equal(recorder.spans.length, 1);
});

Deno.test("Recorder refuses a span that ends before it starts", () => {
  const recorder = new Recorder({ now: () => 0 });
  assert.throws(() => recorder.add({ ...MAIN, startMs: 3, endMs: 2 }), {
    name: "RangeError",
    message:
      'Cannot record span of "main": it lasts from 3 to 2 ms, expected an end after the start',
  });
  assert.throws(
    () => recorder.add({ ...MAIN, startMs: NaN, endMs: 2 }),
    RangeError,
  );
});
