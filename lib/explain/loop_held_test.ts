import assert from "node:assert/strict";
import type { LoopHold } from "../base/record/mod.ts";
import { findLoopHeld } from "./loop_held.ts";
import { checkFound, checkQuiet, type Part, record } from "./test_recording.ts";

function run(holds: readonly LoopHold[], main: readonly Part[] = [BUSY]) {
  return record({ main, "main>tea": [] }, { holds });
}

const BUSY: Part = ["running", 0, 400];
const HOLD = { startMs: 20, endMs: 265, lane: "main" };

Deno.test("findLoopHeld() gives how long, which function, and which line", () => {
  const code = { code: "countPrimes", source: "cell_3.ts:4" };
  const { lanes, advice } = checkFound(
    findLoopHeld,
    run([{ ...HOLD, ...code, share: 1 }]),
    /^The event loop was held for 245 ms by countPrimes \(cell_3\.ts:4\), in main: no timer/,
  );
  assert.deepEqual(lanes, ["main"]);
  assert.match(advice, /between the parts\.$/);
  checkFound(
    findLoopHeld,
    run([{ ...HOLD, ...code, share: 0.6 }]),
    { longest: { share: 0.6 }, count: 1, started: [] },
  );
});

Deno.test("findLoopHeld() names task and span where the function is not known", () => {
  const { advice } = checkFound(
    findLoopHeld,
    run([{ ...HOLD, lane: "tea", label: "steep" }]),
    { longest: { lane: "tea", label: "steep" } },
  );
  assert.match(advice, /lines: true/);
  checkFound(
    findLoopHeld,
    run([{ ...HOLD, site: "cell_3.ts:9" }]),
    { longest: { lane: "main", site: "cell_3.ts:9" } },
  );
});

Deno.test("findLoopHeld() tells of the longest hold, and how many there were", () => {
  const short = { startMs: 300, endMs: 355, lane: "main" };
  checkFound(
    findLoopHeld,
    run([short, HOLD]),
    { longest: HOLD, count: 2, allMs: 300 },
  );
});

Deno.test("findLoopHeld() takes a synchronous call for code, too", () => {
  checkFound(findLoopHeld, run([HOLD], [["blocked", 0, 400]]), {
    longest: HOLD,
  });
});

Deno.test("findLoopHeld() names the start of threads, where the system saw the thread sleep", () => {
  const sampled = { sampled: true };
  const lanes = {
    main: [["running", 0, 30], ["blocked", 30, 250, sampled]],
    "worker 1": [["starting", 10, 120], ["running", 120, 400]],
    "worker 2": [["starting", 115, 260], ["running", 260, 400]],
  } as const;
  const { advice } = checkFound(
    findLoopHeld,
    record(lanes, { holds: [HOLD] }),
    { started: [{ id: "worker 1" }, { id: "worker 2" }] },
  );
  assert.match(advice, /ready\(\)/);
  // It computed while they started.
  const computing = { ...lanes, main: [["running", 0, 400, sampled]] } as const;
  checkFound(
    findLoopHeld,
    record(computing, { holds: [HOLD] }),
    { longest: { lane: "main" } },
  );
});

Deno.test("findLoopHeld() says nothing of what is short, or the doing of others", () => {
  checkQuiet(findLoopHeld, run([]));
  checkQuiet(findLoopHeld, run([{ ...HOLD, endMs: 69 }]));
  // The thread was ready, and others had the cores.
  checkQuiet(
    findLoopHeld,
    run([HOLD], [["running", 0, 60], ["runnable", 60, 400]]),
  );
});
