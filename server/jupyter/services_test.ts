/**
 * The client library of JupyterLab against the Jupyter face.
 * @module
 */
import assert from "node:assert/strict";
import {
  ContentsManager,
  KernelManager,
  KernelSpecManager,
  ServerConnection,
  SessionManager,
} from "npm:@jupyterlab/services@7.6.6";
import { withServer } from "./test_server.ts";

Deno.test({
  name: "@jupyterlab/services does all it can do",
  // It keeps timers of its own for some seconds after it was disposed of.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: () =>
    withServer({}, async ({ url, token, file }) => {
      await Deno.writeTextFile(file("a.ipynb"), NOTEBOOK);
      const serverSettings = ServerConnection.makeSettings({
        baseUrl: url,
        wsUrl: url.replace("http", "ws"),
        token,
        appendToken: true,
      });
      const kernelManager = new KernelManager({ serverSettings });
      const sessions = new SessionManager({ serverSettings, kernelManager });
      const specs = new KernelSpecManager({ serverSettings });
      const contents = new ContentsManager({ serverSettings });
      await sessions.ready;
      await specs.ready;
      assert.equal(specs.specs?.default, "skein");
      const session = await sessions.startNew({
        path: "a.ipynb",
        name: "a.ipynb",
        type: "notebook",
        kernel: { name: "skein" },
      });
      const kernel = session.kernel!;
      const info = await kernel.info;
      assert.equal(info.language_info.name, "typescript");
      const run = async (code: string, metadata = {}) => {
        const future = kernel.requestExecute({ code }, false, metadata);
        const seen: string[] = [];
        future.onIOPub = ({ header, content }) => {
          const { data, text } = content as {
            data?: Record<string, unknown>;
            text?: string;
          };
          if (header.msg_type === "stream") seen.push(text!);
          if (header.msg_type === "execute_result") {
            seen.push(String(data!["text/plain"]));
          }
        };
        const reply = await future.done;
        return `${reply.content.status} ${seen.join("")}`;
      };
      assert.equal(await run("let kept = 41; kept + 1"), "ok 42");
      // Ask, complete, inspect.
      const asked = kernel.requestExecute({ code: 'prompt("who?")' });
      asked.onStdin = () =>
        kernel.sendInputReply(
          { status: "ok", value: "Ada" },
          asked.msg.header as never,
        );
      assert.equal((await asked.done).content.status, "ok");
      const completion = await kernel.requestComplete({
        code: "kep",
        cursor_pos: 3,
      });
      assert.ok(
        (completion.content as { matches: string[] }).matches.includes("kept"),
      );
      // An endless loop ends, and variables stay.
      const endless = kernel.requestExecute({ code: "while (true) {}" });
      await new Promise<void>((resolve) => {
        endless.onIOPub = ({ header }) => {
          if (header.msg_type === "execute_input") resolve();
        };
      });
      await kernel.interrupt();
      assert.equal((await endless.done).content.status, "error");
      assert.equal(await run("kept"), "ok 41");
      await kernel.restart();
      assert.equal(await run("typeof kept"), 'ok "undefined"');
      const { id } = kernel;
      await session.changeKernel({ name: "skein" });
      assert.notEqual(session.kernel!.id, id);
      // Files.
      const made = await contents.newUntitled({ type: "notebook" });
      assert.equal(made.path, "Untitled.ipynb");
      await contents.rename("Untitled.ipynb", "b.ipynb");
      const read = await contents.get("b.ipynb", { content: true });
      assert.equal(read.content.cells.length, 1);
      await contents.save("t.txt", {
        type: "file",
        format: "text",
        content: "hi",
      });
      assert.equal(await Deno.readTextFile(file("t.txt")), "hi");
      const { id: checkpoint } = await contents.createCheckpoint("t.txt");
      await contents.save("t.txt", {
        type: "file",
        format: "text",
        content: "ho",
      });
      await contents.restoreCheckpoint("t.txt", checkpoint);
      assert.equal(await Deno.readTextFile(file("t.txt")), "hi");
      const folder = await contents.get("");
      assert.deepEqual(
        folder.content.map(({ name }: { name: string }) => name).sort(),
        ["a.ipynb", "b.ipynb", "t.txt"],
      );
      await contents.delete("t.txt");
      await assert.rejects(contents.get("t.txt"));
      await session.shutdown();
      await kernelManager.refreshRunning();
      assert.deepEqual([...kernelManager.running()], []);
      for (const one of [sessions, kernelManager, specs, contents]) {
        one.dispose();
      }
    }),
});

const NOTEBOOK = JSON.stringify({
  cells: [],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});
