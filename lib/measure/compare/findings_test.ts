import assert from "node:assert/strict";
import type {
  Model,
  ModelResult,
  Span,
  SpanState,
} from "../../base/record/mod.ts";
import { summarize } from "../summary.ts";
import type { Measured } from "./facts.ts";
import { describeFindings, findModels, findPredictions } from "./findings.ts";

const COMPUTING = { running: 100 } as const;
const WAITING = { running: 1, waiting: 99 } as const;

Deno.test("findModels() finds waits that overlap", () => {
  const check = (ratio: number, job: Work, isFound: boolean) => {
    const found = findRules(
      result("sequential", 1, job),
      result("async", ratio, job),
    );
    assert.equal(found.has("waiting"), isFound);
  };
  check(3.9, WAITING, true);
  check(3.9, COMPUTING, false);
  check(1.01, WAITING, false);
});

Deno.test("findModels() finds starting that can be seen", () => {
  const find = (startMs: number) =>
    findRules(result("workers", 2, { starting: startMs, running: 50 }))
      .get("startUp");
  assert.deepEqual(find(9.14), {
    model: "workers",
    startMs: 9.14,
    medianMs: 50,
  });
  assert.equal(find(1), undefined);
  const sequential = result("sequential", 1, COMPUTING);
  assert.equal(findRules(sequential).get("startUp"), undefined);
});

Deno.test("findModels() finds models that lose, or show no difference", () => {
  const rulesOf = (one: ModelResult) => [...findRules(one).keys()];
  const lost = (ratio: number) =>
    rulesOf(result("processes", ratio, COMPUTING));
  assert.deepEqual(lost(0.25), ["slower"]);
  assert.deepEqual(lost(0.97), []);
  assert.deepEqual(lost(2), []);
  assert.deepEqual(rulesOf(result("workers", 1.01, COMPUTING, false)), [
    "alike",
  ]);
  // Said already, with the reason.
  const async = result("async", 1.01, COMPUTING, false);
  assert.equal(findRules(result("sequential", 1, COMPUTING), async).size, 0);
});

Deno.test("findPredictions() puts the prediction beside the measurement", () => {
  const workers = result("workers", 2, COMPUTING);
  const find = (prediction: Measured["prediction"]) =>
    [...findPredictions({ ...measure([workers]), prediction })]
      .map(({ values }) => (values as { isClose: boolean }).isClose);
  assert.deepEqual(find({ workers: 4 }), [false]);
  assert.deepEqual(find({ workers: 2.1 }), [true]);
  assert.deepEqual(find({ async: 4 }), []);
  assert.deepEqual(find(null), []);
});

Deno.test("describeFindings() puts each rule into words", () => {
  const near = { ratio: 1.01, low: 1.005, high: 1.015, shown: false };
  const measured = measure([
    result("sequential", 1, WAITING),
    result("async", 3.93, WAITING),
    result("workers", 0.25, { starting: 9.14, running: 50 }),
    { ...result("processes", 1, COMPUTING), speedup: near },
  ]);
  const stamp = { ...measured.stamp, noisy: true, otherCpuShare: 0.24 };
  const words = describeFindings({
    ...measured,
    stamp,
    prediction: { workers: 4 },
  }).join("\n");
  for (
    const part of [
      /^Noisy: other programs used 24 % of all cores/,
      /^You predicted 4× for workers and it was 0.25× \(0.23× to 0.28×\)\.$/m,
      /^Async was 3.93× as fast as sequential \(3.54× to 4.32×\) with 4 jobs: a job waits 99 % of its time, and/m,
      /^Starting a Worker took 9.14 ms, 2.3 % of|^Workers took 4.00× as long as sequential \(3.64× to 4.44×\)\.$/m,
      /^Processes against sequential: no difference shown \(.*, 5 samples\): it is below 2 %\.$/m,
    ]
  ) assert.match(words, part);
});

Deno.test("describeFindings() says nothing of nothing", () => {
  assert.deepEqual(describeFindings(measure([])), []);
});

/** What is found of some models, by rule. */
function findRules(...results: readonly ModelResult[]) {
  return new Map<string, unknown>(
    [...findModels(measure(results))].map(({ rule, values }) => [rule, values]),
  );
}

type Work = Partial<Record<SpanState, number>>;

function result(
  model: Model,
  ratio: number,
  work: Work,
  shown = ratio !== 1,
): ModelResult {
  const spans = ["job 1", "job 2"].flatMap((label) => {
    let atMs = 0;
    return Object.entries(work).map(([state, lengthMs]): Span => {
      const startMs = atMs;
      atMs += lengthMs;
      return {
        lane: label,
        kind: "task",
        label,
        state: state as SpanState,
        startMs,
        endMs: atMs,
      };
    });
  });
  const samplesMs = Array.from({ length: 5 }, () => 100 / ratio);
  const speedup = { ratio, low: 0.9 * ratio, high: 1.1 * ratio, shown };
  return {
    model,
    samplesMs,
    summary: summarize(samplesMs),
    speedup,
    spans,
    results: [],
  };
}

function measure(
  results: readonly ModelResult[],
  options: { jobs?: number } = {},
): Measured {
  return {
    title: "test",
    jobs: options.jobs ?? 4,
    results,
    prediction: null,
    stamp: {
      cores: 2,
      quotaCores: null,
      otherCpuShare: 0.01,
      missing: [],
      samples: 5,
      os: "linux",
      arch: "x86_64",
      deno: "2.9.6",
      v8: "15.0",
      noisy: false,
    },
  };
}
