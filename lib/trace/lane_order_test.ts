import assert from "node:assert/strict";
import { sortLanes } from "./lane_order.ts";
import type { Lane, LaneKind } from "../base/record/mod.ts";

function lane(id: string, kind: LaneKind, parent?: string): Lane {
  return parent === undefined ? { id, kind } : { id, kind, parent };
}

function check(lanes: readonly Lane[], expected: string): void {
  assert.equal(sortLanes(lanes).map(({ id }) => id).join(", "), expected);
}

Deno.test("sortLanes() puts cores, main, its tasks, workers, processes, locks, queues", () => {
  check(
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

Deno.test("sortLanes() puts a child below its parent and numbers in order", () => {
  check(
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

Deno.test("sortLanes() loses no lane whose parent is unknown or a circle", () => {
  check(
    [
      lane("orphan", "task", "gone"),
      lane("x", "task", "y"),
      lane("y", "task", "x"),
      lane("self", "task", "self"),
    ],
    "orphan, self, x, y",
  );
});
