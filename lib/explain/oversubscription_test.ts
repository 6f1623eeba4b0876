import assert from "node:assert/strict";
import { findOversubscription } from "./oversubscription.ts";
import {
  checkFound,
  checkQuiet,
  NOISY,
  type Part,
  record,
} from "./test_recording.ts";

function workers(count: number, ...parts: readonly Part[]) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`worker ${i + 1}`, parts]),
  );
}

const RUNNING: Part = ["running", 0, 100];
/** Ready for a core for so long, then on one. */
function sampled(readyMs: number): readonly Part[] {
  return [
    ["runnable", 0, readyMs, { sampled: true }],
    ["running", readyMs, 100, { sampled: true }],
  ];
}

Deno.test("findOversubscription() gives the time that threads were ready for a core", () => {
  const { lanes, advice } = checkFound(
    findOversubscription,
    record(workers(8, ...sampled(75))),
    /^Oversubscription: 8 Workers on 2 cores\. For 100 ms of 100 ms, .* 75 % of their time they were ready and had to wait for one \(600 ms of 800 ms\)\.$/,
  );
  assert.equal(lanes.length, 8);
  assert.match(advice, /no more than 2 threads/);
});

Deno.test("findOversubscription() says on what it rests, and who else was busy", () => {
  checkFound(
    findOversubscription,
    record(workers(4, RUNNING)),
    { waiting: { from: "spans", share: 0.5 }, others: null },
  );
  checkFound(
    findOversubscription,
    record(workers(4, ["alive", 0, 100, { share: 0.5 }])),
    { waiting: { from: "counts", share: 1 } },
  );
  checkFound(
    findOversubscription,
    record(workers(4, ...sampled(60)), { stamp: NOISY }),
    { waiting: { from: "samples", share: 0.6 }, others: 0.3 },
  );
});

Deno.test("findOversubscription() says nothing of threads that fit, sleep, or crowd shortly", () => {
  checkQuiet(findOversubscription, record(workers(2, RUNNING)));
  // Two on two cores that wait for a core: others have them.
  checkQuiet(
    findOversubscription,
    record(workers(2, ...sampled(50)), { stamp: NOISY }),
  );
  // They sleep in a call: no core is wanted.
  checkQuiet(
    findOversubscription,
    record(workers(4, ["alive", 0, 100, { share: 0.02 }])),
  );
  // What others leave of the cores, they did not take either.
  checkQuiet(
    findOversubscription,
    record(workers(4, ...sampled(90)), { stamp: NOISY }),
  );
  checkQuiet(
    findOversubscription,
    record({
      ...workers(4, ["running", 0, 15]),
      "worker 1": [["running", 0, 200]],
    }),
  );
});
