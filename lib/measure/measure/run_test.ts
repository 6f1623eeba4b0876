import assert from "node:assert/strict";
import { STAMP } from "../../plot/gallery/gallery_data.ts";
import { describeMeasurement } from "./findings.ts";
import type { Measurement } from "./measure.ts";
import { type MeasureRequest, runMeasurement } from "./run.ts";

Deno.test("runMeasurement() puts calls too short for the clock together", async () => {
  const bench = makeBench();
  const { results, clockStepMs } = await bench.run([
    ["short", () => bench.spend(0.005)],
  ]);
  const [short] = results;
  assert.ok(Math.abs(clockStepMs - STEP_MS) < 1e-9);
  // Two thousand steps are 0.2 ms, which 40 calls take.
  assert.deepEqual(new Set(short!.callsPerSample), new Set([40]));
  assert.ok(Math.abs(short!.summary.medianMs - 0.005) < 0.0001);
  // As many as fit into a quarter of a second, in which others can be seen.
  assert.ok(short!.samplesMs.length >= 500);
});

Deno.test("runMeasurement() refuses samples that got too short after the warm-up", async () => {
  const bench = makeBench();
  let calls = 0;
  const { results } = await bench.run([
    ["f", () => bench.spend(calls++ < 15 ? 0.2 : 0.001)],
  ], { samples: 20 });
  const [f] = results;
  const wholeMs = f!.samplesMs.map((ms, index) =>
    ms * f!.callsPerSample[index]!
  );
  assert.ok(Math.min(...wholeMs) >= 1000 * STEP_MS);
  assert.ok(f!.warmUpMs.length > 10);
});

Deno.test("runMeasurement() keeps the warm-up apart and names the cold start", async () => {
  const bench = makeBench();
  let calls = 0;
  const times = [50, 20, 8, 2];
  const { results, findings } = await bench.run([
    ["f", () => bench.spend(times[calls++] ?? 1)],
  ], { samples: 10 });
  const [f] = results;
  assert.deepEqual(f!.warmUpMs.slice(0, 4).map(Math.round), times);
  assert.equal(f!.warmUpSettled, true);
  assert.equal(Math.round(f!.coldStart!.firstMs), 50);
  assert.deepEqual(f!.samplesMs.map(Math.round), Array(10).fill(1));
  assert.match(
    findings.join("\n"),
    /first call took 50.0 ms for f, later ones 1.00 ms in the median/,
  );
});

Deno.test("runMeasurement() ends a warm-up that never settles", async () => {
  const bench = makeBench();
  let calls = 0;
  const { results, findings } = await bench.run([
    ["f", () => bench.spend(10 + 5 * calls++)],
  ], { samples: 5 });
  assert.equal(results[0]!.warmUpSettled, false);
  assert.match(findings.join("\n"), /f had not settled after \d+ warm-up/);
});

Deno.test("runMeasurement() lets functions take turns in random order", async () => {
  const bench = makeBench();
  const order: string[] = [];
  const { results, findings } = await bench.run([
    ["a", () => bench.spend(2, () => order.push("a"))],
    ["b", () => bench.spend(1, () => order.push("b"))],
    ["c", () => bench.spend(2, () => order.push("c"))],
  ], { samples: 20 });
  const rounds = order.slice(-60).join("").match(/.../g)!;
  assert.ok(rounds.every((round) => [...round].sort().join("") === "abc"));
  assert.ok(new Set(rounds).size > 1);
  assert.ok(Math.abs(results[1]!.speedup!.ratio - 2) < 0.01);
  assert.equal(results[1]!.speedup!.shown, true);
  assert.equal(results[2]!.speedup!.shown, false);
  assert.match(
    findings.join("\n"),
    /b is 2.00× as fast as a \(2.00× to 2.00×\)/,
  );
  assert.match(findings.join("\n"), /No difference shown between c and a/);
});

Deno.test("runMeasurement() awaits promises", async () => {
  const bench = makeBench();
  const { results } = await bench.run([["f", async () => {
    await Promise.resolve();
    bench.spend(3);
  }]], { samples: 5 });
  assert.equal(results[0]!.isAsync, true);
  assert.deepEqual(results[0]!.samplesMs.map(Math.round), [3, 3, 3, 3, 3]);
});

Deno.test("runMeasurement() repeats while others are busy, and counts the calmest run", async () => {
  const shares = [0.3, 0.09, 0.2, 0.1, 0.001];
  const bench = makeBench(shares);
  const { runShares, stamp, findings } = await bench.run([
    ["f", () => bench.spend(1)],
  ]);
  assert.deepEqual(runShares, [0.3, 0.09, 0.2, 0.1]);
  assert.equal(stamp.otherCpuShare, 0.09);
  assert.match(
    findings.join("\n"),
    /^Noisy: other programs used 9 % of all cores/,
  );
});

Deno.test("runMeasurement() names a late compile as warm-up, and no second mode", async () => {
  const bench = makeBench();
  let calls = 0;
  const { results, findings } = await bench.run([
    ["f", () => bench.spend(++calls <= 40 ? 2 : 1)],
  ], { samples: 60 });
  const [f] = results;
  assert.equal(f!.shape.modes.length, 1);
  assert.equal(f!.samplesMs.length, 60);
  assert.ok(f!.shift!.beforeMs > 1.9 && f!.shift!.afterMs < 1.1);
  assert.equal(f!.summary.count, 60 - f!.shift!.at);
  assert.ok(f!.summary.maxMs < 1.1);
  const words = findings.join("\n");
  assert.match(
    words,
    /took 2\.00 ms .* later ones 1\.00 ms: the warm-up went on/,
  );
  assert.doesNotMatch(words, /crowds around/);
});

Deno.test("runMeasurement() stops repeating once it is calm", async () => {
  const bench = makeBench([0.3, 0.02]);
  const { runShares, findings } = await bench.run([
    ["f", () => bench.spend(1)],
  ]);
  assert.deepEqual(runShares, [0.3, 0.02]);
  assert.match(findings.join("\n"), /Repeated: .* 30 % .* 2 % in the one of/);
});

Deno.test("runMeasurement() does not repeat beyond its time", async () => {
  const bench = makeBench([0.3, 0.02]);
  const { runShares } = await bench.run([["f", () => bench.spend(100)]], {
    maxMs: 4000,
  });
  assert.deepEqual(runShares, [0.3]);
});

Deno.test("runMeasurement() counts what is done when the time is over", async () => {
  const bench = makeBench();
  const { results, findings } = await bench.run([
    ["f", () => bench.spend(4000)],
  ], { maxMs: 10_000 });
  assert.equal(results[0]!.warmUpMs.length, 1);
  assert.equal(results[0]!.samplesMs.length, 2);
  assert.match(findings.join("\n"), /too few samples for an interval/);
});

Deno.test("runMeasurement() ends by its signal, even while a promise is pending", async () => {
  const bench = makeBench();
  const controller = new AbortController();
  const reason = new Error("enough");
  const pending = bench.run([["f", () => new Promise(() => {})]], {
    signal: controller.signal,
  });
  controller.abort(reason);
  await assert.rejects(pending, reason);
});

Deno.test("runMeasurement() lets errors of the function through", async () => {
  const bench = makeBench();
  const run = bench.run([["f", () => {
    throw new TypeError("mine");
  }]]);
  await assert.rejects(run, { name: "TypeError", message: "mine" });
});

const STEP_MS = 0.0001;

async function describe(
  measuring: ReturnType<typeof runMeasurement>,
): Promise<Measurement> {
  const measured = await measuring;
  return { ...measured, findings: describeMeasurement(measured) };
}

/** A clock that moves by one step at each reading, and by what functions spend. */
function makeBench(shares: readonly number[] = [0.01]) {
  let nowMs = 0;
  let stamps = 0;
  const tools = {
    clock: { now: () => nowMs += STEP_MS },
    startStamp: () => Promise.resolve({ cpu: "not needed" }),
    readOtherShare: () => {
      const otherShare = shares[stamps++] ?? shares.at(-1)!;
      return Promise.resolve({ otherShare, ended: { cpu: `${otherShare}` } });
    },
    finishStamp: (start: { cpu: unknown }, options: { samples: number }) => {
      const otherCpuShare = Number(start.cpu);
      const noisy = otherCpuShare > 0.06;
      const { samples } = options;
      return Promise.resolve({ ...STAMP, samples, otherCpuShare, noisy });
    },
    yieldThread: () => Promise.resolve(),
  };
  return {
    spend(ms: number, note?: () => void) {
      note?.();
      nowMs += ms;
    },
    run: (
      functions: MeasureRequest["functions"],
      options: Partial<MeasureRequest> = {},
    ) =>
      describe(runMeasurement({
        functions,
        title: "test",
        samples: null,
        precision: 0.01,
        budgetMs: 2000 * functions.length,
        maxMs: 60_000,
        seed: 1,
        signal: new AbortController().signal,
        isOver: () => false,
        ...options,
      }, tools)),
  };
}
