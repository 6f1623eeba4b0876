import assert from "node:assert/strict";
import { describeDeadlock } from "./deadlock.ts";

Deno.test("describeDeadlock() goes around the circle", () => {
  assert.equal(
    describeDeadlock(["a", "lock 1", "b", "lock 2", "c", "lock 3"]),
    "a waits for lock 1 held by b, which waits for lock 2 held by c, which waits for lock 3 held by a",
  );
  assert.equal(
    describeDeadlock(["a", "lock 1"]),
    "a waits for lock 1 held by a",
  );
});
