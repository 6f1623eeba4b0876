import assert from "node:assert/strict";
import { TestKernel } from "./open_kernel.ts";

/** Runs one cell and looks at all it printed. */
async function check(
  code: string,
  expected: string | { stdout?: string; stderr?: string },
): Promise<void> {
  await using kernel = new TestKernel();
  const run = await kernel.run(code);
  const { stdout = "", stderr = "" } = typeof expected === "string"
    ? { stdout: expected }
    : expected;
  assert.equal(run.error, "");
  assert.equal(run.text("stdout"), stdout);
  assert.equal(run.text("stderr"), stderr);
}

Deno.test("kernel gives the value of a cell, and publishes in order", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run("console.log('a'); 1 + 1");
  assert.equal(run.result, "2");
  assert.equal(run.status, "ok");
  assert.deepEqual(run.types, [
    "status",
    "execute_input",
    "stream",
    "execute_result",
    "execute_reply",
    "status",
  ]);
});

Deno.test("kernel publishes idle after the last output", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run(`
    for (let i = 0; i < 500; i++) console.log(i);
    new Deno.Command("sh", {
      args: ["-c", "echo late; echo err >&2"], stdout: "inherit", stderr: "inherit",
    }).outputSync();
  `);
  const before = run.messages.length;
  await kernel.run("1");
  assert.equal(run.messages.length, before);
  assert.equal(run.messages.at(-1)?.content.execution_state, "idle");
  assert.match(run.text("stdout"), /498\n499\nlate\n$/);
  assert.equal(run.text("stderr"), "err\n");
});

Deno.test("kernel shows what the console prints, groups and tables too", async () => {
  await check(
    `console.log("a", 1); console.info("b"); console.group("g");
     console.log("in"); console.groupEnd(); console.log("out");
     console.table([{ x: 1 }]); console.warn("w"); console.error("e");`,
    {
      stdout: "a 1\nb\ng\n  in\nout\n" +
        "┌───────┬───┐\n│ (idx) │ x │\n├───────┼───┤\n│     0 │ 1 │\n└───────┴───┘\n",
      stderr: "w\ne\n",
    },
  );
});

Deno.test("kernel shows what is written to every kind of stdout, in order", async () => {
  await check(
    `import fs from "node:fs";
     const bytes = (text: string) => new TextEncoder().encode(text);
     Deno.stdout.writeSync(bytes("1 "));
     await Deno.stdout.write(bytes("2 "));
     const writer = Deno.stdout.writable.getWriter();
     await writer.write(bytes("3 ")); writer.releaseLock();
     process.stdout.write("4 ");
     fs.writeSync(1, "5 ");
     console.log("6");
     await new Response("7 ").body!.pipeTo(Deno.stdout.writable);
     await new Response("8").body!.pipeTo(Deno.stdout.writable);
     Deno.stderr.writeSync(bytes("err "));
     fs.writeSync(2, "raw err");`,
    { stdout: "1 2 3 4 5 6\n7 8", stderr: "err raw err" },
  );
});

Deno.test("kernel shows what subprocesses write, however they are started", async () => {
  await check(
    `const io = { stdout: "inherit", stderr: "inherit" } as const;
     const sh = (script: string) => ({ args: ["-c", script], ...io });
     console.log("a");
     new Deno.Command("sh", sh("echo b")).outputSync();
     await new Deno.Command("sh", sh("echo c; echo C >&2")).spawn().status;
     await new Deno.Command("sh", sh("echo d")).output();
     await Deno.spawn("sh", sh("echo e")).status;
     await Deno.spawnAndWait("sh", sh("echo f"));
     Deno.spawnAndWaitSync("sh", sh("echo g"));
     console.log("h");`,
    { stdout: "a\nb\nc\nd\ne\nf\ng\nh\n", stderr: "C\n" },
  );
});

Deno.test("kernel shows what a Worker prints", async () => {
  await check(
    `const script = "console.log('w1'); console.error('w2'); postMessage(0)";
     const worker = new Worker(
       URL.createObjectURL(new Blob([script], { type: "text/javascript" })),
       { type: "module" });
     await new Promise((resolve) => worker.onmessage = resolve);
     worker.terminate();`,
    { stdout: "w1\n", stderr: "w2\n" },
  );
});

Deno.test("kernel shows 100,000 lines, all of them, in order, before the end", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run(
    "for (let i = 0; i < 100_000; i++) console.log(i)",
  );
  const expected = Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join("");
  assert.ok(run.text("stdout") === expected);
  assert.equal(run.messages.at(-1)?.header.msg_type, "status");
});

Deno.test("kernel keeps head and tail of far too much text, and little memory", async () => {
  await using kernel = new TestKernel();
  await kernel.run("1");
  const before = Deno.memoryUsage().rss;
  const run = await kernel.run(
    "for (let i = 0; i < 400_000; i++) console.log(`line ${i} of a long talk`)",
  );
  const grown = Deno.memoryUsage().rss - before;
  const text = run.text("stdout");
  assert.ok(text.startsWith("line 0 of a long talk\nline 1 of"));
  assert.ok(text.endsWith("\nline 399999 of a long talk\n"));
  const [head, tail] = text.split(/\[… [^\]]* not shown …\]\n/);
  const count = /\[… ([\d,]+) lines \(([\d.]+) Mi characters\)/.exec(text);
  const lines = (part: string) => part.split("\n").length - 1;
  const dropped = Number(count![1]!.replaceAll(",", ""));
  assert.equal(lines(head!) + dropped + lines(tail!), 400_000);
  assert.ok(text.length < 5 * 1024 * 1024);
  assert.ok(grown < 300 * 1024 * 1024, `grown by ${grown} bytes`);
});

Deno.test("kernel shows 10 MB without a line end up to the limit", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run("console.log('x'.repeat(10_000_000))");
  assert.equal(run.status, "ok");
  assert.match(
    run.text("stdout"),
    /^x{1000}[^]*not shown …\]\nx{1000}[^]*x\n$/,
  );
  assert.equal((await kernel.run("2 + 2")).result, "4");
});

Deno.test("kernel takes binary garbage on stdout for text", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run(`
    import fs from "node:fs";
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i * 7);
    for (let at = 0; at < bytes.length;) at += fs.writeSync(1, bytes, at);
    console.log("|after"); 5`);
  assert.equal(run.result, "5");
  assert.match(run.text("stdout"), /\|after\n$/);
});

Deno.test("kernel displays, updates and clears through Deno.jupyter", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run(`
    await Deno.jupyter.display({ "text/plain": "one" }, { raw: true, display_id: "d" });
    await Deno.jupyter.display(Deno.jupyter.html\`<b>\${1}</b>\`);
    await Deno.jupyter.broadcast("clear_output", { wait: true });
    Deno.jupyter.md\`# m\``);
  const update = await kernel.run(`
    await Deno.jupyter.display({ "text/plain": "two" },
      { raw: true, display_id: "d", update: true })`);
  assert.deepEqual(run.contents("display_data"), [
    {
      data: { "text/plain": "one" },
      metadata: {},
      transient: { display_id: "d" },
    },
    {
      data: { "text/html": "<b>1</b>", "text/plain": "<text/html>" },
      metadata: {},
      transient: {},
    },
  ]);
  assert.deepEqual(run.contents("clear_output"), [{ wait: true }]);
  assert.deepEqual(run.contents("execute_result")[0]?.data, {
    "text/markdown": "# m",
    "text/plain": "# m",
  });
  assert.deepEqual(update.contents("update_display_data"), [{
    data: { "text/plain": "two" },
    metadata: {},
    transient: { display_id: "d" },
  }]);
});
