import assert from "node:assert/strict";
import { dirname } from "node:path";
import { readTsconfig } from "./tsconfig.ts";

Deno.test("readTsconfig() picks what changes the meaning of code, from the nearest file", async () => {
  const folder = await Deno.makeTempDir({ prefix: "skein tsconfig " });
  try {
    const check = (text: string, expected: unknown) => {
      Deno.writeTextFileSync(`${folder}/tsconfig.json`, text);
      assert.deepEqual(readTsconfig(folder), expected, text);
      assert.deepEqual(readTsconfig(`${folder}/not/there`), expected, text);
    };
    check(
      '{ // why\n "compilerOptions": { "experimentalDecorators": true, }}',
      {
        experimentalDecorators: true,
      },
    );
    check('{ "compilerOptions": { "jsx": "react", "jsxFactory": "h" } }', {
      jsx: "react",
      jsxFactory: "h",
    });
    check('{ "compilerOptions": { "jsx": "preserve", "strict": false } }', {
      jsx: "react",
      strict: false,
    });
    const source = { jsx: "react-jsx", jsxImportSource: "preact" };
    check(JSON.stringify({ compilerOptions: source }), source);
    // Deno would not start with it.
    check('{ "compilerOptions": { "jsxImportSource": "preact" } }', {});
    check(
      '{ "compilerOptions": { "lib": ["dom"], "outDir": "x", "strict": 1 } }',
      {},
    );
    check('{ "files": [] }', {});
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readTsconfig() follows what a file extends", async () => {
  const folder = await Deno.makeTempDir({ prefix: "skein tsconfig " });
  const write = (name: string, config: unknown) => {
    Deno.mkdirSync(dirname(`${folder}/${name}`), { recursive: true });
    Deno.writeTextFileSync(`${folder}/${name}`, JSON.stringify(config));
  };
  try {
    const loose = { strict: false };
    const legacy = { experimentalDecorators: true };
    write("base.json", { compilerOptions: { ...loose, jsx: "react-jsx" } });
    write("deep/more.json", {
      extends: "../base",
      compilerOptions: { ...legacy, strict: true },
    });
    write("loop.json", { extends: "./notes/tsconfig.json" });
    write("node_modules/@base/config/tsconfig.json", {
      compilerOptions: loose,
    });
    write("node_modules/kit/strict.json", {
      compilerOptions: { strict: true },
    });
    const table: readonly (readonly [unknown, unknown])[] = [
      ["../base.json", { ...loose, jsx: "react-jsx" }],
      ["../deep/more", { ...legacy, strict: true, jsx: "react-jsx" }],
      [["../base", "../deep/more"], {
        ...legacy,
        strict: true,
        jsx: "react-jsx",
      }],
      ["@base/config", loose],
      ["@base/config/tsconfig.json", loose],
      [["@base/config", "kit/strict.json"], { strict: true }],
      ["../loop.json", {}],
      ["../not/there", {}],
      [`${folder}/base`, { ...loose, jsx: "react-jsx" }],
      [{ wrong: true }, {}],
    ];
    for (const [base, expected] of table) {
      write("notes/tsconfig.json", { extends: base });
      assert.deepEqual(readTsconfig(`${folder}/notes`), expected, `${base}`);
    }
    // Each file twice, and twice again: still each is read once.
    for (let i = 0; i < 40; i++) {
      const below = `./many${i + 1}`;
      write(`many${i}.json`, { extends: [below, below] });
    }
    write("many40.json", { compilerOptions: loose });
    write("notes/tsconfig.json", { extends: "../many0" });
    assert.deepEqual(readTsconfig(`${folder}/notes`), loose);
    // Its own options go over those that it extends.
    write("notes/tsconfig.json", {
      extends: "../base",
      compilerOptions: { jsx: "react" },
    });
    const own = { ...loose, jsx: "react" };
    assert.deepEqual(readTsconfig(`${folder}/notes`), own);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
