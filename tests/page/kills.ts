// deno-lint-ignore-file no-console -- Run by hand, its output is its result.
/**
 * Kills servers amid saves, and looks what is left of the file. By hand:
 * `deno run -A tests/page/kills.ts 200`.
 * @module
 */
import assert from "node:assert/strict";
import { notebook, startOpen } from "./desk.ts";

/**
 * Opens a notebook, changes and saves it as fast as it goes, kills the server at
 * some moment; so many times, in one folder.
 *
 * @returns How many of the kills left a file that an earlier save had written.
 */
export async function killAmidSaves(times: number): Promise<number> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const path = `${folder}/a.ipynb`;
  let older = 0;
  try {
    for (let round = 0; round < times; round++) {
      await Deno.writeTextFile(path, notebook([`// ${"x".repeat(300_000)}`]));
      const { child, link } = await startOpen(folder, []);
      const sent = await change(link, child, 3 + round % 17);
      const json = JSON.parse(await Deno.readTextFile(path));
      const kept = json.cells.slice(1).map(({ id }: { id: string }) => id);
      // What is there is what was sent up to some moment: old or new, never half.
      assert.deepEqual(kept, sent.slice(0, kept.length));
      assert.equal([json.cells[0].source].flat().join("").length, 300_003);
      if (kept.length < sent.length) older++;
      const left = await Array.fromAsync(Deno.readDir(folder));
      for (const { name } of left) {
        if (name.endsWith(".tmp")) await Deno.remove(`${folder}/${name}`);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return older;
}

/** Makes cells and saves until the time has come; gives what was sent. */
async function change(
  link: string,
  child: Deno.ChildProcess,
  ms: number,
): Promise<string[]> {
  const { origin, hash } = new URL(link);
  const socket = new WebSocket(`${origin.replace("http", "ws")}/live`);
  const gone = new Promise((resolve) => socket.onclose = resolve);
  const ready = Promise.withResolvers<void>();
  const sent: string[] = [];
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  socket.onopen = () =>
    say({
      type: "hello",
      protocol: 1,
      token: hash.slice("#token=".length),
      path: "a.ipynb",
      client: "killer",
      version: null,
    });
  socket.onmessage = ({ data }) => {
    const { type } = JSON.parse(data);
    if (type === "snapshot") ready.resolve();
    if (type === "snapshot" || type === "taken") next();
  };
  function next(): void {
    const id = `k${sent.length}`;
    const after = sent.at(-1) ?? "c0";
    sent.push(id);
    const cell = { id, cell_type: "code", source: "1", metadata: {} };
    const operation = { type: "insert", after, cell };
    say({ type: "operation", number: sent.length, operation });
    say({ type: "save" });
  }
  await ready.promise;
  await new Promise((resolve) => setTimeout(resolve, ms * 5));
  child.kill("SIGKILL");
  await child.status;
  await gone;
  return sent;
}

if (import.meta.main) {
  const times = Number(Deno.args[0] ?? 200);
  const older = await killAmidSaves(times);
  console.log(`${times} kills: every file whole; ${older} held an older save`);
  Deno.exit(0);
}
