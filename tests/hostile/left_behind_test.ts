import assert from "node:assert/strict";
import { fromFileUrl } from "../../session/mod.ts";
import { openCensus } from "../../session/processes/census.ts";
import { TestKernel } from "../kernel/open_kernel.ts";
import { DEADLINE_MS, isAlive, untilGone, within } from "../session/within.ts";

const LINUX = { ignore: Deno.build.os !== "linux" };

const SKEIN = import.meta.resolve("../../mod.ts");
const CONFIG = fromFileUrl(import.meta.resolve("../../deno.json"));

/** Ways to leave one's group, and one's parent, each with a name for its process. */
const WAYS: Readonly<Record<string, (seconds: string) => string>> = {
  "by setsid": (seconds) => `setsid sleep ${seconds} &`,
  "by setsid, its parent gone": (seconds) =>
    `(setsid sh -c 'sleep ${seconds} & sleep ${seconds}' &)`,
  "by two shells and nohup": (seconds) =>
    `sh -c "nohup setsid sleep ${seconds} >/dev/null 2>&1 &" &`,
};

/** Processes whose command line holds a word, as the system tells. */
function findByWord(word: string): number[] {
  return openCensus().list().filter(({ pid, isEnded }) => {
    try {
      return !isEnded &&
        Deno.readTextFileSync(`/proc/${pid}/cmdline`).includes(
          `sleep\0${word}`,
        );
    } catch {
      return false;
    }
  }).map(({ pid }) => pid);
}

function cell(script: string): string {
  return `await new Deno.Command("sh", { args: ["-c", ${
    JSON.stringify(script)
  }], stdout: "null", stderr: "null" }).spawn().status; 1`;
}

let lastWord = 0;
function makeWord(): string {
  return `${600 + Deno.pid}.${String(++lastWord).padStart(3, "0")}`;
}

async function untilFound(word: string): Promise<number[]> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  for (;;) {
    const pids = findByWord(word);
    if (pids.length > 0) return pids;
    if (deadline.aborted) throw new Error(`No process sleeps for ${word}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

for (const [way, script] of Object.entries(WAYS)) {
  Deno.test(
    `what a cell leaves behind ${way} ends with its session`,
    LINUX,
    async () => {
      const word = makeWord();
      {
        await using kernel = new TestKernel();
        const run = await kernel.run(cell(script(word)));
        assert.equal(run.error, "");
        await untilFound(word);
      }
      assert.deepEqual(findByWord(word), []);
    },
  );
}

Deno.test(
  "what a cell leaves behind ends with a session that is killed",
  LINUX,
  async () => {
    const word = makeWord();
    await using kernel = new TestKernel();
    await kernel.run(cell(WAYS["by setsid"]!(word)));
    const pids = await untilFound(word);
    const run = await kernel.run(`Deno.kill(Deno.pid, "SIGKILL")`);
    assert.match(run.error, /^SessionEnded/);
    await untilGone(...pids);
    assert.equal((await kernel.run("1 + 1")).result, "2");
  },
);

Deno.test(
  "what a cell leaves behind, and a copy that computes, end with a kernel that is killed",
  LINUX,
  async () => {
    const word = makeWord();
    const program = `
    import { TestKernel } from ${
      JSON.stringify(import.meta.resolve("../kernel/open_kernel.ts"))
    };
    const kernel = new TestKernel();
    await kernel.run(${JSON.stringify(cell(WAYS["by setsid"]!(word)))});
    const copy = kernel.start(${
      JSON.stringify(`
      import { process } from ${JSON.stringify(SKEIN)};
      await process(() => { console.log("pid " + Deno.pid); for (;;); })();`)
    });
    await copy.printed("pid ");
    console.log(copy.text());`;
    const kernel = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", `--config=${CONFIG}`, "-"],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const stdin = kernel.stdin.getWriter();
    await stdin.write(new TextEncoder().encode(program));
    await stdin.close();
    const reader = kernel.stdout.getReader();
    const { value } = await within(reader.read(), DEADLINE_MS, "the kernel");
    const copy = Number(/pid (\d+)/.exec(new TextDecoder().decode(value))![1]);
    assert.ok(isAlive(copy));
    const pids = await untilFound(word);
    kernel.kill("SIGKILL");
    await kernel.status;
    await reader.cancel();
    await untilGone(copy, ...pids);
  },
);

Deno.test(
  "a session in a session's cell ends with both, and neither ends the other's",
  LINUX,
  async () => {
    await using outer = new TestKernel({ configPath: CONFIG });
    const words = [makeWord(), makeWord()];
    const inner = await outer.run(`
    const { TestKernel } = await import(${
      JSON.stringify(import.meta.resolve("../kernel/open_kernel.ts"))
    });
    const inner = new TestKernel();
    await inner.run(${JSON.stringify(cell(WAYS["by setsid"]!(words[0]!)))});
    (await inner.run("6 * 7")).result`);
    assert.equal(inner.error, "");
    assert.equal(inner.result, `"42"`);
    await outer.run(cell(WAYS["by setsid"]!(words[1]!)));
    await untilFound(words[0]!);
    await outer.run("await inner[Symbol.asyncDispose]()");
    assert.deepEqual(findByWord(words[0]!), []);
    assert.equal(findByWord(words[1]!).length, 1);
  },
);
