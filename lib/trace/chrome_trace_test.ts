import assert from "node:assert/strict";
import { assemble, type TraceRecord } from "./assemble.ts";
import { type ChromeEvent, toChromeTrace, toEvents } from "./chrome_trace.ts";
import type { Recording, TraceSpan } from "./recording.ts";
import { findFaults } from "./test_chrome_format.ts";
import { EMPTY_RECORD } from "./test_record.ts";

function record(options: Partial<TraceRecord>): Recording {
  return assemble({ ...EMPTY_RECORD, ...options });
}

function held(startMs: number, endMs: number, label: string): TraceSpan {
  return { lane: "lock a", state: "held", startMs, endMs, label };
}

const BUSY = record({
  lanes: [
    { id: "main", kind: "main" },
    { id: "process 1 cat", kind: "process" },
    { id: "lock a", kind: "lock" },
  ],
  spans: [
    held(110, 150, "tea"),
    held(120, 160, "toast"),
    held(112, 118, "inner"),
    { lane: "main", state: "running", startMs: 100.1, endMs: 100.3 },
    { lane: "main", state: "blocked", startMs: 100.3, endMs: 130, reason: "x" },
    { lane: "process 1 cat", state: "running", startMs: 120, endMs: 140 },
  ],
  links: [
    {
      kind: "message",
      from: "main",
      to: "process 1 cat",
      startMs: 110,
      endMs: 125,
      bytes: 8,
    },
    // In no span at either end.
    {
      kind: "wake",
      from: "process 1 cat",
      to: "main",
      startMs: 150,
      endMs: 150,
    },
    {
      kind: "message",
      from: "worker 1",
      to: "main",
      startMs: 150,
      endMs: 200,
    },
  ],
  marks: [{ atMs: 130, label: "here", lane: "main" }, {
    atMs: 131,
    label: "everywhere",
  }],
  counters: [{ name: "jobs", unit: "tasks", samples: [[110, 1], [120, 2]] }],
});

function find(ph: ChromeEvent["ph"]): ChromeEvent[] {
  return toEvents(BUSY).filter((event) => event.ph === ph);
}

Deno.test("toChromeTrace() follows the rules of the format", () => {
  assert.deepEqual(findFaults(toChromeTrace(BUSY)), []);
  assert.deepEqual(findFaults(toChromeTrace(record({}))), []);
});

Deno.test("toChromeTrace() writes overlapping spans as async events, nested ones as slices", () => {
  assert.deepEqual(find("b").map(({ name }) => name), ["held: toast"]);
  assert.deepEqual(find("e").map(({ ts }) => ts), [60_000]);
  const slices = find("X").filter(({ cat }) => cat === "held");
  assert.deepEqual(slices.map(({ name, ts, dur }) => [name, ts, dur]), [
    ["held: tea", 10_000, 40_000],
    ["held: inner", 12_000, 6_000],
  ]);
});

Deno.test("toChromeTrace() keeps edges that touch apart, to the nanosecond", () => {
  const [running, blocked] = find("X").filter(({ tid }) => tid === 1);
  assert.equal(running!.ts + running!.dur!, blocked!.ts);
  assert.deepEqual(blocked!.args, { state: "blocked", reason: "x" });
});

Deno.test("toChromeTrace() gives arrows two ends, and a slice where none is", () => {
  const [starts, ends] = [find("s"), find("f")];
  assert.deepEqual(starts.map(({ id }) => id), ends.map(({ id }) => id));
  assert.deepEqual(starts[0]!.args, { bytes: 8 });
  const points = find("X").filter(({ dur }) => dur === 0);
  assert.deepEqual(points.map(({ name }) => name).sort(), [
    "messaging: message from worker 1",
    "messaging: message to main",
    "messaging: wake from process 1 cat",
    "messaging: wake to main",
  ]);
});

Deno.test("toChromeTrace() names and orders lanes, processes apart", () => {
  const names = find("M").filter(({ name }) => name === "thread_name");
  assert.deepEqual(names.map(({ args }) => args!.name), [
    "main",
    "worker 1",
    "process 1 cat",
    "lock a",
  ]);
  assert.equal(new Set(names.map(({ pid }) => pid)).size, 3);
});

Deno.test("toChromeTrace() writes counters and marks", () => {
  assert.deepEqual(
    find("C").map(({ name, ts, args }) => [name, ts, args]),
    [["jobs (tasks)", 10_000, { value: 1 }], ["jobs (tasks)", 20_000, {
      value: 2,
    }]],
  );
  assert.deepEqual(find("i").map(({ s }) => s), ["t", "g"]);
});

Deno.test("findFaults() finds what breaks the rules", () => {
  const slice = { ph: "X", name: "a", pid: 1, tid: 1, ts: 0, dur: 10 };
  const name = { ph: "M", name: "thread_name", pid: 1, tid: 1, ts: 0 };
  const flow = { cat: "c", id: "1", pid: 1, tid: 1, name: "n", ts: 50 };
  const bad: readonly (readonly [object[], RegExp])[] = [
    [[{ ...slice, dur: undefined }], /lacks dur/],
    [[{ ...slice, ts: -1 }], /ts -1/],
    [[slice, { ...slice, ts: 5 }], /overlap/],
    [[{ ...slice, ts: 20 }, slice], /comes after/],
    [[{ ...flow, ph: "s" }, { ...flow, ph: "f", bp: "e" }], /in no slice/],
    [[{ ...flow, ph: "b" }], /has no e/],
    [[{ ...flow, ph: "e" }], /has no b/],
    [[{ ...slice, tid: 9 }], /has no name/],
    [[{ ...slice, ph: "Q" }], /unknown phase/],
  ];
  for (const [events, expected] of bad) {
    const traceEvents = [{ ...name, args: { name: "t" } }, ...events];
    const faults = findFaults(JSON.stringify({ traceEvents }));
    assert.match(faults.join("\n"), expected);
  }
});
