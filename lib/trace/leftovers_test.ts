import assert from "node:assert/strict";

/** Runs a script in a process of its own, which has to end by itself. */
async function runAlone(code: string): Promise<string> {
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  const module = import.meta.resolve("../trace.ts");
  try {
    await Deno.writeTextFile(
      path,
      `import { trace } from ${JSON.stringify(module)};\n${PRELUDE}\n${code}`,
    );
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--no-check", path],
      stdout: "piped",
      stderr: "piped",
      signal,
    });
    const { success, stdout, stderr } = await command.output();
    const text = new TextDecoder().decode(stdout).trim();
    assert.ok(
      success,
      `${signal.aborted ? "it did not end by itself; " : ""}${text}\n${
        new TextDecoder().decode(stderr)
      }`,
    );
    return text;
  } finally {
    await Deno.remove(path);
  }
}

// Threads of Workers are called worker-1 and so on; they end a moment after
// terminate(), so their number is read until it is as it should be.
const PRELUDE = `
const { Worker: TrueWorker } = globalThis;
const { Command: TrueCommand } = Deno;
function countWorkers() {
  if (Deno.build.os !== "linux") return 0;
  return [...Deno.readDirSync("/proc/self/task")].filter(({ name }) => {
    try {
      return /^worker-/.test(Deno.readTextFileSync("/proc/self/task/" + name + "/comm"));
    } catch {
      return false;
    }
  }).length;
}
async function report(run) {
  const outcome = await run.then(() => "done", (error) => error.name);
  const endMs = performance.now() + 20_000;
  while (countWorkers() > 0 && performance.now() < endMs) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const isBack = Worker === TrueWorker && Deno.Command === TrueCommand;
  console.log(outcome, countWorkers(), isBack);
}`;
const DEADLINE_MS = 60_000;

async function check(call: string, expected: string): Promise<void> {
  assert.equal(await runAlone(`await report(${call});`), `${expected} 0 true`);
}

Deno.test("trace() leaves nothing running when the function returns", async () => {
  await check(
    `trace(() => {
      if (Deno.build.os === "linux" && countWorkers() === 0) throw new Error("no sampler");
    })`,
    "done",
  );
});

Deno.test("trace() leaves nothing running when the function throws", async () => {
  await check(
    `trace(async () => { await null; throw new RangeError("no"); })`,
    "RangeError",
  );
});

Deno.test("trace() leaves nothing running when time is over", async () => {
  await check(
    `trace(() => new Promise(() => {}), { timeoutMs: 30 })`,
    "UnfinishedRunError",
  );
});

Deno.test("trace() leaves nothing running when it is aborted", async () => {
  await check(
    `(() => {
      const controller = new AbortController();
      return trace(() => {
        controller.abort();
        return new Promise(() => {});
      }, { signal: controller.signal });
    })()`,
    "AbortError",
  );
});

Deno.test("trace() leaves nothing running when it cannot begin", async () => {
  const tap = import.meta.resolve("../base/record/tap.ts");
  const output = await runAlone(`
    const { openTap } = await import(${JSON.stringify(tap)});
    const nothing = () => {};
    const own = { lane: nothing, span: nothing, link: nothing, mark: nothing, count: nothing };
    {
      using _open = openTap(own);
      await report(trace(nothing));
    }
    await report(trace(nothing));`);
  assert.equal(output, "Error 0 true\ndone 0 true");
});
