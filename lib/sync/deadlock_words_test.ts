import assert from "node:assert/strict";
import { findDeadlocks } from "./deadlock.ts";
import { describeCircle, describeDeadlock } from "./deadlock_words.ts";

Deno.test("describeCircle() goes around the circle", () => {
  assert.equal(
    describeCircle(["a", "lock 1", "b", "lock 2", "c", "lock 3"]),
    "a waits for lock 1 held by b, which waits for lock 2 held by c, which waits for lock 3 held by a",
  );
  assert.equal(
    describeCircle(["a", "lock 1"]),
    "a waits for lock 1 held by a",
  );
});

Deno.test("describeDeadlock() names who owns and who waits", () => {
  const [circle] = findDeadlocks([
    { lock: "lock alice", holders: ["worker 1"], waiters: ["worker 2"] },
    { lock: "lock bob", holders: ["worker 2"], waiters: ["worker 1"] },
  ]);
  assert.equal(
    describeDeadlock(circle!),
    "Deadlock of 2: worker 1 owns lock alice and waits for lock bob; " +
      "worker 2 owns lock bob and waits for lock alice. None of them can go on.",
  );
});
