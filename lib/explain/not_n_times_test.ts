import assert from "node:assert/strict";
import { findNotNTimes } from "./not_n_times.ts";
import { checkFound, checkQuiet, NOISY, record } from "./test_recording.ts";

const SLOW_START = {
  "worker 1": [["starting", 0, 40], ["running", 40, 100]],
  "worker 2": [["starting", 0, 44], ["running", 44, 100]],
} as const;

Deno.test("findNotNTimes() says where the threads' time went", () => {
  const { advice } = checkFound(
    findNotNTimes,
    record(SLOW_START),
    /^Why not 2×: 2 Workers had 100 ms from the first start to the last end, and 1\.2 of them ran code on average; of the threads' time went 42 % into starting\.$/,
  );
  assert.match(advice, /^Start threads before the work/);
});

Deno.test("findNotNTimes() finds how many ran on average, and the largest loss", () => {
  checkFound(findNotNTimes, record(SLOW_START), {
    ...{ atOnce: 2, average: 1.16 },
    losses: [{ share: 0.42 }],
  });
});

Deno.test("findNotNTimes() names up to three parts, the largest first", () => {
  checkFound(
    findNotNTimes,
    record({
      "worker 1": [
        ["starting", 0, 10],
        ["running", 10, 40],
        ["blocked", 40, 70],
        ["running", 70, 100],
      ],
      "worker 2": [
        ["starting", 0, 10],
        ["serialising", 10, 30],
        ["running", 30, 80],
      ],
    }),
    /went 15 % into waiting for locks and the like, 10 % into starting, 10 % into \w+/,
  );
});

Deno.test("findNotNTimes() says nothing where it is nearly so, or cannot be", () => {
  checkQuiet(
    findNotNTimes,
    record({
      "worker 1": [["starting", 0, 5], ["running", 5, 100]],
      "worker 2": [["starting", 0, 5], ["running", 5, 96]],
    }),
  );
  checkQuiet(findNotNTimes, record(SLOW_START, { stamp: NOISY }));
  checkQuiet(
    findNotNTimes,
    record({ "worker 1": SLOW_START["worker 1"] }),
  );
  // They wait nearly all of the time: what they do is no computing.
  checkQuiet(
    findNotNTimes,
    record({
      "worker 1": [["running", 0, 10], ["running", 190, 200]],
      "worker 2": [["running", 90, 110]],
    }),
  );
});
