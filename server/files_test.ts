import assert from "node:assert/strict";
import { join } from "node:path";
import { readFileText, Root, saveFileText } from "./files.ts";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a root reaches what is below it and nothing else", async () => {
  await inFolder(async (folder) => {
    const inside = join(folder, "in");
    await Deno.mkdir(join(inside, "sub"), { recursive: true });
    await Deno.mkdir(join(folder, "in-beside"));
    await Deno.writeTextFile(join(folder, "secret"), "s");
    await Deno.writeTextFile(join(folder, "in-beside", "x"), "s");
    await Deno.writeTextFile(join(inside, "a.ipynb"), "{}");
    await Deno.writeTextFile(join(inside, ".hidden"), "s");
    await Deno.symlink(join(folder, "secret"), join(inside, "link"));
    await Deno.symlink(folder, join(inside, "up"));
    await Deno.symlink(join(inside, "a.ipynb"), join(inside, "own.ipynb"));
    await Deno.symlink(join(folder, "not-yet"), join(inside, "dangling"));
    const root = await Root.open(inside);
    const reaches = (path: string) => root.resolve(path);
    assert.equal(await reaches("a.ipynb"), join(inside, "a.ipynb"));
    assert.equal(
      await reaches("/sub//new.ipynb"),
      join(inside, "sub", "new.ipynb"),
    );
    assert.equal(await reaches("own.ipynb"), join(inside, "a.ipynb"));
    assert.equal(await reaches(""), inside);
    for (
      const path of [
        "../secret",
        "sub/../../secret",
        "..",
        "./a.ipynb",
        ".hidden",
        "link",
        "up/secret",
        "dangling",
        "up",
        "up/in-beside/x",
        "a\\..\\b",
        "a\0b",
        "C:/x",
      ]
    ) {
      await assert.rejects(reaches(path), RangeError, path);
    }
    const names = (await root.list("")).map(({ name }) => name);
    assert.deepEqual(names, ["sub", "up", "a.ipynb", "link", "own.ipynb"]);
  });
});

Deno.test("saveFileText() keeps the mode, leaves nothing beside, and fails whole", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.ipynb");
    await Deno.writeTextFile(path, "old");
    await Deno.chmod(path, 0o640);
    const hash = await saveFileText(path, "new");
    assert.deepEqual(await readFileText(path), { text: "new", hash });
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o640);
    await assert.rejects(saveFileText(join(folder, "no", "a"), "x"));
    await Deno.mkdir(join(folder, "taken"));
    await assert.rejects(saveFileText(join(folder, "taken"), "x"));
    const names = await Array.fromAsync(
      Deno.readDir(folder),
      ({ name }) => name,
    );
    assert.deepEqual(names.sort(), ["a.ipynb", "taken"]);
  });
});

Deno.test("readFileText() refuses what is no UTF-8, and keeps a byte order mark", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a");
    await Deno.writeFile(path, new Uint8Array([0xff, 0xfe]));
    await assert.rejects(readFileText(path), TypeError);
    await Deno.writeTextFile(path, "\ufeff{}");
    assert.equal((await readFileText(path)).text, "\ufeff{}");
  });
});
