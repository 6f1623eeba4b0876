import assert from "node:assert/strict";
import { findStairStep } from "./stair_step.ts";
import { checkFound, checkQuiet, NOISY, record } from "./test_recording.ts";

const STAIRS = {
  "worker 1": [["running", 1, 41]],
  "worker 2": [["running", 1, 99]],
} as const;

Deno.test("findStairStep() gives both ends, and where an even split would end", () => {
  const { advice } = checkFound(
    findStairStep,
    record(STAIRS),
    /^Stair-step ends: worker 1 was done at 41\.0 ms and worker 2 at 99\.0 ms, and for 58\.0 ms .* 2 cores could run; split evenly, all would end at about 70\.0 ms\.$/,
  );
  assert.match(advice, /smaller jobs/);
});

Deno.test("findStairStep() finds who was done first and last, and the even split", () => {
  checkFound(findStairStep, record(STAIRS), {
    first: { id: "worker 1", endMs: 41 },
    last: { id: "worker 2", endMs: 99 },
    ...{ tailMs: 58, evenMs: 70, atOnce: 2 },
  });
});

Deno.test("findStairStep() says nothing of equal ends, equal parts, or noise", () => {
  checkQuiet(
    findStairStep,
    record({
      "worker 1": [["running", 0, 95]],
      "worker 2": [["running", 0, 99]],
    }),
  );
  // The parts are equal; the second began later.
  checkQuiet(
    findStairStep,
    record({
      "worker 1": [["running", 0, 60]],
      "worker 2": [["running", 40, 100]],
    }),
  );
  checkQuiet(findStairStep, record(STAIRS, { stamp: NOISY }));
  checkQuiet(findStairStep, record({ "worker 1": [["running", 0, 60]] }));
  // Both were started and then napped: what nobody works at can not be split.
  checkQuiet(
    findStairStep,
    record({
      "worker 1": [["running", 0, 20], ["running", 120, 120.1]],
      "worker 2": [["running", 0, 30], ["running", 300, 300.1]],
    }),
  );
  // Short: starting one takes longer.
  checkQuiet(
    findStairStep,
    record({
      "worker 1": [["running", 0, 1]],
      "worker 2": [["running", 0, 4]],
    }),
  );
});

Deno.test("findStairStep() speaks in spite of noise where ends are far apart", () => {
  checkFound(
    findStairStep,
    record({
      "worker 1": [["running", 0, 10]],
      "worker 2": [["running", 0, 100]],
    }, { stamp: NOISY }),
    /could run\. Where an even split would end can not be told: other programs used 30 %/,
  );
});

Deno.test("findStairStep() counts the end only where fewer are left than cores", () => {
  checkQuiet(
    findStairStep,
    record({
      "worker 1": [["running", 0, 40]],
      "worker 2": [["running", 0, 98]],
      "worker 3": [["running", 0, 100]],
    }),
  );
});
