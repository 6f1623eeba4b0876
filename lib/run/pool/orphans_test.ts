// Children of a process that is killed and can end nothing itself.
import assert from "node:assert/strict";
import { until } from "./test_threads.ts";

const PROCESS = JSON.stringify(new URL("./process.ts", import.meta.url).href);
const SPINNING: Readonly<Record<string, string>> = {
  "a function that computes without end": `
    await process((path) => {
      Deno.writeTextFileSync(path, String(Deno.pid));
      for (;;);
    })(path)`,
  "a command that computes without end":
    'await process(["/bin/sh", "-c", `echo $$ > "$0"; while :; do :; done`, path])',
};

for (const [what, start] of Object.entries(SPINNING)) {
  Deno.test({
    name: `process() ends ${what} when its parent is killed`,
    ignore: Deno.build.os === "windows",
    fn: async () => {
      const path = await Deno.makeTempFile();
      const program = `import { process } from ${PROCESS};
        const path = ${JSON.stringify(path)};
        ${start}`;
      const parent = new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          "--no-config",
          "--no-lock",
          `data:text/javascript,${encodeURIComponent(program)}`,
        ],
        stdout: "null",
        stderr: "null",
      }).spawn();
      const readPid = () => Number(Deno.readTextFileSync(path));
      try {
        await until(() => readPid() > 0, "the child runs");
        assert.ok(isAlive(readPid()));
      } finally {
        parent.kill("SIGKILL");
        await parent.status;
      }
      const pid = readPid();
      await Deno.remove(path);
      try {
        await until(() => !isAlive(pid), "the child is gone");
      } catch (error) {
        Deno.kill(pid, "SIGKILL");
        throw error;
      }
    },
  });
}

function isAlive(pid: number): boolean {
  const { stdout } = new Deno.Command("ps", {
    args: ["-o", "stat=", "-p", String(pid)],
  }).outputSync();
  // One that only waits to be buried does not run.
  return /^[^Z\s]/.test(new TextDecoder().decode(stdout).trim());
}
