import assert from "node:assert/strict";
import {
  NO_CONFIG,
  pickConfig,
  resolveImport,
  scopeCells,
  writeConfig,
} from "./config.ts";

const FILE = { url: "file:///n/deno.json", name: "deno.json" };

Deno.test("pickConfig() keeps names of modules and how types are checked", () => {
  const { config, importMapUrl } = pickConfig({
    name: "@me/me",
    imports: {
      bare: "npm:bare@1",
      "@/": "./src/",
      "./a.ts": "../b.ts",
      "/c": "https://c.example/",
      none: null,
    },
    scopes: { "./sub/": { bare: "/d.ts" } },
    importMap: "./maps/x.json",
    compilerOptions: {
      strict: false,
      jsx: "react-jsx",
      jsxImportSource: "npm:preact",
      lib: ["dom"],
      types: ["/etc/x.d.ts"],
      paths: { "*": ["/etc/*"] },
      rootDirs: ["/etc"],
    },
    unstable: ["kv", "sloppy-imports", "ffi", "byonm"],
    nodeModulesDir: "auto",
    allowScripts: true,
    lock: { path: "../x.json" },
    tasks: { x: "rm -r /" },
    vendor: true,
    links: ["/etc"],
    workspace: ["../.."],
  }, FILE);
  assert.deepEqual(config, {
    imports: {
      bare: "npm:bare@1",
      "@/": "file:///n/src/",
      "file:///n/a.ts": "file:///b.ts",
      "file:///c": "https://c.example/",
      none: null,
    },
    scopes: { "file:///n/sub/": { bare: "file:///d.ts" } },
    compilerOptions: {
      strict: false,
      jsx: "react-jsx",
      jsxImportSource: "npm:preact",
      lib: ["dom"],
    },
    unstable: ["sloppy-imports"],
  });
  assert.equal(importMapUrl, "file:///n/maps/x.json");
  assert.deepEqual(JSON.parse(writeConfig(config)), {
    ...config,
    unstable: ["sloppy-imports", "detect-cjs"],
    workspace: [],
    nodeModulesDir: "none",
    lock: false,
  });
  assert.deepEqual(pickConfig({ unstable: true }, FILE).config, NO_CONFIG);
});

Deno.test("pickConfig() says in one line what is wrong", () => {
  const check = (value: unknown, place: string) =>
    assert.throws(() => pickConfig(value, FILE), {
      name: "TypeError",
      message: new RegExp(
        `^Cannot read configuration "deno\\.json": ${place} is wrong: [^\\n]+$`,
      ),
    });
  check(null, "it");
  check([], "it");
  check("x", "it");
  check({ imports: [] }, "imports");
  check({ imports: { x: 1 } }, "imports\\.x");
  check({ scopes: { "./": "x" } }, "scopes\\.\\./");
  check({ compilerOptions: { strict: "yes" } }, "compilerOptions\\.strict");
  check({ compilerOptions: { jsx: "vue" } }, "compilerOptions\\.jsx");
  // Deno says these three only when it starts.
  for (
    const compilerOptions of [
      { jsxImportSource: "npm:preact" },
      { jsx: "react", jsxImportSource: "npm:preact" },
      { jsxImportSourceTypes: "npm:@types/react" },
    ]
  ) {
    check({ compilerOptions }, "compilerOptions\\.jsxImportSource(Types)?");
  }
  check({ unstable: 1 }, "unstable");
});

Deno.test("resolveImport() resolves as an import map says", () => {
  const config = {
    imports: {
      bare: "npm:bare@1",
      "bare/": "npm:/bare@1/",
      "@/": "file:///n/src/",
      "@/deep/": "file:///deep/",
      "file:///n/old.ts": "file:///n/new.ts",
      "file:///": "file:///closed/",
      "file:///n/": "file:///n/",
      none: null,
      "none/": null,
    },
    scopes: {
      "file:///n/sub/": { bare: "file:///n/own.ts" },
      "file:///n/sub/deep/": { bare: "file:///n/deeper.ts" },
      "file:///n/only.ts": { bare: "file:///n/only_own.ts" },
    },
  };
  const check = (
    specifier: string,
    expected: string | null,
    referrer = "file:///n/x.ts",
  ) => assert.equal(resolveImport(specifier, referrer, config), expected);
  check("bare", "npm:bare@1");
  check("bare/x", "npm:/bare@1/x");
  check("other", null);
  check("none", null);
  check("none/x", null);
  check("@/x.ts", "file:///n/src/x.ts");
  check("@/deep/x.ts", "file:///deep/x.ts");
  check("./y.ts", "file:///n/y.ts");
  check("./old.ts", "file:///n/new.ts");
  check("../y.ts", "file:///closed/y.ts");
  check("/etc/x.ts", "file:///closed/etc/x.ts");
  check("file:///etc/x.ts", "file:///closed/etc/x.ts");
  check("npm:x", "npm:x");
  check("https://x.example/a", "https://x.example/a");
  check("bare", "file:///n/own.ts", "file:///n/sub/x.ts");
  check("bare", "file:///n/deeper.ts", "file:///n/sub/deep/x.ts");
  check("bare", "file:///n/only_own.ts", "file:///n/only.ts");
  check("./x.ts", null, "npm:bare");
});

Deno.test("scopeCells() lets a notebook's scopes hold for our modules", () => {
  const scopes = {
    "file:///n/": { a: "file:///wide", b: "file:///b" },
    "file:///n/sub/": { a: "file:///narrow" },
    "file:///other/": { c: "file:///c" },
  };
  const config = { ...NO_CONFIG, scopes };
  const hostUrl = "file:///host/";
  const scoped = scopeCells(config, {
    notebookUrl: "file:///n/sub/x.ipynb",
    hostUrl,
  });
  assert.deepEqual(scoped.scopes, {
    ...scopes,
    [hostUrl]: { a: "file:///narrow", b: "file:///b" },
  });
  const notebookUrl = "file:///elsewhere/x.ipynb";
  assert.equal(scopeCells(config, { notebookUrl, hostUrl }), config);
});
