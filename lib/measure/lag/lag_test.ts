import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { CALM, HELD } from "../../plot/gallery/lag_gallery_data.ts";
import { findPython } from "../../run/python/interpreter.ts";
import { startPython } from "../../run/python/python.ts";
import { describeLag, findLag } from "./findings.ts";
import { lag, type LagReport } from "./lag.ts";
import { watchLoop } from "./watch.ts";

Deno.test("watchLoop() notes rings until stopped, and counts the hold that is not over", () => {
  const world = makeWorld();
  const watch = watchLoop(world.clock, world.alarm);
  world.ring(2);
  world.ring(3);
  world.pass(300);
  const rings = watch.stop();
  assert.deepEqual(rings, {
    startMs: 0,
    ringsMs: [2, 5, 305],
    endMs: 305,
    isCut: false,
  });
  assert.equal(world.pending(), 0);
  assert.deepEqual(watch.stop(), rings);
});

Deno.test("watchLoop() ends by itself when there is room for no more", () => {
  const world = makeWorld();
  const watch = watchLoop(world.clock, world.alarm, 3);
  for (let ring = 0; ring < 3; ring++) world.ring(2);
  assert.equal(world.pending(), 0);
  assert.equal(watch.stop().isCut, true);
});

Deno.test("lag() holds a function that gives no turn responsible", async () => {
  const report = await lag(function spin() {
    const endMs = performance.now() + 120;
    while (performance.now() < endMs);
  });
  assert.ok(report.maxMs >= 100);
  // Others on a busy machine may hold it longer.
  assert.ok(report.cliffs.some(({ holder }) => holder === "spin"));
  assert.equal(JSON.parse(JSON.stringify(report)).title, "Event loop lag");
  const bundle = await report[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), /^<svg/);
});

Deno.test("lag() lets errors of the function through, and stops", async () => {
  const work = () => Promise.reject(new TypeError("mine"));
  await assert.rejects(lag(work), { name: "TypeError", message: "mine" });
});

Deno.test("lag() without a function says that the holder is unknown", async () => {
  await using watch = lag({ title: "Mine" });
  await new Promise((resolve) => setTimeout(resolve, 1));
  const endMs = performance.now() + 80;
  while (performance.now() < endMs);
  const report = await watch.stop();
  assert.equal(report.title, "Mine");
  assert.ok(report.cliffs.length > 0);
  assert.equal(report.cliffs[0]!.holder, null);
  assert.equal(await watch.stop(), report);
});

Deno.test("lag() ends early by its signal, and reports", async () => {
  const controller = new AbortController();
  const pending = lag(60_000, { signal: controller.signal });
  controller.abort();
  const { durationMs } = await pending;
  assert.ok(durationMs < 60_000);
  const { ticks } = await lag(60_000, { signal: AbortSignal.abort() });
  assert.ok(ticks >= 1);
});

Deno.test("lag() refuses a time that is none", () => {
  assert.throws(() => lag(0), {
    name: "RangeError",
    message:
      "Cannot watch event loop: durationMs is 0, expected a number above 0, at most 2147483647; example: lag(1000), or lag(work)",
  });
});

Deno.test("lag() takes a number of milliseconds", async () => {
  const { durationMs, title, type } = await lag(20, { title: "Short" });
  assert.ok(durationMs >= 19);
  assert.deepEqual([title, type], ["Short", "lag"]);
  assert.throws(() => lag(-1), /durationMs is -1, .*; example: lag\(1000\)/);
});

const PYTHON = await findPython();
const SKIPPED = PYTHON.type === "missing" ? ` (skipped: ${PYTHON.reason})` : "";

Deno.test({
  name: `lag() watches a thread of Python while code runs${SKIPPED}`,
  ignore: PYTHON.type === "missing",
}, async () => {
  const busy = "n = 0\nwhile n < 3_000_000: n += 1\nn";
  const report = await lag({ python: busy });
  assert.ok(report.python!.intervalMs > 0);
  assert.ok(report.ticks > 0 && report.durationMs > 0);
  const rules = Array.from(findLag(report)).map(({ rule }) => rule);
  assert.equal(rules[0], "pythonDelays");
  if (report.python!.gil) assert.ok(rules.includes("gil"), rules.join());

  await using session = await startPython();
  const napping = await lag({
    python: "import time; time.sleep(0.2)",
    session,
  });
  // Who sleeps lets go of the GIL: others go on.
  assert.ok(napping.ticks > 20);
  await assert.rejects(lag({ python: "1 / 0", session }), /division by zero/);
  assert.equal(await session.run("1 + 1"), 2);
});

Deno.test("findLag() finds the longest hold, who held it, and what is not known", () => {
  const rulesOf = (report: LagReport) =>
    Array.from(findLag(report)).map(({ rule }) => rule);
  assert.deepEqual(rulesOf(HELD), ["delays", "held", "holder", "floor"]);
  const [, , hold] = Array.from(findLag(HELD));
  assert.ok(hold?.rule === "holder");
  assert.deepEqual(
    [hold.values.heldMs, hold.values.holder, hold.values.count],
    [250, "sortAll", 3],
  );
  assert.ok(rulesOf(CALM).includes("calm"));
  const cliffs = HELD.cliffs.map((cliff) => ({ ...cliff, holder: null }));
  const unknown = { ...HELD, cliffs, floorIsAssumed: true, isCut: true };
  assert.deepEqual(
    rulesOf(unknown).slice(2),
    ["unknownHolder", "assumedFloor", "cut"],
  );
  const python = { version: "3.13.0", gil: true, intervalMs: 5 };
  assert.deepEqual(
    rulesOf({ ...HELD, python }).slice(0, 2),
    ["pythonDelays", "pythonHeld"],
  );
});

Deno.test("describeLag() puts each rule into words", () => {
  const words = describeLag(HELD).join("\n");
  for (
    const part of [
      /^Delay of the event loop: median .*, 99th percentile .*, longest 250 ms\.$/m,
      /The longest of 3 holds took 250 ms, from 120 ms on; sortAll ran then/,
      /own 2.12 ms are subtracted/,
    ]
  ) assert.match(words, part);
  const noisy = { ...HELD.stamp, noisy: true, otherCpuShare: 0.5 };
  assert.match(
    describeLag({ ...HELD, stamp: noisy }).join("\n"),
    /ran then, and gave no turn to others, or others had its core/,
  );
});

/** A clock and an alarm that a test moves. */
function makeWorld() {
  let nowMs = 0;
  const set: (() => void)[] = [];
  return {
    clock: { now: () => nowMs },
    alarm(ring: () => void) {
      set.push(ring);
      return () => void set.splice(set.indexOf(ring), 1);
    },
    pass: (ms: number) => void (nowMs += ms),
    ring(ms: number) {
      nowMs += ms;
      set.shift()!();
    },
    pending: () => set.length,
  };
}
