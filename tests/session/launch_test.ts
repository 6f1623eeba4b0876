import assert from "node:assert/strict";
import type { SessionEvent } from "../../protocol/mod.ts";
import { Session } from "../../session/mod.ts";
import { DEADLINE_MS, within } from "./within.ts";

/** The port in `--allow-net=…,127.0.0.1:PORT` is where the kernel waits. */
async function portOf(pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-ww", "-o", "args=", "-p", String(pid)],
  }).output();
  const match = /--allow-net=\S*127\.0\.0\.1:(\d+)/
    .exec(new TextDecoder().decode(stdout));
  assert.ok(match, "the port is among the permissions");
  return Number(match[1]);
}

Deno.test("launch() gives its socket to no one without the token", async () => {
  const events: SessionEvent[] = [];
  const done = Promise.withResolvers<void>();
  await using session = new Session({
    notebookUrl: import.meta.url,
    permissions: {
      type: "listed",
      read: [],
      write: [],
      net: [],
      run: [],
      env: [],
      sys: [],
    },
    onEvents(more) {
      events.push(...more);
      if (more.some(({ type }) => type === "done")) done.resolve();
    },
    onExit() {},
  });
  // Stopped, so that we come first for certain.
  Deno.kill(session.pid, "SIGSTOP");
  const port = await portOf(session.pid);
  const stranger = await Deno.connect({ hostname: "127.0.0.1", port });
  await stranger.write(new TextEncoder().encode("0".repeat(64)));
  const read = await within(
    stranger.read(new Uint8Array(1)).catch(() => null),
    DEADLINE_MS,
    "the end of the stranger's connection",
  );
  assert.equal(read, null);
  stranger.close();
  Deno.kill(session.pid, "SIGCONT");
  session.execute({
    executionId: "1",
    name: "cell.ts",
    hoisted: null,
    body: "(async () => ({ value: 6 }))",
  });
  await within(done.promise, DEADLINE_MS, "the end of the cell");
  const result = events.find(({ type }) => type === "result");
  assert.ok(result?.type === "result");
  assert.deepEqual(result.data, { "text/plain": "6" });
  // Nobody listens any more.
  await assert.rejects(Deno.connect({ hostname: "127.0.0.1", port }));
});
