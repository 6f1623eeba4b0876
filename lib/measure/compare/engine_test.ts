import assert from "node:assert/strict";
import { measureComparison } from "./engine.ts";
import { task } from "../../run/task.ts";

Deno.test("measureComparison() runs the same jobs in all four models", async () => {
  const comparison = await measureComparison(
    (n: number) => ({ square: n * n }),
    {
      inputs: [2, 3],
      samples: 3,
      title: "squares",
      prediction: { workers: 2 },
    },
  );
  assert.deepEqual(
    comparison.results.map(({ model }) => model),
    ["sequential", "async", "workers", "processes"],
  );
  for (const { results, samplesMs, summary, spans } of comparison.results) {
    assert.deepEqual(results, [{ square: 4 }, { square: 9 }]);
    assert.equal(samplesMs.length, 3);
    assert.equal(summary.count, 3);
    assert.ok(spans.length > 0 && spans.every(({ startMs }) => startMs >= 0));
  }
  assert.equal(comparison.jobs, 2);
  assert.equal(comparison.title, "squares");
  assert.equal(comparison.stamp.samples, 3);
  assert.deepEqual(comparison.prediction, { workers: 2 });
  assert.ok(
    comparison.findings.some((finding) =>
      finding.startsWith("You predicted 2×")
    ),
  );
  // Plain values: they can be stored in a notebook.
  assert.deepEqual(
    JSON.parse(JSON.stringify(comparison)),
    structuredClone(comparison),
  );
});

Deno.test("measureComparison() takes single values, lists of arguments, and tasks", async () => {
  const models = ["sequential"] as const;
  const add = task((a: number, b: number) => a + b);
  const sums = await measureComparison(add, {
    inputs: [[1, 2], [3, 4]],
    models,
    samples: 3,
  });
  assert.deepEqual(sums.results[0]?.results, [3, 7]);
  const length = (values: number[]) => values.length;
  const lengths = await measureComparison(length, {
    inputs: [[[1, 2, 3]]],
    models,
    samples: 3,
  });
  assert.deepEqual(lengths.results[0]?.results, [3]);
  assert.equal(lengths.title, "length");
});

Deno.test("measureComparison() keeps what jobs do to their arguments from each other", async () => {
  const comparison = await measureComparison(
    (values: number[]) => values.push(0),
    {
      inputs: [[[1]]],
      models: ["sequential", "async"],
      samples: 3,
    },
  );
  assert.deepEqual(comparison.results.map(({ results }) => results), [[2], [
    2,
  ]]);
});

Deno.test("measureComparison() refuses models that return different values", async () => {
  await assert.rejects(
    measureComparison(() => "Window" in globalThis, {
      inputs: [[]],
      models: ["sequential", "workers"],
      title: "where",
    }),
    {
      name: "TypeError",
      message:
        'Cannot compare "where": job 1 returned false in workers and true in sequential, ' +
        "expected the same value from all models",
    },
  );
});

Deno.test("measureComparison() refuses values that cannot be copied", async () => {
  await assert.rejects(
    measureComparison(() => () => 1, { inputs: [[]], models: ["sequential"] }),
    /^TypeError: Cannot compare "The same jobs, in several ways": job 1 in sequential returned \[Function/,
  );
});

Deno.test("measureComparison() refuses what cannot be measured", async () => {
  const check = (options: object, message: RegExp) =>
    assert.rejects(measureComparison(() => 1, { inputs: [[]], ...options }), {
      name: "RangeError",
      message,
    });
  await check(
    { inputs: [] },
    /inputs is an array of 0, expected one or more of inputs, one a job; example: compare\(/,
  );
  await check(
    { samples: 2 },
    /samples is 2, expected an integer from 3 to 1000000;/,
  );
  await check({ samples: 3.5 }, /samples is 3.5, expected an integer/);
  await check(
    { models: [] },
    /models is an array of 0, expected one or more of "sequential"/,
  );
});

Deno.test("measureComparison() refuses a captured variable before anything runs", async () => {
  const limit = 3;
  await assert.rejects(
    measureComparison((n: number) => n < limit, { inputs: [1] }),
    /^TypeError: Cannot ship function "anonymous": it uses "limit" from outside/,
  );
});

Deno.test("measureComparison() ends with the signal", async () => {
  const controller = new AbortController();
  const run = measureComparison(() => new Promise(() => {}), {
    inputs: [[], []],
    models: ["workers", "processes"],
    signal: controller.signal,
  });
  const ended = assert.rejects(run, { message: "enough" });
  setTimeout(() => controller.abort(new Error("enough")), 20);
  await ended;
});

Deno.test("measureComparison() ends when its time is over", async () => {
  await assert.rejects(
    measureComparison(() => new Promise(() => {}), {
      inputs: [[]],
      models: ["async"],
      maxMs: 30,
      title: "endless",
    }),
    {
      name: "RangeError",
      message: /^Cannot compare "endless": fewer than 3 rounds/,
    },
  );
});

Deno.test("measureComparison() keeps the rounds that were done in time", async () => {
  const nap = (ms: number) =>
    new Promise<void>((resolve) => setTimeout(resolve, ms));
  const comparison = await measureComparison(nap, {
    inputs: [1],
    models: ["sequential"],
    samples: 1_000_000,
    maxMs: 500,
  });
  const { stamp, findings, results } = comparison;
  assert.ok(stamp.samples >= 3 && stamp.samples < 1_000_000);
  assert.equal(results[0]?.samplesMs.length, stamp.samples);
  assert.match(
    findings.at(-1) ?? "",
    /^Stopped after \d+ of 1000000 rounds: time was over\.$/,
  );
});

Deno.test("measureComparison() goes on without processes where they are not permitted", async () => {
  const program = `
    import { measureComparison } from "${new URL(
    "./engine.ts",
    import.meta.url,
  )}";
    const { results, findings } = await measureComparison((n) => n, { inputs: [1], samples: 3 });
    console.log(JSON.stringify([results.map(({ model }) => model), findings.at(-1)]));`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--no-config",
      "--no-lock",
      "--quiet",
      `data:text/javascript,${encodeURIComponent(program)}`,
    ],
    signal: AbortSignal.timeout(30_000),
  }).output();
  const [models, finding] = JSON.parse(new TextDecoder().decode(stdout));
  assert.deepEqual(models, ["sequential", "async", "workers"]);
  assert.match(
    finding,
    /^Processes were left out: .* allow it with `skein run --allow-run=/,
  );
});
