import assert from "node:assert/strict";
import { Barrier, Condition, Mutex, Semaphore } from "../sync/mod.ts";
import { race } from "../race.ts";
import type { RaceProgram } from "./program.ts";
import { makeThread, type Shared, tryAll } from "./test_programs.ts";

/** Steps of a thread that runs alone. */
async function stepsOf(body: string, shared: Shared): Promise<string[]> {
  const program = { shared, threads: makeThread(body), copies: 1 };
  const { steps } = await race.replay(program, "", { workers: false });
  return steps.map(({ text }) => text);
}

Deno.test("a guard unlocks at the end of its block, in any way to write it", async () => {
  const expected = ["locks gate", "reads x: 0", "writes x = 1", "unlocks gate"];
  const bodies = [
    `(m) => { { using g = m.lock("gate"); m.x++; } }`,
    `(m) => { using g = m.gate.lockSync(); m.x++; }`,
    `(m) => { const g = m.gate.lockSync(); m.x++; g.unlock(); }`,
    `(m) => { { using g = m.gate.lockSync(); m.x++; g.unlock(); } }`,
    `(m) => { m.lock("gate"); m.x++; m.unlock("gate"); }`,
    `async (m) => { using g = await m.gate.lock(); m.x++; }`,
    `async (m) => { using g = await m.lock("gate"); m.x++; }`,
  ];
  for (const body of bodies) {
    const isNamed = body.includes("m.gate.");
    const shared = isNamed ? { x: 0, gate: new Mutex() } : { x: 0 };
    assert.deepEqual(await stepsOf(body, shared), expected, body);
  }
});

Deno.test("guards unlock in reverse order, and when the block is left early", async () => {
  const shared = () => ({ x: 0, p: new Mutex(), slots: new Semaphore(2) });
  const early = `function (m) {
    using slot = m.slots.acquireSync();
    using p = m.p.lockSync();
    if (m.x === 0) return;
    m.x = 9;
  }`;
  assert.deepEqual(await stepsOf(early, shared()), [
    "acquires one of slots",
    "locks p",
    "reads x: 0",
    "unlocks p",
    "releases one to slots",
  ]);
  const thrown = `(m) => {
    try { using p = m.p.lockSync(); throw new Error("x"); } catch { m.x = 1; }
  }`;
  assert.deepEqual(await stepsOf(thrown, shared()), [
    "locks p",
    "unlocks p",
    "writes x = 1",
  ]);
});

Deno.test("race() finds the same with guards as with lock and unlock", async () => {
  const bodies = [
    `(m) => { m.lock("gate"); m.x++; m.unlock("gate"); m.y++; }`,
    `(m) => { { using g = m.lock("gate"); m.x++; } m.y++; }`,
    `(m) => { { using g = m.gate.lockSync(); m.x++; } m.y++; }`,
  ];
  const results = await Promise.all(bodies.map(async (body, index) => {
    const shared = index === 2
      ? { x: 0, y: 0, gate: new Mutex() }
      : { x: 0, y: 0 };
    const program: RaceProgram<Shared> = {
      shared,
      threads: makeThread(body),
      check: (m) => m.x === 2 && m.y === 2,
    };
    const { total, failingSchedules, confirmed } = await race(program);
    const brute = await tryAll(program);
    assert.deepEqual([total, failingSchedules], [brute.total, brute.failing]);
    assert.equal(confirmed?.agreed, confirmed?.schedules);
    return [total, failingSchedules];
  }));
  assert.deepEqual(results[1], results[0]);
  assert.deepEqual(results[2], results[0]);
  assert.ok(results[0]![1]! > 0);
});

Deno.test("race() tells apart who unlocked in one statement and who did not", async () => {
  const program: RaceProgram<Shared> = {
    shared: { x: 0, y: 0, gate: new Mutex() },
    threads: [
      makeThread(`(m) => { const g = m.gate.lockSync(); m.x && g.unlock(); }`),
      makeThread(`(m) => { m.x = 1; using g = m.gate.lockSync(); m.y = 1; }`),
    ],
  };
  const { total, endings } = await race(program, { workers: false });
  const brute = await tryAll(program);
  assert.equal(total, brute.total);
  assert.deepEqual(endings.map(({ kind }) => kind).sort(), [
    "deadlock",
    "ended",
  ]);
});

Deno.test("a condition waits with a guard, as in a cell", async () => {
  const gate = new Mutex();
  const shared = { items: 0, gate, added: new Condition(gate) };
  const take = `function take(m) {
    using held = m.gate.lockSync();
    while (m.items === 0) m.added.waitSync(held);
    m.items--;
  }`;
  const add = (notify: string) =>
    `function add(m) { using held = m.gate.lockSync(); m.items++; ${notify} }`;
  const program = (notify: string): RaceProgram<Shared> => ({
    shared,
    threads: [makeThread(take), makeThread(add(notify))],
    check: (m) => m.items === 0,
  });
  const woken = await race(program("m.added.notify();"));
  assert.equal(woken.failingSchedules, 0);
  const lost = await race(program(""));
  assert.equal(lost.failing[0]?.kind, "deadlock");
});

Deno.test("race() runs the text of a cell, asynchronous, with a mutex and without", async () => {
  const pay = (lock: string) =>
    makeThread(`async function pay(m) {
      ${lock}
      if (m.balance < 80) return;
      await Promise.resolve("asking the bank");
      m.balance -= 80;
    }`);
  const program = (lock: string): RaceProgram<Shared> => ({
    shared: { balance: 100, lock: new Mutex() },
    threads: pay(lock),
    check: (m) => (m.balance as number) >= 0,
  });
  const locked = await race(program("using guard = await m.lock.lock();"));
  assert.equal(locked.failingSchedules, 0);
  assert.ok((await race(program(""))).failingSchedules > 0);
});

Deno.test("locks are refused where they would do something else in a cell", async () => {
  const gate = new Mutex();
  const check = async (body: string, message: RegExp, shared: Shared = {}) => {
    await assert.rejects(stepsOf(body, { x: 0, gate, ...shared }), message);
  };
  await check(
    "(m) => { using g = m.gate.lock(); }",
    /gives a promise.*lockSync/,
  );
  await check(
    "async (m) => { using g = await m.gate.lockSync(); }",
    /which blocks.*await m\.gate\.lock\(\)/,
  );
  await check("(m) => { m.x = m.gate; }", /"gate" as a whole.*lockSync\(\)/);
  await check("(m) => { m.gate.tryLock(); }", /it uses m\.gate\.tryLock/);
  await check("(m) => { m.gate.lockSync(5); }", /has 1 argument.*none/);
  await check("(m) => { m.x = m.gate.lockSync().isHeld; }", /using guard =/);
  await check("(m) => {}", /"door" is a Barrier, expected a Mutex/, {
    door: new Barrier(2),
  });
  await check("(m) => {}", /mutex of condition "c" is not shared/, {
    c: new Condition(new Mutex()),
  });
  await check("(m) => { m.c.waitSync(1); }", /no guard/, {
    c: new Condition(gate),
  });
  await assert.doesNotReject(stepsOf("(m) => { m.x = 1; }", { x: 0 }));
});

Deno.test("a guard that is unlocked twice is the thread's error", async () => {
  const { kind, reason } = await race.replay({
    shared: { slots: new Semaphore(1) },
    threads: makeThread(
      "(m) => { const g = m.slots.acquireSync(); g.unlock(); g.unlock(); }",
    ) as never,
    copies: 1,
  }, "");
  assert.equal(kind, "error");
  assert.match(reason, /holds it no more/);
});
