import assert from "node:assert/strict";
import type { Model, ModelResult } from "../../base/record/mod.ts";
import { summarize } from "../summary.ts";
import { findStartUps } from "./facts.ts";

/** A model of one job that took so long to start, and to run. */
function result(
  model: Model,
  { ratio, startMs, runMs }: Readonly<Record<string, number>>,
): ModelResult {
  const lane = "worker 1";
  const times = { starting: startMs!, running: runMs! };
  return {
    model,
    samplesMs: [1, 1, 1],
    summary: summarize([1, 1, 1]),
    speedup: { ratio: ratio!, low: ratio!, high: ratio!, shown: ratio !== 1 },
    spans: (["starting", "running"] as const).flatMap((state) =>
      times[state] === 0
        ? []
        : [{ lane, kind: "worker", state, startMs: 0, endMs: times[state] }]
    ),
    results: [],
  };
}

const SEQUENTIAL = result("sequential", { ratio: 1, startMs: 0, runMs: 22 });

Deno.test("findStartUps() names what a start costs beside the job", () => {
  const found = findStartUps({
    results: [
      SEQUENTIAL,
      result("workers", { ratio: 0.5, startMs: 50, runMs: 25 }),
      result("processes", { ratio: 0.25, startMs: 77, runMs: 25 }),
    ],
  });
  assert.equal(found.length, 2);
  assert.match(
    found[0]!.sentence,
    /^Workers took 2(\.0+)?× as long .* Worker took 50\.0 ms, .* takes 22\.0 ms alone\.$/,
  );
  assert.match(
    found[1]!.sentence,
    /^Processes took 4(\.0+)?× as long .* process took 77\.0 ms, /,
  );
});

Deno.test("findStartUps() says nothing of models that gain, or start faster than they work", () => {
  const check = (numbers: Readonly<Record<string, number>>) =>
    assert.deepEqual(
      findStartUps({ results: [SEQUENTIAL, result("workers", numbers)] }),
      [],
    );
  check({ ratio: 1.5, startMs: 50, runMs: 25 });
  check({ ratio: 1, startMs: 50, runMs: 25 });
  check({ ratio: 0.5, startMs: 5, runMs: 60 });
});
