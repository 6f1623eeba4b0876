import assert from "node:assert/strict";
import { type CpuReading, shareOut } from "./core_share.ts";
import type { TraceSpan } from "./recording.ts";

function ran(...times: readonly (readonly [number, number])[]): TraceSpan[] {
  return times.map(([startMs, endMs]) => ({
    lane: "worker 1",
    state: "running",
    startMs,
    endMs,
  }));
}

function count(startMs: number, endMs: number, cpuMs: number): CpuReading {
  return { lane: "worker 1", startMs, endMs, cpuMs, errorMs: 20 };
}

function check(
  spans: readonly TraceSpan[],
  readings: readonly CpuReading[],
  expected: readonly string[],
  isKnown = false,
) {
  const found = shareOut(spans, readings, isKnown)
    .map(({ startMs, endMs, state, share }) =>
      `${startMs}-${endMs} ${state}${share === undefined ? "" : ` ${share}`}`
    );
  assert.deepEqual(found, expected);
}

Deno.test("shareOut() tells what was on a core all of the time, and what was so in part", () => {
  const spans = ran([0, 100], [100, 200], [200, 300]);
  const readings = [count(0, 100, 98), count(100, 200, 3), count(200, 300, 40)];
  check(spans, readings, [
    "0-100 running",
    "100-200 alive 0.03",
    "200-300 alive 0.4",
  ]);
});

Deno.test("shareOut() joins short jobs until they can be told, the last ones included", () => {
  const times = Array.from(
    { length: 10 },
    (_, i) => [9 * i, 9 * i + 9] as const,
  );
  const computed = times.map(([from, to], i) =>
    count(from, to, i % 2 ? 18 : 0)
  );
  check(ran(...times), computed, times.map(([a, b]) => `${a}-${b} running`));
});

Deno.test("shareOut() says alive where nobody counted, unless it is known otherwise", () => {
  const spans = ran([0, 10], [20, 120]);
  check(spans, [count(20, 120, 100)], ["0-10 alive", "20-120 running"]);
  check(spans, [count(20, 120, 100)], ["0-10 running", "20-120 running"], true);
  // Too short for the steps of the count.
  check(ran([0, 30]), [count(0, 30, 10)], ["0-30 alive"]);
  check(ran([0, 30]), [count(0, 30, 10)], ["0-30 running"], true);
});

Deno.test("shareOut() leaves the parts of a span that lie between counts untold", () => {
  check(ran([0, 300]), [count(100, 200, 2)], [
    "0-100 alive",
    "100-200 alive 0.02",
    "200-300 alive",
  ]);
});
