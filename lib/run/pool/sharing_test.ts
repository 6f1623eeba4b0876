// Locks and channels as arguments and results of jobs.
import assert from "node:assert/strict";
import { Mutex, SharedCounter } from "../../sync/mod.ts";
import { pool } from "./pool.ts";
import { runScript } from "./test_threads.ts";

Deno.test("a job can use the locks and counters among its arguments", async () => {
  await using threads = pool({ size: 2 });
  const mutex = new Mutex({ name: "results" });
  const counter = new SharedCounter();
  const plain = new Int32Array(new SharedArrayBuffer(4));
  const work = async (
    { mutex }: { mutex: Mutex },
    counter: SharedCounter,
    plain: Int32Array,
  ) => {
    for (let n = 0; n < 100; n++) {
      using _guard = await mutex.lock();
      // Two steps, which without the lock would lose counts.
      plain[0] = plain[0]! + 1;
      counter.add(1);
    }
  };
  const jobs = Array.from(
    { length: 10 },
    () => threads.run(work, [{ mutex }, counter, plain]),
  );
  await Promise.all(jobs);
  assert.equal(counter.value, 1000);
  assert.equal(plain[0], 1000);
});

Deno.test("a job can return a lock, alone and inside of a value", async () => {
  await using threads = pool({ size: 1 });
  const mutex = new Mutex();
  const same = await threads.run((mutex: Mutex) => mutex, [mutex]);
  assert.ok(same instanceof Mutex);
  const { inside } = await threads.run(
    (mutex: Mutex) => ({ inside: mutex }),
    [mutex],
  );
  const { value } = await threads.runReported(
    (mutex: Mutex) => [mutex],
    [mutex],
  );
  using _guard = await mutex.lock();
  for (const one of [same, inside, value[0]]) assert.ok(one?.isLocked);
});

Deno.test("a job with locks says which permission it lacks", async () => {
  const [mod, sync] = ["./pool.ts", "../../sync/mod.ts"]
    .map((path) => JSON.stringify(new URL(path, import.meta.url).href));
  const { code, stdout, stderr } = await runScript(
    `
    import { pool } from ${mod};
    import { Mutex } from ${sync};
    await using threads = pool({ size: 1 });
    try {
      console.log(await threads.run((mutex) => mutex.isLocked, [new Mutex()]));
    } catch (error) { console.log(error.message); }
  `,
    ["--no-prompt"],
  );
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^false\n$|allow-read/);
});
