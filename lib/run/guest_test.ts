import assert from "node:assert/strict";
import { Recorder } from "../trace/recorder.ts";
import type { Span, SpanState } from "../base/record/mod.ts";
import { describeError, watchThread } from "./guest.ts";
import { loadTask, runWatched } from "./here/main_thread.ts";
import { MODELS } from "../measure/compare/models.ts";
import { type OnCore, reviveError, toSpans } from "./outcome.ts";
import { task } from "./task.ts";

const LANE = { lane: "main", kind: "main" } as const;

Deno.test("runWatched() records waits between runs, without gap or overlap", async () => {
  const work = task(async () => {
    for (let round = 0; round < 3; round++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      for (let step = 0; step < 1e6; step++);
    }
  });
  const { recorder, run } = await prepare(work.source);
  await run();
  const { spans } = recorder;
  assert.deepEqual(statesOf(spans).slice(0, 7), [
    "running",
    "waiting",
    "running",
    "waiting",
    "running",
    "waiting",
    "running",
  ]);
  for (const [index, span] of spans.entries()) {
    const next = spans[index + 1];
    if (next) assert.equal(span.endMs, next.startMs);
  }
});

Deno.test("runWatched() records no wait of a job that has none", async () => {
  const work = task((steps: number) => {
    let sum = 0;
    for (let step = 0; step < steps; step++) sum += step;
    return sum;
  });
  const { recorder, run } = await prepare(work.source);
  await run(2e6);
  // How late the end is heard of is up to the machine.
  const running = statesOf(recorder.spans).filter((state) =>
    state === "running"
  );
  assert.deepEqual(running, ["running"]);
});

Deno.test("runWatched() records waits inside of functions that the job started", async () => {
  const work = task(async () => {
    const nap = async (ms: number) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      for (let step = 0; step < 1e6; step++);
    };
    await Promise.all([nap(5), nap(30)]);
  });
  const { recorder, run } = await prepare(work.source);
  await run();
  // It runs after the short nap, while the outer `await` still waits for the long one.
  assert.deepEqual(statesOf(recorder.spans).slice(0, 5), [
    "running",
    "waiting",
    "running",
    "waiting",
    "running",
  ]);
});

Deno.test("jobs that share a thread never run at the same time", async () => {
  const work = task(async (steps: number) => {
    for (let round = 0; round < 3; round++) {
      for (let step = 0; step < steps; step++);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    for (let step = 0; step < steps; step++);
  });
  const recorder = new Recorder();
  const { signal } = new AbortController();
  await MODELS.async(work, [[3e6], [3e6], [3e6]], { signal, recorder });
  const running = recorder.spans.filter((span) =>
    statesOf([span])[0] === "running"
  );
  assert.ok(running.length >= 12);
  for (const [index, span] of running.entries()) {
    const next = running[index + 1];
    if (next) {
      assert.ok(
        next.startMs >= span.endMs,
        `${next.lane} began while ${span.lane} ran`,
      );
    }
  }
});

Deno.test("jobs that compute are done when they return, not when all are heard of", async () => {
  const work = task(async (steps: number) => {
    let sum = 0;
    for (let step = 0; step < steps; step++) sum += step;
    return await Promise.resolve(sum);
  });
  const recorder = new Recorder();
  const { signal } = new AbortController();
  await MODELS.async(work, [[5e6], [5e6]], { signal, recorder });
  const [first, second] = recorder.spans.filter((span) =>
    statesOf([span])[0] === "running"
  );
  assert.ok(first && second && second.startMs >= first.endMs);
});

Deno.test("a million awaits stay a bounded number of spans", async () => {
  const work = task(async (count: number) => {
    for (let index = 0; index < count; index++) await null;
  });
  const { recorder, run } = await prepare(work.source);
  await run(100_000);
  assert.ok(recorder.spans.length < 10_001);
});

Deno.test("toSpans() gives runs and waits from the call to the end", () => {
  const report = {
    startMs: 10,
    endMs: 50,
    running: [[10, 20], [30, 35]] as [number, number][],
    onCore: { cpuMs: 15, errorMs: 1, mostMs: 16 },
  };
  const spans = toSpans(report, LANE, (ms) => ms + 100);
  assert.deepEqual(
    spans.map(({ state, startMs, endMs }) => [state, startMs, endMs]),
    [
      ["running", 110, 120],
      ["waiting", 120, 130],
      ["running", 130, 135],
      ["waiting", 135, 150],
    ],
  );
});

Deno.test("toSpans() says that code ran only where counts of the system tell", () => {
  const judge = (lengthMs: number, onCore: OnCore | null) =>
    toSpans(
      { startMs: 0, endMs: lengthMs, running: [[0, lengthMs]], onCore },
      LANE,
    ).map(({ state, share }) => [state, share]);
  const steps = { cpuMs: 0, errorMs: 20 };
  // It slept, as did all others: the process's count tells.
  assert.deepEqual(judge(30, { ...steps, mostMs: 2 }), [["alive", 1 / 30]]);
  // It slept or computed, while others computed.
  assert.deepEqual(judge(30, { ...steps, mostMs: 60 }), [["alive", undefined]]);
  assert.deepEqual(judge(30, { ...steps, cpuMs: 30, mostMs: 30 }), [
    ["alive", undefined],
  ]);
  assert.deepEqual(judge(30, { ...steps, mostMs: null }), [
    ["alive", undefined],
  ]);
  assert.deepEqual(judge(30, null), [["alive", undefined]]);
  assert.deepEqual(judge(100, { ...steps, cpuMs: 100, mostMs: 200 }), [
    ["running", undefined],
  ]);
});

Deno.test("describeError() and reviveError() keep class, message and causes", () => {
  class OddError extends Error {}
  const cause = new OddError("why", { cause: new TypeError("root") });
  const revived = reviveError(
    describeError(new RangeError("no", { cause }), 5),
  );
  assert.ok(revived instanceof RangeError);
  assert.equal(revived.message, "no");
  assert.match(revived.stack ?? "", /guest_test/);
  assert.ok(revived.cause instanceof Error);
  assert.equal(revived.cause.name, "OddError");
  assert.ok(revived.cause.cause instanceof TypeError);
});

Deno.test("describeError() ends where a cause leads back to itself", () => {
  const error = new Error("loop");
  error.cause = error;
  assert.equal(describeError(error, 2).cause?.cause?.cause, undefined);
  assert.match(
    describeError("text", 2).message,
    /Thrown was no error but text/,
  );
});

async function prepare(source: string) {
  const makeTask = await loadTask({ name: "work", source });
  const recorder = new Recorder();
  const run = (...args: unknown[]) =>
    runWatched(makeTask, args, {
      watch: watchThread()(),
      recorder,
      lane: LANE,
    });
  return { recorder, run };
}

/** On a busy machine, code may have had a core for a part of its time only. */
function statesOf(spans: readonly Span[]): SpanState[] {
  return spans.map(({ state }) => state === "alive" ? "running" : state);
}
