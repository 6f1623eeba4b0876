import assert from "node:assert/strict";
import { untilGone } from "../session/within.ts";
import { TestKernel } from "./open_kernel.ts";

/** Interrupts a cell that never ends, and looks whether all is as before. */
async function check(code: string): Promise<void> {
  await using kernel = new TestKernel();
  await kernel.run("globalThis.x = 42");
  const run = kernel.start(`console.log("begun");\n${code}`);
  await run.printed("begun");
  const interrupt = await kernel.interrupt();
  await run.ended();
  assert.equal(interrupt.status, "ok");
  assert.match(run.error, /^KeyboardInterrupt: the cell was interrupted\n/);
  assert.equal(run.status, "error");
  const next = await kernel.run("console.log('next'); x");
  assert.equal(next.result, "42");
  assert.equal(next.text(), "next\n");
}

const ENDLESS: Readonly<Record<string, string>> = {
  "a loop": "while (true);",
  "Atomics.wait":
    "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);",
  "a pending await": "await new Promise(() => {});",
  "a pending await with a timer":
    "await new Promise((r) => setTimeout(r, 1e9));",
  "a catastrophic regular expression": "/^(a+)+$/.test('a'.repeat(60) + 'b');",
  "a microtask storm": "for (;;) await null;",
  "a loop in a loop of finally":
    "for (;;) { try { while (true); } finally { continue; } }",
  "a busy timer callback":
    "await new Promise(() => setTimeout(() => { while (true); }));",
  "a flood of long lines": "while (true) console.log('y'.repeat(50_000));",
  "a display that never comes":
    "({ [Symbol.for('Jupyter.display')]: () => new Promise(() => {}) })",
  "a value that never has been shown":
    "({ [Symbol.for('Deno.customInspect')]() { for (;;); } })",
  "a getter that never ends, asked for by a value's inspection":
    "({ get a() { for (;;); }, [Symbol.for('Deno.customInspect')]() { return `${this.a}`; } })",
};
for (const [what, code] of Object.entries(ENDLESS)) {
  if (what.startsWith("a flood")) continue;
  Deno.test(`interrupt ends ${what} and keeps what was set`, () => check(code));
}

Deno.test("interrupt ends a flood, and the next cell is heard", async () => {
  await using kernel = new TestKernel();
  for (let i = 0; i < 5; i++) {
    const run = kernel.start(ENDLESS["a flood of long lines"]!);
    await run.printed("y");
    await kernel.interrupt();
    await run.ended();
    const next = await kernel.run("console.log('next'); 1");
    assert.equal(next.text(), "next\n");
    assert.equal(next.result, "1");
  }
});

Deno.test("interrupt ends a busy timer of a cell that has ended", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run(`
    globalThis.x = 1;
    setTimeout(() => { console.log("busy"); while (true); }); 0`);
  await run.printed("busy");
  await kernel.interrupt();
  assert.equal((await kernel.run("x")).result, "1");
});

Deno.test("interrupt stops the timers of the cell", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(`
    globalThis.ticks = 0;
    setInterval(() => ticks++, 1);
    const tick = () => { ticks++; setTimeout(tick, 1); };
    tick();
    console.log("begun"); await new Promise(() => {});`);
  await run.printed("begun");
  await kernel.interrupt();
  await run.ended();
  // Its own timers go on: ten turns of one later, the others would have fired.
  const next = await kernel.run(`
    const before = ticks;
    for (let i = 0; i < 10; i++) await new Promise((r) => setTimeout(r, 2));
    ticks - before`);
  assert.equal(next.result, "0");
});

Deno.test("interrupt ends the subprocesses of the cell, grandchildren too", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(`
    const child = new Deno.Command("sh", {
      args: ["-c", "sleep 1000 & echo pids $$ $!; wait"], stdout: "inherit",
    }).spawn();
    await child.status;`);
  await run.until(() => /pids \d+ \d+\n/.test(run.text()), "the pids");
  const [, child, grandchild] = /pids (\d+) (\d+)/.exec(run.text())!;
  await kernel.interrupt();
  await run.ended();
  await untilGone(Number(child), Number(grandchild));
});

Deno.test("interrupt of an idle kernel is answered and harms nothing", async () => {
  await using kernel = new TestKernel();
  assert.equal((await kernel.interrupt()).status, "ok");
  assert.equal((await kernel.run("globalThis.x = 1")).result, "1");
  assert.equal((await kernel.interrupt()).status, "ok");
  assert.equal((await kernel.run("x")).result, "1");
});

Deno.test("interrupt right at the start ends the first cell and not the session", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start("while (true);");
  await kernel.interrupt();
  await run.ended();
  assert.match(run.error, /^KeyboardInterrupt/);
  assert.equal((await kernel.run("1 + 1")).result, "2");
});

Deno.test("interrupts aimed at a cell's own end cost neither state nor answers", async () => {
  await using kernel = new TestKernel();
  await kernel.run("const kept = 1");
  const cell = `const begin = performance.now();
    while (performance.now() - begin < ${AIMED_CELL_MS});`;
  for (let aim = 0; aim < AIMED_CELL_MS; aim++) {
    const run = kernel.start(cell);
    await run.until(
      () => run.contents("execute_input").length === 1,
      "the cell's begin",
    );
    await new Promise((resolve) => setTimeout(resolve, aim));
    await kernel.interrupt();
    await run.ended();
    const after = await kernel.run("kept");
    assert.equal(after.result, "1", `aim ${aim} ms: ${after.error}`);
  }
});

/** Long enough for some to be ended by V8, right before they would end. */
const AIMED_CELL_MS = 45;

Deno.test("interrupt aborts the cells that wait", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start("console.log('begun'); while (true);");
  const waiting = kernel.start("2");
  await run.printed("begun");
  await kernel.interrupt();
  await run.ended();
  await waiting.ended();
  assert.equal(waiting.status, "aborted");
  assert.equal((await kernel.run("3")).result, "3");
});

Deno.test("Kernel.interrupt() ends a cell and replies to nobody", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start("console.log('begun'); while (true);");
  await run.printed("begun");
  kernel.kernel.interrupt();
  await run.ended();
  assert.match(run.error, /^KeyboardInterrupt/);
  assert.equal((await kernel.run("1 + 1")).result, "2");
  const replies = kernel.messages.map(({ header }) => header.msg_type)
    .filter((type) => type.endsWith("_reply"));
  assert.deepEqual(replies, ["execute_reply", "execute_reply"]);
});
