import assert from "node:assert/strict";
import { describeSamples, type SampledThreads } from "./core_samples.ts";
import type { TraceSpan } from "../base/record/mod.ts";

/** Readings at 0, 2, 4, 6 ms; a record is reading, thread, core, ms on a core, ms ready. */
function sample(records: readonly (readonly number[])[]): SampledThreads {
  const threads = ["main", "worker-1", "helper", "sampler"].map((name, i) => ({
    tid: 10 + i,
    pid: 10,
    name,
  }));
  return describeSamples({
    ticksMs: [0, 2, 4, 6],
    threads,
    records: records.flatMap((
      [tick = 0, thread = 0, core = 0, run = 0, wait = 0],
    ) => [
      tick,
      thread,
      core,
      run * 1e6,
      wait * 1e6,
    ]),
    ownTid: 13,
  }, {
    cores: 2,
    laneOf: ({ tid }) => new Map([[10, "main"], [11, "worker 1"]]).get(tid),
  });
}

function write(spans: readonly TraceSpan[]): string[] {
  return spans.map(({ lane, state, startMs, endMs, label = "", sampled }) => {
    assert.ok(sampled);
    return `${lane} ${startMs}-${endMs} ${state} ${label}`.trim();
  });
}

Deno.test("describeSamples() tells which thread ran on which core", () => {
  const found = sample([
    [1, 0, 0, 2, 0],
    [1, 1, 1, 1, 0],
    [2, 0, 0, 2, 0],
    [3, 0, 1, 2, 0],
    [3, 2, 0, 1, 0],
  ]);
  assert.deepEqual(write(found.cores), [
    "core 0 0-4 running main",
    "core 0 5-6 running helper",
    "core 1 1-2 running worker 1",
    "core 1 4-6 running main",
  ]);
  assert.deepEqual(found.coreIds, ["core 0", "core 1"]);
});

Deno.test("describeSamples() puts two threads of one core one after the other", () => {
  const found = sample([[1, 0, 0, 1.25, 0.75], [1, 1, 0, 0.75, 1.25]]);
  assert.deepEqual(write(found.cores), [
    "core 0 0-0.75 running worker 1",
    "core 0 0.75-2 running main",
  ]);
  assert.deepEqual(write(found.threadSpans), [
    "main 0-0.75 runnable",
    "main 0.75-2 running",
    "worker 1 0-1.25 runnable",
    "worker 1 1.25-2 running",
  ]);
});

Deno.test("describeSamples() reaches back when the system tells late", () => {
  assert.deepEqual(write(sample([[3, 0, 0, 4, 1]]).threadSpans), [
    "main 1-2 runnable",
    "main 2-6 running",
  ]);
});

Deno.test("describeSamples() draws nothing twice, and joins what follows on", () => {
  const found = sample([[1, 0, 0, 2, 0], [2, 0, 0, 3, 0]]);
  assert.deepEqual(write(found.threadSpans), ["main 0-4 running"]);
});

Deno.test("describeSamples() sums exactly, and leaves the sampler out", () => {
  const found = sample([
    [1, 0, 0, 2, 0.5],
    [2, 0, 0, 1, 0],
    [2, 3, 1, 0.6, 0],
    [3, 2, 1, 0.1, 0],
  ]);
  assert.deepEqual(found.threads, [
    { lane: "main", runningMs: 3, runnableMs: 0.5 },
  ]);
  assert.ok(Math.abs(found.ownShare - 0.1) < 1e-9);
  assert.ok(!write(found.cores).some((text) => text.includes("sampler")));
});

Deno.test("describeSamples() says nothing of a time before the first reading", () => {
  const found = sample([[0, 0, 0, 5, 0]]);
  assert.deepEqual([found.cores, found.threadSpans], [[], []]);
});
