/**
 * Outputs larger than any event may be: shown in part or refused by name, and
 * the session goes on with its variables.
 * @module
 */
import assert from "node:assert/strict";
import { type Run, TestKernel } from "../kernel/open_kernel.ts";

type Check = (code: string, holds: (run: Run) => void) => Promise<void>;

/** Gives what runs a cell, and then looks whether variables were kept. */
async function withKernel(use: (check: Check) => Promise<void>): Promise<void> {
  await using kernel = new TestKernel({ languageServer: false });
  await kernel.run("const kept = 7; const big = 'x'.repeat(7e7);");
  await use(async (code, holds) => {
    holds(await kernel.run(code));
    assert.equal((await kernel.run("kept")).result, "7", code);
  });
}

Deno.test("a line above the limit is shown with its middle counted", () =>
  withKernel(async (check) => {
    for (
      const code of [
        "console.log(big)",
        "process.stdout.write(big)",
        "Deno.stdout.writeSync(new TextEncoder().encode(big))",
        `await new Promise((done) => {
         const worker = new Worker("data:text/javascript,console.log('x'.repeat(7e7)); postMessage(1)", { type: "module" });
         worker.onmessage = done;
       })`,
      ]
    ) {
      await check(code, (run) => {
        assert.equal(run.status, "ok", code);
        assert.match(run.text(), /^x{1000}/);
        assert.match(run.text(), /\(6\d\.\d Mi characters\) not shown/);
      });
    }
  }));

Deno.test("a character is not cut in two between pieces of text", () =>
  withKernel(async (check) => {
    await check(
      "console.log('a' + '😀'.repeat(1.2e6))",
      (run) => assert.equal(run.text(), "a" + "😀".repeat(1.2e6) + "\n"),
    );
  }));

Deno.test("a display, result or page above the limit is an error that says so", () =>
  withKernel(async (check) => {
    const display =
      `[Symbol.for("Jupyter.display")]() { return { "text/plain": big } }`;
    for (
      const code of [
        `({ ${display} })`,
        `await Deno.jupyter.display({ "text/plain": big }, { raw: true })`,
        `await Deno.jupyter.display({ ${display} })`,
        `await Deno.jupyter.display({ "application/json": [[big]] }, { raw: true })`,
        `await Deno.jupyter.page({ ${display} })`,
        `await Deno.jupyter.display({ "text/plain": { toJSON: () => big } }, { raw: true })`,
      ]
    ) {
      await check(code, ({ error }) =>
        assert.match(
          error,
          /^RangeError: Cannot show (display|result|page): it has 66\.\d MiB or more, the limit is 64 MiB\n/,
        ));
    }
  }));

Deno.test("trees of errors and their texts are bounded, and what is missing is counted", () =>
  withKernel(async (check) => {
    await check(
      `const deep = (n) => n === 0 ? new Error("leaf") : new AggregateError(Array.from({ length: 10 }, () => deep(n - 1)), "level " + n);
     throw deep(5)`,
      ({ error }) => {
        assert.match(error, /^AggregateError: level 5/);
        assert.ok(error.length < 1e6, `${error.length}`);
      },
    );
    await check(
      `throw new AggregateError(Array.from({ length: 25 }, (_, i) => new Error("e" + i)), "many")`,
      ({ error }) => {
        assert.match(error, /error 1 of 25:/);
        assert.match(error, /… and 15 more of 25/);
      },
    );
    await check(
      "throw new Error(big)",
      ({ error }) => assert.ok(error.length < 3e6, `${error.length}`),
    );
  }));

Deno.test("bytes that lie about their base64 are sent as they are, or refused", () =>
  withKernel(async (check) => {
    await check(
      `var comm = globalThis[Symbol.for("Jupyter.comms")].open("x" + Math.random());
     comm.send({}, [{ toBase64() { return "!!!" } }]);`,
      ({ status }) => assert.equal(status, "error"),
    );
  }));

Deno.test("an interrupted loop that prints ends as an interrupt, with its variables", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  await kernel.run("const kept = 7;");
  for (
    const loop of [
      "for (let i = 0;; i++) console.log(i)",
      "for (;;) console.log({ a: [1, 2, { b: 3 }] })",
      "for (;;) { try { console.error(1) } catch { throw new Error('own') } }",
      "for (;;) await Promise.resolve(console.log(1))",
    ]
  ) {
    const run = kernel.start(loop);
    await run.until(() => run.contents("stream").length > 3, "text");
    await kernel.interrupt();
    assert.match((await run.ended()).error, /^KeyboardInterrupt/, loop);
    assert.equal((await kernel.run("kept")).result, "7", loop);
  }
});
