// What takes too much of the machine ends with a plain sentence, and the next cell is right.
import assert from "node:assert/strict";
import { defaultPermissions, type Limits } from "../../session/mod.ts";
import { openCensus } from "../../session/processes/census.ts";
import { openFolder, TestKernel } from "../kernel/open_kernel.ts";
import { isAlive } from "../session/within.ts";

/** What is limited, the cell, and what is said. Run in a notebook of its own folder. */
interface Hog {
  readonly limits: Limits;
  readonly code: string;
  readonly says: RegExp;
  /** Programs that it may start. */
  readonly run?: readonly string[];
}

const FILL = `
  const held = [];
  const fill = (bytes) => { for (let i = 0; i < bytes.length; i += 1024) bytes[i] = 1; held.push(bytes); };`;
const REST = "await new Promise((resolve) => setTimeout(resolve, 5));";
const MEMORY =
  /took a memory of \d+ MiB, the limit is 300 MiB \(--max-memory-mb\)/;

const HOGS: Readonly<Record<string, Hog>> = {
  "array buffers": {
    limits: { maxMemoryMb: 300 },
    code: `${FILL} for (;;) { fill(new Uint8Array(2 ** 23)); ${REST} }`,
    says: MEMORY,
  },
  "shared memory, and no pause": {
    limits: { maxMemoryMb: 300 },
    code:
      `${FILL} for (;;) fill(new Uint8Array(new SharedArrayBuffer(2 ** 20)));`,
    says: MEMORY,
  },
  "memory of WASM": {
    limits: { maxMemoryMb: 300 },
    code: `
      const memory = new WebAssembly.Memory({ initial: 1 });
      for (;;) {
        memory.grow(64);
        const bytes = new Uint8Array(memory.buffer);
        for (let i = bytes.length - 2 ** 22; i < bytes.length; i += 1024) bytes[i] = 1;
        ${REST}
      }`,
    says: MEMORY,
  },
  "heaps of Workers": {
    limits: { maxMemoryMb: 300 },
    code: `
      const script = "const held = []; setInterval(() => held.push(Array(1e6).fill(1.5)), 5)";
      for (let i = 0; i < 4; i++) {
        new Worker("data:text/javascript," + encodeURIComponent(script), { type: "module" });
      }
      await new Promise(() => {});`,
    says: MEMORY,
  },
  "memory of a copy": {
    limits: { maxMemoryMb: 300 },
    code: `
      import { process } from ${
      JSON.stringify(import.meta.resolve("../../mod.ts"))
    };
      await process(async () => {
        ${FILL}
        for (;;) { fill(new Uint8Array(2 ** 23)); ${REST} }
      })();`,
    says: MEMORY,
  },
  "Workers without end": {
    limits: { maxThreads: 60 },
    code: `
      for (;;) {
        new Worker("data:text/javascript,setInterval(() => {}, 1000)", { type: "module" });
        ${REST}
      }`,
    says: /had \d+ threads, the limit is 60 \(--max-threads\)/,
  },
  "a fork bomb": {
    limits: { maxProcesses: 40 },
    run: ["sh"],
    code: `
      await new Deno.Command("sh", {
        // Should the limit not hold, some hundred processes that sleep, not a dead machine.
        args: ["-c", "f() { [ $1 = 8 ] && exec sleep 60; sleep 0.02; f $(($1 + 1)) & f $(($1 + 1)) & wait; }; f 0"],
      }).output();`,
    says: /were \d+ processes, the limit is 40 \(--max-processes\)/,
  },
  "open files without end": {
    limits: { maxOpenFiles: 500 },
    code: `
      const files = [];
      for (;;) { files.push(Deno.openSync(".")); if (files.length % 10 === 0) ${REST} }`,
    says:
      /held \d+ open files and sockets, the limit is 500 .*\(--max-open-files\)/,
  },
  "a file that fills the disk": {
    limits: { maxDiskMb: 40 },
    code: `
      const file = Deno.openSync("filler", { create: true, write: true });
      for (;;) { file.writeSync(new Uint8Array(2 ** 20)); ${REST} }`,
    says: /filled the disk with \d+ MiB, the limit is 40 MiB \(--max-disk-mb\)/,
  },
};

for (const [what, { limits, code, says, run }] of Object.entries(HOGS)) {
  Deno.test({
    name: `${what} end with the limit's name, and harm nobody else`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      const victim = new Deno.Command("sleep", { args: ["600"] }).spawn();
      try {
        await using folder = await openFolder();
        const permissions = defaultPermissions(folder.path, run);
        {
          await using kernel = new TestKernel({
            notebookUrl: folder.notebookUrl,
            permissions,
            limits,
          });
          await kernel.run("let kept = 1");
          const hog = await kernel.run(code);
          assert.match(
            hog.error,
            /^SessionEnded: the session was ended: the cells/,
          );
          assert.match(hog.error, says);
          assert.match(hog.error, /variables are lost/);
          const next = await kernel.run("40 + 2");
          assert.equal(next.result, "42", next.error);
        }
        assert.deepEqual(listIn(folder.path), []);
        assert.ok(isAlive(victim.pid));
      } finally {
        victim.kill("SIGKILL");
        await victim.status;
      }
    },
  });
}

/** Processes that work in a folder: a session's do in the notebook's. */
function listIn(folder: string): number[] {
  return openCensus().list().filter(({ pid, isEnded }) => {
    try {
      return !isEnded && Deno.readLinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  }).map(({ pid }) => pid);
}

Deno.test({
  name: "what stays within the limits goes on",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using folder = await openFolder();
    await using kernel = new TestKernel({
      notebookUrl: folder.notebookUrl,
      permissions: defaultPermissions(folder.path),
    });
    const run = await kernel.run(`
      const bytes = new Uint8Array(2 ** 28).fill(1);
      const workers = Array.from({ length: 8 }, () =>
        new Worker("data:text/javascript,postMessage(1)", { type: "module" }));
      await Promise.all(workers.map((worker) => new Promise((resolve) => worker.onmessage = resolve)));
      // Long enough to have been looked at.
      await new Promise((resolve) => setTimeout(resolve, 500));
      bytes.length`);
    assert.equal(run.result, "268435456", run.error);
  },
});
