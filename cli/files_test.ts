import assert from "node:assert/strict";
import {
  checkPage,
  checkWritable,
  findConfig,
  readNotebook,
  writeFile,
} from "./files.ts";
import { UsageError } from "./usage.ts";

const EMPTY =
  `{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}`;

Deno.test("readNotebook() reads a notebook at an odd path", async () => {
  await using folder = await openFolder({ "a b/ü ✓.ipynb": EMPTY });
  const { nbformat, cells } = await readNotebook(folder.at("a b/ü ✓.ipynb"));
  assert.deepEqual({ nbformat, cells }, { nbformat: 4, cells: [] });
});

Deno.test("readNotebook() says in one line why it can not", async () => {
  await using folder = await openFolder({
    "page.html": "<!doctype html>",
    "cut.ipynb": EMPTY.slice(0, -3),
    "list.ipynb": "[]",
    "old.ipynb": `{"nbformat": 3}`,
    "there.ipynb": EMPTY,
    "sub/x": "",
  });
  const check = async (name: string, expected: RegExp) => {
    const error = await fails(readNotebook(folder.at(name)));
    const path = folder.at(name).replaceAll("\\", "\\\\");
    assert.ok(error.startsWith(`Cannot read notebook "${path}"`), error);
    assert.match(error, expected);
    assert.ok(!error.includes("\n"), error);
  };
  await check("none.ipynb", /: there is no such file$/);
  await check(
    "there",
    /: there is no such file, but there is ".*there.ipynb"$/,
  );
  await check("sub", /: it is a folder$/);
  await check("page.html", / at 1:1: found "<", expected JSON$/);
  await check("cut.ipynb", / at 1:\d+: /);
  await check("list.ipynb", /: it is a list, expected /);
  await check("old.ipynb", /: nbformat is 3, expected 4 /);
});

Deno.test("writeFile() writes anew, over a file, and into new folders", async () => {
  await using folder = await openFolder({ "old.txt": "a longer old text" });
  const check = async (name: string, text: string) => {
    await writeFile(folder.at(name), text);
    assert.equal(await Deno.readTextFile(folder.at(name)), text);
  };
  await check("new.txt", "new é");
  await check("old.txt", "new");
  await check("a/b c/new.txt", "");
  assert.deepEqual(folder.files(), ["a/b c/new.txt", "new.txt", "old.txt"]);
});

Deno.test("writeFile() that fails leaves all as it was", async () => {
  await using folder = await openFolder({ "file": "old", "sub/x": "x" });
  const check = async (name: string, expected: string) => {
    const write = writeFile(folder.at(name), "new");
    const message = `Cannot write "${folder.at(name)}": ${expected}`;
    assert.equal(await fails(write), message);
    const check = checkWritable(folder.at(name));
    assert.equal(await fails(check), message);
    assert.deepEqual(folder.files(), ["file", "sub/x"]);
    assert.equal(await Deno.readTextFile(folder.at("file")), "old");
  };
  await check("sub", "it is a folder");
  await check("file/y", "a file is where a folder is expected");
});

Deno.test({
  name:
    "writeFile() into a folder that is closed leaves the file as it was (skipped for root, to whom none is closed)",
  // Nothing is closed to root.
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
  async fn() {
    await using folder = await openFolder({ "sub/file": "old" });
    await Deno.chmod(folder.at("sub"), 0o555);
    const error = await fails(writeFile(folder.at("sub/file"), "new"));
    await Deno.chmod(folder.at("sub"), 0o755);
    assert.match(error, /: the system does not allow it$/);
    assert.equal(await Deno.readTextFile(folder.at("sub/file")), "old");
    assert.deepEqual(folder.files(), ["sub/file"]);
  },
});

Deno.test({
  name: "writeFile() keeps links, and what the file was closed to",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await openFolder({ "sub/real": "old" });
    await Deno.chmod(folder.at("sub/real"), 0o600);
    await Deno.symlink("sub/real", folder.at("link"));
    await writeFile(folder.at("link"), "new");
    await Deno.chmod(folder.at("sub/real"), 0o466);
    await writeFile(folder.at("link"), "new");
    assert.ok((await Deno.lstat(folder.at("link"))).isSymlink);
    assert.equal(await Deno.readTextFile(folder.at("sub/real")), "new");
    const { mode } = await Deno.stat(folder.at("sub/real"));
    assert.equal(mode! & 0o777, 0o466);
    assert.deepEqual(folder.files(), ["link", "sub/real"]);
  },
});

Deno.test({
  name: "writeFile() writes to a device, and does not replace it",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await openFolder({});
    await Deno.symlink("/dev/null", folder.at("null"));
    await checkWritable(folder.at("null"));
    await writeFile(folder.at("null"), "text");
    assert.ok((await Deno.lstat(folder.at("null"))).isSymlink);
    assert.ok((await Deno.stat("/dev/null")).isCharDevice);
  },
});

Deno.test("checkWritable() leaves nothing behind but folders", async () => {
  await using folder = await openFolder({ "old": "old" });
  await checkWritable(folder.at("old"));
  await checkWritable(folder.at("new/file"));
  assert.deepEqual(folder.files(), ["old"]);
  assert.equal(await Deno.readTextFile(folder.at("old")), "old");
});

Deno.test("checkPage() keeps pages off notebooks, by whatever name", async () => {
  await using folder = await openFolder({ "a.ipynb": EMPTY, "sub/x": "" });
  const check = async (page: string, notebook: string, isFine: boolean) => {
    const result = checkPage(folder.at(page), [
      folder.at("x"),
      folder.at(notebook),
    ]);
    if (isFine) return await result;
    assert.match(await fails(result), /: the notebook is there, expected/);
  };
  await check("a.html", "a.ipynb", true);
  await check("a.ipynb", "a.ipynb", false);
  await check("./sub/../a.ipynb", "a.ipynb", false);
  // Neither is there yet.
  await check("new.ipynb", "sub/../new.ipynb", false);
  await check("new/b/c", "sub/../new/b/c", false);
  await check("new.html", "new.ipynb", true);
  if (Deno.build.os === "windows") return;
  await Deno.symlink("a.ipynb", folder.at("link"));
  await Deno.symlink("link", folder.at("link2"));
  await Deno.symlink(".", folder.at("here"));
  await Deno.symlink("new.ipynb", folder.at("dangling"));
  await Deno.symlink("around", folder.at("around"));
  await Deno.link(folder.at("a.ipynb"), folder.at("hard"));
  for (const page of ["link", "link2", "here/a.ipynb", "hard"]) {
    await check(page, "a.ipynb", false);
    await check("a.ipynb", page, false);
  }
  await check("dangling", "new.ipynb", false);
  await check("here/new.ipynb", "new.ipynb", false);
  await check("around", "a.ipynb", true);
});

Deno.test({
  name: "writeFile() goes through no link, and replaces no device, unnamed",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await openFolder({ "secret": "old", "file": "old" });
    await Deno.symlink("secret", folder.at("link"));
    await Deno.symlink("nowhere", folder.at("dangling"));
    await Deno.symlink("/dev/null", folder.at("device"));
    const check = async (name: string, expected: RegExp) => {
      const write = writeFile(folder.at(name), "new", { isNamed: false });
      assert.match(await fails(write), expected);
    };
    await check("link", /it is a link to "secret", expected a file or nothing/);
    await check("dangling", /it is a link to "nowhere"/);
    await check("device", /it is a link to "\/dev\/null"/);
    await writeFile(folder.at("file"), "new", { isNamed: false });
    assert.equal(await Deno.readTextFile(folder.at("file")), "new");
    assert.equal(await Deno.readTextFile(folder.at("secret")), "old");
    assert.deepEqual(
      folder.files(),
      ["dangling", "device", "file", "link", "secret"],
    );
  },
});

Deno.test({
  name: "writeFile() of one name of a file leaves its other names as they were",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await openFolder({ "one": "old" });
    await Deno.link(folder.at("one"), folder.at("other"));
    await writeFile(folder.at("one"), "new");
    assert.equal(await Deno.readTextFile(folder.at("other")), "old");
  },
});

Deno.test("findConfig() finds the nearest deno.json", async () => {
  await using folder = await openFolder({
    "deno.jsonc": "",
    "a/deno.json": "",
    "a/deno.jsonc": "",
    "a/b/c/x": "",
    "d/deno.json/x": "",
  });
  const check = async (name: string, expected: string) =>
    assert.equal(await findConfig(folder.at(name)), folder.at(expected));
  await check("a/b/c", "a/deno.json");
  await check("a", "a/deno.json");
  // A folder of that name does not count.
  await check("d", "deno.jsonc");
});

async function fails(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => null, (error) => error);
  assert.ok(error instanceof UsageError, `found ${error}`);
  return error.message;
}

async function openFolder(files: Readonly<Record<string, string>>) {
  const path = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "skein files " }),
  );
  for (const [name, text] of Object.entries(files)) {
    await Deno.mkdir(`${path}/${name}`.replace(/\/[^/]*$/, ""), {
      recursive: true,
    });
    await Deno.writeTextFile(`${path}/${name}`, text);
  }
  return {
    at: (name: string) => `${path}/${name}`,
    /** All that is in it now, also what begins with a dot. */
    files: () => list(path).map((file) => file.slice(path.length + 1)).sort(),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

function list(path: string): string[] {
  return [...Deno.readDirSync(path)].flatMap(({ name, isDirectory }) =>
    isDirectory ? list(`${path}/${name}`) : [`${path}/${name}`]
  );
}
