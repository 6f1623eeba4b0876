import assert from "node:assert/strict";
import { startNotebook, type TestNotebook } from "./test_notebook.ts";
import { transformCell } from "./transform.ts";

const FILES: Readonly<Record<string, string>> = {
  "m.ts":
    "export const a = 1, b = 2; export default 'd'; const s = 's'; export { s as 'x y' };\n" +
    "export let n = 0; export function inc() { n++ }",
  "types.ts": "export interface Shape { a: 1 }\nexport type Id = number",
  "data.json": '{ "k": [1] }',
  "it's here/deep file.ts": "export const deep = import.meta.url",
  "log1.ts": "(globalThis as any).tLog.push(1)",
  "log2.ts": "await 0; (globalThis as any).tLog.push(2)",
};

/** Runs a test in a folder with {@link FILES}. */
async function inFolder(test: (notebook: TestNotebook) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "skein " });
  const folderUrl = new URL(`file://${encodeURI(folder)}/`);
  try {
    await Deno.mkdir(new URL("it's here/", folderUrl));
    for (const [path, text] of Object.entries(FILES)) {
      await Deno.writeTextFile(new URL(path, folderUrl), text);
    }
    using notebook = startNotebook(folderUrl.href);
    await test(notebook);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("transformCell() imports in every form", async () => {
  const table: readonly (readonly [string, unknown])[] = [
    ["import { a } from './m.ts'\na", 1],
    ["import tD, { a as tA, b } from './m.ts'\n;[tD, tA, b]", ["d", 1, 2]],
    ["import tD, * as tM from './m.ts'\ntD + tM.a", "d1"],
    ["import { default as tD } from './m.ts'\ntD", "d"],
    ["import { 'x y' as tS } from './m.ts'\ntS", "s"],
    ["import * as tM from './m.ts'\ntM['x y']", "s"],
    ["import tJ from './data.json' with { type: 'json' }\ntJ", { k: [1] }],
    ["import {\n  a,\n  b,\n} from './m.ts'\na + b", 3],
    [
      "import { deep } from './it\\'s here/deep file.ts'\ntypeof deep",
      "string",
    ],
    ["import {} from './m.ts'\n1", 1],
    ["import type { Shape } from './nowhere.ts'\n1", 1],
    ["import { type Shape } from './nowhere.ts'\n1", 1],
    ["import type * as tT from './nowhere.ts'\n1", 1],
    ["import { a, type Shape } from './m.ts'\na", 1],
    ["import tX = require('node:path')\ntypeof tX.join", "function"],
    ["import type tX = require('nowhere')\n1", 1],
    [
      "import * as crypto from 'node:crypto'\ntypeof crypto.createHash",
      "function",
    ],
    ["export * from './m.ts'\n1", 1],
    ["export { a } from './m.ts'\ntypeof tNot", "undefined"],
    ["export * as tNs from './m.ts'\ntypeof tNs", "undefined"],
    ["const { a: tA } = await import('./m.ts')\ntA", 1],
    ["const tN = 'm'\n;(await import(`./${tN}.ts`)).b", 2],
    ["(await import(`./m.ts`)).b", 2],
    ["(await import('./' + 'm' + '.ts')).b", 2],
    ["(await import('./it\\'s here/deep file.ts')).deep.length > 0", true],
    ["(await import('./data.json', { with: { type: 'json' } })).default", {
      k: [1],
    }],
    ["tF()\nimport { a } from './m.ts'\nfunction tF() { return a }\ntF()", 1],
  ];
  await inFolder(async (notebook) => {
    for (const [cell, expected] of table) {
      assert.deepEqual(await notebook.run(cell), expected, cell);
    }
  });
});

Deno.test("transformCell() imports a snapshot", async () => {
  await inFolder(async (notebook) => {
    await notebook.run("import { n, inc } from './m.ts'\ninc()");
    assert.equal(await notebook.run("n"), 0);
    assert.equal(await notebook.run("import { n } from './m.ts'\nn"), 1);
  });
});

Deno.test("transformCell() evaluates modules in source order, first of all", async () => {
  await inFolder(async (notebook) => {
    await notebook.run("const tLog: number[] = []");
    await notebook.run(
      "tLog.push(3)\nimport './log2.ts'\nimport './log1.ts'",
    );
    assert.deepEqual(await notebook.run("tLog"), [2, 1, 3]);
  });
});

Deno.test("transformCell() lets a type be imported like a value", async () => {
  await inFolder(async (notebook) => {
    const value = await notebook.run(
      "import { Id, Shape } from './types.ts'\nconst tS: Shape = { a: 1 }\n" +
        "const tO = { Id: 1 }.Id\ntypeof Id2",
    );
    assert.equal(value, "undefined");
    assert.equal(await notebook.run("'Shape' in globalThis"), false);
    const error = await notebook.runToError(
      "import { missing } from './types.ts'\nmissing",
    );
    assert.equal(error.name, "SyntaxError");
    assert.equal(
      error.message,
      'The requested module "./types.ts" does not provide an export named "missing"',
    );
  });
});

Deno.test("transformCell() resolves specifiers against the folder only", () => {
  const check = (source: string, expected: string) => {
    const script = transformCell(source, {
      name: "cell",
      folderUrl: "file:///a/nb/",
      modules: { skein: "file:///skein/mod.ts" },
    });
    assert.ok(script.type === "script");
    assert.ok(script.body.includes(expected), script.body);
  };
  check("import './x.ts'", 'import("file:///a/nb/x.ts")');
  check("import '../x.ts'", 'import("file:///a/x.ts")');
  check("import '/x.ts'", 'import("file:///x.ts")');
  check("import 'skein'", 'import("file:///skein/mod.ts")');
  check("import 'npm:zod@4'", 'import("npm:zod@4")');
  check("import 'jsr:@std/fs'", 'import("jsr:@std/fs")');
  check("import '@std/fs'", 'import("@std/fs")');
  check("import 'https://a.b/c.ts'", 'import("https://a.b/c.ts")');
  check("const f = () => import('./x.ts')", "import('file:///a/nb/x.ts')");
  check("const f = () => import('skein')", "import('file:///skein/mod.ts')");
  check(
    "const f = (n) => import(`../d/${n}.ts`)",
    "import(`file:///a/d/${n}.ts`)",
  );
  check("const f = (n) => import(n)", "import(n)");
});

Deno.test("transformCell() lists static imports", () => {
  const script = transformCell(
    "import 'npm:x'\nf()\nexport * from './y.ts'\nimport type { Z } from 'z'",
    { name: "cell", folderUrl: "file:///nb/" },
  );
  assert.ok(script.type === "script");
  assert.deepEqual(script.imports, ["npm:x", "file:///nb/y.ts"]);
});
