import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Notebook,
  parseNotebook,
  serializeNotebook,
} from "../nbformat/mod.ts";
import { Disk, type DiskState } from "./disk.ts";

/** A document of one line a cell: `a:1 b:2`. */
function write(line: string): string {
  const cells = line.split(" ").map((word) => {
    const [id, source] = word.split(":");
    return { cell_type: "markdown", id, metadata: {}, source: [source] };
  });
  return JSON.stringify({
    cells,
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
}

const read = (text: string) =>
  parseNotebook(text).cells.map(({ id, source }) => `${id}:${source}`).join(
    " ",
  );

/** A disk with a document that is changed by lines. */
class Desk implements AsyncDisposable {
  disk!: Disk;
  document!: Notebook;
  readonly states: DiskState[] = [];
  private constructor(readonly folder: string, readonly path: string) {}

  static async open(line: string): Promise<Desk> {
    const folder = await Deno.realPath(await Deno.makeTempDir());
    const desk = new Desk(folder, join(folder, "a.ipynb"));
    await Deno.writeTextFile(desk.path, write(line));
    desk.disk = await Disk.open(desk.path, (notebook) => {
      desk.document = notebook;
      return {
        current: () => desk.document,
        adopt: (adopted) => desk.document = adopted,
        onState: (state) => desk.states.push(state),
      };
    });
    return desk;
  }

  change(line: string): void {
    this.document = parseNotebook(write(line));
    this.disk.touch();
  }

  file(): Promise<string> {
    return Deno.readTextFile(this.path);
  }

  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    const signal = AbortSignal.timeout(20_000);
    while (!await isSo()) {
      signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.disk[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true });
  }
}

Deno.test("a change is on the disk soon, and without a further word", async () => {
  await using desk = await Desk.open("a:1");
  desk.change("a:2");
  assert.equal(desk.disk.state.type, "unsaved");
  await desk.until(() => desk.disk.state.type === "saved");
  assert.equal(read(await desk.file()), "a:2");
});

Deno.test("a document that is as it was is written to the byte", async () => {
  await using desk = await Desk.open("a:1");
  const before = await desk.file();
  assert.notEqual(before, serializeNotebook(desk.document));
  desk.change("a:1");
  await desk.disk.save();
  assert.equal(await desk.file(), before);
  // Also when all edits were taken back.
  desk.change("a:2");
  await desk.disk.save();
  assert.notEqual(await desk.file(), before);
  desk.change("a:1");
  await desk.disk.save();
  assert.equal(await desk.file(), before);
});

Deno.test("what others write is taken in while nothing is unsaved", async () => {
  await using desk = await Desk.open("a:1 b:2");
  await Deno.writeTextFile(desk.path, write("a:1 b:3 c:4"));
  await desk.until(() => desk.document.cells.length === 3);
  assert.equal(desk.disk.state.type, "saved");
});

Deno.test("what others write is merged with what is unsaved", async () => {
  await using desk = await Desk.open("a:1 b:2");
  desk.change("a:9 b:2");
  await Deno.writeTextFile(desk.path, write("a:1 b:3"));
  await desk.until(() => desk.disk.state.type === "saved");
  await desk.until(async () => read(await desk.file()) === "a:9 b:3");
  assert.equal(read(serializeNotebook(desk.document)), "a:9 b:3");
});

Deno.test("both changed a cell: nothing is written until the user has chosen", async () => {
  for (
    const [choice, expected] of [["ours", "a:9"], ["theirs", "a:3"]] as const
  ) {
    await using desk = await Desk.open("a:1");
    desk.change("a:9");
    await Deno.writeTextFile(desk.path, write("a:3"));
    await desk.until(() => desk.disk.state.type === "conflict");
    desk.change("a:9");
    await desk.disk.save();
    assert.equal(read(await desk.file()), "a:3");
    await desk.disk.settle(choice);
    assert.equal(desk.disk.state.type, "saved");
    assert.equal(read(await desk.file()), expected);
    assert.equal(read(serializeNotebook(desk.document)), expected);
  }
});

Deno.test("a file that has gone or is spoilt is asked about, and can be written again", async () => {
  for (
    const spoil of [
      Deno.remove,
      (path: string) => Deno.writeTextFile(path, "{"),
    ]
  ) {
    await using desk = await Desk.open("a:1");
    await spoil(desk.path);
    await desk.until(() => desk.disk.state.type === "lost");
    desk.change("a:2");
    await desk.disk.settle("ours");
    assert.equal(read(await desk.file()), "a:2");
  }
});

Deno.test("a file that is written in two steps is no loss", async () => {
  await using desk = await Desk.open("a:1");
  await Deno.writeTextFile(desk.path, "");
  await Deno.writeTextFile(desk.path, write("a:5"));
  await desk.until(() => read(serializeNotebook(desk.document)) === "a:5");
  await desk.until(() => desk.disk.state.type === "saved");
});
