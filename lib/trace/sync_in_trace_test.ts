import assert from "node:assert/strict";
import { Channel, Mutex, toShared } from "../sync/mod.ts";
import { trace } from "../trace.ts";

const SYNC = import.meta.resolve("../sync/mod.ts");

/** Runs code in a Worker, on what is shared with it, until it answers. */
async function runThread(code: string, shared: unknown): Promise<void> {
  const text = `import { reviveShared } from "${SYNC}";
onmessage = async ({ data }) => {
  const shared = reviveShared(data);
  ${code}
  postMessage("done");
};`;
  const worker = new Worker(
    `data:text/javascript,${encodeURIComponent(text)}`,
    { type: "module", name: "thread" },
  );
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.onmessage = () => resolve();
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(toShared(shared));
  await promise;
  worker.terminate();
}

Deno.test("trace() tells what a channel did where there is no lock", async () => {
  const { recording } = await trace(async () => {
    const channel = new Channel<number>({ name: "orders", capacity: 1 });
    const thread = runThread(
      `for await (const _ of shared) { /* Only taken. */ }`,
      channel,
    );
    for (let i = 0; i < 5; i++) await channel.send(i);
    channel.close();
    await thread;
  }, { cores: false });
  const counts = recording.counters.find(({ name }) =>
    name === "values in channel orders"
  );
  assert.equal(counts?.samples.filter(([, value]) => value === 1).length, 5);
  assert.deepEqual(recording.missing, []);
});

Deno.test("trace() tells who held a mutex in each thread, and who waited", async () => {
  const { recording } = await trace(async () => {
    const mutex = new Mutex({ name: "results" });
    const guard = await mutex.lock();
    const threads = [1, 2].map(() =>
      runThread(`shared.lockSync().unlock();`, mutex)
    );
    await untilWaiting(mutex, 2);
    guard.unlock();
    await Promise.all(threads);
  }, { cores: false });
  const holders = recording.spans.filter(({ state }) => state === "held")
    .map(({ lane, label }) => `${lane}: ${label}`);
  assert.deepEqual(holders.toSorted(), [
    "lock results: main",
    "lock results: thread",
    "lock results: thread (2)",
  ]);
  const waited = recording.spans.filter(({ state }) => state === "blocked")
    .map(({ lane, reason }) => `${lane} for ${reason}`);
  assert.deepEqual([...new Set(waited)].toSorted(), [
    "thread (2) for lock results",
    "thread for lock results",
  ]);
  assert.equal(
    recording.links.filter(({ kind }) => kind === "lock").length,
    2,
  );
  assert.deepEqual(recording.locks, [
    {
      lock: "lock results",
      kind: "Mutex",
      capacity: 1,
      holders: [],
      waiters: [],
    },
  ]);
});

async function untilWaiting(mutex: Mutex, count: number): Promise<void> {
  const { snapshotLocks } = await import("../sync/mod.ts");
  const endMs = performance.now() + 60_000;
  const isThere = () =>
    snapshotLocks().some(({ lock, waiters }) =>
      lock === "lock results" && waiters.length === count
    );
  assert.ok(mutex);
  while (!isThere()) {
    assert.ok(performance.now() < endMs, "the threads wait in time");
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
