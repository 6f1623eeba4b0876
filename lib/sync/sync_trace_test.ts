import assert from "node:assert/strict";
import {
  type Lane,
  type Link,
  openTap,
  type Tap,
  type TraceSpan,
} from "../base/record/mod.ts";
import { Channel } from "./channel/channel.ts";
import { Mutex } from "./locks/mutex.ts";
import { snapshotLocks } from "./memory/registry.ts";
import type { SyncEvent } from "./memory/event_ring.ts";
import { drainSyncEvents, toSyncSpans } from "./sync_trace.ts";
import { startThread, until } from "./test_threads.ts";

function record() {
  const lanes: Lane[] = [];
  const spans: TraceSpan[] = [];
  const links: Link[] = [];
  const counts: number[] = [];
  const tap: Tap = {
    lane: (lane) => void lanes.push(lane),
    span: (span) => void spans.push(span),
    link: (link) => void links.push(link),
    mark: () => {},
    count: (_name, _unit, _atMs, value) => void counts.push(value),
  };
  return { lanes, spans, links, counts, tap };
}

Deno.test("drainSyncEvents() tells what a lock did in all threads", async () => {
  const mutex = new Mutex({ name: "shared" });
  const { tap, spans, links, lanes } = record();
  using _open = openTap(tap);
  const held = await mutex.lock();
  assert.deepEqual(lanes, [{ id: "lock shared", kind: "lock" }]);
  using thread = startThread("worker 4", (_sync, mutex: Mutex) => {
    mutex.lockSync().unlock();
  }, [mutex]);
  await until(() =>
    snapshotLocks().some(({ lock, waiters }) =>
      lock === "lock shared" && waiters.length === 1
    )
  );
  const unlockMs = performance.now();
  held.unlock();
  await thread.result;
  assert.deepEqual(drainSyncEvents(tap), []);
  const shown = spans.map(({ lane, state, label, reason }) =>
    [lane, state, label ?? reason].join(": ")
  );
  assert.deepEqual(shown, [
    "lock shared: held: main",
    "worker 4: blocked: lock shared",
    "lock shared: held: worker 4",
  ]);
  const [own, blocked, theirs] = spans;
  assert.ok(own!.startMs <= blocked!.startMs);
  assert.ok(blocked!.startMs <= unlockMs && unlockMs <= own!.endMs);
  assert.ok(own!.endMs <= theirs!.startMs);
  assert.ok(theirs!.startMs <= blocked!.endMs);
  assert.deepEqual(links.map(({ kind, from, to }) => [kind, from, to]), [
    ["lock", "main", "worker 4"],
  ]);
  assert.ok(
    lanes.some(({ id, kind }) => id === "worker 4" && kind === "worker"),
  );
});

Deno.test("drainSyncEvents() tells how many values a channel held, and what went on before", async () => {
  const mutex = new Mutex({ name: "before" });
  const guard = await mutex.lock({ lane: "early" });
  const { tap, spans, counts } = record();
  using _open = openTap(tap);
  const channel = new Channel<number>();
  await channel.send(1);
  await channel.receive();
  assert.equal(mutex.tryLock(), null);
  drainSyncEvents(tap);
  assert.deepEqual(counts, [1, 0]);
  assert.deepEqual(spans.map(({ label }) => label), ["early"]);
  guard.unlock();
});

Deno.test("drainSyncEvents() says how many events are missing", async () => {
  const mutex = new Mutex({ name: "hot" });
  const { tap } = record();
  using _open = openTap(tap);
  for (let i = 0; i < 600; i++) (await mutex.lock()).unlock();
  assert.deepEqual(drainSyncEvents(tap), [
    "The first 176 events of lock hot are missing: its memory keeps the last 1024",
  ]);
});

Deno.test("locks ask the trace whose code runs on the main thread", async () => {
  const recorded = record();
  const tap: Tap = { ...recorded.tap, here: () => "task 2" };
  using _open = openTap(tap);
  (await new Mutex({ name: "asks" }).lock()).unlock();
  drainSyncEvents(tap);
  assert.deepEqual(recorded.spans.map(({ label }) => label), ["task 2"]);
});

function check(
  events: [SyncEvent["kind"], string, number, number][],
  expected: string[],
): void {
  const found = toSyncSpans(
    "lock x",
    events.map(([kind, lane, ticket, atMs]) => ({ kind, lane, ticket, atMs })),
    100,
  );
  const words = [
    ...found.spans.map((span) =>
      `${span.lane} ${span.state} ${span.startMs}-${span.endMs}`
    ),
    ...found.links.map((link) =>
      `${link.kind} ${link.from}>${link.to} ${link.startMs}-${link.endMs}`
    ),
    ...found.counts.map(([atMs, value]) => `count ${value} at ${atMs}`),
  ];
  assert.deepEqual(words, expected);
}

Deno.test("toSyncSpans() ends with the trace what lasts longer", () => {
  check([["take", "A", 1, 5], ["wait", "B", 2, 6]], [
    "lock x held 5-100",
    "B blocked 6-100",
  ]);
});

Deno.test("toSyncSpans() ends a wait that was given up without an arrow", () => {
  check([["wait", "B", 2, 6], ["giveUp", "B", 2, 9]], ["B blocked 6-9"]);
});

Deno.test("toSyncSpans() tells a wake-up from a hand-over", () => {
  check(
    [["wait", "B", 2, 6], ["release", "A", 0, 8], ["resume", "B", 2, 9]],
    ["B blocked 6-9", "wake A>B 8-9"],
  );
});

Deno.test("toSyncSpans() leaves out ends whose beginnings were lost", () => {
  check([["release", "A", 1, 3], ["resume", "B", 2, 4], ["count", "", 7, 5]], [
    "count 7 at 5",
  ]);
});
