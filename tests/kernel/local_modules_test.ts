/**
 * What cells import and require from the folder they are in.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { defaultPermissions } from "../../session/mod.ts";
import { openFolder, type TestFolder, TestKernel } from "./open_kernel.ts";

/** With few permissions and with all, which are started in different ways. */
async function withKernels(
  files: Readonly<Record<string, string>>,
  use: (kernel: TestKernel, folder: TestFolder) => Promise<void>,
): Promise<void> {
  for (const isTrusted of [false, true]) {
    await using folder = await openFolder();
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(join(folder.path, name, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder.path, name), text);
    }
    await using kernel = new TestKernel({
      notebookUrl: folder.notebookUrl,
      ...(isTrusted ? {} : { permissions: defaultPermissions(folder.path) }),
      ...("deno.json" in files
        ? { configPath: join(folder.path, "deno.json") }
        : {}),
    });
    await use(kernel, folder);
  }
}

async function check(
  kernel: TestKernel,
  source: string,
  expected: string,
): Promise<void> {
  const { result, error } = await kernel.run(source);
  assert.equal(result, expected, `${source}\n${error}`);
}

Deno.test("cells have require and what belongs to it", async () => {
  await withKernels({
    "own.cjs": "module.exports = { own: __filename.slice(-7) };",
    "data.json": '{ "data": 1 }',
    "typed.ts": "export const typed: number = 2;",
    "node_modules/left/package.json": '{ "main": "m.js" }',
    "node_modules/left/m.js": "exports.left = require('./n').n;",
    "node_modules/left/n.js": "exports.n = 3;",
  }, async (kernel, folder) => {
    await check(
      kernel,
      `const os = require("os"); typeof os.cpus`,
      '"function"',
    );
    await check(
      kernel,
      `const { join } = require("node:path"); join("a", "b")`,
      '"a/b"',
    );
    await check(kernel, `require("./own.cjs").own`, '"own.cjs"');
    await check(kernel, `require("./own") === require("./own.cjs")`, "true");
    await check(kernel, `require("./data").data`, "1");
    await check(kernel, `require("./typed.ts").typed`, "2");
    await check(kernel, `require("left").left`, "3");
    await check(kernel, `typeof require("tslab").display.html`, '"function"');
    await check(
      kernel,
      `require.resolve("./data.json")`,
      JSON.stringify(join(folder.path, "data.json")),
    );
    await check(kernel, `__dirname`, JSON.stringify(folder.path));
    await check(kernel, `__filename === import.meta.filename`, "true");
    await check(kernel, `exports.a = 1; module.exports.a`, "1");
    await check(
      kernel,
      `let code; try { require("./none") } catch (e) { code = e.code } code`,
      '"MODULE_NOT_FOUND"',
    );
    await check(
      kernel,
      `const require = 5, module = 6; require + module`,
      "11",
    );
    await check(kernel, `Object.keys(globalThis).includes("exports")`, "false");
  });
});

Deno.test("cells import files without their ending", async () => {
  for (const config of [{}, { "deno.json": "{}" }] as const) {
    await withKernels({
      ...config,
      "a.ts": `export * from "./sub/b"; export const a: number = 1;`,
      "sub/b.tsx": `export { c } from "../c"; export const b = "b" as string;`,
      "c/index.ts": `export const c = "c";`,
      "d.js": `export const d = "d";`,
      "e.mjs": `export const e = "e";`,
      "data.json": '{ "n": 1 }',
      "sub/deep data.json": "[2]",
      "both.json": "0",
      "both.ts": "export default 3;",
    }, async (kernel) => {
      await check(
        kernel,
        `import { a, b, c } from "./a"; a + b + c`,
        '"1bc"',
      );
      await check(kernel, `import { c as c2 } from "./c"; c2`, '"c"');
      await check(kernel, `(await import("./d")).d`, '"d"');
      await check(kernel, `import * as e from "./e"; e.e`, '"e"');
      await check(kernel, `import { a as a2 } from "./a.js"; a2`, "1");
      await check(kernel, `import data from "./data"; data`, "{ n: 1 }");
      await check(
        kernel,
        `(await import("./sub/deep data", { with: { type: "json" } })).default`,
        "[ 2 ]",
      );
      await check(kernel, `import both from "./both"; both`, "3");
      const none = await kernel.run(`import none from "./none"; none`);
      assert.match(none.error, /^TypeError: Module not found ".*\/none"/);
    });
  }
});

Deno.test("a changed file is loaded anew, and so is what imports it; nothing else", async () => {
  await withKernels({
    "top.ts": `export { deep } from "./middle.ts"; export const top = {};`,
    "middle.ts": `export { deep } from "./deep/x.ts";`,
    "deep/x.ts": "export const deep: number = 1;",
    "other.ts": "export const other = {};",
    "data.json": '{ "n": 1 }',
  }, async (kernel, folder) => {
    const write = (name: string, text: string) =>
      Deno.writeTextFile(join(folder.path, name), text);
    await check(
      kernel,
      `import { deep, top } from "./top.ts"; import { other } from "./other.ts";
       import data from "./data.json" with { type: "json" };
       const first = { top, other }; deep + data.n`,
      "2",
    );
    await check(
      kernel,
      `import { top } from "./top.ts"; import { other } from "./other.ts"; top === first.top && other === first.other`,
      "true",
    );
    await write("deep/x.ts", "export const deep: number = 1234;");
    await write("data.json", '{ "n": 10000 }');
    await check(
      kernel,
      `import { deep, top } from "./top.ts"; import { other } from "./other.ts";
       import data from "./data.json" with { type: "json" };
       [deep + data.n, top === first.top, other === first.other]`,
      "[ 11234, false, true ]",
    );
    await check(
      kernel,
      `const again = await import("./top.ts"); [again.deep, again === await import("./top.ts")]`,
      "[ 1234, true ]",
    );
    // What can not be loaded is loaded once it can.
    await write("other.ts", "export const other = ;");
    assert.match(
      (await kernel.run(`await import("./other.ts")`)).error ?? "",
      /SyntaxError/,
    );
    await write("other.ts", "export const other = 'mended';");
    await check(kernel, `(await import("./other.ts")).other`, '"mended"');
  });
});

Deno.test("cells import packages of a node_modules folder", async () => {
  await withKernels({
    "package.json": '{ "dependencies": { "left": "1.0.0" } }',
    "node_modules/left/package.json": '{ "name": "left", "main": "m.js" }',
    "node_modules/left/m.js":
      "exports.left = require('right'); exports['a-b'] = 1; exports.later = {};",
    "node_modules/right/package.json": '{ "name": "right" }',
    "node_modules/right/index.js": "module.exports = function right() {};",
    "node_modules/@scope/new/package.json":
      '{ "name": "@scope/new", "type": "module", "main": "./m.js" }',
    "node_modules/@scope/new/m.js": "export default 5; export const named = 6;",
  }, async (kernel) => {
    await check(kernel, `import { left } from "left"; left.name`, '"right"');
    await check(
      kernel,
      `import left2, * as all from "left"; [left2.left === all.left, all["a-b"], left2 === require("left")]`,
      "[ true, 1, true ]",
    );
    await check(
      kernel,
      `import right from "right"; right === left`,
      "true",
    );
    await check(
      kernel,
      `import five, { named } from "@scope/new"; five + named`,
      "11",
    );
    await check(
      kernel,
      `(await import("left/m.js")).later === all.later`,
      "true",
    );
    assert.match(
      (await kernel.run(`import none from "not-there"`)).error ?? "",
      /Import "not-there" not a dependency/,
    );
  });
});

Deno.test("cells and files import packages that are ES modules, and what those import", async () => {
  const esm = (name: string, exports: unknown) => ({
    [`node_modules/${name}/package.json`]: JSON.stringify({
      name,
      type: "module",
      exports,
    }),
  });
  await withKernels({
    ...esm("outer", "./o.js"),
    "node_modules/outer/o.js":
      `import { only } from "only"; import fs from "fs";
      import { old } from "old"; export * from "inner/sub";
      export const outer = [only, old, typeof fs.readFileSync].join();`,
    ...esm("only", { types: "./o.d.ts", import: "./o.js" }),
    "node_modules/only/o.js": "export const only = 'only';",
    ...esm("inner", { "./sub": { import: { node: "./s.mjs" } } }),
    "node_modules/inner/s.mjs": "export { inner } from './t.mjs';",
    "node_modules/inner/t.mjs": "export const inner = 7;",
    ...esm("late", "./l.js"),
    "node_modules/late/l.js": "export const late = await Promise.resolve(8);",
    "node_modules/old/package.json": '{ "name": "old" }',
    "node_modules/old/index.js": "exports.old = 'old';",
    "uses.ts":
      "import { inner } from 'outer'; export const uses: number = inner + 1;",
  }, async (kernel) => {
    await check(kernel, `import { uses } from "./uses"; uses`, "8");
    await check(
      kernel,
      `import { outer, inner } from "outer"; outer + inner`,
      '"only,old,function7"',
    );
    await check(kernel, `import { only } from "only"; only`, '"only"');
    await check(kernel, `import * as sub from "inner/sub"; sub.inner`, "7");
    await check(kernel, `import { late } from "late"; late`, "8");
    // After all that, what is required is still found by Node's own rules.
    await check(
      kernel,
      `[typeof require("tslab").display.html, require("old").old]`,
      '[ "function", "old" ]',
    );
  });
});

Deno.test("errors of type in imported files are shown with file and line", async () => {
  for (const isTrusted of [false, true]) {
    await using folder = await openFolder();
    for (
      const [name, text] of Object.entries({
        "sub/wrong.ts":
          `export { deep } from "./deep.ts";\n\n  export const n: string = 1;\n`,
        "sub/deep.ts": `export const deep: number = "s";`,
        "right.ts": "export const right = 1;",
        "unused.ts": `export const unused: number = "s";`,
        "node_modules/pack/package.json": '{ "main": "./m.ts" }',
        "node_modules/pack/m.ts": `export const m: number = "s";`,
        "node_modules/typed/package.json": '{ "types": "./t.d.ts" }',
        "node_modules/typed/index.js": "exports.unit = () => 1;",
        "node_modules/typed/t.d.ts":
          `import { Unit } from "unit"; export function unit(): Unit;`,
        "node_modules/@types/unit/package.json": "{}",
        "node_modules/@types/unit/index.d.ts": "export type Unit = 1;",
      })
    ) {
      await Deno.mkdir(join(folder.path, name, ".."), { recursive: true });
      await Deno.writeTextFile(join(folder.path, name), text);
    }
    await using kernel = new TestKernel({
      notebookUrl: folder.notebookUrl,
      check: "warn",
      ...(isTrusted ? {} : { permissions: defaultPermissions(folder.path) }),
    });
    const wrong = await kernel.run(`import { n } from "./sub/wrong.ts"; n`);
    const right = await kernel.run(
      `import { right } from "./right.ts"; import { m } from "./node_modules/pack/m.ts"; right`,
    );
    await kernel.kernel.checked();
    assert.deepEqual(
      stripVTControlCharacters(wrong.text("stderr")).trim().split("\n"),
      [
        "TS2322 sub/wrong.ts, line 3, column 16: Type 'number' is not assignable to type 'string'.",
        "TS2322 sub/deep.ts, line 1, column 14: Type 'string' is not assignable to type 'number'.",
      ],
    );
    assert.equal(right.text("stderr"), "");
    const strict = await kernel.run(
      `// @skein check: strict\nimport { deep } from "./sub/deep.ts"; deep`,
    );
    assert.match(strict.error ?? "", /TypeCheckError/);
    await Deno.writeTextFile(
      join(folder.path, "sub/deep.ts"),
      "export const deep: number = 12;",
    );
    const mended = await kernel.run(
      `// @skein check: strict\nimport { deep } from "./sub/deep.ts"; deep`,
    );
    assert.equal(mended.result, "12", mended.error);
    const typed = await kernel.run(
      `// @skein check: strict\nimport { unit } from "typed"; const two: 2 = unit();`,
    );
    assert.match(typed.error ?? "", /Type '1' is not assignable to type '2'/);
  }
});

Deno.test("a name that nobody has is missed by the notebook, not by Skein", async () => {
  await withKernels({}, async (kernel, folder) => {
    for (
      const code of [
        `await import("no-such-name")`,
        `import { x } from "no-such-name"; x`,
        `import.meta.resolve("no-such-name")`,
      ]
    ) {
      const { error = "" } = await kernel.run(code);
      assert.match(error, /no-such-name/, code);
      assert.ok(error.includes(folder.notebookUrl), error);
      assert.doesNotMatch(error, /session\/host/, code);
    }
  });
});

Deno.test("cells import packages that package.json names, from the registry", async () => {
  const missing = await whyNoRegistry();
  if (missing !== null) {
    // deno-lint-ignore no-console -- What is not tested is said.
    console.log(`not tested, the npm registry is not reached: ${missing}`);
    return;
  }
  await withKernels({
    "package.json": JSON.stringify({
      dependencies: { "is-number": "6.0.0", odd: "npm:is-odd@3.0.1" },
    }),
  }, async (kernel) => {
    await check(
      kernel,
      `import isNumber from "is-number"; isNumber(5)`,
      "true",
    );
    await check(kernel, `(await import("odd")).default(3)`, "true");
    // The version of package.json, which is not the latest one.
    await check(
      kernel,
      `import own from "is-number/package.json" with { type: "json" }; own.version`,
      '"6.0.0"',
    );
    const { error } = await kernel.run(`await import("is-even")`);
    assert.match(error, /Import "is-even" not a dependency/);
  });
});

async function whyNoRegistry(): Promise<string | null> {
  try {
    const answer = await fetch("https://registry.npmjs.org/is-odd/3.0.1", {
      signal: AbortSignal.timeout(5000),
    });
    await answer.body?.cancel();
    return answer.ok ? null : `status ${answer.status}`;
  } catch (error) {
    return (error as Error).message;
  }
}
