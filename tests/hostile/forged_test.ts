import assert from "node:assert/strict";
import { TestKernel } from "../kernel/open_kernel.ts";
import { isAlive } from "../session/within.ts";
import { FORGE } from "./forging.ts";

/** A process of ours that no cell has to do with. */
function startVictim(): Deno.ChildProcess {
  return new Deno.Command("sleep", { args: ["600"], detached: true }).spawn();
}

async function check(
  forge: (victim: number) => string,
  examine: (kernel: TestKernel) => Promise<void> = async () => {},
): Promise<void> {
  const victim = startVictim();
  try {
    {
      await using kernel = new TestKernel();
      const found = await kernel.run(FORGE);
      assert.equal(found.error, "");
      // Else the test would prove nothing.
      const heard = await kernel.run(
        `forge({ type: "stream", executionId: "2", name: "stdout", text: "forged" })`,
      );
      assert.equal(heard.text(), "forged");
      const run = await kernel.run(forge(victim.pid));
      assert.equal(run.error, "");
      await examine(kernel);
      const next = await kernel.run("40 + 2");
      assert.equal(next.result, "42");
    }
    assert.equal(isAlive(victim.pid), true, "the victim lives");
  } finally {
    victim.kill("SIGKILL");
    await victim.status;
  }
}

const LINUX = { ignore: Deno.build.os !== "linux" };

function started(pid: number | string, executionId = 3): string {
  return `forge({ type: "started", executionId: "${executionId}", what: "process", childId: 99, name: "x", raw: false, pid: ${pid} });`;
}

Deno.test(
  "nobody else dies by a forged start, whatever ends then",
  LINUX,
  async () => {
    await check((victim) => started(victim));
    await check((victim) => started(-victim));
    await check(() => started("Deno.ppid"));
    // These would be everybody, and our own group.
    await check(() => started(1));
    await check(() => started(0));
    await check(() => started(-1));
  },
);

Deno.test(
  "nobody else dies by a forged start when its cell is interrupted",
  LINUX,
  async () => {
    await check((victim) => started(victim, 4), async (kernel) => {
      const run = kernel.start(
        `console.log("on"); await new Promise(() => {})`,
      );
      await run.printed("on");
      await kernel.interrupt();
      assert.match((await run.ended()).error, /^KeyboardInterrupt/);
    });
  },
);

Deno.test(
  "a child that is said to have ended, and has not, ends with its session",
  LINUX,
  async () => {
    let pid = 0;
    await check(() => `
    const { pid } = new Deno.Command("sleep", { args: ["600"] }).spawn();
    for (let childId = 0; childId < 10; childId++) forge({ type: "ended", childId });
    console.log(pid);`, async (kernel) => {
      const run = await kernel.run("pid");
      pid = Number(run.result);
      assert.equal(isAlive(pid), true);
    });
    assert.equal(isAlive(pid), false);
  },
);

Deno.test(
  "what an ended cell can not have any more is refused",
  LINUX,
  async () => {
    await check(() => `
    forge({ type: "done", executionId: "2", outcome: "ok" });
    forge({ type: "result", executionId: "2", data: { "text/plain": "late" }, metadata: {} });
    forge({ type: "error", executionId: "1", background: false, report: { name: "E", message: "", stack: "" } });
    forge({ type: "done", executionId: "77", outcome: "ok" });
    forge({ type: "interrupted", interruptId: 1 });
    forge({ type: "done", executionId: "3", outcome: "interrupted" });
    forge({ type: "ready", pid: 1, deno: "0", v8: "0" });
    console.log("reached");`, (kernel) => {
      const results = kernel.messages.filter(({ header }) =>
        ["execute_result", "error"].includes(header.msg_type)
      );
      assert.deepEqual(results, []);
      const replies = kernel.messages.filter(({ header }) =>
        header.msg_type === "execute_reply"
      );
      assert.equal(replies.length, 3);
      return Promise.resolve();
    });
  },
);

Deno.test(
  "a session that says it exits, and is killed, was killed",
  LINUX,
  async () => {
    await using kernel = new TestKernel();
    await kernel.run(FORGE);
    const run = await kernel.run(
      `forge({ type: "exiting", code: 3 }); Deno.kill(Deno.pid, "SIGKILL")`,
    );
    assert.match(run.error, /^SessionEnded: the session was ended by SIGKILL/);
  },
);
