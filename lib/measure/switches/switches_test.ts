import assert from "node:assert/strict";
import { DISPLAY } from "../../base/mod.ts";
import { switches } from "./switches.ts";

Deno.test("switches() counts the waits of a function, and shows them", async () => {
  const report = await switches(async function waitOften() {
    for (let wait = 0; wait < 10; wait++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  });
  assert.equal(report.title, "waitOften");
  const voluntary = report.threads.reduce((sum, t) => sum + t.voluntary, 0);
  assert.ok(voluntary >= 1);
  assert.equal(JSON.parse(JSON.stringify(report)).title, "waitOften");
  const bundle = await report[DISPLAY]();
  assert.match(String(bundle["image/svg+xml"]), /^<svg/);
});

Deno.test({
  name: "switches() tells Workers apart on Linux",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const source = "onmessage = () => postMessage(1);";
    const url = `data:text/javascript,${encodeURIComponent(source)}`;
    const worker = new Worker(url, { type: "module" });
    try {
      const { threads, missing } = await switches(async () => {
        const answered = new Promise((resolve) => worker.onmessage = resolve);
        worker.postMessage(0);
        await answered;
      });
      const kinds = threads.map(({ kind }) => kind);
      assert.deepEqual(kinds.slice(0, 2), ["main", "worker"]);
      assert.deepEqual(missing, []);
    } finally {
      worker.terminate();
    }
  },
});

Deno.test({
  name: "switches() counts the whole process where threads may not be read",
  permissions: { read: false },
  async fn() {
    const { threads, missing } = await switches(() => {});
    assert.deepEqual(threads.map(({ name }) => name), ["whole process"]);
    assert.equal(threads[0]!.waitMs, null);
    assert.match(missing.join(), /^Counts of each thread are missing: /);
  },
});

Deno.test("switches() lets errors of the function through", async () => {
  const work = () => Promise.reject(new TypeError("mine"));
  await assert.rejects(switches(work), { name: "TypeError", message: "mine" });
});
