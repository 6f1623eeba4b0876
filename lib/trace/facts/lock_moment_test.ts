import assert from "node:assert/strict";
import { record } from "../../explain/test_recording.ts";
import { findLockMoment } from "./lock_moment.ts";

const held = (label: string) => ({ label });
const at = (reason: string) => ({ reason });

Deno.test("findLockMoment() shows the end if somebody holds a lock then", () => {
  const locks = [{ lock: "lock a", holders: ["one"], waiters: ["two"] }];
  const moment = findLockMoment(
    record({ one: [["running", 0, 9]] }, { locks }),
  );
  assert.deepEqual(moment, {
    startMs: 9,
    endMs: 9,
    locks,
    isEnd: true,
    circle: [],
  });
});

Deno.test("findLockMoment() shows a circle that a time limit broke", () => {
  const moment = findLockMoment(record({
    "lock fork": [["held", 0, 300, held("Ann")]],
    "lock knife": [["held", 1, 320, held("Bob")]],
    Ann: [["blocked", 20, 300, at("lock knife")]],
    Bob: [["blocked", 22, 301, at("lock fork")]],
  }));
  assert.deepEqual([moment?.startMs, moment?.endMs], [22, 300]);
  assert.deepEqual(
    moment?.circle.map(({ thread, waitsFor }) => [thread, waitsFor]).sort(),
    [["Ann", "lock knife"], ["Bob", "lock fork"]],
  );
});

Deno.test("findLockMoment() shows the moment at which most waited", () => {
  const moment = findLockMoment(record({
    "lock a": [["held", 0, 10, held("one")], ["held", 10, 20, held("two")]],
    two: [["blocked", 1, 10, at("lock a")]],
    three: [["blocked", 5, 20, at("lock a")]],
  }));
  assert.equal(moment?.startMs, 5);
  assert.deepEqual(moment?.locks, [
    { lock: "lock a", holders: ["one"], waiters: ["two", "three"] },
  ]);
});

Deno.test("findLockMoment() takes no circle where one of several holders may go on", () => {
  const moment = findLockMoment(record({
    "lock seats": [["held", 0, 300, held("Ann")], ["held", 0, 50, held("Cem")]],
    "lock knife": [["held", 1, 320, held("Bob")]],
    Ann: [["blocked", 2, 40, at("lock knife")]],
    Bob: [["blocked", 2, 40, at("lock seats")]],
  }));
  assert.deepEqual(moment?.circle, []);
});

Deno.test("findLockMoment() takes who was given a lock and sleeps on for no waiter", () => {
  const moment = findLockMoment(record({
    "lock a": [["held", 0, 10, held("one")], ["held", 10, 20, held("two")]],
    two: [["blocked", 0, 20, at("lock a")]],
    three: [["blocked", 12, 18, at("lock a")]],
  }));
  assert.deepEqual(moment?.circle, []);
  assert.deepEqual(moment?.locks[0]?.waiters, ["three"]);
});

Deno.test("findLockMoment() has none where no lock was used", () => {
  assert.equal(findLockMoment(record({ one: [["running", 0, 9]] })), null);
});
