import assert from "node:assert/strict";
import { trace } from "../trace.ts";

/** Long enough for many samples, also on a machine that is busy. */
function spin(): void {
  const endMs = performance.now() + 400;
  while (performance.now() < endMs) Math.sqrt(endMs);
}

async function isPermitted(): Promise<boolean> {
  const kind = "inspector" as "hostname";
  return (await Deno.permissions.query({ name: "sys", kind })).state ===
    "granted";
}

Deno.test("trace() names the function that holds the event loop, if asked to", async () => {
  const { recording } = await trace((t) => t.task("hog", spin), {
    cores: false,
    lines: true,
  });
  const [hold] = recording.holds!;
  assert.equal(hold!.lane, "hog");
  assert.match(hold!.site!, /^line_sampler_test\.ts:\d+$/);
  if (await isPermitted()) {
    assert.equal(hold!.code, "spin");
    // Types were taken out of this file, and lines with them.
    assert.equal(hold!.source, "line_sampler_test.ts");
    assert.match(recording.marks[0]!.label, /^event loop held \d+ ms by spin/);
  } else assert.match(recording.missing.join(), /skein run --allow-sys/);
});

Deno.test("trace() gives sampling up when a Worker is made, and says so", async () => {
  const { recording } = await trace(async () => {
    const text = "onmessage = ({ data }) => postMessage(data);";
    const worker = new Worker(`data:text/javascript,${text}`, {
      type: "module",
    });
    const { promise, resolve } = Promise.withResolvers<unknown>();
    worker.onmessage = ({ data }) => resolve(data);
    worker.postMessage(7);
    assert.equal(await promise, 7);
    worker.terminate();
    spin();
  }, { cores: false, lines: true });
  assert.equal(recording.holds!.at(-1)!.code, undefined);
  assert.match(
    recording.missing.join(),
    /Which function held the event loop is missing/,
  );
});

Deno.test("trace() tells where the trace was called if its own code holds the loop", async () => {
  const { recording } = await trace(() => spin(), { cores: false });
  const [hold] = recording.holds!;
  assert.equal(hold!.lane, "main");
  assert.match(hold!.site!, /^line_sampler_test\.ts:\d+$/);
  assert.equal(hold!.code, undefined);
});

Deno.test("trace() tells where a late one of many spans was called", async () => {
  const { recording } = await trace((t) => {
    for (let i = 0; i < 200; i++) t.span("short", () => i);
    t.span("long", spin);
  }, { cores: false });
  const [hold] = recording.holds!;
  assert.equal(hold!.label, "long");
  assert.match(hold!.site!, /^line_sampler_test\.ts:\d+$/);
});
