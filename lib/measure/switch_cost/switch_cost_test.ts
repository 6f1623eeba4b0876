import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { summarize } from "../summary.ts";
import { describeSwitchCosts, findSwitchCosts } from "./findings.ts";
import { switchCost, type SwitchCosts } from "./switch_cost.ts";
import { STAMP } from "../../plot/gallery/gallery_data.ts";

const COSTS: SwitchCosts = {
  type: "switch cost",
  title: "What does it cost to hand over?",
  oneCore: true,
  line: "pipe",
  costs: [
    {
      kind: "await",
      count: 40_000,
      samplesMs: [0.00009, 0.0001, 0.00011],
      summary: summarize([0.00009, 0.0001, 0.00011]),
      against: null,
    },
    {
      kind: "thread",
      count: 4000,
      samplesMs: [0.0024, 0.0025, 0.0026],
      summary: summarize([0.0024, 0.0025, 0.0026]),
      against: { ratio: 25, low: 21.8, high: 28.9, shown: true },
    },
    {
      kind: "process",
      count: 2000,
      samplesMs: [0.0024, 0.0026, 0.0028],
      summary: summarize([0.0024, 0.0026, 0.0028]),
      against: { ratio: 1.04, low: 0.92, high: 1.17, shown: false },
    },
  ],
  stamp: STAMP,
  findings: [],
};

Deno.test("switchCost() measures tasks, threads and processes, and shows a figure", async () => {
  const measured = await switchCost({ samples: 3 });
  const { type, costs, findings } = measured;
  assert.equal(type, "switch cost");
  // A machine may have no bash; then a finding says so.
  const kinds = costs.map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(0, 2), ["await", "thread"]);
  const words = findings.join("\n");
  assert.ok(kinds.includes("process") || /Processes were left out/.test(words));
  for (const { samplesMs, summary, against } of costs) {
    assert.equal(samplesMs.length, 3);
    assert.ok(samplesMs.every((ms) => ms > 0));
    assert.ok(summary.lowMs <= summary.medianMs);
    assert.equal(against === null, summary === costs[0]!.summary);
  }
  const bundle = await measured[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), /tasks, by await/);
  assert.match(String(bundle["text/plain"]), /one hand-over/);
});

Deno.test({
  name: "switchCost() does with threads of its own what it may not start",
  permissions: { run: false, read: true },
  async fn() {
    const { costs, oneCore, findings } = await switchCost({ samples: 3 });
    assert.deepEqual(costs.map(({ kind }) => kind), ["await", "thread"]);
    assert.equal(oneCore, false);
    const words = findings.join("\n");
    assert.match(words, /could not share a core: .*skein run --allow-run=bash/);
    assert.match(words, /Processes were left out/);
    await assert.rejects(
      switchCost({ kinds: ["process"], samples: 3 }),
      /no pair can run/,
    );
  },
});

Deno.test("switchCost() refuses what cannot be, and ends when asked to", async () => {
  await assert.rejects(
    switchCost({ kinds: ["fiber" as "thread"] }),
    /kinds\[0\] is "fiber", .*; example: switchCost\(/,
  );
  await assert.rejects(
    switchCost({ signal: AbortSignal.abort(new Error("enough")) }),
    /enough/,
  );
  await assert.rejects(
    switchCost({ maxMs: 1 }),
    /fewer than 3 rounds were done after 1 ms/,
  );
});

Deno.test("findSwitchCosts() finds costs, differences, and how pairs were placed", () => {
  const found = Array.from(findSwitchCosts(COSTS));
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ["cost", "dearer", "alike", "oneCore", "line"],
  );
  const [, dearer] = found;
  assert.ok(dearer?.rule === "dearer");
  assert.deepEqual([dearer.values.kind, dearer.values.other], [
    "thread",
    "await",
  ]);
  const { costs } = COSTS;
  const rules = (oneCore: boolean, count: number) =>
    Array.from(
      findSwitchCosts({ ...COSTS, oneCore, costs: costs.slice(0, count) }),
    )
      .map(({ rule }) => rule);
  assert.deepEqual(rules(false, 1), ["cost"]);
  assert.deepEqual(rules(false, 2), ["cost", "dearer", "manyCores"]);
});

Deno.test("describeSwitchCosts() puts each rule into words", () => {
  const words = describeSwitchCosts(COSTS).join("\n");
  for (
    const part of [
      /tasks, by await, 100 ns \(.*\); threads, by Atomics, 2.50 µs/,
      /Between threads it costs 25.0× \(95 % interval 21.8× to 28.9×\)/,
      /processes against between threads: no difference shown/,
      /shared one core/,
      /one write to a pipe/,
    ]
  ) assert.match(words, part);
});
