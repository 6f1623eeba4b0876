import assert from "node:assert/strict";
import { Mutex, Semaphore } from "../../sync/mod.ts";
import { race } from "../../race.ts";
import { makeThread, type Shared } from "../test_programs.ts";
import { openRealThreads } from "./rounds.ts";

/** What a thread that runs alone leaves in memory, on real memory and by the search. */
async function finals(body: string, shared: Shared): Promise<[Shared, Shared]> {
  const program = { shared, threads: makeThread(body), copies: 1 };
  using team = await openRealThreads(program, undefined);
  const batch = await team.run(2);
  assert.equal(batch.fault, null, `${body}: ${batch.fault?.reason}`);
  assert.deepEqual(batch.final(0), batch.final(1), "each round begins anew");
  const { final } = await race.replay(program, "", { workers: false });
  return [batch.final(1), final];
}

Deno.test("compiled threads do what their steps do", async () => {
  const bodies = [
    "(m) => { m.y = m.x++; }",
    "(m) => { m.y = ++m.x; m.x -= 3; m.x *= 2; }",
    "(m) => { m.x ||= 7; m.y &&= 9; }",
    "(m, id) => { m.x = id + m.list.length; }",
    "(m) => { m.list[m.x] += 10; m['y'] = m.list[1]; }",
    "(m) => { let i = 0; m.list[i++]++; m.list[i] = i; }",
    "(m) => { if (!m.on) m.on = true; m.x = m.on ? 5 : 6; }",
    "(m) => { for (let i = 0; i < 4; i++) m.x += i; while (m.y > 0) m.y--; }",
    "(m) => { const add = (by) => m.x += by; [1, 2].forEach((n) => add(n)); }",
    "(m) => { m.x = m.atomics.add('x', 4); m.atomics.store('list[1]', 3); }",
    "(m) => { const i = 1; m.atomics.exchange(`list[${i}]`, 8); }",
    "(m) => { m.y = m.atomics.compareExchange('x', 1, 6); }",
    "(m) => { using g = m.lock('l'); m.x++; }",
    "(m) => { m.lock('l'); m.x++; m.unlock('l'); m.lock('l'); m.unlock('l'); }",
    "(m) => { const g = m.gate.lockSync(); m.x++; g.unlock(); }",
    "(m) => { using p = m.slots.acquireSync(); m.x++; }",
    "(m) => { m.acquire('x'); m.y = m.x; m.release('x'); }",
    "(m) => { m.notify('c'); m.notifyAll('c'); m.x = 2; }",
  ];
  for (const body of bodies) {
    // The helpers that the search refuses are followed by hand here.
    const isFollowed = !body.includes("forEach");
    const shared = {
      x: 1,
      y: 2,
      on: false,
      list: [1, 2],
      ...body.includes("gate") ? { gate: new Mutex() } : {},
      ...body.includes("slots") ? { slots: new Semaphore(2) } : {},
    };
    if (!isFollowed) {
      const program = { shared, threads: makeThread(body), copies: 1 };
      using team = await openRealThreads(program, undefined);
      assert.equal((await team.run(1)).final(0).x, 4);
      continue;
    }
    const [real, stepped] = await finals(body, shared);
    assert.deepEqual(real, stepped, body);
  }
});

Deno.test("real threads hand a value over by a condition, and by a flag", async () => {
  const programs = [
    [
      "(m) => { m.lock('l'); while (m.x === 0) m.wait('c', 'l'); m.y = m.x; m.unlock('l'); }",
      "(m) => { m.lock('l'); m.x = 5; m.notify('c'); m.unlock('l'); }",
    ],
    [
      "(m) => { while (m.atomics.load('flag') === 0); m.y = m.x; }",
      "(m) => { m.x = 5; m.atomics.store('flag', 1); }",
    ],
  ];
  for (const threads of programs) {
    using team = await openRealThreads({
      shared: { x: 0, y: 0, flag: 0 },
      threads: threads.map(makeThread),
    }, undefined);
    const batch = await team.run(20);
    assert.equal(batch.fault, null);
    assert.equal(batch.rounds, 20);
    for (let round = 0; round < 20; round++) {
      assert.equal(batch.final(round).y, 5);
    }
  }
});

Deno.test("a round that can not end is ended, and the next batch is fine", async () => {
  using team = await openRealThreads({
    shared: { x: 0 },
    threads: [
      makeThread(
        "(m) => { if (m.atomics.add('x', 1) === 9) throw new Error('no'); }",
      ),
      makeThread("(m) => { m.x = 0.5; }"),
    ],
  }, undefined);
  const { fault, rounds } = await team.run(3);
  assert.equal(rounds, 0);
  assert.equal(fault?.kind, "error");
  assert.match(fault!.reason, /Cannot write 0\.5: expected a 32-bit integer/);
  assert.equal((await team.run(1)).fault?.thread, "thread 1");
});

Deno.test("cells that another thread uses too are racy unless all accesses are atomic", async () => {
  const racy = async (...threads: string[]) => {
    using team = await openRealThreads({
      shared: { x: 0, y: 0 },
      threads: threads.map(makeThread),
    }, undefined);
    return team.racy;
  };
  const store = "(m) => { m.atomics.store('x', 1); }";
  assert.deepEqual(await racy("(m) => { m.x = 1; }", store), ["x"]);
  assert.deepEqual(await racy(store, store), []);
  assert.deepEqual(await racy("(m) => { m.y = 1; }", store), []);
});

Deno.test("openRealThreads() refuses what real memory can not hold", async () => {
  const fails = async (body: string, shared: Shared, message: RegExp) => {
    const program = { shared, threads: makeThread(body) };
    await assert.rejects(openRealThreads(program, undefined), message);
  };
  await fails(
    "(m) => {}",
    { x: 0.5 },
    /"x" is 0\.5, expected a 32-bit integer/,
  );
  await fails("(m) => {}", { x: "a" }, /"x" is a, expected/);
  await fails("async (m) => {}", { x: 1 }, /it is asynchronous.*lockSync/);
  await fails("(m) => { m.lock('a' + 1); }", { x: 1 }, /can not be read/);
  await fails("(m) => { m.x = outside; }", { x: 1 }, /"outside" from outside/);
});
