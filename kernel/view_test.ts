import assert from "node:assert/strict";
import type { LivingThing } from "../session/mod.ts";
import { Kernel } from "./kernel.ts";

Deno.test("a kernel's view lists what cells have started, and ends one of it", async () => {
  const ended = new Map<string, () => void>();
  await using kernel = new Kernel({
    notebookUrl: import.meta.url,
    permissions: { type: "all" },
    languageServer: false,
    send: ({ header, parent_header }) => {
      if (header.msg_type !== "execute_reply") return;
      ended.get(String(parent_header.msg_id))?.();
    },
  });
  const run = (msg_id: string, code: string) =>
    new Promise<void>((resolve) => {
      ended.set(msg_id, resolve);
      const header = { msg_id, session: "s", msg_type: "execute_request" };
      kernel.handle({ header, content: { code } }, { channel: "shell" });
    });
  await run(
    "first",
    `import http from "node:http";
const node = http.createServer().listen(0, "127.0.0.1");
const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
const server = Deno.serve({ port: 0, onListen() {} }, () => new Response());
setTimeout(() => {}, 1e6);
setTimeout(() => {}, 300); // Short ones are not worth a line.`,
  );
  const names = ({ what, name }: LivingThing) =>
    `${what} ${name.replace(/:\d+$/, "")}`;
  const until = async (expected: readonly string[]) => {
    const deadline = performance.now() + 20_000;
    for (;;) {
      const living = kernel.view.look()!.living;
      if (living.map(names).sort().join() === expected.join()) return living;
      assert.ok(performance.now() < deadline, living.map(names).join());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const local = "server 127.0.0.1";
  const living = await until([
    "server 0.0.0.0",
    local,
    local,
    "timer after 1000 s",
  ]);
  assert.ok(living.every(({ executionId }) => executionId === "first"));
  // By the program itself, one after another by us.
  await run("second", "listener.close(); await server.shutdown()");
  for (const { what, id } of await until([local, "timer after 1000 s"])) {
    kernel.view.stop(what, id);
  }
  await until([]);
  assert.equal(kernel.view.look()!.lanes[0]?.key, "main");
});
