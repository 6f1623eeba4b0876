// Functions and commands in subprocesses; those of `compare()` are in `lib/run/`.
import assert from "node:assert/strict";
import { openTap, type TraceSpan } from "../../base/record/mod.ts";
import { process } from "./process.ts";
import {
  countRunning,
  runScript,
  until,
  untilRunning,
} from "./test_threads.ts";

const LINUX = Deno.build.os === "linux";
const PROCESS = JSON.stringify(new URL("./process.ts", import.meta.url).href);

Deno.test("process() answers calls in their order, in one process", async () => {
  const before = countRunning();
  {
    await using twice = process(async (n: number, values: Set<bigint>) => {
      await new Promise((resolve) => setTimeout(resolve, 15 - 5 * n));
      return { n: 2 * n, values, pid: Deno.pid };
    });
    const values = new Set([7n]);
    const [first, second] = await Promise.all([
      twice(1, values),
      twice(2, values),
    ]);
    assert.deepEqual(first, { n: 2, values, pid: second.pid });
    const { value, timing, thread } = await twice.runReported([3, values]);
    assert.deepEqual([value.n, value.pid], [6, thread]);
    assert.ok(Object.values(timing).every((ms) => ms > -1));
  }
  await untilRunning(before);
});

Deno.test("process() brings errors back, and goes on", async () => {
  await using fails = process(function failing(n: number): unknown {
    if (n === 0) throw new RangeError("no", { cause: new TypeError("why") });
    return n === 1 ? () => 1 : n;
  });
  const error = await fails(0).catch((error) => error);
  assert.ok(error instanceof RangeError && error.cause instanceof TypeError);
  assert.match(error.stack ?? "", /at failing \(task:\d+:\d+\)/);
  await assert.rejects(fails(1), {
    name: "TypeError",
    message: /^Cannot return result of "failing"/,
  });
  await assert.rejects(fails((() => 1) as never), {
    name: "TypeError",
    message: /^Cannot send arguments of "failing"/,
  });
  assert.equal(await fails(2), 2);
});

Deno.test("process() ends a call that takes too long or is aborted, and serves the next", async () => {
  const before = countRunning();
  await using spin = process((forever: boolean) => {
    while (forever);
    return 1;
  });
  await assert.rejects(spin.run([true], { timeoutMs: 20 }), {
    name: "TimeoutError",
  });
  await untilRunning(before);
  const controller = new AbortController();
  const { signal } = controller;
  const ended = assert.rejects(spin.run([true], { signal }), {
    message: "enough",
  });
  const queued = assert.rejects(spin.run([true], { signal }), {
    message: "enough",
  });
  const next = spin(false);
  controller.abort(new Error("enough"));
  await Promise.all([ended, queued]);
  assert.equal(await next, 1);
  await assert.rejects(spin.run([true], { signal }), { message: "enough" });
});

Deno.test("process() gives a call an error whose process ends, and serves the next", async () => {
  await using leave = process((code: number) => {
    if (code > 0) Deno.exit(code);
    return "stays";
  });
  await assert.rejects(leave(3), {
    message: /^Cannot finish "anonymous": its process ended with code 3/,
  });
  assert.equal(await leave(0), "stays");
});

Deno.test("process() ends with its signal and with disposal", async () => {
  const before = countRunning();
  const controller = new AbortController();
  const one = process(() => 1, { signal: controller.signal });
  const other = process(() => new Promise(() => {}));
  await one();
  controller.abort(new Error("enough"));
  await assert.rejects(one(), { message: "enough" });
  await one[Symbol.asyncDispose]();
  await untilRunning(before);
  const ended = assert.rejects(other(), {
    name: "AbortError",
    message: /its process was disposed of/,
  });
  await until(() => !LINUX || countRunning() > before, "it runs");
  await other[Symbol.asyncDispose]();
  await ended;
  await untilRunning(before);
});

Deno.test({
  name: "process() ends all that a function has started",
  ignore: !LINUX,
  fn: async () => {
    const before = countRunning();
    const marker = `${600_000 + Math.floor(Math.random() * 1e5)}`;
    const start = process((marker: string) => {
      new Deno.Command("sleep", { args: [marker] }).spawn();
      return new Promise(() => {});
    });
    const ended = assert.rejects(start(marker));
    await until(() => isRunning(marker), "the child's child runs");
    await start[Symbol.asyncDispose]();
    await ended;
    await until(() => !isRunning(marker), "the child's child is gone");
    await untilRunning(before);
  },
});

Deno.test("a process that is forgotten lets its program end", async () => {
  const { code, stdout, stderr } = await runScript(`
    import { process } from ${PROCESS};
    const add = process((a, b) => { console.log("inside"); return a + b; });
    console.log(await add(1, 2));
  `);
  assert.deepEqual({ code, stdout, stderr }, {
    code: 0,
    stdout: "inside\n3\n",
    stderr: "",
  });
});

Deno.test("process() runs a command with input, and tells how it ended", async () => {
  const program = [Deno.execPath(), "eval"];
  const script = `
    console.log(await new Response(Deno.stdin.readable).text(), Deno.env.get("MOOD"));
    console.error("bad");
    Deno.exit(4);`;
  const { timing, ...result } = await process([...program, script], {
    input: "good",
    env: { MOOD: "fine" },
  });
  assert.deepEqual(result, {
    stdout: "good fine\n",
    stderr: "bad\n",
    code: 4,
    signal: null,
  });
  assert.ok(timing.startMs >= 0 && timing.runMs > 0);
  // It does not read what it is given.
  const deaf = await process([...program, ""], { input: "x".repeat(1e6) });
  assert.equal(deaf.code, 0);
});

Deno.test("process() ends a command that takes too long or is aborted", async () => {
  const before = countRunning();
  const command = [Deno.execPath(), "eval", "for (;;);"];
  await assert.rejects(process(command, { timeoutMs: 50 }), {
    name: "TimeoutError",
  });
  const controller = new AbortController();
  const { signal } = controller;
  const ended = assert.rejects(process(command, { signal }), {
    message: "enough",
  });
  controller.abort(new Error("enough"));
  await ended;
  await assert.rejects(process(command, { signal }), { message: "enough" });
  await assert.rejects(process([]), { name: "TypeError" });
  await assert.rejects(process(["no-such-program-here"]), Deno.errors.NotFound);
  await untilRunning(before);
});

Deno.test("process() tells a trace of calls and commands", async () => {
  const spans: string[] = [];
  const links: string[] = [];
  let filledMs = 0;
  const tap = {
    lane: () => {},
    span: ({ lane, state, startMs, endMs }: TraceSpan) => {
      assert.ok(endMs >= startMs);
      if (lane === "main") return;
      assert.ok(startMs >= filledMs, "two things at once");
      filledMs = endMs;
      spans.push(state);
    },
    link: ({ kind }: { kind: string }) => void links.push(kind),
    mark: () => {},
    count: () => {},
  };
  using _open = openTap(tap);
  await using work = process(() => {
    for (let step = 0; step < 1e6; step++);
  });
  await work();
  assert.ok(spans.includes("running") && spans.includes("messaging"));
  assert.deepEqual(links, ["spawn", "message", "message"]);
  await process([Deno.execPath(), "eval", ""]);
  assert.deepEqual(links, ["spawn", "message", "message", "spawn"]);
});

function isRunning(argument: string): boolean {
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const words = Deno.readTextFileSync(`/proc/${name}/cmdline`).split("\0");
      if (words[0]?.endsWith("sleep") && words[1] === argument) return true;
    } catch {
      // It has just ended.
    }
  }
  return false;
}
