// Loops in which native code may swallow V8's order to end: stopped, and nothing is lost.
import assert from "node:assert/strict";
import { runNotebook } from "../../runner/mod.ts";
import { openFolder, TestKernel } from "../kernel/open_kernel.ts";

const LOOPS: Readonly<Record<string, string>> = {
  "Deno.inspect": "for (;;) Deno.inspect({ a: { b: [1, 2, 3] } });",
  "inspect of Node":
    'const { inspect } = await import("node:util"); for (;;) inspect({ a: { b: [1, 2, 3] } });',
  "console.log of objects": "for (let i = 0;; i++) console.log({ i });",
  "console.log of text": 'for (;;) console.log("x");',
  "JSON of much":
    "const much = Array.from({ length: 200_000 }, (_, i) => ({ i })); for (;;) JSON.stringify(much);",
  "structuredClone": "for (;;) structuredClone({ a: [1, 2, { b: 3 }] });",
  "sort":
    "for (;;) Array.from({ length: 100_000 }, (_, i) => i * 7919 % 1009).sort();",
  "a regular expression": 'for (;;) /(a+)+b/.test("a".repeat(18));',
};

for (const [what, code] of Object.entries(LOOPS)) {
  Deno.test(`an interrupt ends a loop of ${what} and keeps what was set`, async () => {
    await using kernel = new TestKernel();
    await kernel.run("let kept = 7");
    const run = kernel.start(`console.log("begun");\n${code}`);
    await run.printed("begun");
    await kernel.interrupt();
    assert.match((await run.ended()).error, /^KeyboardInterrupt: the cell was/);
    assert.equal((await kernel.run("kept")).result, "7");
  });
}

Deno.test("whatever a cell throws once it is interrupted is an interrupt", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(
    `
    console.log("begun");
    try { await prompt("?"); } finally { throw new TypeError("other"); }`,
    {
      allow_stdin: true,
    },
  );
  await run.until(
    () => run.contents("input_request").length > 0,
    "the question",
  );
  await kernel.interrupt();
  assert.match((await run.ended()).error, /^KeyboardInterrupt/);
});

Deno.test({
  name:
    "a session that has to be ended for a time limit says what is lost, before idle",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using folder = await openFolder();
    // A stopped process answers nobody, like native code that never ends.
    const source = `Deno.kill(Deno.pid, "SIGSTOP");`;
    const cell = (source: string) => ({
      cell_type: "code" as const,
      id: crypto.randomUUID(),
      source,
      metadata: {},
      outputs: [],
      execution_count: null,
    });
    const { failures } = await runNotebook({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [cell("let kept = 1"), cell(source)],
    }, {
      notebookUrl: folder.notebookUrl,
      permissions: { type: "all" },
      timeoutMs: 3000,
    });
    const [failure] = failures;
    assert.equal(failure?.error?.ename, "TimeoutError");
    assert.match(
      String(failure?.error?.evalue),
      /did not answer the interrupt and was ended; its variables are lost/,
    );
  },
});
