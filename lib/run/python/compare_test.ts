import assert from "node:assert/strict";
import { measureComparison } from "../../measure/compare/engine.ts";
import { type Model, PYTHON_MODELS } from "../../base/record/mod.ts";
import { countAsOwn } from "../../measure/compare/python.ts";
import { ANY, APART, FREE, testPython, TOGETHER } from "./test_python.ts";

const countPrimes = (limit: number) => {
  let count = 0;
  for (let n = 2; n < limit; n++) {
    let divisor = 2;
    while (n % divisor !== 0) divisor++;
    if (divisor === n) count++;
  }
  return count;
};
const COUNT_PRIMES = `
def count_primes(limit):
    count = 0
    for n in range(2, limit):
        divisor = 2
        while n % divisor != 0:
            divisor += 1
        count += divisor == n
    return count
`;
const NAP = `
import asyncio
from time import sleep

def nap(seconds):
    sleep(seconds)
    return seconds

async def async_nap(seconds):
    await asyncio.sleep(seconds)
    return seconds
`;
const nap = async (seconds: number) => {
  await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  return seconds;
};

testPython("compare runs all nine models", APART, (path) => runAll(path, 9));
testPython(
  "compare leaves subinterpreters out where they share a lock",
  TOGETHER,
  (path) => runAll(path, 8),
);
testPython(
  "compare runs threads without a GIL",
  FREE,
  (path) => runAll(path, 9),
);

async function runAll(python: string, count: number): Promise<void> {
  const { results, findings, python: facts } = await measureComparison(
    countPrimes,
    { inputs: [50, 100], python: { code: COUNT_PRIMES, python }, samples: 3 },
  );
  assert.equal(results.length, count);
  assert.deepEqual(
    results.map(({ model }) => model),
    ["sequential", "async", "workers", "processes", ...PYTHON_MODELS]
      .slice(0, count),
  );
  for (const result of results) {
    assert.deepEqual(result.results, [15, 25]);
    assert.equal(result.samplesMs.length, 3);
    assert.ok(
      result.spans.every(({ startMs, endMs }) =>
        startMs >= 0 && endMs >= startMs
      ),
    );
  }
  const byModel = (model: Model) =>
    results.find((result) => result.model === model);
  assert.equal(byModel("python-sequential")?.speedup?.ratio, 1);
  assert.deepEqual(
    [...new Set(byModel("python-threads")?.spans.map(({ lane }) => lane))],
    ["py thread 1", "py thread 2"],
  );
  assert.equal(facts?.isAsync, false);
  assert.ok(findings.some((text) => text.startsWith("Python is CPython 3.")));
  assert.equal(
    findings.some((text) =>
      text.startsWith("Python subinterpreters were left")
    ),
    count === 8,
  );
}

testPython("compare sees where Python's jobs wait", ANY, async (python) => {
  const measure = (code: string) =>
    measureComparison(nap, {
      inputs: [0.02, 0.02],
      python: { code, python },
      models: [
        "sequential",
        "python-sequential",
        "python-threads",
        "python-asyncio",
        "python-processes",
      ],
      samples: 3,
    });
  const plain = await measure(NAP);
  const coroutines = await measure(
    NAP.replace("def nap", "def old_nap").replace("async_nap", "nap"),
  );
  assert.equal(plain.python?.isAsync, false);
  assert.equal(coroutines.python?.isAsync, true);
  for (const { results } of [plain, coroutines]) {
    for (const { model, spans } of results.slice(1)) {
      for (const job of ["job 1", "job 2"]) {
        const waitedMs = spans.filter(({ label, state }) =>
          label === job && state === "waiting"
        ).reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
        // A timer may ring a little early by another clock.
        assert.ok(waitedMs >= 15, `${model} ${job} ${waitedMs}`);
      }
    }
  }
});

testPython(
  "compare runs Python alone, and finds the last function",
  ANY,
  async (python) => {
    const { results, stamp } = await measureComparison((_n: number) => null, {
      inputs: [[2], [3]],
      models: ["python-threads", "python-sequential"],
      python: {
        code: "def f(n): return n\ndef g(n):\n  return {n: 2**60 + n}",
        python,
      },
      samples: 3,
    });
    assert.deepEqual(results.map(({ model }) => model), [
      "python-sequential",
      "python-threads",
    ]);
    assert.deepEqual(results[1]?.results, [
      new Map([[2, 2n ** 60n + 2n]]),
      new Map([[3, 2n ** 60n + 3n]]),
    ]);
    assert.equal(stamp.samples, 3);
  },
);

testPython(
  "compare refuses what Python returns otherwise",
  ANY,
  async (python) => {
    await assert.rejects(
      measureComparison((n: number) => n + 1, {
        inputs: [1],
        models: ["sequential", "python-sequential"],
        python: { code: "def f(n): return n", python },
        title: "more",
      }),
      {
        name: "TypeError",
        message:
          'Cannot compare "more": job 1 returned 1 in python-sequential and 2 in sequential, ' +
          "expected the same value from all models",
      },
    );
  },
);

testPython(
  "compare throws what Python raises, in every model",
  ANY,
  async (python, known) => {
    const models = PYTHON_MODELS.filter((model) =>
      known.subinterpreters !== null || model !== "python-subinterpreters"
    );
    for (const model of models) {
      await assert.rejects(
        measureComparison((n: number) => n, {
          inputs: [1, 2],
          models: [model],
          python: {
            code:
              "def f(n):\n  if n == 2:\n    raise ValueError('two')\n  return n",
            python,
          },
        }),
        (error: Error & { line?: number }) => {
          assert.deepEqual([error.name, error.message, error.line], [
            "ValueError",
            "two",
            3,
          ]);
          return true;
        },
        model,
      );
    }
  },
);

testPython(
  "compare tells of a Python process that dies",
  ANY,
  async (python) => {
    await assert.rejects(
      measureComparison(() => 1, {
        inputs: [[]],
        models: ["python-processes"],
        python: { code: "import os\ndef f(): os._exit(4)", python },
      }),
      {
        message:
          "Cannot finish job in a process: it ended with code 4, expected a result",
      },
    );
  },
);

testPython("compare ends Python with the signal", ANY, async (python) => {
  const controller = new AbortController();
  const run = measureComparison(() => 1, {
    inputs: [[], []],
    models: ["python-processes"],
    python: { code: "import time\ndef f(): time.sleep(600)", python },
    signal: controller.signal,
  });
  const ended = assert.rejects(run, { message: "enough" });
  setTimeout(() => controller.abort(new Error("enough")), 100);
  await ended;
});

testPython(
  "compare keeps the rounds that Python did in time",
  ANY,
  async (python) => {
    const { findings, stamp } = await measureComparison(() => null, {
      inputs: [[]],
      models: ["python-sequential"],
      python: { code: "import time\ndef f(): time.sleep(0.05)", python },
      samples: 1_000_000,
      maxMs: 2500,
    });
    assert.ok(stamp.samples >= 3 && stamp.samples < 1_000_000);
    assert.match(findings.at(-1) ?? "", /^Stopped after \d+ of 1000000 rounds/);
  },
);

testPython(
  "compare refuses Python code without a function",
  ANY,
  async (python) => {
    await assert.rejects(
      measureComparison(() => 1, {
        inputs: [[]],
        models: ["python-threads"],
        python: { code: "x = 1", python },
      }),
      /Cannot find Python function: the code defines none, expected a def/,
    );
  },
);

testPython(
  "compare prefers the public module of interpreters",
  APART,
  async (python) => {
    // Stands in for Python 3.14: the same calls, made of what was there before.
    const code = `
import concurrent, sys, types
try:
    import _interpreters as private
except ImportError:
    import _xxsubinterpreters as private

class Interpreter:
    def __init__(self):
        self.identity, self.names = private.create(), {}
    def prepare_main(self, names):
        self.names = names
    def exec(self, code):
        private.run_string(self.identity, code, self.names)
    def close(self):
        private.destroy(self.identity)

public = types.ModuleType("concurrent.interpreters")
public.create = Interpreter
concurrent.interpreters = sys.modules["concurrent.interpreters"] = public

def count():
    return 1
`;
    const { results } = await measureComparison(() => 1, {
      inputs: [[]],
      models: ["sequential", "python-subinterpreters"],
      python: { code, python },
      samples: 3,
    });
    assert.deepEqual(results[1]?.results, [1]);
  },
);

Deno.test("compare goes on without Python where there is none", async () => {
  const { results, findings } = await measureComparison((n: number) => n, {
    inputs: [1],
    models: ["sequential", "python-threads"],
    python: { code: "def f(n): return n", python: "no-such-python" },
    samples: 3,
  });
  assert.deepEqual(results.map(({ model }) => model), ["sequential"]);
  assert.equal(
    findings.at(-1),
    "Python was left out. Cannot find Python: no-such-python: not there; expected CPython 3.9 or newer.",
  );
});

Deno.test("compare refuses Python models without Python code", async () => {
  await assert.rejects(
    measureComparison(() => 1, { inputs: [[]], models: ["python-threads"] }),
    {
      name: "TypeError",
      message:
        'Cannot compare "The same jobs, in several ways": "python-threads" is asked for ' +
        'without Python code, expected the option "python"',
    },
  );
});

Deno.test("countAsOwn() leaves a stamp alone that knows nothing", () => {
  assert.deepEqual(countAsOwn({ cpu: "unknown" }, 100), { cpu: "unknown" });
});
