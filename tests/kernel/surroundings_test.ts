import assert from "node:assert/strict";
import { defaultPermissions } from "../../session/mod.ts";
import { openFolder, TestKernel } from "./open_kernel.ts";

Deno.test("kernel obeys JSX and decorator settings of deno.json, and comments of cells", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const jsx = (name: string) =>
      `export const jsx = (type, props) => ["${name}", type, props]; export const jsxs = jsx;`;
    await Deno.writeTextFile(`${folder}/tiny.js`, jsx("tiny"));
    await Deno.writeTextFile(`${folder}/other.js`, jsx("other"));
    await Deno.writeTextFile(
      `${folder}/deno.jsonc`,
      `{ // As users write it.
        "compilerOptions": { "jsx": "react-jsx", "jsxImportSource": "tiny", "experimentalDecorators": true },
        "imports": { "tiny/jsx-runtime": "./tiny.js", "other/jsx-runtime": "./other.js" },
      }`,
    );
    await using kernel = new TestKernel({
      notebookUrl: new URL(`file://${folder}/notebook.ipynb`).href,
      configPath: `${folder}/deno.jsonc`,
    });
    assert.equal(
      (await kernel.run('const note = <p class="a">x</p>; note')).result,
      '[ "tiny", "p", { class: "a", children: "x" } ]',
    );
    const decorated = await kernel.run(
      "const log: unknown[] = []; function d(...all: unknown[]) { log.push(all.length, all[1]) }\n" +
        "class A { @d m() {} } log",
    );
    assert.equal(decorated.result, '[ 3, "m" ]');
    await kernel.run("/** @jsxImportSource other */\n1");
    assert.match(String((await kernel.run("<a/>")).result), /"other", "a"/);
    const h = await kernel.run(
      "/** @jsx h */ const h = (type: string) => type; <b/>",
    );
    assert.equal(h.result, '"b"');
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("cells may read their folder and use the loopback network", async () => {
  await using folder = await openFolder({ "a.txt": "hello" });
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("served"),
  );
  await using kernel = new TestKernel({
    notebookUrl: folder.notebookUrl,
    permissions: defaultPermissions(folder.path),
  });
  const read = await kernel.run(`Deno.readTextFileSync("a.txt")`);
  assert.equal(read.result, '"hello"', read.error);
  const fetched = await kernel.run(`
    await (await fetch("http://127.0.0.1:${server.addr.port}/")).text()`);
  assert.equal(fetched.result, '"served"', fetched.error);
});

Deno.test("cells are told how to allow what they are refused", async () => {
  await using folder = await openFolder();
  await using kernel = new TestKernel({
    notebookUrl: folder.notebookUrl,
    permissions: defaultPermissions(folder.path),
  });
  const table: readonly (readonly [string, string])[] = [
    [`Deno.readTextFileSync("/etc/hostname")`, "--allow-read=/etc/hostname"],
    [`Deno.env.get("SKEIN_X")`, "--allow-env=SKEIN_X"],
    [`new Deno.Command("uname").outputSync()`, "--allow-run=uname"],
    [
      `await Deno.connect({ hostname: "192.0.2.1", port: 9 })`,
      "--allow-net=192.0.2.1:9",
    ],
    [`Deno.writeTextFileSync("/etc/x", "")`, "--allow-write=/etc/x"],
  ];
  for (const [code, hint] of table) {
    const run = await kernel.run(code);
    assert.match(run.error, /^NotCapable: Requires /, code);
    assert.ok(run.error.includes(`run with ${hint}`), run.error);
  }
});

Deno.test("cells import what lies beside the notebook", async () => {
  await using folder = await openFolder({
    "local.ts": "export const answer: number = 42;",
  });
  await using kernel = new TestKernel({
    notebookUrl: folder.notebookUrl,
    permissions: defaultPermissions(folder.path),
  });
  const run = await kernel.run(`
    import { answer } from "./local.ts";
    const again = await import("./local.ts");
    [answer, again.answer, import.meta.resolve("./local.ts") === ${
    JSON.stringify(new URL("local.ts", folder.notebookUrl).href)
  }]`);
  assert.equal(run.result, "[ 42, 42, true ]", run.error);
});

Deno.test("cells use the import map of a given deno.json", async () => {
  await using folder = await openFolder({
    "deno.json": '{ "imports": { "mapped": "./sub/m.ts" } }',
    "sub/m.ts": "export default 'mapped!';",
  });
  await using kernel = new TestKernel({
    notebookUrl: folder.notebookUrl,
    permissions: defaultPermissions(folder.path),
    configPath: `${folder.path}/deno.json`,
  });
  const run = await kernel.run('import m from "mapped"; m');
  assert.equal(run.result, '"mapped!"', run.error);
});

Deno.test("cells import packages, whatever Node has left beside the notebook", async () => {
  await using folder = await openFolder({
    "package.json": '{ "dependencies": { "zod": "0.0.1" } }',
    "node_modules/zod/package.json": '{ "name": "zod", "version": "0.0.1" }',
  });
  await using kernel = new TestKernel({ notebookUrl: folder.notebookUrl });
  const run = await kernel.run(`
    import * as z from "npm:zod@4.6.7/mini";
    z.parse(z.string(), "parsed")`);
  assert.equal(run.result, '"parsed"', run.error);
  assert.equal(run.text(), "");
});

Deno.test("cells import the helper library as skein", async () => {
  await using folder = await openFolder();
  await using kernel = new TestKernel({
    notebookUrl: folder.notebookUrl,
    permissions: defaultPermissions(folder.path),
  });
  const run = await kernel.run(`
    import * as skein from "skein";
    Object.keys(skein).length > 0`);
  assert.equal(run.result, "true", run.error);
});

Deno.test("cells start Workers from files beside the notebook", async () => {
  await using folder = await openFolder({
    "w.ts": "console.log('in w' as string); postMessage(1);",
  });
  await using kernel = new TestKernel({
    notebookUrl: folder.notebookUrl,
    permissions: defaultPermissions(folder.path),
  });
  for (const script of ['new URL("./w.ts", import.meta.url)', '"./w.ts"']) {
    const run = await kernel.run(`
      {
        const worker = new Worker(${script}, { type: "module" });
        await new Promise((resolve) => worker.onmessage = resolve);
        worker.terminate();
      }`);
    assert.equal(run.error, "");
    assert.equal(run.text(), "in w\n");
  }
});
