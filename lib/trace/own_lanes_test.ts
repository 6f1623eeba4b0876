import assert from "node:assert/strict";
import {
  type Context,
  describeOwnLanes,
  describeSpawns,
  type NamedWait,
  type Segment,
} from "./own_lanes.ts";

/** Compares spans written as `lane start-end state label reason`. */
function check(
  record: {
    readonly contexts: readonly Context[];
    readonly segments: readonly Segment[];
    readonly waits?: readonly NamedWait[];
  },
  lane: string,
  expected: readonly string[],
): void {
  const spans = describeOwnLanes({ waits: [], ...record }, 100);
  const found = spans.filter((span) => span.lane === lane).map((span) =>
    [
      `${span.startMs}-${span.endMs}`,
      span.state,
      span.label ?? "",
      span.reason ? `(${span.reason})` : "",
    ].filter(Boolean).join(" ")
  );
  assert.deepEqual(found, expected);
}

function context(
  lane: string,
  times: readonly [number, number],
  options: Partial<Context> = {},
): Context {
  const [startMs, endMs] = times;
  return { lane, parent: null, startMs, endMs, ...options };
}

function segment(context: Context, startMs: number, endMs: number): Segment {
  return { context, startMs, endMs };
}

const MAIN = context("main", [0, 100]);

Deno.test("describeOwnLanes() shows on main whatever the thread ran, and on a task its own", () => {
  const task = context("tea", [10, 60]);
  const record = {
    contexts: [MAIN, task],
    segments: [
      segment(MAIN, 0, 10),
      segment(task, 10, 20),
      segment(MAIN, 40, 45),
      segment(task, 50, 60),
    ],
  };
  check(record, "main", [
    "0-10 running",
    "10-20 running tea",
    "20-40 waiting",
    "40-45 running",
    "45-50 waiting",
    "50-60 running tea",
    "60-100 waiting",
  ]);
  check(record, "tea", ["10-20 running", "20-50 waiting", "50-60 running"]);
});

Deno.test("describeOwnLanes() ends a task that was done before anybody heard of it", () => {
  const task = context("tea", [0, 80]);
  const busy = { contexts: [MAIN, task] };
  check(
    { ...busy, segments: [segment(task, 0, 10), segment(MAIN, 10, 80)] },
    "tea",
    ["0-10 running"],
  );
  // The thread was free in between: then the task waited.
  check(
    { ...busy, segments: [segment(task, 0, 10), segment(MAIN, 30, 80)] },
    "tea",
    ["0-10 running", "10-80 waiting"],
  );
});

Deno.test("describeOwnLanes() labels what belongs to a span, its waiting included", () => {
  const span = context("main", [10, 50], { label: "load", parent: MAIN });
  check(
    {
      contexts: [MAIN, span],
      segments: [
        segment(MAIN, 0, 10),
        segment(span, 10, 20),
        segment(span, 40, 50),
      ],
    },
    "main",
    [
      "0-10 running",
      "10-20 running load",
      "20-40 waiting load",
      "40-50 running load",
      "50-100 waiting",
    ],
  );
});

Deno.test("describeOwnLanes() puts the reason to a wait that has one", () => {
  const wait = {
    context: MAIN,
    reason: "kettle",
    startMs: 20,
    endMs: Infinity,
  };
  check(
    { contexts: [MAIN], segments: [segment(MAIN, 0, 30)], waits: [wait] },
    "main",
    ["0-30 running", "30-100 waiting (kettle)"],
  );
});

Deno.test("describeOwnLanes() ends what has no end with the run", () => {
  const task = context("tea", [10, Infinity]);
  check({ contexts: [MAIN, task], segments: [segment(task, 10, 20)] }, "tea", [
    "10-20 running",
    "20-100 waiting",
  ]);
  assert.deepEqual(
    describeOwnLanes({ contexts: [], segments: [], waits: [] }, 1),
    [],
  );
});

Deno.test("describeOwnLanes() takes more stretches than a call takes arguments", () => {
  const count = 150_000;
  const segments = Array.from(
    { length: count },
    (_, i) => segment(MAIN, i / 2000, i / 2000 + 0.0002),
  );
  const record = { contexts: [MAIN], segments, waits: [] };
  assert.equal(describeOwnLanes(record, 100).length, 2 * count);
});

Deno.test("describeSpawns() gives each task an arrow from its parent, and spans none", () => {
  const tea = context("tea", [10, 60], { parent: MAIN });
  const boil = context("tea", [12, 20], { parent: tea, label: "boil" });
  const cup = context("cup", [15, 20], { parent: boil });
  const record = { contexts: [MAIN, tea, boil, cup], segments: [], waits: [] };
  assert.deepEqual(
    describeSpawns(record).map(({ from, to, startMs }) => [from, to, startMs]),
    [["main", "tea", 10], ["tea", "cup", 15]],
  );
});
