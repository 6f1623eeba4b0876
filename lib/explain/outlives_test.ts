import assert from "node:assert/strict";
import { LEAKED, POOL } from "../plot/recording_fixtures.ts";
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
