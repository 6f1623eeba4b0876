import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { SILENT, STICK } from "../../plot/gallery/load_gallery_data.ts";
import { describeLoad, findLoad } from "./findings.ts";
import { load, type LoadReport } from "./load.ts";

Deno.test("load() sends as planned, and shows what it found", async () => {
  let calls = 0;
  const report = await load(function answer() {
    calls++;
    return Promise.resolve();
  }, { rates: [400, 100], durationMs: 100, arrivals: "even" });
  assert.deepEqual(report.open.map(({ ratePerS }) => ratePerS), [100, 400]);
  assert.deepEqual(report.open.map(({ arrived }) => arrived), [10, 40]);
  const sent = report.open.reduce((sum, { answered }) => sum + answered, 0);
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
      "Cannot load: there is no rate, expected `rate` or `rates`; example: load(answer, 100), or load(answer, { rates: [10, 100] })",
  });
  for (const rates of [[0], [5, 0], [NaN], [3, Infinity]]) {
    await assert.rejects(load(() => 1, { rates }), RangeError);
  }
  await assert.rejects(load(() => 1, { rate: 1, durationMs: -1 }), RangeError);
});

Deno.test("load() takes a rate", async () => {
  const { open, title, type } = await load(() => 1, 50, {
    ...{ durationMs: 60, title: "Short" },
  });
  assert.deepEqual(open.map(({ ratePerS }) => ratePerS), [50]);
  assert.deepEqual([title, type], ["Short", "load"]);
  await assert.rejects(load(() => 1, 0), /rate is 0, .*; example: load\(/);
});

Deno.test("findLoad() finds limits, and what is doubtful", () => {
  const rulesOf = (report: LoadReport) =>
    new Set(Array.from(findLoad(report)).map(({ rule }) => rule));
  const stick = rulesOf(STICK);
  for (const rule of ["rate", "stick", "limit"] as const) {
    assert.ok(stick.has(rule), rule);
  }
  assert.deepEqual(
    [...rulesOf(SILENT)].filter((rule) => rule !== "dropped"),
    ["silent"],
  );
  const [point] = STICK.open;
  const lossy = { ...point!, failed: 3, dropped: 2, senderLagMs: 50 };
  const found = Array.from(findLoad({
    ...STICK,
    open: [lossy],
    firstFailure: "Error: no",
  }));
  const rules = found.map(({ rule }) => rule);
  for (
    const rule of ["dropped", "failed", "firstFailure", "lateSender"] as const
  ) {
    assert.ok(rules.includes(rule), rule);
  }
});

Deno.test("describeLoad() puts rules into words", () => {
  const words = describeLoad(STICK).join("\n");
  assert.match(
    words,
    /At \d+ a second: median .*, 99th percentile .*, longest/,
  );
  assert.match(
    words,
    /answers did not keep up: .* is the most that was reached/,
  );
  assert.match(words, /times the requests, the 99th percentile went from/);
});
