import assert from "node:assert/strict";
import type {
  Model,
  ModelResult,
  Span,
  SpanState,
} from "../../base/record/mod.ts";
import { summarize } from "../summary.ts";
import { explainComparison } from "./facts.ts";
import { inWords } from "../../explain/mod.ts";
import { STAMP } from "../../explain/test_recording.ts";

type Work = Partial<Record<SpanState, number>>;

const COMPUTING: Work = { running: 100 };
const WAITING: Work = { running: 1, waiting: 99 };

/** A model whose jobs, each in a lane of its own, did what is said one after the other. */
function result(
  model: Model,
  ratio: number,
  jobs: readonly Work[],
  shown = ratio !== 1,
): ModelResult {
  const kind = model === "workers"
    ? "worker"
    : model === "processes"
    ? "process"
    : "task";
  const spans = jobs.flatMap((work, i) => {
    let atMs = 0;
    return Object.entries(work).map(([state, lengthMs]): Span => {
      const startMs = atMs;
      atMs += lengthMs;
      const lane = `${kind} ${i + 1}`;
      const label = `job ${i + 1}`;
      return {
        lane,
        kind,
        label,
        state: state as SpanState,
        startMs,
        endMs: atMs,
      };
    });
  });
  const samplesMs = Array.from({ length: 5 }, () => 100 / ratio);
  return {
    model,
    samplesMs,
    summary: summarize(samplesMs),
    speedup: { ratio, low: 0.95 * ratio, high: 1.05 * ratio, shown },
    spans,
    results: [],
    ...(model === "sequential" ? { cpuShare: shareOf(jobs[0]!) } : {}),
  };
}

function shareOf({ running = 0, waiting = 0 }: Work): number {
  return running / (running + waiting);
}

function check(
  results: readonly ModelResult[],
  expected: readonly string[],
  options: {
    jobs?: number;
    noisy?: boolean;
    quotaCores?: number;
    otherCpuShare?: number;
  } = {},
): void {
  const { jobs = 4, ...stamp } = options;
  const found = explainComparison({
    title: "test",
    jobs,
    results,
    prediction: null,
    stamp: { ...STAMP, ...stamp },
  });
  assert.deepEqual(found.map(inWords), expected);
}

Deno.test("explainComparison() speaks of jobs that compute and gain nothing from async", () => {
  const sequential = (work: Work) => result("sequential", 1, [work, work]);
  const says = (shown: boolean, words: string) =>
    check(
      [sequential(COMPUTING), result("async", 1.02, [COMPUTING], shown)],
      [
        `Async ${words} sequential (1.02×, 95 % interval 0.97× to 1.07×): one thread ` +
        "runs one piece of JavaScript at a time, and these jobs do not wait.",
      ],
    );
  says(false, "shows no gain over");
  says(true, "changes little against");
  check([sequential(WAITING), result("async", 1.02, [WAITING])], []);
  check([sequential(COMPUTING), result("async", 1.6, [COMPUTING])], []);
  check([sequential(COMPUTING), result("async", 0.5, [COMPUTING])], []);
});

Deno.test("explainComparison() names the number of cores when there are more jobs", () => {
  const sequential = result("sequential", 1, [COMPUTING]);
  const both = [sequential, result("workers", 1.9, [COMPUTING, COMPUTING])];
  check(both, [
    "Workers were 1.90× as fast as sequential (95 % interval 1.80× to 1.99×); with 2 cores, about 2× is the most that 4 jobs can gain.",
  ]);
  check(both, [], { jobs: 2 });
  check(both, [
    "Workers were 1.90× as fast as sequential (95 % interval 1.80× to 1.99×). The most that " +
    "there is to gain can not be told: more was gained (at least 1.80×) than 1 core gives, so " +
    "something else than cores was.",
  ], { jobs: 2, quotaCores: 0.5 });
  check([
    result("sequential", 1, [WAITING]),
    result("workers", 1.9, [WAITING]),
  ], []);
  check([sequential, result("workers", 1, [COMPUTING])], []);
});

Deno.test("explainComparison() speaks of jobs that run longer beside others", () => {
  const alone = result("sequential", 1, [COMPUTING]);
  const slow = result("workers", 1.1, [{ starting: 5, running: 190 }]);
  const sentence =
    "A job ran for 190 ms in workers and for 100 ms alone: 4 jobs take turns on 2 cores. " +
    "More than 2 at once gain nothing while they compute: a pool of 2 does the same with fewer starts.";
  check([alone, slow], [sentence]);
  check([alone, slow], [
    "Others had the cores: other programs used 49 % of all cores meanwhile. Times, ends and " +
    "gaps of this run are theirs, too. Run it again when the machine has nothing else to do.",
  ], { otherCpuShare: 0.49, noisy: true });
  check([alone, slow, { ...slow, model: "processes" }], [sentence]);
  const short = result("sequential", 1, [{ running: 10 }]);
  const cold = result("workers", 1.1, [{ starting: 5, running: 40 }]);
  check([short, cold], [
    sentence.replace("190 ms", "40.0 ms").replace("100 ms", "10.0 ms")
      .replace("2 cores.", "2 cores, and each new Worker runs its code cold."),
  ]);
  check([alone, slow], [], { jobs: 2 });
  const same = result("workers", 1.1, [{ starting: 5, running: 110 }]);
  check([alone, same], []);
});

Deno.test("explainComparison() sees stair-step ends in a model's run, unless it is noisy", () => {
  const results = [
    result("sequential", 1, [{ running: 30 }, { running: 100 }]),
    result("workers", 1.1, [{ running: 30 }, { running: 100 }], false),
  ];
  check(results, [
    "Workers: Stair-step ends: worker 1 was done at 30.0 ms and worker 2 at 100 ms, and for " +
    "70.0 ms fewer threads had work than the 2 cores could run; split evenly, all would end at " +
    "about 65.0 ms. Cut the work into more and smaller jobs, the longest first, and let each " +
    "thread take the next one when it is free, as pool().map() does.",
  ], { jobs: 2 });
  check(results, [], { jobs: 2, noisy: true });
  // Sleeping needs no core.
  const naps = results.map((one) =>
    one.model === "sequential" ? { ...one, cpuShare: 0.01 } : one
  );
  check(naps, [], { jobs: 2 });
});

Deno.test("explainComparison() says why it is not N times, where the interval shows that", () => {
  const slowStart = { starting: 60, running: 100 };
  const sequential = result("sequential", 1, [COMPUTING, COMPUTING]);
  const workers = (ratio: number) =>
    result("workers", ratio, [slowStart, slowStart]);
  check([sequential, workers(1.3)], [
    "Workers were 1.30× as fast as sequential (95 % interval 1.23× to 1.37×), not 2×, the most that 2 jobs on 2 cores can " +
    "gain: of the threads' time went 38 % into starting. Start threads before the work, as a " +
    "pool does, or give each more of it.",
  ], { jobs: 2 });
  check([sequential, workers(1.75)], [], { jobs: 2 });
  check([sequential, workers(1.3)], [
    "Workers were 1.30× as fast as sequential (95 % interval 1.23× to 1.37×).",
  ], { jobs: 2, noisy: true });
});
