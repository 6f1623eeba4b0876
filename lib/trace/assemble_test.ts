import {
  assemble,
  joinProcesses,
  type Told,
  type TraceRecord,
} from "./assemble.ts";
import type { TraceSpan } from "../base/record/mod.ts";
import { EMPTY_RECORD } from "./test_record.ts";
import assert from "node:assert/strict";

function check(
  record: Partial<TraceRecord>,
  lane: string,
  expected: readonly string[],
): void {
  const { spans } = assemble({ ...EMPTY_RECORD, ...record });
  const found = spans.filter((span) => span.lane === lane).map((span) =>
    `${span.startMs}-${span.endMs} ${span.state}${span.sampled ? " ~" : ""}`
  );
  assert.deepEqual(found, expected);
}

function span(
  lane: string,
  state: TraceSpan["state"],
  times: readonly [number, number],
  sampled?: true,
): TraceSpan {
  const [startMs, endMs] = times;
  return { lane, state, startMs, endMs, ...(sampled ? { sampled } : {}) };
}

function count([startMs, endMs]: [number, number], runMs: number, waitMs = 0) {
  return { startMs, endMs, runMs, waitMs };
}

const NOTHING_SAMPLED = {
  counted: new Map(),
  coreIds: [],
  cores: [],
  threadSpans: [],
  threads: [],
  ownShare: 0,
};

const MAIN = { lane: "main", parent: null, startMs: 100, endMs: 200 };

Deno.test("assemble() counts from the start, cuts at both ends, drops what is outside", () => {
  check(
    {
      spans: [
        span("worker 1", "running", [90, 110]),
        span("worker 1", "waiting", [195, 300]),
        span("worker 1", "running", [10, 20]),
        span("worker 1", "running", [250, 260]),
      ],
    },
    "worker 1",
    ["0-10 running", "95-100 waiting"],
  );
});

Deno.test("assemble() lets what main ran win over a lock that somebody there awaited", () => {
  const own = {
    contexts: [MAIN],
    segments: [{ context: MAIN, startMs: 100, endMs: 150 }],
    waits: [],
  };
  check({ own, spans: [span("main", "blocked", [120, 180])] }, "main", [
    "0-50 running",
    "50-80 blocked",
    "80-100 waiting",
  ]);
  check({ own, holds: [span("main", "blocked", [120, 140])] }, "main", [
    "0-20 running",
    "20-40 blocked",
    "40-50 running",
    "50-100 waiting",
  ]);
});

Deno.test("assemble() lets a lock win over what a Worker is said to have run", () => {
  check(
    {
      spans: [
        span("worker 1", "running", [110, 190]),
        span("worker 1", "blocked", [120, 150]),
      ],
    },
    "worker 1",
    ["10-20 running", "20-50 blocked", "50-90 running"],
  );
});

Deno.test("assemble() leaves spans of a lock as they are, overlapping or not", () => {
  check(
    {
      spans: [
        span("lock a", "held", [110, 150]),
        span("lock a", "held", [120, 160]),
      ],
    },
    "lock a",
    ["10-50 held", "20-60 held"],
  );
});

Deno.test("assemble() fills a life with samples, and the rest with what is assumed", () => {
  const lives = [{
    lane: "worker 1",
    state: "running",
    startMs: 110,
    endMs: Infinity,
  }] as const;
  const spans = [span("worker 1", "starting", [110, 120])];
  check({ lives, spans }, "worker 1", ["10-20 starting", "20-100 running"]);
  const sampled = {
    ...NOTHING_SAMPLED,
    threadSpans: [span("worker 1", "running", [100, 140], true)],
  };
  check({ lives, spans, sampled }, "worker 1", [
    "10-20 starting",
    "20-40 running ~",
    "40-100 waiting",
  ]);
});

Deno.test("assemble() calls running code runnable where the system says so", () => {
  const sampled = {
    ...NOTHING_SAMPLED,
    threadSpans: [
      span("worker 1", "running", [110, 120], true),
      span("worker 1", "runnable", [120, 130], true),
      span("worker 1", "running", [130, 150], true),
    ],
    counted: new Map([["worker 1", [count([100, 150], 30, 10)]]]),
  };
  const spans = [span("worker 1", "running", [110, 150])];
  check({ spans, sampled }, "worker 1", [
    "10-20 running",
    "20-30 runnable ~",
    "30-50 running",
  ]);
});

Deno.test("assemble() calls it blocked where running code slept, for as long as somebody looked", () => {
  const sampled = {
    ...NOTHING_SAMPLED,
    threadSpans: [
      span("worker 1", "running", [120, 130], true),
      span("worker 1", "running", [150, 160], true),
      span("worker 1", "running", [165, 170], true),
    ],
    counted: new Map([["worker 1", [
      count([100, 130], 10),
      count([130, 160], 10),
      count([160, 170], 10),
      count([170, 172], 0),
    ]]]),
  };
  const spans = [span("worker 1", "running", [90, 200])];
  check({ spans, sampled }, "worker 1", [
    "0-20 blocked ~",
    "20-30 running",
    "30-50 blocked ~",
    // From 70 on nobody looked: it is not known to have slept.
    "50-100 running",
  ]);
});

Deno.test("assemble() tells of one thread's time once, whoever told of it twice", () => {
  check(
    {
      spans: [
        span("worker 1", "messaging", [105, 150]),
        span("worker 1", "starting", [100, 120]),
        span("worker 1", "serialising", [130, 140]),
        span("worker 1", "messaging", [145, 160]),
      ],
    },
    "worker 1",
    [
      "0-20 starting",
      "20-30 messaging",
      "30-40 serialising",
      "40-50 messaging",
      "50-60 messaging",
    ],
  );
});

Deno.test("assemble() knows every lane that is named, and shows idle cores", () => {
  const { lanes } = assemble({
    ...EMPTY_RECORD,
    lanes: [{ id: "unused", kind: "task" }],
    spans: [span("lock a", "held", [110, 120])],
    links: [{
      kind: "message",
      from: "main",
      to: "mystery",
      startMs: 110,
      endMs: 120,
    }],
    sampled: { ...NOTHING_SAMPLED, coreIds: ["core 0"] },
  });
  assert.deepEqual(lanes, [
    { id: "core 0", kind: "core" },
    { id: "main", kind: "main" },
    { id: "mystery", kind: "task" },
    { id: "lock a", kind: "lock" },
  ]);
});

Deno.test("assemble() keeps arrows, marks and counters of the run, in order", () => {
  const { links, marks, counters } = assemble({
    ...EMPTY_RECORD,
    links: [130, 110, 90].map((startMs) => ({
      kind: "wake",
      from: "main",
      to: "worker 1",
      startMs,
      endMs: startMs + 90,
    })),
    marks: [{ atMs: 150, label: "b" }, { atMs: 120, label: "a" }, {
      atMs: 99,
      label: "before",
    }],
    counters: [{ name: "jobs", unit: "", samples: [[120, 1], [300, 2]] }],
  });
  assert.deepEqual(
    links.map(({ startMs, endMs }) => [startMs, endMs]),
    [[10, 100], [30, 100]],
  );
  assert.deepEqual(marks.map(({ label, atMs }) => [label, atMs]), [
    ["a", 20],
    ["b", 50],
  ]);
  assert.deepEqual(counters, [{ name: "jobs", unit: "", samples: [[20, 1]] }]);
});

const TOLD: Told = {
  lanes: [
    { id: "main", kind: "main" },
    { id: "process 1 deno", kind: "process" },
    { id: "process 2 sleep", kind: "process" },
    { id: "process 70", kind: "process" },
    { id: "process 71", kind: "process" },
  ],
  spans: [
    { lane: "process 1 deno", state: "starting", startMs: 0, endMs: 2 },
    { lane: "process 70", state: "running", startMs: 9, endMs: 20 },
    { lane: "process 71", state: "running", startMs: 2, endMs: 30 },
  ],
  links: [
    {
      kind: "spawn",
      from: "main",
      to: "process 1 deno",
      startMs: 0,
      endMs: 2,
    },
    { kind: "spawn", from: "main", to: "process 70", startMs: 0, endMs: 8 },
    { kind: "message", from: "main", to: "process 70", startMs: 8, endMs: 9 },
    { kind: "message", from: "process 70", to: "main", startMs: 20, endMs: 21 },
  ],
};
const LANES = new Map([[70, "process 1 deno"], [71, "process 2 sleep"]]);

Deno.test("joinProcesses() puts the calls of a process onto its one lane", () => {
  const { lanes, spans, links } = joinProcesses(TOLD, LANES);
  assert.deepEqual(lanes.map(({ id }) => id), [
    "main",
    "process 1 deno",
    "process 2 sleep",
  ]);
  assert.deepEqual(
    spans.map(({ lane, state }) => `${lane}: ${state}`),
    ["process 1 deno: starting", "process 1 deno: running"],
  );
  assert.deepEqual(links.map(({ kind, from, to }) => [kind, from, to]), [
    ["spawn", "main", "process 1 deno"],
    ["message", "main", "process 1 deno"],
    ["message", "process 1 deno", "main"],
  ]);
});

Deno.test("joinProcesses() leaves what only one source told of", () => {
  assert.equal(joinProcesses(TOLD, new Map()), TOLD);
  assert.equal(joinProcesses(TOLD, new Map([[72, "process 3 ls"]])), TOLD);
});
