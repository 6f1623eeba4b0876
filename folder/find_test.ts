import assert from "node:assert/strict";
import { findConfig, readConfig } from "./find.ts";
import { NO_CONFIG } from "./config.ts";

async function withFolder(
  files: Readonly<Record<string, string>>,
  use: (path: string) => Promise<void>,
): Promise<void> {
  const path = await Deno.realPath(await Deno.makeTempDir());
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(`${path}/${name}`.replace(/\/[^/]*$/, ""), {
        recursive: true,
      });
      await Deno.writeTextFile(`${path}/${name}`, text);
    }
    await use(path);
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

Deno.test("findConfig() finds the nearest file, its own or one above", async () => {
  const files = { "deno.jsonc": "{}", "a/deno.json": "{}", "b/c/x": "" };
  await withFolder(files, async (path) => {
    assert.equal(await findConfig(`${path}/a`), `${path}/a/deno.json`);
    assert.equal(await findConfig(`${path}/b/c`), `${path}/deno.jsonc`);
  });
});

Deno.test("readConfig() reads comments, and a map in a file of its own", async () => {
  await withFolder({
    "deno.json": `{
      // A comment, and a comma too many.
      "importMap": "./maps/m.json", "imports": { "lost": "./x.ts" },
      "compilerOptions": { "strict": false, },
    }`,
    "maps/m.json": '{ "imports": { "a": "./a.ts" } }',
  }, async (path) => {
    assert.deepEqual(readConfig(`${path}/deno.json`, path), {
      ...NO_CONFIG,
      imports: { a: `file://${path}/maps/a.ts` },
      compilerOptions: { strict: false },
    });
    await Promise.resolve();
  });
  assert.deepEqual(readConfig(undefined, "/"), NO_CONFIG);
  // As Deno does.
  await withFolder({ "deno.json": "// Nothing yet." }, async (path) => {
    assert.deepEqual(readConfig(`${path}/deno.json`, path), NO_CONFIG);
    await Promise.resolve();
  });
});

Deno.test("readConfig() says in one line what it can not read", async () => {
  await withFolder({
    "broken.json": '{\n"imports": {\n}',
    "big.json": `{ "imports": { "a": "${"x".repeat(2 ** 20)}" } }`,
    "elsewhere.json": '{ "importMap": "../m.json" }',
    "fetched.json": '{ "importMap": "https://a.example/m.json" }',
    "linked.json": '{ "importMap": "./link.json" }',
  }, async (path) => {
    await Deno.symlink("/etc/hostname", `${path}/link.json`);
    const check = (name: string, expected: RegExp) =>
      assert.throws(() => readConfig(`${path}/${name}`, path), (error) => {
        const { message } = error as TypeError;
        assert.match(message, /^Cannot read configuration "[^\n]+$/);
        assert.match(message, expected);
        return error instanceof TypeError;
      });
    check("broken.json", /line 3, expected JSON$/);
    check("big.json", /expected no more than 1048576$/);
    check("elsewhere.json", /importMap is file:.*expected a file in the same/);
    check("fetched.json", /importMap is https:.*expected a file in the same/);
    check("linked.json", /importMap is file:.*expected a file in the same/);
    check(".", /it is no file$/);
    check("none.json", /none\.json/);
  });
});

Deno.test("readConfig() takes packages of the nearest package.json", async () => {
  await withFolder({
    "package.json": '{ "dependencies": { "a": "1", "b": "1" } }',
    "sub/x": "",
    "own/package.json": '{ "dependencies": { "c": "1" } }',
    "deno.json": '{ "imports": { "a": "npm:other@2" } }',
    "bad/package.json": "{",
  }, async (path) => {
    const check = (name: string, expected: Record<string, string>) =>
      assert.deepEqual(
        readConfig(`${path}/deno.json`, `${path}${name}`).imports,
        expected,
      );
    check("", { a: "npm:other@2", b: "npm:b@1" });
    check("/sub", { a: "npm:other@2", b: "npm:b@1" });
    check("/own", { a: "npm:other@2", c: "npm:c@1" });
    assert.throws(() => readConfig(undefined, `${path}/bad`), {
      name: "TypeError",
      message: /^Cannot read configuration "[^\n]*package\.json": .* line 1,/,
    });
    await Promise.resolve();
  });
});
