import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { listPackageTypes } from "./package_types.ts";

Deno.test("listPackageTypes() finds declarations as TypeScript does", async () => {
  const folder = await Deno.makeTempDir({ prefix: "skein types " });
  const write = (
    name: string,
    ...files: readonly (readonly [string, unknown?])[]
  ) => {
    for (const [file, config] of files) {
      const path = join(folder, "node_modules", name, file);
      Deno.mkdirSync(dirname(path), { recursive: true });
      Deno.writeTextFileSync(path, config ? JSON.stringify(config) : "");
    }
  };
  const check = (expected: Readonly<Record<string, string>>) => {
    const urls = Object.entries(expected).map(([name, path]) => [
      name,
      pathToFileURL(join(folder, "node_modules", path)).href,
    ]);
    const notes = join(folder, "notes", "deep");
    assert.deepEqual(listPackageTypes(notes), Object.fromEntries(urls));
  };
  try {
    check({});
    write("types", ["package.json", { types: "./t.d.ts" }], ["t.d.ts"]);
    write("typings", ["package.json", { typings: "lib/t" }], ["lib/t.d.ts"]);
    write("main", ["package.json", { main: "m.js" }], ["m.d.ts"]);
    write("index", ["package.json", {}], ["index.d.ts"]);
    write("none", ["package.json", { main: "n.js" }], ["n.js"]);
    write("gone", ["package.json", { types: "gone.d.ts" }]);
    write("other", ["package.json", { main: "o.js" }], ["o.js"]);
    write("@types/other", ["package.json", { types: "i.d.ts" }], ["i.d.ts"]);
    write("@types/a__b", ["package.json", {}], ["index.d.ts"]);
    write("@types/index", ["package.json", {}], ["index.d.ts"]);
    write("@types/node", ["package.json", {}], ["index.d.ts"]);
    write(".bin", ["index.d.ts"]);
    write(
      "@new/one",
      ["package.json", {
        exports: {
          ".": { browser: "./b.js", import: "./i.mjs", require: "./r.cjs" },
          "./sub": { types: "./s.d.ts", default: "./s.js" },
          "./all/*": "./all/*.js",
          "./style.css": "./style.css",
        },
      }],
      ["i.d.mts"],
      ["r.d.cts"],
      ["s.d.ts"],
    );
    write("short", ["package.json", { exports: "./s.js" }], ["s.d.ts"]);
    check({
      "types": "types/t.d.ts",
      "typings": "typings/lib/t.d.ts",
      "main": "main/m.d.ts",
      "index": "index/index.d.ts",
      "other": "@types/other/i.d.ts",
      "@a/b": "@types/a__b/index.d.ts",
      "@new/one": "@new/one/i.d.mts",
      "@new/one/sub": "@new/one/s.d.ts",
      "short": "short/s.d.ts",
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
