import assert from "node:assert/strict";
import { type ArmJob, computeCpuShare, toArmSpans } from "./python_spans.ts";

const JOB: ArmJob = {
  askedMs: 10,
  startMs: 12,
  endMs: 20,
  cpuMs: 4,
  waits: [],
};

Deno.test("toArmSpans() names lanes after what runs them", () => {
  const first = (model: Parameters<typeof toArmSpans>[0]) => {
    const [span] = toArmSpans(model, [JOB, JOB], 10);
    return [span?.lane, span?.kind, span?.state];
  };
  assert.deepEqual(first("python-sequential"), ["py main", "main", "running"]);
  assert.deepEqual(first("python-threads"), [
    "py thread 1",
    "worker",
    "starting",
  ]);
  assert.deepEqual(first("python-asyncio"), ["py task 1", "task", "waiting"]);
  assert.deepEqual(first("python-processes"), [
    "py process 1",
    "process",
    "starting",
  ]);
  assert.deepEqual(first("python-subinterpreters"), [
    "py interpreter 1",
    "worker",
    "starting",
  ]);
});

Deno.test("toArmSpans() puts waits and handing over between running", () => {
  const job: ArmJob = {
    ...JOB,
    cpuMs: 1,
    gotMs: 23,
    waits: [[12, 14], [15, 20]],
  };
  assert.deepEqual(
    toArmSpans("python-processes", [job], 10).map((
      { state, startMs, endMs },
    ) => [state, startMs, endMs]),
    [
      ["starting", 0, 2],
      ["waiting", 2, 4],
      ["running", 4, 5],
      ["waiting", 5, 10],
      ["messaging", 10, 13],
    ],
  );
});

Deno.test("computeCpuShare() takes the middle of what is known", () => {
  const share = (cpuMs: number | null) => ({ ...JOB, cpuMs });
  assert.equal(computeCpuShare([share(null)]), null);
  assert.equal(computeCpuShare([]), null);
  assert.equal(
    computeCpuShare([share(2), share(4), share(8), share(null)]),
    0.5,
  );
  // Clocks differ in their steps.
  assert.equal(computeCpuShare([share(8.1)]), 1);
});

Deno.test("toArmSpans() calls threads alive that were on a core in turns", () => {
  const states = (cpuMs: number | null) =>
    toArmSpans("python-threads", [{ ...JOB, cpuMs }], 10)
      .map(({ state, share }) => [state, share]).slice(1);
  assert.deepEqual(states(4), [["alive", 0.5]]);
  assert.deepEqual(states(7.9), [["running", undefined]]);
  assert.deepEqual(states(0.08), [["alive", 0.01]]);
  assert.deepEqual(states(null), [["running", undefined]]);
});
