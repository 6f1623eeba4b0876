import assert from "node:assert/strict";
import { chooseBatchSize, updateEstimate } from "./batching.ts";

Deno.test("chooseBatchSize() weighs the length of jobs, of the queue, and the threads", () => {
  const long = { queued: 1e6, threads: 4, batchMs: 1, estimateMs: 0.01 };
  const cases: [Partial<typeof long> | { estimateMs: null }, number][] = [
    [{}, 100],
    [{ estimateMs: 0 }, 256],
    [{ estimateMs: 0.3 }, 3],
    [{ estimateMs: 0.6 }, 1],
    [{ estimateMs: 50 }, 1],
    [{ estimateMs: null }, 1],
    [{ batchMs: 0 }, 1],
    [{ batchMs: 0.1 }, 10],
    [{ queued: 80 }, 10],
    [{ queued: 1 }, 1],
    [{ queued: 9, threads: 1 }, 5],
  ];
  for (const [change, expected] of cases) {
    assert.equal(chooseBatchSize({ ...long, ...change }), expected);
  }
});

Deno.test("updateEstimate() believes in longer jobs at once, in shorter ones slowly", () => {
  assert.equal(updateEstimate(null, 4), 4);
  assert.equal(updateEstimate(4, 10), 10);
  assert.equal(updateEstimate(10, 4), 7);
});
