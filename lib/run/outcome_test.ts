import assert from "node:assert/strict";
import { countOnCore, type OnCore, toSpans } from "./outcome.ts";

const LANE = { lane: "worker 1", kind: "worker" } as const;

function statesOf(lengthMs: number, onCore: OnCore | null) {
  const report = { startMs: 0, endMs: lengthMs, onCore };
  return toSpans({ ...report, running: [[0, lengthMs]] }, LANE)
    .map(({ state, share }) => share === undefined ? state : [state, share]);
}

Deno.test("toSpans() says that a job ran only if it was measured on a core", () => {
  const step = { errorMs: 20, mostMs: null };
  assert.deepEqual(statesOf(100, null), ["alive"]);
  assert.deepEqual(statesOf(0.3, null), ["alive"]);
  // Too short for the steps in which the system counts.
  assert.deepEqual(statesOf(0.3, { cpuMs: 0, ...step }), ["alive"]);
  assert.deepEqual(statesOf(0.3, { cpuMs: 10, ...step }), ["alive"]);
  assert.deepEqual(statesOf(200, { cpuMs: 195, ...step }), ["running"]);
  assert.deepEqual(statesOf(200, { cpuMs: 100, ...step }), [["alive", 0.5]]);
});

Deno.test("countOnCore() asks the thread, or the process that is the job's", () => {
  const [before, after] = [
    { threadMs: 10, processMs: 100 },
    { threadMs: 30, processMs: 160 },
  ];
  assert.equal(countOnCore([0, 1, before, after], false)?.cpuMs, 20);
  assert.equal(countOnCore([0, 1, before, after], true)?.cpuMs, 60);
  const unknown = { ...before, threadMs: null };
  assert.equal(countOnCore([0, 1, unknown, after], false), null);
});
