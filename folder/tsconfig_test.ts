import assert from "node:assert/strict";
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
