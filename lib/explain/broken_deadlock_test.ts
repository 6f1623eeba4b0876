import assert from "node:assert/strict";
import { findBrokenDeadlock } from "./deadlock.ts";
import { checkFound, checkQuiet, type Part, record } from "./test_recording.ts";

const LANES: Readonly<Record<string, readonly Part[]>> = {
  "lock fork": [["held", 0, 300, { label: "Ann" }]],
  "lock knife": [["held", 1, 320, { label: "Bob" }]],
  Ann: [["blocked", 20, 300, { reason: "lock knife" }]],
  Bob: [["blocked", 22, 301, { reason: "lock fork" }]],
};

Deno.test("findBrokenDeadlock() names the circle, and for how long it was one", () => {
  const { lanes } = checkFound(
    findBrokenDeadlock,
    record(LANES),
    /^Deadlock for 278 ms: .*Ann held lock fork and waited for lock knife.* ended it\.$/,
  );
  assert.deepEqual(lanes.toSorted(), ["Ann", "Bob"]);
});

Deno.test("findBrokenDeadlock() says nothing of lanes that wait in a row", () => {
  checkQuiet(findBrokenDeadlock, record({ ...LANES, Bob: [] }));
  checkQuiet(findBrokenDeadlock, record({ main: [["running", 0, 9]] }));
});

Deno.test("findBrokenDeadlock() leaves one that lasts to the deadlock's rule", () => {
  const locks = [
    { lock: "lock fork", holders: ["Ann"], waiters: ["Bob"] },
    { lock: "lock knife", holders: ["Bob"], waiters: ["Ann"] },
  ];
  checkQuiet(findBrokenDeadlock, record(LANES, { locks }));
});
