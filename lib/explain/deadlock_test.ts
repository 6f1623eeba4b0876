import assert from "node:assert/strict";
import { findDeadlocked } from "./deadlock.ts";
import { checkFound, checkQuiet, record } from "./test_recording.ts";

const LANES = { "worker 1": [], "worker 2": [], "main": [] } as const;

Deno.test("findDeadlocked() names who waits for whom", () => {
  const locks = [
    { lock: "lock a", holders: ["worker 1"], waiters: ["worker 2"] },
    { lock: "lock b", holders: ["worker 2"], waiters: ["worker 1"] },
  ];
  const { lanes, advice } = checkFound(
    findDeadlocked,
    record(LANES, { locks }),
    /^Deadlock of 2: worker 1 owns lock a and waits for lock b; worker 2 owns lock b/,
  );
  assert.deepEqual(lanes, ["worker 1", "worker 2"]);
  assert.match(advice, /one order/);
});

Deno.test("findDeadlocked() says nothing of who waits for one that can go on", () => {
  checkQuiet(findDeadlocked, record(LANES));
  checkQuiet(
    findDeadlocked,
    record(LANES, {
      locks: [
        { lock: "lock a", holders: ["worker 1"], waiters: ["worker 2"] },
        { lock: "lock b", holders: ["worker 2"], waiters: ["main"] },
      ],
    }),
  );
  // The other permit can come back.
  checkQuiet(
    findDeadlocked,
    record(LANES, {
      locks: [
        {
          lock: "semaphore s",
          kind: "Semaphore",
          holders: ["worker 1", "main"],
          waiters: ["worker 2"],
        },
        { lock: "lock b", holders: ["worker 2"], waiters: ["worker 1"] },
      ],
    }),
  );
});
