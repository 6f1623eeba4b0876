import assert from "node:assert/strict";
import { CONVOY } from "../plot/gallery/recording_fixtures.ts";
import { findConvoy } from "./convoy.ts";
import { checkFound, checkQuiet, type Part, record } from "./test_recording.ts";

/** Turns at one lock, each of 5 ms, for which two workers wait as long as is said. */
function takeTurns(count: number, waitMs: number) {
  const lanes: Record<string, Part[]> = {
    "worker 1": [],
    "worker 2": [],
    "lock a": [],
  };
  for (let i = 0; i < count; i++) {
    const who = `worker ${1 + i % 2}`;
    const startMs = 10 + 5 * i;
    const reason = { reason: "lock a" };
    lanes["lock a"]!.push(["held", startMs, startMs + 5, { label: who }]);
    lanes[who]!.push(["blocked", startMs - waitMs, startMs, reason]);
  }
  return record(lanes);
}

Deno.test("findConvoy() counts turns, waiters, and time waited for time of use", () => {
  const { lanes } = checkFound(
    findConvoy,
    CONVOY,
    /^Convoy at lock results: it was handed on 14 times in a row while others already waited, at most 3 at once; together they waited 273 ms for 111 ms of use\.$/,
  );
  assert.equal(lanes[0], "lock results");
  checkFound(findConvoy, takeTurns(8, 5), /waited 40.0 ms for 40.0 ms of use/);
});

Deno.test("findConvoy() says nothing of a few turns, short waits, or none", () => {
  checkQuiet(findConvoy, takeTurns(4, 5));
  // Somebody waits each time, and hardly any time.
  checkQuiet(findConvoy, takeTurns(20, 0.5));
  checkQuiet(
    findConvoy,
    record({ "worker 1": [["running", 0, 50]], "lock a": [["held", 0, 50]] }),
  );
});
