import assert from "node:assert/strict";
import type { RaceOptions } from "./explore.ts";
import type { RaceProgram } from "./program.ts";
import { race } from "../race.ts";
import type { RaceResult } from "./result.ts";
import { makeThread, type Shared } from "./test_programs.ts";

/** Explores on one thread only: what Workers do has tests of its own. */
function explore(
  program: RaceProgram<Shared>,
  options: RaceOptions = {},
): Promise<RaceResult> {
  return race(program, { workers: false, maxMs: 60_000, ...options });
}

async function checkPasses(program: RaceProgram<Shared>): Promise<void> {
  const result = await explore(program);
  assert.notEqual(result.total, null);
  assert.equal(result.failingSchedules, 0, result.findings.join("\n"));
}

async function checkFails(
  program: RaceProgram<Shared>,
  kind: string,
): Promise<RaceResult> {
  const result = await explore(program);
  assert.notEqual(result.total, null);
  assert.equal(result.shortest?.kind, kind, result.findings.join("\n"));
  return result;
}

Deno.test("race() passes a correct lock, and fails without it", async () => {
  const shared = { x: 0 };
  const check = (m: Readonly<Shared>) => m.x === 3;
  const locked = makeThread(`(m) => { m.lock("l"); m.x++; m.unlock("l"); }`);
  const free = makeThread(`(m) => { m.x++; }`);
  await checkPasses({ shared, threads: locked, copies: 3, check });
  await checkFails({ shared, threads: free, copies: 3, check }, "check");
  const atomic = makeThread(`(m) => { m.atomics.add("x", 1); }`);
  await checkPasses({ shared, threads: atomic, copies: 3, check });
  const retry = makeThread(`(m) => {
    let old;
    do { old = m.atomics.load("x"); }
    while (m.atomics.compareExchange("x", old, old + 1) !== old);
  }`);
  await checkPasses({ shared, threads: retry, copies: 3, check });
});

Deno.test("race() passes Peterson's algorithm, and fails broken ones", async () => {
  const shared = { wants: [false, false], turn: 0, inside: 0 };
  const invariant = (m: Readonly<Shared>) => Number(m.inside) <= 1;
  const write = (enter: string) =>
    makeThread(
      `function p(m, id) { const other = 1 - id; ${enter}
        m.inside++; m.inside--; m.wants[id] = false; }`,
    );
  const peterson = write(
    `m.wants[id] = true; m.turn = other; while (m.wants[other] && m.turn === other) {}`,
  );
  await checkPasses({ shared, threads: peterson, invariant });
  const swapped = write(
    `m.turn = other; m.wants[id] = true; while (m.wants[other] && m.turn === other) {}`,
  );
  await checkFails({ shared, threads: swapped, invariant }, "invariant");
  const late = write(`while (m.wants[other]) {} m.wants[id] = true;`);
  await checkFails({ shared, threads: late, invariant }, "invariant");
  const stubborn = write(`m.wants[id] = true; while (m.wants[other]) {}`);
  await checkFails({ shared, threads: stubborn, invariant }, "livelock");
});

Deno.test("race() passes Dekker's algorithm, and fails without its turn", async () => {
  const shared = { wants: [false, false], turn: 0, inside: 0 };
  const invariant = (m: Readonly<Shared>) => Number(m.inside) <= 1;
  const write = (wait: string) =>
    makeThread(
      `function p(m, id) { const other = 1 - id; m.wants[id] = true;
        while (m.wants[other]) { ${wait} }
        m.inside++; m.inside--; m.turn = other; m.wants[id] = false; }`,
    );
  await checkPasses({
    shared,
    threads: write(
      `if (m.turn !== id) { m.wants[id] = false; while (m.turn !== id) {} m.wants[id] = true; }`,
    ),
    invariant,
  });
  const broken = await explore({
    shared,
    threads: write(`m.wants[id] = false; break;`),
    invariant,
  });
  assert.equal(broken.shortest?.kind, "invariant");
});

Deno.test("race() finds the deadlock of philosophers, and none in order", async () => {
  const write = (first: string, second: string) =>
    makeThread(
      `(m, id) => { const [left, right] = [id, (id + 1) % m.forks.length];
        m.lock("f" + ${first}); m.lock("f" + ${second});
        m.unlock("f" + ${second}); m.unlock("f" + ${first}); }`,
    );
  const shared = { forks: [0, 0, 0] };
  const greedy = await checkFails(
    { shared, threads: write("left", "right"), copies: 3 },
    "deadlock",
  );
  assert.match(greedy.shortest!.reason, /lock "f1", which thread 1 holds/);
  await checkPasses({
    shared,
    threads: write("Math.min(left, right)", "Math.max(left, right)"),
    copies: 3,
  });
});

Deno.test("race() finds a bounded buffer that wakes and does not look again", async () => {
  const shared = { buffer: [0, 0], count: 0, taken: 0 };
  const write = (look: string) => ({
    shared,
    threads: [
      makeThread(`function put(m) { for (let i = 0; i < 2; i++) {
        m.lock("l"); m.buffer[m.count] = 1; m.count++; m.notifyAll("c"); m.unlock("l"); } }`),
      ...["one", "two"].map((name) =>
        makeThread(`function ${name}(m) { m.lock("l");
          ${look} (m.count === 0) m.wait("c", "l");
          m.count--; m.taken++; m.unlock("l"); }`)
      ),
    ],
    invariant: (m: Readonly<Shared>) => Number(m.count) >= 0,
    check: (m: Readonly<Shared>) => m.taken === 2,
  });
  await checkPasses(write("while"));
  await checkFails(write("if"), "invariant");
});

Deno.test("race() finds a lost wake-up", async () => {
  const { shortest } = await checkFails({
    shared: { ready: false },
    threads: [
      makeThread(`function sleeper(m) {
        const ready = m.ready; m.lock("l"); if (!ready) m.wait("c", "l"); m.unlock("l"); }`),
      makeThread(`function waker(m) { m.ready = true; m.notify("c"); }`),
    ],
  }, "deadlock");
  assert.match(shortest!.reason, /sleeper waits for "c" to be notified/);
});

Deno.test("race() models a semaphore", async () => {
  const threads = makeThread(
    `(m) => { m.acquire("slots"); m.inside++; m.inside--; m.release("slots"); }`,
  );
  const invariant = (m: Readonly<Shared>) => Number(m.inside) <= 1;
  const shared = { slots: 1, inside: 0 };
  await checkPasses({ shared, threads, invariant });
  await checkFails(
    { shared: { ...shared, slots: 2 }, threads, invariant },
    "invariant",
  );
});

Deno.test("race() interleaves asynchronous functions at await only", async () => {
  const check = (m: Readonly<Shared>) => Number(m.balance) >= 0;
  const shared = { balance: 100 };
  const write = (between: string) =>
    makeThread(
      `async (m) => { if (m.balance >= 80) { ${between} m.balance -= 80; } }`,
    );
  const pause = `await new Promise((go) => setTimeout(go, 1000));`;
  await checkFails({ shared, threads: write(pause), check }, "check");
  await checkPasses({ shared, threads: write(""), check });
  const locked = makeThread(
    `async (m) => { await m.lock("l"); if (m.balance >= 80) { ${pause} m.balance -= 80; }
      m.unlock("l"); }`,
  );
  await checkPasses({ shared, threads: locked, check });
});

Deno.test("race() lets asynchronous functions share objects and helpers", async () => {
  const { shortest } = await checkFails({
    shared: { cache: new Map(), loads: 0 },
    threads: makeThread(`async (m) => {
      const load = async (key) => { m.loads++; await null; return key.length; };
      if (!m.cache.has("key")) m.cache.set("key", await load("key"));
    }`),
    check: (m) => m.loads === 1,
  }, "check");
  assert.deepEqual(shortest!.final.cache, new Map([["key", 3]]));
});

Deno.test("race() finds a promise that nobody settles", async () => {
  const result = await checkFails({
    shared: { x: 0 },
    threads: makeThread(
      `async (m) => { await new Promise(() => {}); m.x = 1; }`,
    ),
    copies: 1,
  }, "deadlock");
  assert.match(result.shortest!.reason, /a promise that nobody settles/);
});

Deno.test("race() reports what a thread throws", async () => {
  const { shortest } = await checkFails({
    shared: { x: 0 },
    threads: [
      makeThread(`function a(m) { m.x = 1; m.x = 0; }`),
      makeThread(
        `function b(m) { if (m.x === 1) throw new RangeError("seen"); }`,
      ),
    ],
  }, "error");
  assert.equal(shortest?.reason, "b throws RangeError: seen");
  assert.equal(shortest?.schedule, "01");
  const { shortest: unlock } = await checkFails({
    shared: {},
    threads: makeThread(`function a(m) { m.unlock("l"); }`),
    copies: 1,
  }, "error");
  assert.match(unlock!.reason, /this thread does not hold it/);
});

Deno.test("race() draws schedules where there are too many, the same each time", async () => {
  const program = {
    shared: { x: 0 },
    threads: makeThread(`(m) => { for (let i = 0; i < 6; i++) m.x++; }`),
    copies: 4,
    check: (m: Readonly<Shared>) => m.x === 24,
  };
  const result = await explore(program, { maxRuns: 300 });
  assert.equal(result.total, null);
  assert.equal(result.schedules, 30);
  assert.ok(result.failingSchedules > 0);
  assert.match(result.findings[0]!, /of 30 schedules drawn at random fail/);
  const again = await explore(program, { maxRuns: 300 });
  assert.deepEqual(again.findings, result.findings);
  const other = await explore(program, { maxRuns: 300, seed: 2 });
  assert.notDeepEqual(other.findings, result.findings);
});

Deno.test("race() tells a loop without progress from one that waits its turn", async () => {
  const spin = makeThread(
    `function spin(m) { while (true) { if (m.flag === 1) break; } }`,
  );
  const set = (value: number) =>
    makeThread(`function set(m) { m.flag = ${value}; }`);
  const limits = { maxTurns: 50, maxRuns: 200 };
  const shared = { flag: 0 };
  const fine = await explore({ shared, threads: [spin, set(1)] }, limits);
  assert.equal(fine.failingSchedules, 0);
  const stuck = await explore({ shared, threads: [spin, set(2)] }, limits);
  assert.equal(stuck.failingSchedules, stuck.schedules);
  assert.equal(stuck.shortest?.kind, "livelock");
});

Deno.test("race() refuses conditions that answer neither yes nor no", async () => {
  const program = {
    title: "one",
    shared: { x: 0 },
    threads: makeThread("(m) => { m.x++; }"),
    copies: 1,
  };
  const refuses = (condition: unknown, message: RegExp) =>
    Promise.all(["check", "invariant"].map((name) =>
      assert.rejects(
        explore({ ...program, [name]: condition }),
        (error: Error) => {
          assert.ok(error instanceof TypeError);
          assert.match(error.message, message);
          assert.match(error.message, /expected true or false, as in /);
          return true;
        },
      )
    ));
  await refuses((m: Shared) => void m.x, /returns nothing/);
  await refuses((m: Shared) => m.x, /returns \d/);
  await refuses(() => Promise.resolve(true), /returns a promise/);
  await refuses((m: Shared) => assert.ok(Number(m.x) < 9), /returns nothing/);
});

Deno.test("race() sees that an asynchronous loop without an await lets nobody in", async () => {
  const result = await explore({
    shared: { busy: true },
    threads: [
      makeThread("async (m) => { while (m.busy) {} }"),
      makeThread("async (m) => { m.busy = false; }"),
    ],
  });
  assert.equal(result.total, 2);
  assert.equal(result.failingSchedules, 1);
  assert.equal(result.shortest?.kind, "livelock");
  const write = (pause: string) => ({
    shared: { busy: true, x: 0 },
    threads: [
      makeThread(`async (m) => { while (m.busy) ${pause} m.x = 1; }`),
      makeThread("async (m) => { await null; m.busy = false; }"),
    ],
    check: (m: Readonly<Shared>) => m.x === 1,
  });
  await checkPasses(write("await null;"));
  await checkPasses(write("await new Promise((go) => setTimeout(go, 1));"));
  await checkPasses(write("{ if (m.x === 0) await null; }"));
  await checkFails(write("{ if (m.x === 1) await null; }"), "livelock");
});

Deno.test("race() ends when aborted", async () => {
  const program = {
    shared: { x: 0 },
    threads: makeThread(`(m) => { for (let i = 0; i < 50; i++) m.x++; }`),
    copies: 4,
  };
  const reason = new Error("enough");
  const aborted = AbortSignal.abort(reason);
  await assert.rejects(explore(program, { signal: aborted }), reason);
  const controller = new AbortController();
  const running = explore(program, {
    signal: controller.signal,
    maxRuns: 1e9,
    maxMs: 1e9,
  });
  queueMicrotask(() => controller.abort(reason));
  await assert.rejects(running, reason);
});

Deno.test("race() refuses options and programs out of range", async () => {
  const threads = makeThread("(m) => { m.x++; }");
  const shared = { x: 0 };
  await assert.rejects(
    explore({ shared, threads }, { maxRuns: 0 }),
    RangeError,
  );
  await assert.rejects(explore({ shared, threads, copies: 37 }), RangeError);
  await assert.rejects(explore({ shared, threads: [] }), RangeError);
  await assert.rejects(
    explore({ shared: { x: {} }, threads }),
    /threads share no objects/,
  );
  await assert.rejects(
    explore({ shared: { lock: 1 }, threads: makeThread("(m) => {}") }),
    /is a method of the memory/,
  );
  await assert.rejects(
    explore({ shared, threads: [threads, makeThread("async (m) => {}")] }),
    /it is asynchronous and other threads are not/,
  );
});
