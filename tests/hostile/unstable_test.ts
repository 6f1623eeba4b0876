// APIs that end plain Deno when their flag is missing: an error of the cell here, at most.
import assert from "node:assert/strict";
import { defaultPermissions } from "../../session/mod.ts";
import { openFolder, TestKernel } from "../kernel/open_kernel.ts";

const CELLS = [
  `await Deno.connect({ transport: "vsock", cid: 1, port: 1 })`,
  `Deno.listen({ transport: "vsock", cid: 1, port: 1 })`,
  `await Deno.openKv()`,
  `Deno.cron("a", "* * * * *", () => {})`,
  `new Deno.QuicEndpoint()`,
  `new Deno.UnsafeWindowSurface({})`,
  `new WebSocketStream("ws://127.0.0.1:1")`,
];

Deno.test("an unstable API is an error of the cell, and what was set is kept", async () => {
  await using folder = await openFolder();
  await using kernel = new TestKernel({
    notebookUrl: folder.notebookUrl,
    permissions: defaultPermissions(folder.path),
  });
  await kernel.run("let kept = 7");
  for (const code of CELLS) {
    const run = await kernel.run(code);
    assert.match(run.error, /^(NotCapable|TypeError|ReferenceError): /, code);
    assert.equal((await kernel.run("kept")).result, "7", code);
  }
});

Deno.test("a Worker may be given fewer permissions than its cell", async () => {
  await using folder = await openFolder({
    "less.ts": `
      const { state } = await Deno.permissions.query({ name: "write" });
      postMessage(state);`,
  });
  await using kernel = new TestKernel({ notebookUrl: folder.notebookUrl });
  const run = await kernel.run(`
    const worker = new Worker("./less.ts", {
      type: "module",
      deno: { permissions: { read: true } },
    });
    await new Promise((resolve) => worker.onmessage = ({ data }) => resolve(data))`);
  assert.match(String(run.result), /prompt|denied/, run.error);
});
