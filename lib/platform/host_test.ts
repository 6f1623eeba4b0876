// What a pool tells the notebook around it, and what that may end; in a real one: `tests/kernel/pool_test.ts`.
import assert from "node:assert/strict";
import { pool } from "../run/pool/pool.ts";
import { createFlag, untilSet } from "../run/pool/test_threads.ts";

Deno.test("a host that wants a thread stopped ends what the pool works on, and the pool goes on", async () => {
  const key = Symbol.for("Skein.track");
  const scope = globalThis as unknown as Record<symbol, unknown>;
  const tracked: { what: string; name: string; stop(): void }[] = [];
  let ended = 0;
  scope[key] = (child: typeof tracked[number]) => {
    tracked.push(child);
    return () => ended++;
  };
  try {
    await using threads = pool({ size: 1, name: "mine" });
    const flag = createFlag();
    const spin = (flag: Int32Array) => {
      Atomics.store(flag, 0, 1);
      for (;;);
    };
    const jobs = [1, 2].map(() => threads.run(spin, [flag]));
    const failed = Promise.allSettled(jobs);
    await untilSet(flag);
    assert.deepEqual([tracked[0]?.what, tracked.length], ["worker", 1]);
    assert.match(tracked[0]?.name ?? "", /^mine, thread \d+$/);
    tracked[0]?.stop();
    for (const one of await failed) {
      assert.equal(one.status === "rejected" && one.reason.name, "AbortError");
    }
    assert.equal(ended, 1);
    assert.equal(await threads.run(() => "goes on"), "goes on");
  } finally {
    delete scope[key];
  }
  assert.equal(ended, 2);
});
