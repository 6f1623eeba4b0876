import assert from "node:assert/strict";
import { DISPLAY } from "../base/mod.ts";
import { Mutex } from "../sync/mod.ts";
import { recordingOf, UnfinishedRunError } from "./trace.ts";
import {
  currentTap,
  openTap,
  type Recording,
  type TraceSpan,
} from "../base/record/mod.ts";
import { findFaults } from "./test_chrome_format.ts";
import { trace } from "../trace.ts";

const QUIET = { cores: false } as const;

/** Spans of one lane lie in order, in the run, and do not overlap. */
function checkThread({ spans, durationMs }: Recording, lane: string): void {
  const own = spans.filter((span) => span.lane === lane);
  assert.ok(own.length > 0, `${lane} has spans`);
  let reachedMs = 0;
  for (const { startMs, endMs } of own) {
    assert.ok(startMs >= reachedMs, `${lane}: ${startMs} after ${reachedMs}`);
    assert.ok(endMs > startMs && endMs <= durationMs);
    reachedMs = endMs;
  }
}

function statesOf({ spans }: Recording, lane: string): string[] {
  const states = spans.filter((span) => span.lane === lane)
    .map(({ state }) => state);
  return states.filter((state, i) => state !== states[i - 1]);
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

/** Computes for long enough to be more than a sliver. */
function compute(): number {
  let sum = 0;
  for (let i = 0; i < 300_000; i++) sum += Math.sqrt(i);
  return sum;
}

/** On a busy machine, whether code was on a core all the time is not known. */
function isRun({ state }: Pick<TraceSpan, "state">): boolean {
  return state === "running" || state === "alive";
}

Deno.test("trace() gives the value, and main's running and waiting", async () => {
  const run = await trace(async () => {
    compute();
    await turn();
    compute();
    return 7;
  }, { ...QUIET, title: "two turns" });
  assert.equal(run.value, 7);
  assert.equal(run.recording.title, "two turns");
  checkThread(run.recording, "main");
  assert.ok(run.recording.spans.filter(isRun).length >= 2);
  assert.ok(statesOf(run.recording, "main").includes("waiting"));
});

Deno.test("trace() gives tasks lanes below their parents, running and waiting by turns", async () => {
  const { recording } = await trace(async (t) => {
    await t.task("outer", async () => {
      compute();
      await t.task("inner", async () => {
        await turn();
        compute();
      });
    });
    await t.task("inner", () => compute());
  }, QUIET);
  assert.deepEqual(recording.lanes, [
    { id: "main", kind: "main" },
    { id: "outer", kind: "task", parent: "main" },
    { id: "inner", kind: "task", parent: "outer" },
    { id: "inner (2)", kind: "task", parent: "main" },
  ]);
  for (const { id } of recording.lanes) checkThread(recording, id);
  assert.ok(statesOf(recording, "outer").includes("waiting"));
  const inner = recording.spans.filter(({ lane }) => lane === "inner");
  assert.ok(isRun(inner.at(-1)!));
  const spawns = recording.links.map(({ kind, from, to }) => [kind, from, to]);
  assert.deepEqual(spawns, [
    ["spawn", "main", "outer"],
    ["spawn", "outer", "inner"],
    ["spawn", "main", "inner (2)"],
  ]);
});

Deno.test("trace() has one task run at a time on the main thread", async () => {
  const { recording } = await trace(async (t) => {
    const names = ["a", "b", "c"];
    await Promise.all(names.map((name) =>
      t.task(name, async () => {
        for (let i = 0; i < 5; i++) {
          compute();
          await (i % 2 === 0 ? turn() : null);
        }
      })
    ));
  }, QUIET);
  const running = recording.spans.filter((span: TraceSpan) =>
    span.lane !== "main" && isRun(span)
  );
  assert.ok(running.length >= 9);
  running.forEach((span, i) => {
    const next = running[i + 1];
    // Two clocks' worth of rounding.
    assert.ok(next === undefined || next.startMs >= span.endMs - 1e-6);
  });
});

Deno.test("trace() puts labels, reasons, marks and counters where they belong", async () => {
  const { recording } = await trace(async (t) => {
    await t.span("load", async () => {
      compute();
      await t.wait("the disk", turn());
      compute();
    });
    await t.task("tea", async () => {
      await turn();
      t.mark("boils");
      t.count("cups", 2, "cups");
    });
  }, QUIET);
  const waits = recording.spans.filter(({ reason }) => reason === "the disk");
  assert.ok(waits.length >= 1);
  assert.deepEqual([
    ...new Set(waits.map((one) => [one.lane, one.label, one.state].join())),
  ], [
    "main,load,waiting",
  ]);
  const boils = recording.marks.find(({ label }) => label === "boils");
  assert.equal(boils?.lane, "tea");
  const cups = recording.counters.find(({ name }) => name === "cups");
  assert.deepEqual(cups?.samples.map(([, value]) => value), [2]);
});

Deno.test("trace() throws what the function threw, with the recording", async () => {
  const thrown = new RangeError("too far");
  const error = await trace(async (t) => {
    await t.task("walk", async () => {
      await turn();
      throw thrown;
    });
  }, QUIET).catch((error) => error);
  assert.equal(error, thrown);
  const recording = recordingOf(error)!;
  checkThread(recording, "walk");
  assert.ok(
    recording.marks.some(({ label }) =>
      label === "walk threw RangeError: too far"
    ),
  );
  assert.equal(recordingOf(new Error("of something else")), null);
  assert.equal(recordingOf("text"), null);
});

Deno.test("trace() puts everything back, also after an error", async () => {
  const shorthands = Deno as unknown as Record<string, unknown>;
  const before = [Worker, Deno.Command, shorthands["spawn"]];
  await trace(() => {
    assert.notEqual(Worker, before[0]);
    assert.notEqual(Deno.Command, before[1]);
    assert.notEqual(currentTap(), null);
    throw new Error("stop");
  }, QUIET).catch(() => {});
  assert.deepEqual([Worker, Deno.Command, shorthands["spawn"]], before);
  assert.equal(currentTap(), null);
});

Deno.test("trace() ends a run that does not end in time", async () => {
  let signal: AbortSignal | undefined;
  const error = await trace((t) => {
    signal = t.signal;
    return new Promise(() => {});
  }, { ...QUIET, timeoutMs: 20, title: "for ever" }).catch((error) => error);
  assert.ok(error instanceof UnfinishedRunError);
  assert.equal(
    error.message,
    'Cannot finish trace "for ever": still running after 20.0 ms (timeoutMs); ' +
      "main awaits a promise that has not settled",
  );
  assert.equal(error.deadlock, null);
  assert.ok(signal?.aborted);
  checkThread(recordingOf(error)!, "main");
});

Deno.test("trace() ends with its signal's reason", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const error = await trace(() => {
    controller.abort(reason);
    return new Promise(() => {});
  }, { ...QUIET, signal: controller.signal }).catch((error) => error);
  assert.equal(error, reason);
  assert.ok(recordingOf(error));
  const never = () => assert.fail("It must not be called");
  await assert.rejects(trace(never, { signal: controller.signal }), reason);
});

Deno.test("trace() names a deadlock, and keeps who holds and who waits", async () => {
  const error = await trace(async (t) => {
    const [a, b] = [new Mutex({ name: "A" }), new Mutex({ name: "B" })];
    const bothHold = Promise.withResolvers<void>();
    await Promise.all([
      t.task("one", async () => {
        using _a = await a.lock();
        await bothHold.promise;
        using _b = await b.lock();
      }),
      t.task("two", async () => {
        using _b = await b.lock();
        bothHold.resolve();
        using _a = await a.lock();
      }),
    ]);
  }, { ...QUIET, timeoutMs: 200, title: "stuck" }).catch((error) => error);
  assert.ok(error instanceof UnfinishedRunError, String(error));
  assert.match(
    error.message,
    /^Cannot finish trace "stuck": \w+ waits for lock [AB] held by \w+, which waits for lock [AB] held by \w+$/,
  );
  assert.deepEqual(error.deadlock?.toSorted(), [
    "lock A",
    "lock B",
    "one",
    "two",
  ]);
  const recording = recordingOf(error)!;
  assert.deepEqual(
    recording.locks.map(({ lock, holders, waiters }) =>
      `${lock}: ${holders} / ${waiters}`
    ),
    ["lock A: one / two", "lock B: two / one"],
  );
  const blocked = recording.spans.filter(({ state }) => state === "blocked");
  assert.deepEqual(
    blocked.map(({ lane, reason }) => `${lane}: ${reason}`).sort(),
    ["one: lock B", "two: lock A"],
  );
});

Deno.test("trace() within a trace is a span of the outer one", async () => {
  const outer = await trace(async (t) => {
    await t.task("before", () => compute());
    const inner = await trace(async (t) => {
      await t.task("within", () => compute());
      return 1;
    }, { title: "inner" });
    return inner;
  }, QUIET);
  const inner = outer.value;
  assert.equal(inner.value, 1);
  const names = (recording: Recording) => recording.lanes.map(({ id }) => id);
  assert.deepEqual(names(inner.recording), ["main", "within"]);
  assert.deepEqual(names(outer.recording), ["main", "before", "within"]);
  assert.ok(inner.recording.durationMs <= outer.recording.durationMs);
  assert.match(inner.recording.missing.join(), /outer trace only/);
  assert.ok(outer.recording.spans.some(({ label }) => label === "inner"));
});

Deno.test("trace() refuses a tap that somebody else has open, and works afterwards", async () => {
  const nothing = () => {};
  {
    using _tap = openTap({
      lane: nothing,
      span: nothing,
      link: nothing,
      mark: nothing,
      count: nothing,
    });
    await assert.rejects(trace(nothing, QUIET), /Cannot open tap/);
  }
  assert.equal((await trace(() => 1, QUIET)).value, 1);
});

Deno.test("trace() refuses options out of range", async () => {
  const nothing = () => {};
  await assert.rejects(trace(nothing, { sampleMs: 0 }), RangeError);
  await assert.rejects(trace(nothing, { timeoutMs: 0 }), RangeError);
  await assert.rejects(trace(nothing, { timeoutMs: 2 ** 40 }), RangeError);
});

Deno.test("trace() shows a figure, prints no methods, and exports", async () => {
  const run = await trace((t) => t.task("tea", turn), QUIET);
  const bundle = await run[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), /^<svg /);
  assert.match(String(bundle["text/plain"]), /tea/);
  assert.deepEqual(Object.keys(run), ["value", "recording"]);
  assert.deepEqual(findFaults(await run.chromeTrace()), []);
  const path = await Deno.makeTempFile({ suffix: ".json" });
  await run.saveTrace(path);
  assert.deepEqual(findFaults(await Deno.readTextFile(path)), []);
  await Deno.remove(path);
});
