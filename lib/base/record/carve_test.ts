import assert from "node:assert/strict";
import { carve, repaint, unite } from "./carve.ts";
import type { TraceSpan } from "./recording.ts";

function span(startMs: number, endMs: number): TraceSpan {
  return { lane: "a", state: "running", startMs, endMs };
}

function check(
  spans: readonly (readonly [number, number])[],
  holes: readonly (readonly [number, number])[],
  expected: string,
): void {
  const found = carve(
    spans.map(([startMs, endMs]) => span(startMs, endMs)),
    holes.map(([startMs, endMs]) => ({ startMs, endMs })),
  );
  const written = found.map(({ startMs, endMs }) => `${startMs}-${endMs}`);
  assert.equal(written.join(" "), expected);
}

Deno.test("carve() cuts holes out of spans", () => {
  check([[0, 10]], [], "0-10");
  check([[0, 10]], [[0, 10]], "");
  check([[0, 10]], [[-5, 2], [9, 20]], "2-9");
  check([[0, 10]], [[4, 5], [2, 3], [4.5, 6]], "0-2 3-4 6-10");
  check([[5, 6], [0, 2]], [[1, 5.5]], "0-1 5.5-6");
  check([[0, 2], [0, 9], [3, 4]], [[1, 3.5]], "0-1 0-1 3.5-9 3.5-4");
  check([[0, 9], [0.5, 2]], [[1, 3]], "0-1 0.5-1 3-9");
  check([[0, 10]], [[10, 12], [-3, 0]], "0-10");
});

Deno.test("repaint() changes spans inside of stretches and keeps all time", () => {
  const found = repaint(
    [span(0, 4), span(6, 8)],
    [{ startMs: 3, endMs: 7 }],
    { state: "runnable" },
  );
  assert.deepEqual(
    found.map(({ state, startMs, endMs }) => [state, startMs, endMs]),
    [["running", 0, 3], ["runnable", 3, 4], ["runnable", 6, 7], [
      "running",
      7,
      8,
    ]],
  );
});

Deno.test("unite() joins what overlaps or touches", () => {
  const stretch = (startMs: number, endMs: number) => ({ startMs, endMs });
  assert.deepEqual(
    unite([stretch(5, 6), stretch(0, 3), stretch(1, 2), stretch(3, 4)]),
    [stretch(0, 4), stretch(5, 6)],
  );
});
