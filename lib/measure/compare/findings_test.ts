import assert from "node:assert/strict";
import type {
  Model,
  ModelResult,
  Span,
  SpanState,
} from "../../base/record/mod.ts";
import {
  describeFindings,
  findAsyncWaiting,
  findNoDifference,
  findNoise,
  findPredictions,
  findSlower,
  findStartUp,
  type Measured,
} from "./findings.ts";
import { summarize } from "./summary.ts";

const COMPUTING = { running: 100 } as const;
const WAITING = { running: 1, waiting: 99 } as const;

Deno.test("findNoise() tells busy others from samples that scatter", () => {
  const measured = measure([]);
  const check = (
    stamp: Partial<Measured["stamp"]>,
    expected: readonly string[],
  ) =>
    assert.deepEqual(
      findNoise({ ...measured, stamp: { ...measured.stamp, ...stamp } }),
      expected,
    );
  check({ noisy: false, otherCpuShare: 0.01 }, []);
  check({ noisy: true, otherCpuShare: 0.24 }, [
    "Noisy: other programs used 24 % of all cores meanwhile; take the figures as rough.",
  ]);
  check({ noisy: true, otherCpuShare: null }, [
    "Noisy: the samples scatter widely; take the figures as rough.",
  ]);
});

Deno.test("findAsyncWaiting() speaks of waits that overlap", () => {
  const check = (ratio: number, job: Work, isFound: boolean) => {
    const measured = measure([
      result("sequential", 1, job),
      result("async", ratio, job),
    ]);
    assert.equal(findAsyncWaiting(measured).length, isFound ? 1 : 0);
  };
  check(3.9, WAITING, true);
  check(3.9, COMPUTING, false);
  check(1.01, WAITING, false);
  const measured = measure([
    result("sequential", 1, WAITING),
    result("async", 3.93, WAITING),
  ]);
  assert.deepEqual(findAsyncWaiting(measured), [
    "Async was 3.93× as fast as sequential (3.54× to 4.32×) with 4 jobs: a job waits 99 % of its time, " +
    "and waits overlap on one thread.",
  ]);
});

Deno.test("findStartUp() speaks of starting that can be seen", () => {
  const check = (startMs: number, expected: readonly string[]) => {
    const workers = result("workers", 2, { starting: startMs, running: 50 });
    assert.deepEqual(findStartUp(measure([workers])), expected);
  };
  check(9.14, [
    "Starting a Worker took 9.14 ms, 18 % of the 50.0 ms that all jobs took.",
  ]);
  check(1, []);
  assert.deepEqual(
    findStartUp(measure([result("sequential", 1, COMPUTING)])),
    [],
  );
});

Deno.test("findSlower() speaks of models that lose", () => {
  const find = (ratio: number) =>
    findSlower(measure([result("processes", ratio, COMPUTING)]));
  assert.deepEqual(find(0.25), [
    "Processes took 4.00× as long as sequential (3.64× to 4.44×).",
  ]);
  assert.deepEqual(find(0.97), []);
  assert.deepEqual(find(2), []);
});

Deno.test("findNoDifference() admits what the samples do not show", () => {
  const workers = result("workers", 1.01, COMPUTING, false);
  assert.deepEqual(findNoDifference(measure([workers])), [
    "Workers against sequential: no difference shown (0.91× to 1.11×, 5 samples).",
  ]);
  assert.deepEqual(
    findNoDifference(measure([result("workers", 2, COMPUTING)])),
    [],
  );
  // One digit would tell nothing of an interval near 1.
  const near = {
    ...workers,
    speedup: { ratio: 1.01, low: 0.972, high: 1.044, shown: false },
  };
  assert.match(findNoDifference(measure([near]))[0]!, /\(0\.97× to 1\.04×, /);
  const small = {
    ...workers,
    speedup: { ratio: 1.01, low: 1.005, high: 1.015, shown: false },
  };
  assert.match(findNoDifference(measure([small]))[0]!, /: it is below 2 %\.$/);
  // Said already, with the reason.
  const async = result("async", 1.01, COMPUTING, false);
  assert.deepEqual(
    findNoDifference(measure([result("sequential", 1, COMPUTING), async])),
    [],
  );
});

Deno.test("findPredictions() puts the prediction beside the measurement", () => {
  const workers = result("workers", 2, COMPUTING);
  const find = (prediction: Measured["prediction"]) =>
    findPredictions({ ...measure([workers]), prediction });
  assert.deepEqual(find({ workers: 4 }), [
    "You predicted 4× for workers and it was 2.00× (1.80× to 2.20×).",
  ]);
  assert.match(find({ workers: 2.1 })[0] ?? "", /well predicted\.$/);
  assert.deepEqual(find({ async: 4 }), []);
  assert.deepEqual(find(null), []);
});

Deno.test("describeFindings() says nothing of nothing", () => {
  assert.deepEqual(describeFindings(measure([])), []);
});

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
