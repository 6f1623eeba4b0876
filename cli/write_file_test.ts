import assert from "node:assert/strict";
import { fails, openFolder } from "./test_folder.ts";
import { checkWritable, writeFile } from "./write_file.ts";

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
  await check("new/", "it ends like a folder, expected the path of a file");
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
