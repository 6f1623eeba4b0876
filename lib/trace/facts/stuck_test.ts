import assert from "node:assert/strict";
import type { Context } from "../own_lanes.ts";
import { describeStuck, listStuck } from "./stuck.ts";

function open(lane: string, parent: Context | null): Context {
  return { lane, parent, startMs: 0, endMs: Infinity };
}

Deno.test("listStuck() lists leaves, those at locks with the lock, others with their reason", () => {
  const main = open("main", null);
  const outer = open("outer", main);
  const tea = open("tea", outer);
  const egg = open("egg", outer);
  const ham = open("ham", outer);
  const done = { ...open("done", outer), endMs: 5 };
  const locks = [
    { lock: "lock a", kind: "Mutex", holders: ["ann"], waiters: ["egg"] },
    { lock: "lock b", kind: "Mutex", holders: ["ann"], waiters: [] },
  ];
  const waits = [
    { context: tea, reason: "an old wait", startMs: 0, endMs: 3 },
    { context: tea, reason: "the kettle", startMs: 4, endMs: Infinity },
  ];
  const found = listStuck(locks, [main, outer, tea, egg, ham, done], waits);
  assert.deepEqual(found, [
    { lanes: ["egg"], at: "lock a", more: "held by ann" },
    { lanes: ["tea"], at: "the kettle" },
    { lanes: ["ham"] },
  ]);
  assert.equal(
    describeStuck(found),
    "egg waits at lock a (held by ann); tea waits for the kettle; " +
      "ham awaits a promise that has not settled",
  );
});

Deno.test("listStuck() lists the main thread where there is nothing else", () => {
  assert.deepEqual(listStuck([], [open("main", null)], []), [{
    lanes: ["main"],
  }]);
});

Deno.test("describeStuck() names a few of many", () => {
  const lanes = ["a", "b", "c", "d", "e"];
  assert.equal(
    describeStuck([{ lanes, at: "barrier gate", more: "5 of 6 are there" }]),
    "a, b, c and 2 others wait at barrier gate (5 of 6 are there)",
  );
});

Deno.test("listStuck() lists threads of pools with what they have not done", () => {
  const jobs = new Map([["worker 1", "job spin"], ["worker 2", "job take"]]);
  const locks = [{ lock: "lock a", holders: ["ann"], waiters: ["worker 2"] }];
  const found = listStuck(locks, [], [], jobs);
  assert.equal(
    describeStuck(found),
    "worker 2 waits at lock a (held by ann); worker 1 has not finished job spin",
  );
});
