// What a pool tells a trace; what the trace makes of it is in `lib/trace/`.
import assert from "node:assert/strict";
import {
  type Lane,
  type Link,
  type Mark,
  openTap,
  type TraceSpan,
} from "../../base/record/mod.ts";
import { Mutex } from "../../sync/mod.ts";
import { pool } from "./pool.ts";

function collect() {
  const lanes: Lane[] = [];
  const spans: TraceSpan[] = [];
  const links: Link[] = [];
  const counts: [string, number][] = [];
  const marks: string[] = [];
  const tap = {
    lane: (lane: Lane) => void lanes.push(lane),
    span: (span: TraceSpan) => void spans.push(span),
    link: (link: Link) => void links.push(link),
    mark: ({ label }: Mark) => void marks.push(label),
    count: (name: string, _unit: string, _atMs: number, value: number) =>
      void counts.push([name, value]),
    here: () => "task 1",
  };
  return { tap, lanes, spans, links, counts, marks };
}

Deno.test("a pool tells a trace of its threads, jobs, messages and queue", async () => {
  const { tap, lanes, spans, links, counts } = collect();
  const startMs = performance.now();
  {
    using _open = openTap(tap);
    await using threads = pool({ size: 1 });
    const work = async function work(n: number) {
      for (let step = 0; step < 1e6; step++);
      await new Promise((resolve) => setTimeout(resolve, 20));
      for (let step = 0; step < 1e6; step++);
      return n;
    };
    assert.deepEqual(await threads.map(work, [1, 2]), [1, 2]);
  }
  const endMs = performance.now();
  const lane = lanes.find(({ kind }) => kind === "worker")?.id ?? "";
  assert.match(lane, /^worker \d+$/);
  const own = spans.filter((span) => span.lane === lane);
  const states = new Set(own.map(({ state }) => state));
  assert.ok(
    states.isSupersetOf(new Set(["starting", "running", "waiting"])),
    [...states].join(),
  );
  assert.ok(own.some(({ label }) => label === "work"));
  assert.ok(
    spans.some((span) => span.lane === "main" && span.state === "serialising"),
  );
  for (const span of [...spans, ...links]) {
    assert.ok(span.startMs >= startMs && span.endMs <= endMs);
    assert.ok(span.endMs >= span.startMs);
  }
  const messages = links.filter(({ kind }) => kind === "message");
  assert.deepEqual(
    messages.map(({ from, to }) => `${from} > ${to}`),
    [1, 2].flatMap(() => [`task 1 > ${lane}`, `${lane} > task 1`]),
  );
  assert.equal(links.filter(({ kind }) => kind === "spawn").length, 1);
  assert.ok(counts.some(([name, value]) => name === "queue length" && value));
  assert.equal(counts.at(-1)?.[1], 0);
});

Deno.test("a pool tells a trace of a job that was cut short", async () => {
  const { tap, spans, marks } = collect();
  using _open = openTap(tap);
  await using threads = pool({ size: 1 });
  const spin = () => {
    for (;;);
  };
  await assert.rejects(threads.run(spin, [], { timeoutMs: 10 }));
  assert.deepEqual(marks, ["spin was cut short"]);
  const cut = spans.filter(({ label }) => label === "spin");
  assert.deepEqual(cut.map(({ state }) => state), ["running"]);
  checkApart(spans);
});

Deno.test("a pool never tells a trace that a thread did two things at once", async () => {
  const { tap, spans } = collect();
  await using old = pool({ size: 1 });
  const work = async function work(ms: number) {
    for (let step = 0; step < 1e5; step++);
    await new Promise((resolve) => setTimeout(resolve, ms));
  };
  // Their thread has a message of many jobs when the trace begins.
  for (let n = 0; n < 20; n++) await old.run(work, [0]);
  const before = Array.from({ length: 50 }, () => old.run(work, [1]));
  const cut = Promise.allSettled(before);
  using _open = openTap(tap);
  {
    // Their jobs are sent before their threads have started.
    await using fresh = pool({ size: 3 });
    const jobs = Array.from({ length: 9 }, (_, n) => fresh.run(work, [n % 3]));
    await Promise.all([...jobs, before[0]]);
  }
  old[Symbol.dispose]();
  await cut;
  {
    // Ended while its thread starts.
    using starting = pool({ size: 1 });
    void starting.run(work, [1]).catch(() => {});
  }
  checkApart(spans);
  const states = new Set(spans.map(({ state }) => state));
  for (const state of ["starting", "messaging", "running", "waiting"]) {
    assert.ok(states.has(state as TraceSpan["state"]), state);
  }
});

/** Fails if two spans of a lane overlap. */
function checkApart(spans: readonly TraceSpan[]): void {
  for (const [lane, own] of Map.groupBy(spans, ({ lane }) => lane)) {
    const sorted = own.toSorted((a, b) => a.startMs - b.startMs);
    for (const [index, { startMs }] of sorted.entries()) {
      const { endMs = 0, ...previous } = sorted[index - 1] ?? {};
      assert.ok(
        startMs >= endMs,
        `${lane}: ${JSON.stringify([previous, endMs, sorted[index]])}`,
      );
    }
  }
}

Deno.test("a pool tells a trace of each job where many go in one message", async () => {
  await using threads = pool({ size: 1 });
  const double = function double(n: number) {
    return n === 250 ? { n } : 2 * n;
  };
  const numbers = Array.from({ length: 300 }, (_, n) => n);
  for (const n of numbers) await threads.run(double, [n]);
  const { tap, spans, links } = collect();
  {
    using _open = openTap(tap);
    const found = await Promise.all(
      numbers.map((n) => threads.run(double, [n])),
    );
    assert.deepEqual(found[250], { n: 250 });
    assert.equal(found[299], 598);
  }
  checkApart(spans);
  const ran = spans.filter(({ lane, state }) =>
    lane !== "main" && state === "running"
  );
  assert.ok(ran.length > 250, `${ran.length} of 300 are told of`);
  const messages = links.filter(({ kind }) => kind === "message").length;
  assert.ok(messages < 300, `${messages} messages for 300 jobs there and back`);
});

Deno.test("a pool tells a trace what a large value took on each side", async () => {
  await using threads = pool({ size: 1 });
  const send = function send(bytes: Uint8Array) {
    return bytes.length > 0 ? bytes : null;
  };
  await threads.run(send, [new Uint8Array(1)]);
  const { tap, spans } = collect();
  const startMs = performance.now();
  {
    using _open = openTap(tap);
    const bytes = await threads.run(send, [new Uint8Array(4e6)]);
    assert.equal(bytes?.length, 4e6);
  }
  const tookMs = performance.now() - startMs;
  for (const lane of ["main", "worker 1"]) {
    const copies = spans.filter((span) =>
      span.lane === lane && span.state === "serialising"
    );
    // A side that lost its core right after writing cannot tell when the other one read.
    assert.ok(
      copies.length === 1 || copies.length === 2,
      `${lane} wrote and read`,
    );
    for (const { startMs, endMs } of copies) {
      assert.ok(endMs - startMs < tookMs);
    }
  }
  checkApart(spans);
});

Deno.test("a pool names loading what a thread's first job with a lock waits for", async () => {
  const { tap, spans } = collect();
  await using threads = pool({ size: 1 });
  await threads.ready();
  {
    using _open = openTap(tap);
    const mutex = new Mutex();
    await threads.run(async (mutex: Mutex) => {
      using _guard = await mutex.lock();
    }, [mutex]);
  }
  const loading = spans.filter(({ reason }) => reason === "loading code");
  assert.deepEqual(loading.map(({ state }) => state), ["starting"]);
});
