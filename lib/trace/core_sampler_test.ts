import assert from "node:assert/strict";
import { trace } from "../trace.ts";

const SPIN = `onmessage = () => {
  const endMs = performance.now() + 60;
  while (performance.now() < endMs);
  postMessage(0);
};`;

/** Computes until the samplers have surely read several times. */
function spin(): void {
  const endMs = performance.now() + 60;
  while (performance.now() < endMs);
}

Deno.test({
  name: "trace() tells which thread ran on which core, and for how long",
  // Elsewhere the system does not tell.
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const { recording } = await trace(async () => {
      const url = `data:text/javascript,${encodeURIComponent(SPIN)}`;
      const worker = new Worker(url, { type: "module", name: "spinner" });
      const { promise, resolve } = Promise.withResolvers<void>();
      worker.onmessage = () => resolve();
      worker.postMessage(0);
      spin();
      await promise;
      worker.terminate();
    });
    const { lanes, spans, threads, notes } = recording;
    const cores = lanes.filter(({ kind }) => kind === "core");
    assert.ok(cores.length >= navigator.hardwareConcurrency);
    const onCores = spans.filter(({ lane }) => lane.startsWith("core "));
    assert.ok(onCores.every(({ sampled }) => sampled === true));
    const names = new Set(onCores.map(({ label }) => label));
    assert.ok(names.has("main") && names.has("spinner"), [...names].join());
    for (const lane of ["main", "spinner"]) {
      const time = threads?.find((thread) => thread.lane === lane);
      assert.ok(time !== undefined && time.runningMs > 0, lane);
    }
    assert.match(
      notes!.join(),
      /Sampling every 5 ms took [\d.]+ % of one core/,
    );
    assert.deepEqual(recording.missing, []);
  },
});

Deno.test({
  name: "trace() says that cores are missing where it may not look",
  permissions: { read: false },
  fn: async () => {
    const { value, recording } = await trace(() => 1);
    assert.equal(value, 1);
    assert.equal(recording.lanes.some(({ kind }) => kind === "core"), false);
    assert.match(recording.missing.join(), /Cores are missing/);
  },
});
