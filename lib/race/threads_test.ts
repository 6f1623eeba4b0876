import assert from "node:assert/strict";
import { type AnyFunction, readShippable } from "../run/capture.ts";
import { openCells } from "./cells.ts";
import type { RaceProgram } from "./program.ts";
import { race } from "../race.ts";
import { createTick, muteConsole, startAtOnce } from "./surroundings.ts";
import { makeThread, type Shared } from "./test_programs.ts";
import { serveThread } from "./thread_guest.ts";

const ADD = {
  shared: { x: 0 },
  threads: makeThread("function add(m) {\n  m.x++;\n}"),
  check: (m: Readonly<Shared>) => m.x === 2,
};

/** Counts Workers that were made, and those that said goodbye before they were terminated. */
class CountedWorker extends Worker {
  static made = 0;
  static ended = 0;
  #hasEnded = false;

  constructor(address: string | URL, options?: WorkerOptions) {
    super(address, options);
    CountedWorker.made++;
    this.addEventListener("message", ({ data }) => {
      if (data.type === "ended") this.#hasEnded = true;
    });
  }

  override terminate(): void {
    if (this.#hasEnded) CountedWorker.ended++;
    super.terminate();
  }
}

async function countWorkers(run: () => Promise<unknown>) {
  const Original = globalThis.Worker;
  [CountedWorker.made, CountedWorker.ended] = [0, 0];
  globalThis.Worker = CountedWorker;
  try {
    await run();
  } finally {
    globalThis.Worker = Original;
  }
  return { made: CountedWorker.made, ended: CountedWorker.ended };
}

Deno.test("race.replay() does the same on real threads every time", async () => {
  for (
    const [schedule, x] of [["0011", 2], ["0110", 1], ["1001", 1]] as const
  ) {
    for (let round = 0; round < 3; round++) {
      const run = await race.replay(ADD, schedule);
      assert.equal(run.ranOn, "workers");
      assert.equal(run.schedule, schedule);
      assert.equal(run.final.x, x);
      assert.equal(run.kind, x === 2 ? "passed" : "check");
    }
  }
});

Deno.test("race.replay() tells thread, line, operation, value and memory of each step", async () => {
  const { steps, threads } = await race.replay(ADD, "0110");
  assert.deepEqual(threads, ["add 0", "add 1"]);
  assert.deepEqual(
    steps.map(({ thread, operation, text, line, source, memory }) => [
      thread,
      operation,
      text,
      line,
      source,
      memory.x,
    ]),
    [
      [0, "read", "reads x: 0", 2, "m.x++;", 0],
      [1, "read", "reads x: 0", 2, "m.x++;", 0],
      [1, "write", "writes x = 1", 2, "m.x++;", 1],
      [0, "write", "writes x = 1", 2, "m.x++;", 1],
    ],
  );
});

Deno.test("race.replay() goes on by itself when the schedule is used up", async () => {
  const options = { workers: false };
  assert.equal((await race.replay(ADD, "", options)).schedule, "0011");
  assert.equal((await race.replay(ADD, "01", options)).schedule, "0110");
});

Deno.test("race.replay() refuses turns that cannot be had", async () => {
  await assert.rejects(race.replay(ADD, "2"), SyntaxError);
  await assert.rejects(
    race.replay(ADD, "000"),
    /turn 3 is for "add 0", which cannot go on then, expected one of add 1/,
  );
});

Deno.test("race.replay() notices threads that depend on where they run", async () => {
  await assert.rejects(
    race.replay({
      shared: { x: "" },
      threads: makeThread("(m) => { m.x = typeof globalThis.postMessage; }"),
    }, ""),
    /expected the same steps as before/,
  );
});

Deno.test("race() says when real threads do something else than the search", async () => {
  const { confirmed, findings } = await race({
    shared: { x: "" },
    threads: makeThread("(m) => { m.x = typeof globalThis.postMessage; }"),
  });
  assert.deepEqual(confirmed?.agreed, 0);
  assert.ok(findings.some((text) => /depend on more than/.test(text)));
});

Deno.test("race() repeats locks, conditions and spins", async () => {
  const ends = async (program: RaceProgram<Shared>, kind: string) => {
    const { confirmed, endings } = await race(program);
    assert.equal(confirmed?.agreed, confirmed?.schedules);
    assert.ok(endings.some((ending) => ending.kind === kind));
  };
  await ends({
    shared: { x: 0, slots: 1, ready: false },
    threads: [
      makeThread(
        `(m) => { m.lock("l"); while (!m.ready) m.wait("c", "l"); m.x++; m.unlock("l"); }`,
      ),
      makeThread(
        `(m) => { m.acquire("slots"); m.lock("l"); m.ready = true; m.notifyAll("c");
          m.unlock("l"); m.release("slots"); }`,
      ),
    ],
    check: (m) => m.x === 1,
  }, "passed");
  await ends({
    shared: { busy: 0 },
    threads: makeThread(
      `(m) => { while (m.atomics.exchange("busy", 1) === 1) {} }`,
    ),
  }, "livelock");
  await ends({
    shared: { x: 0 },
    threads: [
      makeThread(`(m) => { m.lock("p"); m.lock("q"); }`),
      makeThread(`(m) => { m.lock("q"); m.lock("p"); }`),
    ],
  }, "deadlock");
  await ends({
    shared: { x: 0 },
    threads: makeThread(
      `(m) => { m.x++; if (m.x === 1) throw new Error("one"); }`,
    ),
  }, "error");
});

Deno.test("race() repeats schedules on Workers, all of which end", async () => {
  const all = {
    shared: { x: 0, text: "", list: [true, null], slots: 1 },
    threads: makeThread(`(m, id) => {
      m.lock("l");
      m.x += 2; m.text += "a"; m.list[id] = false;
      m.atomics.sub("x", 1); m.atomics.xor("x", 4); m.atomics.or("x", 1);
      m.atomics.and("x", 7); m.atomics.exchange("x", 3); m.atomics.store("x", 5);
      m.atomics.load("x"); m.atomics.compareExchange("x", 5, 6);
      m.acquire("slots"); m.release("slots");
      try { m.unlock("other"); } catch { m.text += "caught"; }
      m.unlock("l");
    }`),
    check: (m: Readonly<Shared>) => m.text === "acaughtacaught",
  };
  const counts = await countWorkers(async () => {
    const { confirmed, failingSchedules } = await race(all);
    assert.equal(failingSchedules, 0);
    assert.deepEqual([confirmed?.schedules, confirmed?.agreed], [1, 1]);
  });
  assert.deepEqual(counts, { made: 2, ended: 2 });
});

Deno.test("race() ends Workers that wait for ever", async () => {
  const counts = await countWorkers(async () => {
    const { shortest, confirmed } = await race({
      shared: {},
      threads: [
        makeThread(`function a(m) { m.lock("p"); m.lock("q"); }`),
        makeThread(`function b(m) { m.lock("q"); m.lock("p"); }`),
        makeThread(`function c(m) { m.lock("r"); m.wait("never", "r"); }`),
      ],
    });
    assert.equal(shortest?.kind, "deadlock");
    assert.equal(confirmed?.agreed, confirmed?.schedules);
  });
  assert.deepEqual(counts, { made: 3, ended: 3 });
});

Deno.test("race.replay() ends its Workers when aborted", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const counts = await countWorkers(async () => {
    const running = race.replay(ADD, "0110", { signal: controller.signal });
    // As soon as the first Worker has been asked for.
    const timer = setInterval(() => {
      if (CountedWorker.made > 0) controller.abort(reason);
    }, 0);
    try {
      await assert.rejects(running, reason);
    } finally {
      clearInterval(timer);
    }
  });
  assert.deepEqual(counts, { made: 2, ended: 2 });
});

Deno.test("what is shipped into a Worker stands alone", () => {
  const shipped = [
    serveThread,
    openCells,
    createTick,
    muteConsole,
    startAtOnce,
  ];
  for (const fn of shipped) {
    assert.doesNotThrow(() => readShippable(fn as AnyFunction, fn.name));
  }
});

Deno.test("openCells() keeps every kind of value", () => {
  const cells = openCells(new SharedArrayBuffer(256));
  const values = [0, -0, 1.5, NaN, -Infinity, "", "a😀", "x".repeat(56), true];
  for (const value of [...values, false, null, undefined]) {
    cells.write(0, "before");
    cells.write(1, value);
    assert.ok(Object.is(cells.read(1), value), String(value));
    assert.equal(cells.read(0), "before");
  }
});
