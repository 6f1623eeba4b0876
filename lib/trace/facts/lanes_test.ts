import assert from "node:assert/strict";
import type { Lane, LaneKind } from "../../base/record/mod.ts";
import { completeLanes, orderLanes } from "./lanes.ts";

function lane(id: string, kind: LaneKind, parent?: string): Lane {
  return parent === undefined ? { id, kind } : { id, kind, parent };
}

function checkOrder(lanes: readonly Lane[], expected: string): void {
  assert.equal(orderLanes(lanes).map(([{ id }]) => id).join(", "), expected);
}

Deno.test("orderLanes() puts cores, main, its tasks, workers, processes, locks, queues", () => {
  checkOrder(
    [
      lane("queue q", "queue"),
      lane("lock b", "lock"),
      lane("process 1", "process"),
      lane("worker 1", "worker"),
      lane("inside", "task", "worker 1"),
      lane("tea", "task", "main"),
      lane("main", "main"),
      lane("core 0", "core"),
    ],
    "core 0, main, tea, worker 1, inside, process 1, lock b, queue q",
  );
});

Deno.test("orderLanes() puts a child below its parent and numbers in order", () => {
  checkOrder(
    [
      lane("main", "main"),
      lane("b", "task", "main"),
      lane("a", "task", "main"),
      lane("b child", "task", "b"),
      lane("worker 10", "worker"),
      lane("worker 9", "worker"),
    ],
    "main, b, b child, a, worker 9, worker 10",
  );
});

Deno.test("orderLanes() loses no lane whose parent is unknown or a circle", () => {
  checkOrder(
    [
      lane("orphan", "task", "gone"),
      lane("x", "task", "y"),
      lane("y", "task", "x"),
      lane("self", "task", "self"),
    ],
    "orphan, self, x, y",
  );
});

Deno.test("orderLanes() says how deep a lane is", () => {
  const lanes = completeLanes([
    lane("x", "task", "y"),
    lane("y", "task", "x"),
    lane("w", "worker"),
    lane("t", "task", "w"),
    lane("m", "main"),
  ], {
    spans: [{ lane: "new", state: "running", startMs: 0, endMs: 1 }],
    links: [],
    marks: [],
  });
  const found = orderLanes(lanes).map(([{ id }, depth]) => `${id}${depth}`);
  assert.deepEqual(found, ["m0", "new0", "w0", "t1", "x0", "y1"]);
});
