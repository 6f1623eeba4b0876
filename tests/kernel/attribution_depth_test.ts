/**
 * What a Worker prints, starts and fails at belongs to the cell that started
 * it, however deep, and whatever runs by then.
 * @module
 */
import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { SessionEvent } from "../../protocol/mod.ts";
import { Session } from "../../session/mod.ts";
import { DEADLINE_MS, untilGone, within } from "../session/within.ts";
import { TestKernel } from "./open_kernel.ts";

/** Declares `start(script, name)`, which starts a Worker from a script's text. */
const START = `
  const start = (script: string, name = "") => new Worker(
    URL.createObjectURL(new Blob([script], { type: "text/javascript" })),
    { type: "module", name },
  );`;

Deno.test("an error that a Worker does not catch stands below its own cell", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  const first = await kernel.run(`${START}
    const bad = start("onmessage = () => { throw new Error('of the first') }");
    const worse = start("onmessage = () => { Promise.reject(7) }", "my name");
    const own = start("throw new Error('caught')");
    own.onerror = (event) => { event.preventDefault(); console.log(event.message); };
    0`);
  const second = await kernel.run(`
    const good = start("onmessage = () => console.log('alive')");
    bad.postMessage(1); worse.postMessage(1); good.postMessage(1);
    0`);
  await first.printed('(in worker "")');
  await first.printed('(in worker "my name") (in promise) 7');
  await first.printed("Uncaught (in promise) Error: caught");
  await second.printed("alive");
  // Deno's own text is in colors where the terminal has some.
  const told = stripVTControlCharacters(first.text("stderr"));
  assert.match(told, /^error: Uncaught .*of the first$/m);
  assert.doesNotMatch(told, /ext:|session\/host|background/);
  assert.equal(second.text(), "alive\n");
  assert.equal((await kernel.run("1 + 1")).result, "2");
});

Deno.test("what a Worker of a Worker prints and fails at reaches the outer one's cell", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  const first = await kernel.run(`${START}
    const inner = "onmessage = () => {}; setInterval(() => console.log('inner', self.name), 5);";
    const failing = "setTimeout(() => { throw new Error('deep') }, 5);";
    const nested = (script: string, name: string) => \`new Worker(URL.createObjectURL(new Blob(
      [\${JSON.stringify(script)}], { type: "text/javascript" })),
      { type: "module", name: "\${name}" });\`;
    const outer = start(nested(inner, "x") + nested(failing, "y") + "onmessage = () => {};");
    outer.onerror = (event) => event.preventDefault();
    0`);
  const second = await kernel.run("0");
  await first.printed("inner x\n");
  await first.printed('(in worker "y") Error: deep');
  const told = stripVTControlCharacters(first.text("stderr"));
  assert.match(told, /\(Worker of Cell \[1\]:1:\d+\)/);
  assert.doesNotMatch(told, /blob:|child worker/);
  assert.equal(second.text(), "");
});

Deno.test("what a process of a Worker prints reaches the Worker's cell", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  const first = await kernel.run(`${START}
    const outer = start(\`
      onmessage = async () => {
        new Deno.Command("sh", { args: ["-c", "echo from sh; echo bad >&2"] }).spawn();
        process.stdout.write("from process\\\\n");
        await new Deno.Command("echo", { args: ["waited"], stdout: "inherit" }).output();
        console.log("over");
      };\`);
    0`);
  const second = await kernel.run("outer.postMessage(1); 0");
  await first.printed("from sh\n");
  await first.printed("from process\n");
  await first.printed("waited\n");
  await first.printed("over\n");
  await first.until(() => first.text("stderr") === "bad\n", "stderr");
  assert.equal(second.text(), "");
});

Deno.test("a Worker that closes itself, or fails, is known to have ended", async () => {
  const events: SessionEvent[] = [];
  const over = Promise.withResolvers<void>();
  await using session = new Session({
    notebookUrl: import.meta.url,
    permissions: { type: "all" },
    onExit() {},
    onEvents(more) {
      events.push(...more);
      if (count("ended") === 3) over.resolve();
    },
  });
  const count = (type: string) =>
    events.filter((event) => event.type === type).length;
  const worker = (script: string) =>
    `new Worker("data:text/javascript,${script}", { type: "module" });`;
  session.execute({
    executionId: "1",
    name: "cell.ts",
    hoisted: null,
    body: `(async () => {
      ${worker("self.close()")}
      ${worker("Deno.exit()")}
      ${worker("throw 1")}
    })`,
  });
  await within(over.promise, DEADLINE_MS, "the end of the Workers");
  assert.equal(count("started"), 3);
});

Deno.test("a Worker made in a timer of an earlier cell belongs to that cell", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  const first = await kernel.run(`${START}
    const go = Promise.withResolvers<void>();
    setTimeout(async () => { await go.promise; start("console.log('late')"); }, 0);
    0`);
  const second = await kernel.run("go.resolve(); 0");
  await first.printed("late\n");
  assert.equal(second.text(), "");
});

Deno.test("processes of node:child_process belong to the cell that started them", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  const first = await kernel.run(`
    import { exec, spawn } from "node:child_process";
    import { promisify } from "node:util";
    const late = spawn("sh", ["-c", "read line; echo late; echo bad >&2"], { stdio: ["pipe", "inherit", "inherit"] });
    late.stdout`);
  assert.equal(first.result, "null");
  const second = await kernel.run(`
    const own = spawn("echo", ["second"], { stdio: "inherit" });
    const closed = new Promise((done) => own.on("close", done));
    late.stdin.end("go\\n");
    await closed;
    [(await promisify(exec)("echo piped")).stdout, own.stdout]`);
  assert.equal(second.result, `[ "piped\\n", null ]`);
  await first.until(() => first.text("stderr") === "bad\n", "stderr");
  assert.equal(first.text("stdout"), "late\n");
  await second.printed("second\n");
  assert.equal(second.text(), "second\n");
});

Deno.test("an interrupt ends what node:child_process has started", async () => {
  await using kernel = new TestKernel({ languageServer: false });
  const run = kernel.start(`
    import { spawn } from "node:child_process";
    const child = spawn("sleep", ["60"]);
    console.log(child.pid);
    await new Promise(() => {});`);
  await run.printed("\n");
  await kernel.interrupt();
  await run.ended();
  await untilGone(Number(run.text().trim()));
});
