import assert from "node:assert/strict";
import { LEAKED, POOL } from "../plot/gallery/recording_fixtures.ts";
import { findOutliving } from "./outlives.ts";
import { checkFound, checkQuiet, record } from "./test_recording.ts";

Deno.test("findOutliving() names who goes on, after whom, and how long", () => {
  const { lanes } = checkFound(
    findOutliving,
    LEAKED,
    /^write audit outlives handle request, which started it and did not wait for it, by 64\.0 ms\./,
  );
  assert.ok(lanes.includes("write audit"));
});

Deno.test("findOutliving() says nothing of children that end within", () => {
  checkQuiet(findOutliving, POOL);
  checkQuiet(
    findOutliving,
    record({
      "main": [["running", 0, 100]],
      "main>tea": [["waiting", 0, 90]],
      "tea>water": [["waiting", 10, 90.02]],
    }),
  );
});

Deno.test("findOutliving() names jobs of pools that were answered late", () => {
  const run = (endMs: number) => ({
    ...record({
      "main": [["running", 0, 100]],
      "main>asker": [["running", 0, 20]],
      "worker 1": [["running", 5, endMs]],
    }),
    links: [
      { kind: "spawn", from: "main", to: "asker", startMs: 0, endMs: 0 },
      { kind: "message", from: "asker", to: "worker 1", startMs: 4, endMs: 5 },
      {
        kind: "message",
        from: "worker 1",
        to: "asker",
        startMs: endMs,
        endMs: endMs + 1,
      },
    ] as const,
  });
  checkFound(
    findOutliving,
    run(79),
    { name: "job on worker 1", parent: "asker", leakMs: 60 },
  );
  checkQuiet(findOutliving, run(18));
});
