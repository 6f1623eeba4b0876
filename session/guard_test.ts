import assert from "node:assert/strict";
import { Guard } from "./guard.ts";
import { openCensus } from "./processes/census.ts";

const UNIX = { ignore: Deno.build.os === "windows" };

function sleep(env: Record<string, string> = {}): Deno.ChildProcess {
  return new Deno.Command("sleep", { args: ["600"], detached: true, env })
    .spawn();
}

async function endOf(child: Deno.ChildProcess): Promise<string | null> {
  return (await child.status).signal;
}

Deno.test(
  "Guard ends the groups that are still under guard, and no others",
  UNIX,
  async () => {
    const [guarded, released, reused] = [sleep(), sleep(), sleep()];
    const stampOf = ({ pid }: Deno.ChildProcess) => openCensus().find(pid)!;
    {
      await using guard = new Guard("no process has this mark");
      guard.add(stampOf(guarded));
      guard.add(stampOf(released));
      // The number has become another's: it started at another time.
      guard.add({ pid: reused.pid, stamp: "1" });
      guard.remove(stampOf(released));
    }
    assert.equal(await endOf(guarded), "SIGKILL");
    for (const child of [released, reused]) {
      // Still there, or this would throw.
      child.kill("SIGTERM");
      assert.equal(await endOf(child), "SIGTERM");
    }
  },
);

Deno.test({
  name: "Guard ends who carries the mark, wherever it is",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const mark = crypto.randomUUID();
    const marked = sleep({ X: `before ${mark}` });
    const other = sleep({ X: crypto.randomUUID() });
    {
      await using _guard = new Guard(mark);
    }
    assert.equal(await endOf(marked), "SIGKILL");
    other.kill("SIGTERM");
    assert.equal(await endOf(other), "SIGTERM");
  },
});
