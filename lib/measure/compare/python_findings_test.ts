import assert from "node:assert/strict";
import {
  baselineOf,
  type Model,
  type ModelResult,
  type PythonFacts,
} from "../../base/record/mod.ts";
import { computeSpeedUp, summarize } from "../summary.ts";
import { describePythonFindings } from "./python_findings.ts";

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
  check("python-threads", 101, { facts: GIL, cpuShare: COMPUTES }, [
    "4 Python threads against one after another in Python: no difference shown (0.96× to 1.02×): " +
    "CPython 3.13.1 has a GIL, so one thread at a time runs Python code. " +
    "Each was on a core for 25 % of its time; the timeline cannot tell when.",
  ]);
  check("python-threads", 130, { facts: GIL, cpuShare: COMPUTES }, [
    /^4 Python threads took 1\.30× as long as one after another in Python \(1\.\d\d× to 1\.\d\d×\): CPython 3\.13\.1 has a GIL, so/,
  ]);
  check("python-threads", 50, { facts: GIL, cpuShare: COMPUTES }, [
    /ran 2\.00× as fast .* although CPython 3\.13\.1 has a GIL: jobs wait, or run C code that lets go of it\.$/,
  ]);
  const switched = { ...FREE, gil: true };
  check("python-threads", 100, { facts: switched, cpuShare: COMPUTES }, [
    /CPython 3\.14\.0 has a GIL switched on, so/,
  ]);
});

Deno.test("Python's findings tell of threads without a GIL", () => {
  check("python-threads", 50, { facts: FREE, cpuShare: COMPUTES }, [
    /^4 Python threads ran 2\.00× as fast .*: CPython 3\.14\.0 is free-threaded, so threads run Python code at the same time\.$/,
  ]);
  check("python-threads", 100, { facts: FREE, cpuShare: COMPUTES }, [
    /no difference shown .*, though CPython 3\.14\.0 is free-threaded: too few cores/,
  ]);
});

Deno.test("Python's findings tell of threads that wait", () => {
  check("python-threads", 25, { facts: GIL, cpuShare: WAITS }, [
    /ran 4\.00× as fast .*: a job is on a core for 0.4 % of its time, and a thread that waits keeps nobody from running\.$/,
  ]);
});

Deno.test("Python's findings tell why asyncio gains or does not", () => {
  const model = "python-asyncio";
  check(model, 100, { facts: GIL, cpuShare: COMPUTES }, [
    /^Python asyncio against .*: the function is a plain def, which never gives/,
  ]);
  const facts = { ...GIL, isAsync: true };
  check(model, 100, { facts, cpuShare: COMPUTES }, [
    /: there is one thread, and these jobs do not wait\.$/,
  ]);
  check(model, 25, { facts, cpuShare: WAITS }, [
    /^Python asyncio ran 4\.00× as fast .*: waits overlap on one thread\.$/,
  ]);
});

Deno.test("Python's findings tell of processes and subinterpreters", () => {
  const options = { facts: GIL, cpuShare: COMPUTES };
  check("python-processes", 50, options, [
    /^4 Python processes \(fork\) ran 2\.00× as fast .*: each has an interpreter of its own; starting one took 10.0 ms of the 50.0 ms\.$/,
  ]);
  check("python-subinterpreters", 50, options, [
    /^4 Python subinterpreters ran 2\.00× .*: each has a lock of its own; starting/,
  ]);
  check("python-processes", 300, options, [
    /^4 Python processes \(fork\) took 3\.00× as long as .*\)\.$/,
  ]);
});

Deno.test("Python's findings name interpreter and languages", () => {
  const base = makeResult("python-sequential", 100, COMPUTES);
  const own = makeResult("sequential", 10, {});
  const found = describePythonFindings(measured([own, base], GIL));
  assert.deepEqual(found, [
    "One after another, Python took 10.0× as long as JavaScript (9.72× to 10.3×): " +
    "each speed-up is against its own language.",
    "Python is CPython 3.13.1, with a GIL, one interpreter for all rounds: its start, 24.0 ms, " +
    "is part of no sample.",
  ]);
  const { python: _, ...without } = measured([own], GIL);
  assert.deepEqual(describePythonFindings(without), []);
  const alone = makeResult("python-threads", 100, COMPUTES);
  assert.equal(describePythonFindings(measured([alone], GIL)).length, 1);
});

function check(
  model: Model,
  medianMs: number,
  { facts, cpuShare }: {
    readonly facts: PythonFacts;
    readonly cpuShare: Readonly<Partial<Record<Model, number>>>;
  },
  expected: readonly (string | RegExp)[],
): void {
  const results = [
    makeResult("python-sequential", 100, cpuShare),
    makeResult(model, medianMs, cpuShare),
  ];
  const found = describePythonFindings(measured(results, facts)).slice(0, -1);
  assert.equal(found.length, expected.length, found.join("\n"));
  expected.forEach((sentence, index) =>
    typeof sentence === "string"
      ? assert.equal(found[index], sentence)
      : assert.match(found[index] ?? "", sentence)
  );
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
