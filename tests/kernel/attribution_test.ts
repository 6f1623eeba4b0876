import assert from "node:assert/strict";
import { TestKernel } from "./open_kernel.ts";

Deno.test("late output of a subprocess goes to the cell that started it", async () => {
  await using kernel = new TestKernel();
  const first = await kernel.run(`
    const child = new Deno.Command("sh", {
      args: ["-c", "read x; echo from child; echo child err >&2"],
      stdin: "piped", stdout: "inherit", stderr: "inherit",
    }).spawn();
    0`);
  const second = await kernel.run(`
    console.log("second before");
    const stdin = child.stdin.getWriter();
    await stdin.write(new TextEncoder().encode("go\\n"));
    await child.status;
    console.log("second after");`);
  await first.printed("from child\n");
  await first.printed("child err\n");
  assert.equal(first.text("stdout"), "from child\n");
  assert.equal(second.text(), "second before\nsecond after\n");
});

Deno.test("output of a Worker goes to the cell that started it", async () => {
  await using kernel = new TestKernel();
  const first = await kernel.run(`
    const worker = new Worker(URL.createObjectURL(new Blob([
      "onmessage = () => { console.log('from worker'); postMessage(0) }",
    ], { type: "text/javascript" })), { type: "module" });`);
  const second = await kernel.run(`
    const answered = new Promise((resolve) => worker.onmessage = resolve);
    worker.postMessage(0); await answered; console.log("second");
    worker.terminate();`);
  await first.printed("from worker\n");
  assert.equal(second.text(), "second\n");
});

Deno.test("output() of a second subprocess is as that of the first", async () => {
  await using kernel = new TestKernel();
  await kernel.run(`
    const first = new Deno.Command("sleep", { args: ["100"], stdout: "inherit" })
      .spawn();
    const say = (options) => new Deno.Command("sh", {
      args: ["-c", "echo out; echo err >&2; exit 3"],
      ...options,
    });
    const look = (output) => [output.code, ...["stdout", "stderr"].map((name) => {
      try {
        return new TextDecoder().decode(output[name]);
      } catch (error) {
        return error.message;
      }
    })].join();`);
  const hidden = (name: string) =>
    `Cannot get '${name}': '${name}' is not piped`;
  for (const method of ["output", "outputSync"]) {
    for (
      const [options, expected, text] of [
        [
          `{ stdout: "inherit", stderr: "inherit" }`,
          [hidden("stdout"), hidden("stderr")],
          "out\nerr\n",
        ],
        [`{ stdout: "inherit" }`, [hidden("stdout"), "err\n"], "out\n"],
        [
          `{ stdout: "null", stderr: "inherit" }`,
          [hidden("stdout"), hidden("stderr")],
          "err\n",
        ],
      ] as const
    ) {
      const run = await kernel.run(
        `look(await say(${options}).${method}())`,
      );
      assert.equal(
        run.result,
        JSON.stringify([3, ...expected].join()),
        options + run.error,
      );
      assert.equal(run.text("stdout") + run.text("stderr"), text, options);
    }
  }
});

Deno.test("two subprocesses of two cells print at once, each to its cell", async () => {
  await using kernel = new TestKernel();
  const start = (word: string) => `
    const ${word} = new Deno.Command("sh", {
      args: ["-c", "read x; for i in 1 2 3 4 5 6 7 8; do echo ${word} $i; done"],
      stdin: "piped", stdout: "inherit", stderr: "inherit",
    }).spawn();
    0`;
  const first = await kernel.run(start("one"));
  const second = await kernel.run(start("two"));
  const third = await kernel.run(`
    for (const child of [one, two]) {
      const stdin = child.stdin.getWriter();
      await stdin.write(new TextEncoder().encode("go\\n"));
    }
    await Promise.all([one.status, two.status]);
    console.log("third");`);
  const lines = (word: string) =>
    Array.from({ length: 8 }, (_, i) => `${word} ${i + 1}\n`).join("");
  await first.printed("one 8\n");
  await second.printed("two 8\n");
  assert.equal(first.text("stdout"), lines("one"));
  assert.equal(second.text("stdout"), lines("two"));
  assert.equal(third.text(), "third\n");
});

Deno.test("late timers and promises print to the cell that caused them", async () => {
  await using kernel = new TestKernel();
  const first = await kernel.run(`
    const gate = Promise.withResolvers();
    gate.promise.then(() => setTimeout(() => console.log("late"), 1));
    0`);
  const second = await kernel.run(`
    gate.resolve(); console.log("second"); 0`);
  await first.printed("late\n");
  assert.equal(second.text(), "second\n");
});

Deno.test("errors in the background reach their cell and end nothing", async () => {
  await using kernel = new TestKernel();
  const first = await kernel.run(`
    globalThis.kept = 7;
    const open = Promise.withResolvers();
    open.promise.then(() => { throw new RangeError("from a promise") });
    open.promise.then(() => setTimeout(() => { throw new Error("from a timer") }));
    0`);
  const second = await kernel.run("open.resolve(); 0");
  await first.printed("from a promise");
  await first.printed("from a timer");
  assert.match(first.text("stderr"), /Error in the background/);
  assert.match(first.text("stderr"), /Cell \[1\], line 4/);
  assert.equal(second.text(), "");
  assert.equal((await kernel.run("kept")).result, "7");
});

Deno.test("an error that a Worker does not catch reaches its cell", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run(`
    globalThis.kept = 8;
    new Worker("data:text/javascript,throw new Error('in the worker')", { type: "module" });
    0`);
  await run.printed("in the worker");
  assert.equal((await kernel.run("kept")).result, "8");
});

Deno.test("a Worker takes a script that does not say its type", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run(`
    const script = "console.log('ran')";
    const url = URL.createObjectURL(new Blob([script]));
    new Worker(url, { type: "module" });
    URL.revokeObjectURL(url);
    new Worker("data:," + encodeURIComponent(script), { type: "module" });
    0`);
  await run.until(() => run.text() === "ran\nran\n", "both Workers");
});
