import assert from "node:assert/strict";
import {
  baselineOf,
  type Model,
  type ModelResult,
  type PythonFacts,
} from "../../base/record/mod.ts";
import { computeSpeedUp, summarize } from "../summary.ts";
import type { Measured } from "./facts.ts";
import { groundsOf, say } from "../../explain/mod.ts";
import { findPython, PYTHON_WORDS } from "./python_findings.ts";

const GIL: PythonFacts = {
  version: "3.13.1",
  implementation: "CPython",
  gil: true,
  freeThreaded: false,
  startMs: 24,
  startMethod: "fork",
  isAsync: false,
};
const FREE: PythonFacts = {
  ...GIL,
  version: "3.14.0",
  gil: false,
  freeThreaded: true,
};
const COMPUTES = { "python-sequential": 0.99, "python-threads": 0.25 };
const WAITS = { "python-sequential": 0.004, "python-threads": 0.004 };

Deno.test("Python's findings tell of threads what the GIL does", () => {
  check("python-threads", 101, GIL, COMPUTES, "gil");
  check("python-threads", 130, GIL, COMPUTES, "gil");
  check("python-threads", 50, GIL, COMPUTES, "inSpiteOfGil");
  check("python-threads", 100, { ...FREE, gil: true }, COMPUTES, "gil");
  check("python-threads", 100, GIL, {}, "measured");
});

Deno.test("Python's findings tell of threads without a GIL", () => {
  check("python-threads", 50, FREE, COMPUTES, "noGil");
  check("python-threads", 100, FREE, COMPUTES, "noGilInVain");
});

Deno.test("Python's findings tell of threads that wait", () => {
  check("python-threads", 25, GIL, WAITS, "threadsWait");
  check("python-threads", 100, GIL, WAITS, "waitsInVain");
});

Deno.test("Python's findings tell why asyncio gains or does not", () => {
  const model = "python-asyncio";
  const facts = { ...GIL, isAsync: true };
  check(model, 100, GIL, COMPUTES, "plainFunction");
  check(model, 100, facts, COMPUTES, "noWaits");
  check(model, 100, facts, WAITS, "measured");
  check(model, 25, facts, WAITS, "waitsOverlap");
});

Deno.test("Python's findings tell of processes and subinterpreters", () => {
  check("python-processes", 50, GIL, COMPUTES, "notShared");
  check("python-subinterpreters", 50, GIL, COMPUTES, "notShared");
  check("python-subinterpreters", 50, FREE, COMPUTES, "started");
  check("python-processes", 300, GIL, COMPUTES, "started");
});

Deno.test("Python's findings are put into words", () => {
  const base = makeResult("python-sequential", 100, COMPUTES);
  const wordsOf = (model: Model, medianMs: number) => {
    const results = [base, makeResult(model, medianMs, COMPUTES)];
    return describe(measured(results, GIL))[0]!;
  };
  assert.equal(
    wordsOf("python-threads", 101),
    "4 Python threads against one after another in Python: no difference shown (0.96× to 1.02×): " +
      "CPython 3.13.1 has a GIL, so one thread at a time runs Python code. " +
      "Each was on a core for 25 % of its time; the timeline cannot tell when.",
  );
  assert.match(
    wordsOf("python-processes", 50),
    /^4 Python processes \(fork\) ran 2\.00× as fast .*: each has an interpreter of its own; starting one took 10.0 ms of the 50.0 ms\.$/,
  );
  assert.match(
    wordsOf("python-processes", 300),
    /^4 Python processes \(fork\) took 3\.00× as long as .*\)\.$/,
  );
});

Deno.test("Python's findings name interpreter and languages", () => {
  const base = makeResult("python-sequential", 100, COMPUTES);
  const own = makeResult("sequential", 10, {});
  const found = describe(measured([own, base], GIL));
  assert.deepEqual(found, [
    "One after another, Python took 10.0× as long as JavaScript (9.72× to 10.3×): " +
    "each speed-up is against its own language.",
    "Python is CPython 3.13.1, with a GIL, one interpreter for all rounds: its start, 24.0 ms, " +
    "is part of no sample.",
  ]);
  const { python: _, ...without } = measured([own], GIL);
  assert.deepEqual(describe(without), []);
  const alone = makeResult("python-threads", 100, COMPUTES);
  assert.equal(describe(measured([alone], GIL)).length, 1);
});

function describe(found: Measured): readonly string[] {
  return say(PYTHON_WORDS, findPython(found), groundsOf(found.stamp));
}

function check(
  model: Model,
  medianMs: number,
  facts: PythonFacts,
  cpuShare: Readonly<Partial<Record<Model, number>>>,
  expected: keyof typeof PYTHON_WORDS,
): void {
  const results = [
    makeResult("python-sequential", 100, cpuShare),
    makeResult(model, medianMs, cpuShare),
  ];
  const rules = Array.from(findPython(measured(results, facts)))
    .map(({ rule }) => rule);
  assert.deepEqual(rules, [expected, "interpreter"]);
}

function makeResult(
  model: Model,
  medianMs: number,
  cpuShare: Readonly<Partial<Record<Model, number>>>,
): ModelResult {
  const samplesOf = (ms: number) => [0.98, 1, 1, 1, 1.02].map((x) => x * ms);
  const base = baselineOf(model) === "sequential" ? 10 : 100;
  return {
    model,
    samplesMs: samplesOf(medianMs),
    summary: summarize(samplesOf(medianMs)),
    speedup: computeSpeedUp(samplesOf(base), samplesOf(medianMs)),
    spans: [{
      lane: "a",
      kind: "worker",
      state: "starting",
      startMs: 0,
      endMs: 10,
    }],
    results: [],
    cpuShare: cpuShare[model] ?? null,
  };
}

function measured(results: readonly ModelResult[], python: PythonFacts) {
  return {
    title: "test",
    jobs: 4,
    results,
    prediction: null,
    python,
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
