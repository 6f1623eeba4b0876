import assert from "node:assert/strict";
import { TestKernel } from "./open_kernel.ts";

interface Outcome {
  readonly result?: string | undefined;
  readonly error?: RegExp;
  readonly text?: string;
}

/** Runs a cell that does what no cell should; the next one must work. */
async function check(code: string, expected: Outcome): Promise<void> {
  await using kernel = new TestKernel();
  const run = await kernel.run(code);
  if (expected.error) assert.match(run.error, expected.error);
  else assert.equal(run.error, "", code);
  assert.equal(run.result, expected.result, code);
  assert.equal(run.text(), expected.text ?? "", code);
  const next = await kernel.run("console.log('next'); 40 + 2");
  assert.equal(next.result, "42", code);
  assert.equal(next.text(), "next\n", code);
}

Deno.test("kernel outlives cells that replace globals", async () => {
  await check("JSON.stringify = () => 'x'; JSON.parse = () => 1; 1", {
    result: "1",
  });
  await check("globalThis.Promise = class {} as never; 2", { result: "2" });
  await check("globalThis.queueMicrotask = null as never; 3", { result: "3" });
  await check(
    "for (const k of ['TextEncoder', 'TextDecoder', 'Uint8Array', 'DataView', 'setTimeout']) globalThis[k] = null; 4",
    { result: "4" },
  );
  await check("Object.prototype.x = { get() { throw 1 } }; 5", { result: "5" });
  await check(
    "const log = console.log; console.log = () => 0; console.log(1); console.log = log; 6",
    {
      result: "6",
    },
  );
});

Deno.test("kernel outlives cells that close the standard streams", async () => {
  for (const name of ["stdin", "stdout", "stderr"]) {
    await check(`Deno.${name}.close(); console.log("after"); 1`, {
      result: "1",
      text: "after\n",
    });
  }
  await check("await Deno.stdout.writable.close(); 2", { result: "2" });
});

Deno.test("kernel tells of every value that is thrown", async () => {
  await check("throw null", { error: /^Uncaught: null\n/ });
  await check("throw undefined", { error: /^Uncaught: undefined\n/ });
  await check(
    "const p = Proxy.revocable({}, {}); p.revoke(); throw p.proxy",
    { error: /^Uncaught: / },
  );
  await check(
    "throw new Proxy({}, { get() { throw 1 }, has() { throw 1 }, getPrototypeOf() { throw 1 } })",
    { error: /^Uncaught: / },
  );
  await check(
    "throw Object.defineProperty(new Error('e'), 'cause', { get() { throw 1 } })",
    { error: /^Error: e\n/ },
  );
  await check("function f() { f() } f()", {
    error: /^RangeError: Maximum call/,
  });
});

Deno.test("kernel shows results that do not want to be shown", async () => {
  await check("const c = {}; c.c = c; c", {
    result: "<ref *1> { c: [Circular *1] }",
  });
  await check("({ then(done) { done(5) } })", {
    result: "{ then: [Function: then] }",
  });
  await check("(async function* () { yield 1 })()", {
    result: "Object [AsyncGenerator] {}",
  });
  await check("({ [Symbol.for('Deno.customInspect')]() { throw 'no' } })", {
    result: "[value cannot be shown: no]",
  });
  await check("const p = Proxy.revocable({}, {}); p.revoke(); p.proxy", {
    result:
      "[value cannot be shown: TypeError: Cannot inspect a proxy that has been revoked]",
  });
  const display = (body: string) =>
    `({ [Symbol.for("Jupyter.display")]() { ${body} } })`;
  await check(display("throw new Error('no')"), { error: /^Error: no\n/ });
  await check(display("return 5"), {
    error: /^TypeError: Cannot display value/,
  });
  await check(display("return { 'application/json': 1n }"), {
    error: /^TypeError: Do not know how to serialize a BigInt/,
  });
});

Deno.test("kernel shows what it can of an event that is none", async () => {
  await check("Deno.jupyter.display([1], { raw: true }); 1", {
    result: "1",
    text:
      'Cannot show this output: {"type":"display","executionId":"1","data":[1],"metadata":{},"update":false}\n',
  });
});

Deno.test("kernel loses and doubles nothing when a subprocess makes the pipe non-blocking", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run(`
    const code = "import os; os.set_blocking(1, False)";
    await new Deno.Command("python3", { args: ["-c", code] }).spawn().status;
    for (let i = 0; i < 30_000; i++) console.log(i % 100 ? i : "x".repeat(3000));
  `);
  const lines = Array.from(
    { length: 30_000 },
    (_, i) => (i % 100 ? i : "x".repeat(3000)) + "\n",
  );
  assert.equal(run.text("stderr"), "");
  assert.ok(run.text("stdout") === lines.join(""));
});
