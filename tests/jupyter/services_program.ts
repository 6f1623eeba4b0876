// deno-lint-ignore-file no-console -- A program whose output is its result.
/**
 * The client library of JupyterLab against `skein serve`: arguments are the
 * server's address, its token and its folder.
 *
 * A program of its own, since the library is not to be in the lock file: Deno
 * would load it for everybody who starts Skein.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";

const LIBRARY = "npm:@jupyterlab/services@7.6.6";
// deno-lint-ignore no-explicit-any -- Loaded by a name that is not looked up.
const library: any = await import(LIBRARY);
const {
  ContentsManager,
  KernelManager,
  KernelSpecManager,
  ServerConnection,
  SessionManager,
} = library;
const [url = "", token = "", folder = ""] = Deno.args;
const file = (name: string) => join(folder, name);
await Deno.writeTextFile(
  file("a.ipynb"),
  JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
);
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
  future.onIOPub = ({ header, content }: Message) => {
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
    asked.msg.header,
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
  endless.onIOPub = ({ header }: Message) => {
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
assert.equal(read.content.nbformat, 4);
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
const listed = await contents.get("");
assert.deepEqual(
  listed.content.map(({ name }: { name: string }) => name).sort(),
  ["a.ipynb", "b.ipynb", "t.txt"],
);
await contents.delete("t.txt");
await assert.rejects(contents.get("t.txt"));
await session.shutdown();
await kernelManager.refreshRunning();
assert.deepEqual([...kernelManager.running()], []);
console.log("services ok");
Deno.exit(0);

interface Message {
  readonly header: { readonly msg_type: string };
  readonly content: Readonly<Record<string, unknown>>;
}
