// What a pool tells a trace; what the trace makes of it is in `lib/trace/`.
import assert from "node:assert/strict";
import type { Lane, Link, TraceSpan } from "../trace/recording.ts";
import { openTap } from "../trace/tap.ts";
import { pool } from "./pool.ts";

function collect() {
  const lanes: Lane[] = [];
  const spans: TraceSpan[] = [];
  const links: Link[] = [];
  const counts: [string, number][] = [];
  const tap = {
    lane: (lane: Lane) => void lanes.push(lane),
    span: (span: TraceSpan) => void spans.push(span),
    link: (link: Link) => void links.push(link),
    mark: () => {},
    count: (name: string, _unit: string, _atMs: number, value: number) =>
      void counts.push([name, value]),
    here: () => "task 1",
  };
  return { tap, lanes, spans, links, counts };
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
