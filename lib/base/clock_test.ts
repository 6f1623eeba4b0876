import assert from "node:assert/strict";
import { systemClock, toOwnClockMs } from "./clock.ts";

Deno.test("systemClock never goes back", () => {
  let lastMs = systemClock.now();
  for (let reading = 0; reading < 1000; reading++) {
    const nowMs = systemClock.now();
    assert.ok(nowMs >= lastMs);
    lastMs = nowMs;
  }
});

Deno.test("toOwnClockMs() keeps a reading of the same isolate", () => {
  assert.equal(toOwnClockMs(12.5, performance.timeOrigin), 12.5);
});

Deno.test("toOwnClockMs() puts a Worker's reading between asking and answering", async () => {
  const source =
    "onmessage = () => postMessage([performance.now(), performance.timeOrigin]);";
  const askedMs = systemClock.now();
  const worker = new Worker(
    `data:text/javascript,${encodeURIComponent(source)}`,
    {
      type: "module",
    },
  );
  try {
    const { promise, resolve, reject } = Promise.withResolvers<
      [number, number]
    >();
    const deadline = setTimeout(
      () => reject(new Error("The Worker did not answer")),
      10_000,
    );
    worker.onmessage = (event) => resolve(event.data);
    // Asked for: posted while the Worker loaded, it never came in 4 of 13 parallel runs.
    worker.postMessage(null);
    const [nowMs, originMs] = await promise;
    clearTimeout(deadline);
    const ownMs = toOwnClockMs(nowMs, originMs);
    assert.ok(askedMs <= ownMs && ownMs <= systemClock.now());
  } finally {
    worker.terminate();
  }
});
