import assert from "node:assert/strict";
import { assemble, type TraceRecord } from "./assemble.ts";
import { type ChromeEvent, toChromeTrace, toEvents } from "./chrome_trace.ts";
import type { Recording, TraceSpan } from "../base/record/mod.ts";
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

Deno.test("toChromeTrace() gives marks and counters a thread that has a name", () => {
  for (const { pid, tid } of [...find("C"), ...find("i")]) {
    assert.deepEqual([pid, tid], [2, 1]);
  }
});

Deno.test("findFaults() finds what breaks the rules", () => {
  const slice = { ph: "X", name: "a", pid: 1, tid: 1, ts: 0, dur: 10 };
  const name = {
    ph: "M",
    name: "thread_name",
    pid: 1,
    tid: 1,
    ts: 0,
    args: { name: "t" },
  };
  const process = { ...name, name: "process_name", args: { name: "p" } };
  const flow = { cat: "c", id: 1, pid: 1, tid: 1, name: "n", ts: 5 };
  const start = { ...flow, ph: "s" };
  const end = { ...flow, ph: "f", bp: "e" };
  const count = { ph: "C", name: "c", pid: 1, tid: 1, ts: 0 };
  const check = (events: readonly object[], expected: RegExp) => {
    const traceEvents = [process, name, ...events];
    const faults = findFaults(JSON.stringify({ traceEvents })).join("\n");
    assert.match(faults, expected);
  };
  check([slice, start, end], /^$/);
  check([{ ...slice, dur: undefined }], /lacks dur/);
  check([{ ...slice, ts: -1 }], /ts -1/);
  check([{ ...slice, ts: 0.0001 }], /digits below/);
  check([{ ...slice, ts: 1e-7 }], /digits below/);
  check([{ ...slice, tid: 0 }], /tid 0/);
  check([{ ...slice, pid: 1.5 }], /pid 1.5/);
  check([{ ...slice, pid: "1" }], /pid 1/);
  check([{ ...slice, rows: [1] }], /rows is a list/);
  check([slice, { ...slice, ts: 5 }], /overlap/);
  check([{ ...slice, ts: 20 }, slice], /comes after/);
  check([start, end], /in no slice/);
  check([{ ...start, ts: 0 }, slice, end], /in no slice/);
  check([slice, start, { ...end, bp: undefined }], /next slice/);
  check(
    [slice, { ...start, id: "link 1" }, { ...end, id: "link 1" }],
    /no number/,
  );
  check([slice, start, { ...end, name: "m" }], /changes its name/);
  check([{ ...flow, ph: "b" }], /has no e/);
  check([{ ...flow, ph: "e" }], /has no b/);
  check([{ ...flow, ph: "b" }, { ...flow, ph: "e", pid: 2 }], /its process/);
  check([{ ...slice, tid: 9 }], /has no name/);
  check([{ ...name, tid: 2, pid: 7 }], /process 7 has no name/);
  check([{ ...process, pid: 2 }, { ...name, pid: 2 }], /used twice/);
  check([{ ...slice, ph: "Q" }], /unknown phase/);
  check([{ ...slice, ph: "i", s: "x" }], /s x/);
  check([{ ...count, args: {} }], /no numbers/);
  check(
    [{ ...count, args: { a: 1 } }, { ...count, args: { b: 1 } }],
    /changes its values/,
  );
  assert.match(
    findFaults('{"displayTimeUnit":"ns","traceEvents":[]}').join(),
    /displayTimeUnit/,
  );
});
