// One session, used in many ways one after another: what one leaves must not harm the next.
import assert from "node:assert/strict";
import { type Run, TestKernel } from "./open_kernel.ts";

const MOD = JSON.stringify(import.meta.resolve("../../mod.ts"));

type Use = (kernel: TestKernel) => Promise<void>;

/** A cell with its result. */
function gives(code: string, result: string, text = ""): Use {
  return async (kernel) => {
    const run = await kernel.run(code);
    assert.equal(run.result, result, `${code}: ${run.error}`);
    assert.equal(run.text("stdout"), text, code);
  };
}

/** A cell that would never end, interrupted while it works. */
function ends(code: string, interrupts = 1): Use {
  return async (kernel) => {
    const run = kernel.start(`console.log("begun"); ${code}`, {
      allow_stdin: true,
    });
    await run.printed("begun");
    const all: Promise<Run>[] = [];
    for (let i = 0; i < interrupts; i++) all.push(kernel.interrupt());
    await Promise.all(all);
    const { error } = await run.ended();
    assert.match(error, /^KeyboardInterrupt/, `${code}: ${error}`);
  };
}

const USES: readonly Use[] = [
  ends("for (;;);"),
  ends("for (;;);", 2),
  ends("await new Promise(() => {})"),
  ends('prompt("?")'),
  ends("await threads.run(() => { for (;;); })"),
  ends("await double(1, true)"),
  ends('await new Deno.Command("sleep", { args: ["100"] }).output()'),
  gives("await threads.run((x) => x + 1, [1])", "2"),
  gives("await double(21, false)", "42"),
  gives("{ using guard = await mutex.lock(); } 1", "1"),
  gives(
    'new Deno.Command("echo", { args: ["out"], stdout: "inherit" }).outputSync().code',
    "0",
    "out\n",
  ),
  gives(
    '(await new Deno.Command("echo", { args: ["out"], stdout: "inherit" }).output()).code',
    "0",
    "out\n",
  ),
];

Deno.test("uses of one session, in two orders, do not harm each other", async () => {
  await using kernel = new TestKernel();
  const begun = await kernel.run(`
    import { Mutex, pool, process } from ${MOD};
    const kept = "kept";
    const mutex = new Mutex();
    const threads = pool({ size: 2 });
    const double = process((n, hangs) => { while (hangs); return 2 * n; });
    kept`);
  assert.equal(begun.result, '"kept"', begun.error);
  // 5 and 12 have no common divisor: each use comes after another one than before.
  const shuffled = USES.map((_, i) => USES[(i * 5) % USES.length] as Use);
  for (const use of [...USES, ...shuffled]) {
    await use(kernel);
    await gives("kept", '"kept"')(kernel);
  }
});
