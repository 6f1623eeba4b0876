import assert from "node:assert/strict";
import { isAlive, untilGone } from "../session/within.ts";
import { DEADLINE_MS, within } from "../session/within.ts";
import { TestKernel } from "./open_kernel.ts";

/** Runs a cell that ends its session, and looks whether the next one runs. */
async function check(
  code: string,
  told: RegExp,
  options: { maxHeapMb?: number } = {},
): Promise<void> {
  await using kernel = new TestKernel(options);
  const pid = Number((await kernel.run("globalThis.x = 1; Deno.pid")).result);
  const run = await kernel.run(code);
  assert.equal(run.status, "error");
  assert.match(run.error, told);
  assert.match(
    run.error,
    /its variables are lost\. The next cell starts a new/,
  );
  const next = await kernel.run("console.log('next'); typeof x");
  assert.equal(next.result, '"undefined"');
  assert.equal(next.text(), "next\n");
  await untilGone(pid);
}

Deno.test("kernel tells that a cell called Deno.exit, and goes on", () =>
  check(
    "Deno.exit(3)",
    /^SessionEnded: the cell ended its session by Deno\.exit\(3\)/,
  ));

Deno.test("kernel tells that a cell called process.exit, and goes on", () =>
  check(
    "process.exit(4)",
    /^SessionEnded: the cell ended its session by Deno\.exit\(4\)/,
  ));

Deno.test("kernel tells that a session was killed, and goes on", () =>
  check(
    "Deno.kill(Deno.pid, 'SIGKILL'); await new Promise(() => {})",
    /^SessionEnded: the session was ended by SIGKILL/,
  ));

Deno.test("kernel tells that memory ran out, and goes on", () =>
  check(
    "const kept = []; for (;;) kept.push(new Array(10_000).fill(kept.length))",
    /^SessionEnded: the session ran out of memory.* 64 MiB/,
    { maxHeapMb: 64 },
  ));

Deno.test("kernel refuses an exit code that is none, and keeps the session", async () => {
  await using kernel = new TestKernel();
  const run = await kernel.run("globalThis.x = 1; Deno.exit('three' as never)");
  assert.match(run.error, /^TypeError: Exit code must be a number/);
  assert.equal((await kernel.run("x")).result, "1");
});

Deno.test("subprocesses and grandchildren end with the session", async () => {
  const pids: number[] = [];
  {
    await using kernel = new TestKernel();
    const run = kernel.start(`
      new Deno.Command("sh", {
        args: ["-c", "sleep 1000 & echo pids $$ $!; wait"], stdout: "inherit",
      }).spawn();
      0`);
    await run.until(() => /pids \d+ \d+\n/.test(run.text()), "the pids");
    const [, ...found] = /pids (\d+) (\d+)\n/.exec(run.text())!;
    pids.push(...found.map(Number));
    pids.push(Number((await kernel.run("Deno.pid")).result));
    for (const pid of pids) {
      assert.ok(isAlive(pid), run.text());
    }
  }
  assert.equal(pids.length, 3);
  await untilGone(...pids);
});

Deno.test("subprocesses end with a session that is killed", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start(`
    new Deno.Command("sh", {
      args: ["-c", "echo pid $$; exec sleep 1000"], stdout: "inherit",
    }).spawn();
    0`);
  await run.until(() => /pid \d+\n/.test(run.text()), "the pid");
  const pid = Number(/pid (\d+)/.exec(run.text())![1]);
  await kernel.run(
    "Deno.kill(Deno.pid, 'SIGKILL'); await new Promise(() => {})",
  );
  await untilGone(pid);
});

Deno.test("shutdown with restart gives a new session that counts from one", async () => {
  await using kernel = new TestKernel();
  const pid = Number((await kernel.run("globalThis.x = 1; Deno.pid")).result);
  const shutdown = await kernel
    .request("shutdown_request", { restart: true }, "control").ended();
  assert.deepEqual(shutdown.contents("shutdown_reply"), [
    { status: "ok", restart: true },
  ]);
  await untilGone(pid);
  const run = await kernel.run("typeof x");
  assert.equal(run.result, '"undefined"');
  assert.equal(run.contents("execute_input")[0]?.execution_count, 1);
});

Deno.test("shutdown answers the cell that runs and the one that waits", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start("console.log('begun'); while (true);");
  const waiting = kernel.start("1");
  await run.printed("begun");
  await kernel.request("shutdown_request", {}, "control").ended();
  await run.ended();
  await waiting.ended();
  assert.deepEqual([run.status, waiting.status], ["aborted", "aborted"]);
});

Deno.test("no session outlives a kernel that is killed, not even a busy one", async () => {
  const script = `
    import { TestKernel } from ${
    JSON.stringify(new URL("open_kernel.ts", import.meta.url).href)
  };
    const kernel = new TestKernel({
      send: ({ content }) => content.text && console.log(content.text),
    });
    kernel.start("console.log('pid', Deno.pid); while (true);");`;
  const root = new URL("../../", import.meta.url);
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config=deno.json", "-"],
    cwd: root,
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const stdin = child.stdin.getWriter();
  await stdin.write(new TextEncoder().encode(script));
  await stdin.close();
  let text = "";
  const reading = (async () => {
    for await (
      const part of child.stdout.pipeThrough(new TextDecoderStream())
    ) {
      text += part;
      if (/pid \d+\n/.test(text)) return;
    }
  })();
  await within(reading, DEADLINE_MS, "the pid of the session");
  const pid = Number(/pid (\d+)/.exec(text)![1]);
  assert.ok(isAlive(pid));
  child.kill("SIGKILL");
  await child.status;
  await untilGone(pid);
});

Deno.test("kernel refuses malformed messages with a TypeError, and goes on", async () => {
  await using kernel = new TestKernel();
  const header = { msg_id: "1", session: "s", msg_type: "execute_request" };
  const wrong = [null, 5, {}, { header }, {
    header: { ...header, msg_id: 7 },
    content: { code: "1" },
  }];
  for (const message of wrong) {
    assert.throws(
      () => kernel.kernel.handle(message, { channel: "shell" }),
      TypeError,
    );
  }
  const refused = await kernel.request("execute_request", {}).ended();
  assert.equal(refused.status, "error");
  assert.equal((await kernel.run("1")).result, "1");
});

Deno.test("kernel answers kernel_info while a cell computes", async () => {
  await using kernel = new TestKernel();
  const run = kernel.start("console.log('begun'); while (true);");
  await run.printed("begun");
  const info = await kernel.request("kernel_info_request").ended();
  assert.equal(info.status, "ok");
  await kernel.interrupt();
  await run.ended();
});
