import assert from "node:assert/strict";
import { lanes } from "./lanes.ts";
import type { Span } from "../../base/record/mod.ts";

/** Compares lanes written as `name: start-end start-end | start-end`. */
function check(spans: readonly Span[], expected: readonly string[]): void {
  const found = lanes(spans).map(({ name, rows }) => {
    const written = rows.map((row) =>
      row.map(({ startMs, endMs }) => `${startMs}-${endMs}`).join(" ")
    );
    return `${name}: ${written.join(" | ")}`;
  });
  assert.deepEqual(found, expected);
}

function span(
  lane: string,
  times: readonly [number, number],
  kind: Span["kind"] = "worker",
): Span {
  const [startMs, endMs] = times;
  return { lane, kind, state: "running", startMs, endMs };
}

Deno.test("lanes() yields nothing for nothing", () => {
  check([], []);
});

Deno.test("lanes() puts overlapping spans apart", () => {
  check(
    [span("a", [0, 10]), span("a", [3, 5]), span("a", [6, 8])],
    ["a: 0-10 | 3-5 6-8"],
  );
});

Deno.test("lanes() keeps spans that touch in one row", () => {
  check(
    [span("a", [0, 1]), span("a", [1, 2]), span("a", [1.9995, 3])],
    ["a: 0-1 1-2 1.9995-3"],
  );
});

Deno.test("lanes() sorts spans by start", () => {
  check([span("a", [5, 6]), span("a", [0, 1])], ["a: 0-1 5-6"]);
});

Deno.test("lanes() puts the main thread first, then tasks, workers, processes", () => {
  check(
    [
      span("process 1", [0, 1], "process"),
      span("worker 1", [1, 2], "worker"),
      span("task 1", [2, 3], "task"),
      span("main thread", [3, 4], "main"),
    ],
    ["main thread: 3-4", "task 1: 2-3", "worker 1: 1-2", "process 1: 0-1"],
  );
});

Deno.test("lanes() orders numbered names by their numbers", () => {
  check(
    [span("worker 10", [0, 1]), span("worker 9", [1, 2])],
    ["worker 9: 1-2", "worker 10: 0-1"],
  );
});

Deno.test("lanes() orders different names by their first start", () => {
  check(
    [span("load", [4, 5]), span("parse", [1, 2]), span("load", [0.5, 1])],
    ["load: 0.5-1 4-5", "parse: 1-2"],
  );
});

Deno.test("lanes() keeps lanes of one name and different kinds apart", () => {
  check(
    [span("a", [0, 1], "process"), span("a", [0, 2], "worker")],
    ["a: 0-2", "a: 0-1"],
  );
});

Deno.test("lanes() rejects times that are not finite or not in order", () => {
  for (const times of [[1, 0], [NaN, 1], [0, Infinity]] as const) {
    assert.throws(() => lanes([span("a", times)]), RangeError);
  }
});
