import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { lag } from "./lag.ts";
import { LoopWatch } from "./watch.ts";

Deno.test("LoopWatch notes rings until stopped, and counts the hold that is not over", () => {
  const world = makeWorld();
  const watch = new LoopWatch(world.clock, world.alarm);
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

Deno.test("LoopWatch ends by itself when there is room for no more", () => {
  const world = makeWorld();
  const watch = new LoopWatch(world.clock, world.alarm, 3);
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
  const longest = report.cliffs.find(({ heldMs }) => heldMs === report.maxMs);
  assert.equal(longest?.holder, "spin");
  assert.match(report.findings.join("\n"), /spin ran then/);
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
  assert.match(report.findings.join("\n"), /who held it is unknown/);
  assert.equal(await watch.stop(), report);
});

Deno.test("lag() ends early by its signal, and reports", async () => {
  const controller = new AbortController();
  const pending = lag({ durationMs: 60_000, signal: controller.signal });
  controller.abort();
  const { durationMs } = await pending;
  assert.ok(durationMs < 60_000);
  const { ticks } = await lag({
    durationMs: 60_000,
    signal: AbortSignal.abort(),
  });
  assert.ok(ticks >= 1);
});

Deno.test("lag() refuses a time that is none", () => {
  assert.throws(() => lag({ durationMs: 0 }), {
    name: "RangeError",
    message:
      "Cannot watch event loop: durationMs is 0, expected a number above 0, 2147483647 at most",
  });
});

/** A clock and an alarm that a test moves. */
function makeWorld() {
  let nowMs = 0;
  const set: (() => void)[] = [];
  return {
    clock: { now: () => nowMs },
    alarm: {
      set(ring: () => void) {
        set.push(ring);
        return () => void set.splice(set.indexOf(ring), 1);
      },
    },
    pass: (ms: number) => void (nowMs += ms),
    ring(ms: number) {
      nowMs += ms;
      set.shift()!();
    },
    pending: () => set.length,
  };
}
