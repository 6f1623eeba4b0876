import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { measure } from "./measure.ts";

Deno.test("measure() measures a function and shows it", async () => {
  let calls = 0;
  const measured = await measure(function countUp() {
    let sum = 0;
    for (let n = 0; n < 1e5; n++) sum += n;
    calls++;
    return sum;
  }, { samples: 6, maxMs: 5000 });
  const [result] = measured.results;
  assert.equal(measured.title, "countUp");
  assert.equal(result!.samplesMs.length, 6);
  assert.equal(measured.summary, result!.summary);
  const counted = result!.callsPerSample.reduce((sum, n) => sum + n, 0);
  assert.ok(calls >= counted);
  assert.equal(JSON.parse(JSON.stringify(measured)).title, "countUp");
  const bundle = await measured[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), /^<svg/);
  assert.match(String(bundle["text/plain"]), /countUp: a call takes/);
});

Deno.test("measure() compares functions with the first", async () => {
  const { results, title } = await measure({
    once: () => spin(200),
    often: () => spin(200_000),
  }, { samples: 5, maxMs: 5000 });
  assert.equal(title, "once, often");
  assert.equal(results[0]!.speedup, null);
  // A thousand times the work: no machine is so busy that it looks less.
  assert.ok(results[1]!.speedup!.ratio < 0.9);
});

Deno.test("measure() ends a promise that never settles", async () => {
  const pending = measure(() => new Promise(() => {}), { maxMs: 20 });
  await assert.rejects(pending, {
    name: "RangeError",
    message:
      'Cannot measure "function": one call did not end within 20 ms, expected a shorter call or more time',
  });
});

Deno.test("measure() refuses what it cannot measure", async () => {
  await assert.rejects(measure({}), {
    name: "RangeError",
    message: /^Cannot measure: work has no functions, expected one or more; ex/,
  });
  await assert.rejects(measure({ a: 3 as never }), {
    name: "TypeError",
    message: /^Cannot measure: "a" is 3, expected a function; example: /,
  });
  await assert.rejects(measure(() => 1, { samples: 0 }), RangeError);
  await assert.rejects(measure(() => 1, { maxMs: 0 }), RangeError);
  await assert.rejects(measure(() => 1, { precision: NaN }), RangeError);
  const signal = AbortSignal.abort(new Error("no"));
  await assert.rejects(measure(() => 1, { signal }), { message: "no" });
});

function spin(times: number): number {
  let sum = 0;
  for (let n = 0; n < times; n++) sum += n % 7;
  return sum;
}

Deno.test("measure() names an arrow function by the one call that it makes", async () => {
  const add = (one: number, other: number) => one + other;
  const check = async (work: () => unknown, expected: string) => {
    const { title } = await measure(work, { samples: 3 });
    assert.equal(title, expected);
  };
  await check(() => add(1, 2), "add(1, 2)");
  await check(() => 1 + add(1, 2), "function");
  await check(function sum() {}, "sum");
});
