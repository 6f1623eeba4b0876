import assert from "node:assert/strict";
import { describeLatency, describePoint } from "./numbers.ts";
import { planArrivals, type SendRequest, sendRequests } from "./send.ts";

Deno.test("planArrivals() by chance comes as often as asked, and the same for a seed", () => {
  const options = {
    ratePerS: 1000,
    durationMs: 10_000,
    arrivals: "poisson",
    seed: 3,
  } as const;
  const plan = planArrivals(options);
  // Poisson: 10 000 ± 4 standard deviations.
  assert.ok(Math.abs(plan.length - 10_000) < 400);
  assert.ok(plan.every((at, i) => at >= (plan[i - 1] ?? 0) && at < 10_000));
  assert.deepEqual(planArrivals(options), plan);
  assert.notDeepEqual(planArrivals({ ...options, seed: 4 }), plan);
  // Distances of independent arrivals scatter as much as they are long.
  const gaps = plan.map((at, index) => at - (plan[index - 1] ?? 0));
  const squares = gaps.reduce((sum, gap) => sum + (gap - 1) ** 2, 0);
  assert.ok(Math.abs(Math.sqrt(squares / gaps.length) - 1) < 0.05);
});

Deno.test("sendRequests() sends when due, however long answers take", async () => {
  const world = makeWorld();
  const { notes, dropped } = await world.run(
    sendRequests(
      world.request([0, 10, 20], () => world.answerAfter(100)),
      world,
    ),
  );
  assert.deepEqual(notes.map(({ sentMs, doneMs }) => [sentMs, doneMs]), [
    [0, 100],
    [10, 110],
    [20, 120],
  ]);
  assert.equal(dropped, 0);
});

Deno.test("sendRequests() notes all who wait while a request stalls", async () => {
  const plan = Array.from({ length: 100 }, (_, index) => index * 10);
  const world = makeWorld();
  let calls = 0;
  // Computes, so that nothing else has a turn: 1 ms, and once 300.
  const stallOnce = () => world.spend(calls++ === 20 ? 300 : 1);
  const sent = await world.run(
    sendRequests(world.request(plan, stallOnce), world),
  );
  const options = { ratePerS: 100, durationMs: 1000, planned: 100 };
  const { p90Ms, maxMs } = describePoint(sent, options).latency;
  assert.ok(p90Ms > 180);
  assert.equal(maxMs, 300);
});

Deno.test("sendRequests() drops what comes on top, and what never ends", async () => {
  const world = makeWorld();
  const request = {
    ...world.request([0, 1, 2, 3], () => world.answerAfter(50)),
    mostInFlight: 2,
  };
  const { notes, dropped } = await world.run(sendRequests(request, world));
  assert.equal(notes.length, 2);
  assert.equal(dropped, 2);

  const never = makeWorld();
  const sent = await never.run(
    sendRequests(never.request([0, 1], () => new Promise(() => {})), never),
  );
  assert.equal(sent.notes.length, 0);
  assert.equal(sent.dropped, 2);
});

Deno.test("sendRequests() counts failures, thrown or rejected", async () => {
  const world = makeWorld();
  let calls = 0;
  const { notes, firstFailure } = await world.run(sendRequests(
    world.request([0, 1, 2], () => {
      calls++;
      if (calls === 1) throw new Error("thrown");
      return calls === 2 ? Promise.reject(new Error("rejected")) : 1;
    }),
    world,
  ));
  assert.deepEqual(notes.map(({ failed }) => failed), [true, true, false]);
  assert.equal(String(firstFailure), "Error: thrown");
  const point = describePoint(
    { startMs: 0, notes, dropped: 0, firstFailure },
    { ratePerS: 1000, durationMs: 3, planned: 3 },
  );
  assert.deepEqual([point.answered, point.failed], [1, 2]);
});

Deno.test("sendRequests() ends by its signal", async () => {
  const world = makeWorld();
  const reason = new Error("enough");
  const request = {
    ...world.request([0, 5], () => new Promise(() => {})),
    signal: AbortSignal.abort(reason),
  };
  await assert.rejects(world.run(sendRequests(request, world)), reason);
});

Deno.test("describePoint() takes slow answers for no queue, and a queue for one", () => {
  const describe = (
    notes: readonly ReturnType<typeof note>[],
    ratePerS: number,
  ) =>
    describePoint({ startMs: 0, notes, dropped: 0, firstFailure: null }, {
      ratePerS,
      durationMs: 1000,
      planned: notes.length,
    });
  const slow = describe(
    Array.from({ length: 50 }, (_, i) => note(i * 20, i * 20 + 300)),
    50,
  );
  assert.equal(slow.isSaturated, false);
  assert.equal(slow.throughputPerS, 50);
  // One at a time, 20 ms each, and one comes every 10 ms.
  const jammed = describe(
    Array.from({ length: 100 }, (_, i) => ({
      ...note(i * 10, (i + 1) * 20),
      sentMs: i * 20,
    })),
    100,
  );
  assert.equal(jammed.isSaturated, true);
  assert.ok(Math.abs(jammed.throughputPerS - 50) < 1);
});

Deno.test("describePoint() agrees with theory of a queue at half load", () => {
  // M/D/1: independent arrivals, 10 ms each, half busy: 10 + 10 · ρ / 2(1 - ρ) = 15 ms.
  let [sumMs, saturated] = [0, 0];
  for (let seed = 1; seed <= 100; seed++) {
    const plan = planArrivals({
      ratePerS: 50,
      durationMs: 2000,
      arrivals: "poisson",
      seed,
    });
    let freeMs = 0;
    const notes = plan.map((dueMs) => {
      freeMs = Math.max(dueMs, freeMs) + 10;
      return { ...note(dueMs, freeMs), sentMs: freeMs - 10 };
    });
    const point = describePoint(
      { startMs: 0, notes, dropped: 0, firstFailure: null },
      { ratePerS: 50, durationMs: 2000, planned: plan.length },
    );
    sumMs += point.latency.meanMs;
    if (point.isSaturated) saturated++;
  }
  assert.ok(Math.abs(sumMs / 100 - 15) < 0.75, `${sumMs / 100}`);
  assert.equal(saturated, 0);
});

Deno.test("describeLatency() gives quantiles to 1 %, and the exact maximum", () => {
  const times = Array.from({ length: 1000 }, (_, index) => index + 1);
  const { p50Ms, p99Ms, p999Ms, maxMs, meanMs } = describeLatency(times);
  assert.ok(Math.abs(p50Ms / 500 - 1) < 0.01);
  assert.ok(Math.abs(p99Ms / 990 - 1) < 0.01);
  assert.ok(Math.abs(p999Ms / 999 - 1) < 0.01);
  assert.deepEqual([maxMs, meanMs], [1000, 500.5]);
  assert.equal(describeLatency([]).p99Ms, 0);
});

function note(dueMs: number, doneMs: number) {
  return { dueMs, sentMs: dueMs, doneMs, failed: false };
}

/** A world whose time passes only when everybody waits. */
function makeWorld() {
  let nowMs = 0;
  const events: { readonly atMs: number; readonly ring: () => void }[] = [];
  const at = (atMs: number, ring: () => void) => {
    const event = { atMs, ring };
    events.push(event);
    return () => void events.splice(events.indexOf(event) >>> 0, 1);
  };
  return {
    clock: { now: () => nowMs },
    waitUntil: (atMs: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (signal.aborted) return resolve();
        const cancel = at(atMs, resolve);
        signal.addEventListener("abort", () => {
          cancel();
          resolve();
        });
      }),
    spend: (ms: number) => void (nowMs += ms),
    answerAfter: (ms: number) =>
      new Promise<void>((resolve) => at(nowMs + ms, resolve)),
    request: (plan: readonly number[], send: () => unknown): SendRequest => ({
      plan,
      send,
      mostInFlight: 1000,
      endMs: 10_000,
      signal: new AbortController().signal,
    }),
    async run<T>(work: Promise<T>): Promise<T> {
      let isOver = false;
      const over = work.finally(() => isOver = true);
      over.catch(() => {});
      while (!isOver) {
        // All promises that can settle do so before time passes.
        await new Promise((resolve) => setImmediate(resolve));
        const next = events.reduce<typeof events[number] | null>(
          (first, event) => first && first.atMs <= event.atMs ? first : event,
          null,
        );
        if (next === null || isOver) continue;
        events.splice(events.indexOf(next), 1);
        nowMs = Math.max(nowMs, next.atMs);
        next.ring();
      }
      return await over;
    },
  };
}
