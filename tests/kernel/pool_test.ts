// Threads of the library's pools in cells: known, ended with their cell, and free for the next.
import assert from "node:assert/strict";
import { isAlive, untilGone } from "../session/within.ts";
import { TestKernel } from "./open_kernel.ts";

const MOD = JSON.stringify(import.meta.resolve("../../lib/run/pool/pool.ts"));
const PROCESS = JSON.stringify(
  import.meta.resolve("../../lib/run/pool/process.ts"),
);

/** Threads of this session, as the system counts them. */
const COUNT = `
  const isWorker = ({ name }) => {
    try {
      return Deno.readTextFileSync("/proc/self/task/" + name + "/comm").startsWith("worker-");
    } catch {
      // It has just ended.
      return false;
    }
  };
  const countThreads = () => [...Deno.readDirSync("/proc/self/task")].filter(isWorker).length;
  const untilThreads = async (count) => {
    for (let turn = 0; turn < 2000 && countThreads() !== count; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return countThreads();
  };
  const spin = (flag) => { Atomics.store(flag, 0, 1); for (;;); };
  const makeFlag = () => new Int32Array(new SharedArrayBuffer(4));
  const untilSet = async (flag) => {
    while (flag[0] === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  };`;

Deno.test({
  name: "interrupt ends the threads of the cell's pools, and the pools go on",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using kernel = new TestKernel();
    await kernel.run(`import { pool } from ${MOD};${COUNT}`);
    const run = kernel.start(`
      const threads = pool({ size: 2 });
      const flags = [makeFlag(), makeFlag()];
      const jobs = flags.map((flag) => threads.run(spin, [flag]));
      for (const flag of flags) await untilSet(flag);
      console.log("begun", countThreads());
      await Promise.all(jobs);`);
    await run.printed("begun 2");
    await kernel.interrupt();
    await run.ended();
    assert.match(run.error, /^KeyboardInterrupt/);
    const gone = await kernel.run("await untilThreads(0)");
    assert.equal(gone.result, "0", gone.error);
    const next = await kernel.run("await threads.run(() => 7)");
    assert.equal(next.result, "7", next.error);
  },
});

Deno.test({
  name:
    "interrupt ends what a cell runs on threads of another cell, and that alone",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using kernel = new TestKernel();
    const first = await kernel.run(`import { pool } from ${MOD};${COUNT}
      const threads = pool({ size: 2 });
      await threads.ready();
      const gate = makeFlag();
      globalThis.unharmed = threads.run((gate) => {
        Atomics.wait(gate, 0, 0);
        return "unharmed";
      }, [gate]);
      0`);
    assert.equal(first.result, "0", first.error);
    const run = kernel.start(`
      const flag = makeFlag();
      const job = threads.run(spin, [flag]);
      await untilSet(flag);
      console.log("begun");
      await job;`);
    await run.printed("begun");
    await kernel.interrupt();
    await run.ended();
    const next = await kernel.run(`
      await untilThreads(1);
      Atomics.store(gate, 0, 1);
      Atomics.notify(gate, 0);
      [await unharmed, await threads.run(() => 7)].join()`);
    assert.match(String(next.result), /unharmed,7/, next.error);
  },
});

Deno.test("interrupt ends what a cell runs in a process of another cell", async () => {
  await using kernel = new TestKernel();
  const first = await kernel.run(`import { process } from ${PROCESS};
    const work = process((spins) => {
      while (spins);
      return Deno.pid;
    });
    await work(false)`);
  const pid = Number(first.result);
  assert.ok(isAlive(pid), first.error);
  const run = kernel.start('console.log("begun"); await work(true)');
  await run.printed("begun");
  await kernel.interrupt();
  await run.ended();
  await untilGone(pid);
  const next = await kernel.run("await work(false)");
  assert.ok(Number(next.result) > 0, next.error);
});

Deno.test("a function of process() works again although its start was cut off", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(`import { process } from ${PROCESS};
    const host = globalThis[Symbol.for("Skein.track")];
    const { copy } = host;
    let hangs = true;
    host.copy = (request) => {
      if (!hangs) return copy(request);
      console.log("begun");
      for (;;);
    };
    const seven = process(() => 7);
    await seven();`);
  await run.printed("begun");
  await kernel.interrupt();
  assert.match((await run.ended()).error, /^KeyboardInterrupt/);
  const next = await kernel.run("hangs = false; await seven()");
  assert.equal(next.result, "7", next.error);
});

Deno.test("output of a pool's thread goes to the cell that runs", async () => {
  await using kernel = new TestKernel();
  const first = await kernel.run(`import { pool } from ${MOD};
    const threads = pool({ size: 1 });
    const say = (text) => console.log(text);
    await threads.run(say, ["one"])`);
  const next = await kernel.run('await threads.run(say, ["two"])');
  assert.equal(first.text(), "one\n", first.error);
  assert.equal(next.text(), "two\n", next.error);
});

Deno.test("a pool starts its threads although a cell has a `process` of its own", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run(`const process = 5;
    import { pool } from ${MOD};
    await pool({ size: 1 }).run(() => 7)`);
  assert.equal(run.result, "7", run.error);
});

Deno.test("a session ends although a pool's threads and processes compute without end", async () => {
  let pid: number;
  let childPid: number;
  {
    await using kernel = new TestKernel();
    const run = kernel.start(`
      import { pool } from ${MOD};
      import { process } from ${PROCESS};
      const flag = new Int32Array(new SharedArrayBuffer(4));
      const spin = (flag) => { Atomics.store(flag, 0, 1); for (;;); };
      void pool({ size: 1 }).run(spin, [flag]);
      void process(() => { console.log("pid", Deno.pid); for (;;); })();
      while (flag[0] === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      console.log("session", Deno.pid);
      await new Promise(() => {});`);
    await run.until(
      () => /pid \d+\n/.test(run.text()) && /session \d+\n/.test(run.text()),
      "both pids",
    );
    pid = Number(/session (\d+)/.exec(run.text())![1]);
    childPid = Number(/pid (\d+)/.exec(run.text())![1]);
  }
  await untilGone(pid, childPid);
});
