import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { load } from "./load.ts";

Deno.test("load() sends as planned, and shows what it found", async () => {
  let calls = 0;
  const report = await load(function answer() {
    calls++;
    return Promise.resolve();
  }, { rates: [400, 100], durationMs: 100, arrivals: "even", closed: true });
  assert.deepEqual(report.open.map(({ ratePerS }) => ratePerS), [100, 400]);
  assert.deepEqual(report.open.map(({ arrived }) => arrived), [10, 40]);
  const sent = [...report.open, ...report.closed]
    .reduce((sum, { answered }) => sum + answered, 0);
  // Five calls come before, and do not count.
  assert.equal(calls, sent + 5);
  assert.equal(JSON.parse(JSON.stringify(report)).title, "answer");
  const bundle = await report[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), /^<svg/);
  assert.match(String(bundle["text/plain"]), /At 100 a second/);
});

Deno.test("load() counts failures and names the first", async () => {
  const report = await load(() => Promise.reject(new Error("no")), {
    rate: 200,
    durationMs: 50,
    arrivals: "even",
  });
  assert.equal(report.open[0]!.failed, 10);
  assert.equal(report.firstFailure, "Error: no");
  const bundle = await report[DISPLAY]();
  assert.match(String(bundle["text/plain"]), /First failure: Error: no/);
});

Deno.test("load() does not wait for answers that never come", async () => {
  const { open } = await load(() => new Promise(() => {}), {
    rate: 200,
    durationMs: 50,
    arrivals: "even",
    maxMs: 200,
  });
  assert.equal(open[0]!.answered, 0);
  assert.equal(open[0]!.dropped, 10);
});

Deno.test("load() ends by its signal", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  const pending = load(() => controller.abort(reason), {
    rate: 1,
    durationMs: 60_000,
    signal: controller.signal,
  });
  await assert.rejects(pending, reason);
});

Deno.test("load() refuses what is no rate", async () => {
  await assert.rejects(load(() => 1, {}), {
    name: "RangeError",
    message:
      'Cannot load "Latency under load": there is no rate, expected `rate` or `rates`',
  });
  for (const rates of [[0], [5, 0], [NaN], [3, Infinity]]) {
    await assert.rejects(load(() => 1, { rates }), RangeError);
  }
  await assert.rejects(load(() => 1, { rate: 1, durationMs: -1 }), RangeError);
});
