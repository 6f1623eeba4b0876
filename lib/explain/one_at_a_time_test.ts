import assert from "node:assert/strict";
import { findOneAtATime } from "./one_at_a_time.ts";
import { factsOfRecording } from "./recording_facts.ts";
import { checkFound, checkQuiet, type Part, record } from "./test_recording.ts";

Deno.test("findOneAtATime() finds Workers of which one waits for the other", () => {
  const { lanes, advice } = checkFound(
    findOneAtATime,
    record({
      main: [["waiting", 0, 100]],
      "worker 1": [["running", 0, 50]],
      "worker 2": [["running", 48, 100]],
    }),
    /^One at a time: 2 Workers ran code for 100 ms, and for 98 % of it only one of them at once\.$/,
  );
  assert.deepEqual(lanes, ["worker 1", "worker 2"]);
  assert.match(advice, /Promise\.all/);
});

Deno.test("findOneAtATime() finds Workers that are made in turn", () => {
  checkFound(
    findOneAtATime,
    record({
      "worker 1": [["starting", 0, 10], ["running", 10, 50]],
      "worker 2": [["starting", 51, 60], ["running", 60, 100]],
    }),
    { anyMs: 80, bothMs: 0, guard: null },
  );
});

Deno.test("findOneAtATime() says nothing of Workers that are known to be asked at once", () => {
  const facts = factsOfRecording(record({
    "worker 1": [["starting", 0, 10], ["running", 11, 40]],
    "worker 2": [["starting", 0, 10], ["running", 41, 80]],
  }));
  const asked = { ...facts, run: { ...facts.run!, areAskedAtOnce: true } };
  assert.notEqual(findOneAtATime(facts), undefined);
  assert.equal(findOneAtATime(asked), undefined);
});

Deno.test("findOneAtATime() names the lock that all of it happens under", () => {
  const { advice } = checkFound(
    findOneAtATime,
    record({
      "worker 1": [["running", 0, 50], ["blocked", 50, 100]],
      "worker 2": [["blocked", 0, 50], ["running", 50, 100]],
      "lock a": [
        ["held", 2, 50, { label: "worker 1" }],
        ["held", 50, 98, { label: "worker 2" }],
      ],
    }),
    { guard: { lock: "lock a", share: 0.96 } },
  );
  assert.match(advice, /lock/);
});

Deno.test("findOneAtATime() says nothing of Workers that overlap, or hardly work", () => {
  checkQuiet(
    findOneAtATime,
    record({
      "worker 1": [["running", 0, 50]],
      "worker 2": [["running", 30, 80]],
    }),
  );
  // On one core they take turns, and both want it: that is another shape.
  checkQuiet(
    findOneAtATime,
    record({
      "worker 1": [["running", 0, 25], ["runnable", 25, 50]],
      "worker 2": [["runnable", 0, 25], ["running", 25, 50]],
    }),
  );
  checkQuiet(
    findOneAtATime,
    record({
      "worker 1": [["running", 0, 5]],
      "worker 2": [["running", 5, 9]],
    }),
  );
  // The second was asked at the same time, and had to start first.
  checkQuiet(
    findOneAtATime,
    record({
      "worker 1": [["running", 0, 50]],
      "worker 2": [["starting", 0, 48], ["running", 48, 100]],
    }),
  );
  // One works, the other one only answers.
  checkQuiet(
    findOneAtATime,
    record({
      "worker 1": [["running", 0, 50]],
      "worker 2": [["running", 50, 53]],
    }),
  );
});

const COMPUTING: Readonly<Record<string, readonly Part[]>> = {
  "main>a": [["running", 0, 40], ["waiting", 40, 90], ["running", 90, 100]],
  "main>b": [["waiting", 0, 40], ["running", 40, 90]],
};

Deno.test("findOneAtATime() finds tasks that compute on one thread", () => {
  const { advice } = checkFound(
    findOneAtATime,
    record(COMPUTING),
    { runMs: 100, lengthMs: 100 },
  );
  assert.match(advice, /pool/);
});

Deno.test("findOneAtATime() finds tasks that wait in turn", () => {
  checkFound(
    findOneAtATime,
    record({
      "main>a": [["waiting", 0, 100]],
      "main>b": [["waiting", 100, 250]],
      "main>c": [["running", 250, 252], ["waiting", 252, 300]],
    }),
    { waitMs: 298, longestMs: 150 },
  );
});

Deno.test("findOneAtATime() says nothing of waits that overlap, or of two in turn", () => {
  checkQuiet(
    findOneAtATime,
    record({
      "main>a": [["waiting", 0, 100]],
      "main>b": [["waiting", 2, 150]],
      "main>c": [["waiting", 4, 120]],
    }),
  );
  checkQuiet(
    findOneAtATime,
    record({
      "main>a": [["waiting", 0, 100]],
      "main>b": [["waiting", 100, 250]],
    }),
  );
  // A child lasts as long as its parent: they are not each other's turn.
  checkQuiet(
    findOneAtATime,
    record({
      "main>a": [["waiting", 0, 100]],
      "a>b": [["waiting", 0, 50]],
      "b>c": [["waiting", 50, 100]],
    }),
  );
});
