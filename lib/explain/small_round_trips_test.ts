import assert from "node:assert/strict";
import type { Link } from "../base/record/mod.ts";
import { findSmallRoundTrips } from "./small_round_trips.ts";
import { checkFound, checkQuiet, NOISY, record } from "./test_recording.ts";

/** Questions and answers: each is asked when the last answer came. */
function ask(count: number, wayMs: number, workMs: number): Link[] {
  let atMs = 0;
  return Array.from({ length: count }, (): Link[] => {
    const kind = "message" as const;
    const startMs = atMs;
    const cameMs = startMs + wayMs;
    const doneMs = cameMs + workMs;
    atMs = doneMs + wayMs;
    return [
      { kind, from: "main", to: "worker 1", startMs, endMs: cameMs },
      { kind, from: "worker 1", to: "main", startMs: doneMs, endMs: atMs },
    ];
  }).flat();
}

function run(links: readonly Link[], stamp = record({}).stamp) {
  return record({ main: [], "worker 1": [] }, { links, stamp });
}

Deno.test("findSmallRoundTrips() gives price, work, and how many fit a message", () => {
  const { advice, lanes } = checkFound(
    findSmallRoundTrips,
    run(ask(21, 0.0285, 0.04)),
    /^Round trips of 57\.0 µs carry 40\.0 µs of work each \(medians of 20\)/,
  );
  assert.match(advice, /^Put 15 or more jobs into one message/);
  assert.deepEqual(lanes, ["worker 1"]);
});

Deno.test("findSmallRoundTrips() says nothing of work that is longer, few trips, or noise", () => {
  checkQuiet(findSmallRoundTrips, run(ask(20, 0.03, 0.2)));
  checkQuiet(findSmallRoundTrips, run(ask(8, 0.03, 0.01)));
  checkQuiet(findSmallRoundTrips, run(ask(20, 0.03, 0.04), NOISY));
});

Deno.test("findSmallRoundTrips() takes waiting in line for no price", () => {
  // All asked at once: each waits for those before it, and the thread for none.
  const links = Array.from({ length: 20 }, (_, i): Link[] => [
    {
      kind: "message",
      from: "main",
      to: "worker 1",
      startMs: 0,
      endMs: 0.1 + i * 0.05,
    },
    {
      kind: "message",
      from: "worker 1",
      to: "main",
      startMs: 0.14 + i * 0.05,
      endMs: 0.3 + i * 0.05,
    },
  ]).flat();
  checkQuiet(findSmallRoundTrips, run(links));
});
