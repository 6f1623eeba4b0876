import assert from "node:assert/strict";
import { computeSpeedUp, summarize, widestSpread } from "../summary.ts";
import { type Round, summarizeRounds } from "./engine.ts";

Deno.test("summarize() describes samples as Python's statistics does", () => {
  const { lowMs, highMs, ...rest } = summarize([12.1, 9.8, 15.5, 10, 11.2]);
  assert.deepEqual(rest, {
    medianMs: 11.2,
    q1Ms: 10,
    q3Ms: 12.1,
    minMs: 9.8,
    maxMs: 15.5,
    count: 5,
  });
  assert.ok(lowMs >= 9.8 && lowMs <= 11.2 && highMs >= 11.2 && highMs <= 15.5);
});

Deno.test("computeSpeedUp() shows a difference only beyond chance and two percent", () => {
  const check = (
    sequential: readonly number[],
    other: readonly number[],
    shown: boolean,
  ) =>
    assert.equal(
      computeSpeedUp(sequential, other).shown,
      shown,
      `${sequential} / ${other}`,
    );
  check([20, 21, 20], [10, 10, 11], true);
  check([10, 10, 10], [20, 20, 20], true);
  check([10, 20, 30], [12, 19, 29], false);
  check([10.1, 10.1, 10.1], [10, 10, 10], false);
  check([10.3, 10.3, 10.3], [10, 10, 10], true);
});

Deno.test("computeSpeedUp() repeats itself for the same seed", () => {
  const samples = [[10, 12, 11, 15, 9], [5, 6, 7, 5, 5]] as const;
  assert.deepEqual(
    computeSpeedUp(...samples, 3),
    computeSpeedUp(...samples, 3),
  );
});

Deno.test("summarizeRounds() keeps all samples in order, and the run nearest the median", () => {
  const run = (model: Round["model"], sampleMs: number): Round => ({
    model,
    sampleMs,
    spans: [{
      lane: `${sampleMs}`,
      kind: "main",
      state: "running",
      startMs: 0,
      endMs: 1,
    }],
    results: [sampleMs],
  });
  const rounds = [
    [run("sequential", 30), run("async", 11)],
    [run("async", 10), run("sequential", 20)],
    [run("sequential", 21), run("async", 12)],
  ];
  const [sequential, async] = summarizeRounds(
    rounds,
    ["sequential", "async"],
    1,
  );
  assert.deepEqual(sequential?.samplesMs, [30, 20, 21]);
  assert.deepEqual(async?.samplesMs, [11, 10, 12]);
  assert.equal(sequential?.spans[0]?.lane, "21");
  assert.deepEqual(async?.results, [11]);
  assert.equal(sequential?.speedup?.ratio, 1);
  assert.equal(async?.speedup?.ratio, 21 / 11);
  assert.equal(widestSpread([sequential!.summary, async!.summary]), 5 / 21);
});

Deno.test("summarizeRounds() gives no speed-up without sequential", () => {
  const round: Round = {
    model: "workers",
    sampleMs: 1,
    spans: [],
    results: [],
  };
  assert.equal(summarizeRounds([[round]], ["workers"], 1)[0]?.speedup, null);
});

Deno.test("summarizeRounds() holds a model against its own language", () => {
  const models = [
    "sequential",
    "workers",
    "python-sequential",
    "python-threads",
  ] as const;
  const sampleMs = { sequential: 10, workers: 5, "python-sequential": 90 };
  const round = models.map((model): Round => ({
    model,
    sampleMs: model === "python-threads" ? 30 : sampleMs[model],
    spans: [],
    results: [],
    ...(model === "python-threads" ? { cpuShare: 0.25 } : {}),
  }));
  const results = summarizeRounds([round], models, 1);
  assert.deepEqual(results.map(({ speedup }) => speedup?.ratio), [1, 2, 1, 3]);
  assert.deepEqual(results.map(({ cpuShare }) => cpuShare), [
    undefined,
    undefined,
    undefined,
    0.25,
  ]);
  assert.equal(
    summarizeRounds([round], ["sequential", "python-threads"], 1)[1]?.speedup,
    null,
  );
});
