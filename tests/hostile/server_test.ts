/**
 * Ways out of a notebook's folder through the language server, which works
 * outside of the session and with all rights: each with its relatives.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { openHostileFolder, SECRET } from "./hostile_folder.ts";
import { openRegistry } from "./registry.ts";

const CHECK = ["--check", "warn", "--allow-errors"];
/** A cell whose types are wrong: proof that types were looked at after the others. */
const PROOF = `const proof: "proof" = 1 as number;`;
const PROVED = /TS2322[^]*'number' is not assignable to type '"proof"'/;

Deno.test("looking at types installs, fetches and runs nothing", async () => {
  await using folder = await openHostileFolder();
  await using registry = openRegistry(folder.marker);
  const npmrc = [
    `registry=${registry.url}`,
    `//${registry.host}/:_authToken=\${SUPER_SECRET}`,
  ].join("\n");
  const config = JSON.stringify({
    nodeModulesDir: "auto",
    allowScripts: ["npm:evil", "npm:evil2", "npm:evil3"],
    lock: { path: "../outside/lock.json" },
    imports: { evil3: "npm:evil3@1.0.0", remote: `${registry.url}remote.ts` },
  });
  const packages = JSON.stringify({
    dependencies: { evil4: "1.0.0" },
    scripts: { postinstall: `touch '${folder.marker}'` },
  });
  await folder.write({ "beside.ts": `export * from "npm:evil2@1.0.0";` });
  for (const isThereBefore of [true, false]) {
    const files = {
      ".npmrc": npmrc,
      "deno.json": config,
      "package.json": packages,
    };
    if (isThereBefore) await folder.write(files);
    const { texts } = await folder.run({
      args: CHECK,
      metadata: { skein: { check: "warn" } },
      cells: [
        Object.entries(files).map(([name, text]) =>
          `Deno.writeTextFileSync(${JSON.stringify(name)}, ${
            JSON.stringify(text)
          });`
        ).join("\n"),
        `import type {} from "npm:evil@1.0.0";`,
        `import type { loaded } from "./beside.ts"; import type {} from "evil3"; import type {} from "evil4";`,
        `import type { fetched } from ${
          JSON.stringify(`${registry.url}module.ts`)
        }; import type {} from "remote";
         import type {} from "jsr:@std/assert";
         type T = typeof import(${
          JSON.stringify(`${registry.url}typeof.ts`)
        });`,
        `// @skein check: strict\nimport type {} from "npm:evil@1.0.0"; 1`,
        PROOF,
      ],
    });
    assert.match(texts.at(-1)!, PROVED);
    assert.deepEqual(registry.requests, []);
    const left = await folder.list();
    assert.deepEqual(
      left.filter((name) => /node_modules|lock|^outside|^tmp/.test(name)),
      [],
    );
    assert.doesNotMatch(texts.join("\n"), new RegExp(SECRET));
    for (const name of Object.keys(files)) {
      await Deno.remove(join(folder.path, name));
    }
  }
});

Deno.test("looking at types shows nothing of files outside", async () => {
  await using folder = await openHostileFolder({
    "../outside/const.ts": 'export const k = "TOPSECRET" as const;',
    "../outside/data.json": '{ "TOPSECRET": "TOPSECRET" }',
    "../outside/global.d.ts": 'declare const leaked: "TOPSECRET";',
    "../outside/jsx-runtime.ts":
      "export namespace JSX { export interface IntrinsicElements { TOPSECRET: {} } }",
    "../outside/node_modules/secret/index.d.ts": 'export const k: "TOPSECRET";',
    "own.ts": 'export const own = "seen" as const;',
    "own.json": '{ "own": 1 }',
  });
  const { outside } = folder;
  const url = new URL(`file://${outside}/`).href;
  await folder.write({
    "deno.json": JSON.stringify({
      imports: { mapped: "../outside/const.ts", "all/": url },
      scopes: { "./": { scoped: `${url}const.ts` } },
      compilerOptions: {
        paths: { "by-path": [`${outside}/const.ts`] },
        rootDirs: [outside],
        types: [`${outside}/global.d.ts`],
      },
    }),
    "deeper/deno.json": '{ "imports": { "mapped": "../../outside/const.ts" } }',
    "deeper/tsconfig.json": `{ "files": ["${outside}/global.d.ts"] }`,
    "deeper/mod.ts": 'export { k } from "mapped";',
    "exports.ts": `export { k } from "../outside/const.ts";
      export { k as k2 } from ${JSON.stringify(`${url}const.ts`)};
      export { default as d } from "../outside/data.json" with { type: "json" };`,
    "directives.ts": `/// <reference path="../outside/global.d.ts" />
/// <reference path="${outside}/global.d.ts" />
/// <reference types="${url}global.d.ts" />
export const l = leaked;`,
    "pragmas.ts": `// @deno-types="../outside/const.ts"
export { k } from "./own.ts";
// @ts-types="${url}const.ts"
export { k as k2 } from "./own.ts";`,
    "self.js":
      `// @ts-self-types="../outside/const.ts"\nexport const q = 1;\n//# sourceMappingURL=../outside/data.json`,
    "view.tsx":
      `/** @jsxImportSource ../outside */\nexport const view = <none />;`,
  });
  await Deno.symlink(`${outside}/const.ts`, join(folder.path, "link.ts"));
  await Deno.symlink(outside, join(folder.path, "linked"));
  await Deno.symlink("linked", join(folder.path, "twice"));
  const take = (specifier: string, how = "{ k }") =>
    `import type ${how} from ${JSON.stringify(specifier)};`;
  const see = (specifier: string) =>
    `${take(specifier)}\nlet x: "none" = null! as typeof k; x satisfies 1;`;
  const cells = [
    see(`${url}const.ts`),
    see(`${outside}/const.ts`),
    see("../outside/const.ts"),
    see("./../notebook/../outside/const.ts"),
    see("mapped"),
    see("all/const.ts"),
    see("scoped"),
    see("by-path"),
    see("./link.ts"),
    see("./linked/const.ts"),
    see("./twice/const.ts"),
    see("./exports.ts"),
    see("./exports.ts").replace("{ k }", "{ k2 as k }"),
    see("./deeper/mod.ts"),
    see("./pragmas.ts"),
    see("./pragmas.ts").replace("{ k }", "{ k2 as k }"),
    see("./self.js"),
    see("../outside/node_modules/secret/index.d.ts"),
    `${take("./exports.ts", "{ d }")} let x: 1 = null! as typeof d;`,
    `let x: 1 = null! as typeof import("${url}const.ts").k;`,
    `type M = typeof import("./linked/data.json"); let x: 1 = null! as keyof M;`,
    `/// <reference path="${outside}/global.d.ts" />\nlet x: 1 = null! as typeof leaked;`,
    `/// <reference types="${url}global.d.ts" />\nlet x: 1 = null! as typeof leaked;`,
    `${take("./directives.ts", "{ l }")} let x: 1 = null! as typeof l;`,
    `/** @jsxImportSource ${url} */\nlet x: 1 = null! as (typeof import("./view.tsx"))["view"];`,
    `declare module "${url}const.ts" { const z: 1 } let x: 1 = null! as typeof import("${url}const.ts");`,
    `import k = require("${url}const.ts"); let x: 1 = null! as typeof k;`,
    // What the notebook may read has types.
    `${take("./own.ts", "{ own }")} let x: "none" = null! as typeof own;`,
    `import type own from "./own.json" with { type: "json" }; let x: "none" = null! as typeof own;`,
    PROOF,
  ];
  const { texts } = await folder.run({ args: CHECK, cells });
  assert.equal(texts.length, cells.length);
  const shown = cells.filter((_, i) =>
    // Deno names the file, the cell has named it before.
    texts[i]!.replaceAll(cells[i]!, "").includes("TOPSECRET")
  );
  assert.deepEqual(shown, []);
  assert.match(texts.at(-3)!, /'"seen"' is not assignable to type '"none"'/);
  assert.match(texts.at(-2)!, /'\{ own: number; \}' is not assignable/);
  assert.match(texts.at(-1)!, PROVED);
  // The folder that copies lie in is nobody's business.
  assert.doesNotMatch(texts.join("\n"), /skein-/);
});

Deno.test("a link that a session has not seen is not followed for types either", async () => {
  await using folder = await openHostileFolder({
    "../outside/const.ts": 'export const k = "TOPSECRET" as const;',
    "real.ts": 'export const k = "own" as const;',
  });
  const see =
    `import type { k } from "./real.ts"; let x: 1 = null! as typeof k;`;
  const { texts } = await folder.run({
    args: [...CHECK, "--allow-run=ln"],
    cells: [
      see,
      `new Deno.Command("ln", { args: ["-sf", "../outside/const.ts", "real.ts"] }).outputSync().code`,
      see,
      PROOF,
    ],
  });
  assert.match(texts[0]!, /'"own"' is not assignable to type '1'/);
  assert.equal(texts[1], "0");
  assert.doesNotMatch(texts[2]!, /TOPSECRET/);
  assert.match(texts[3]!, PROVED);
});

Deno.test("packages have types once the session has loaded them", async () => {
  await using folder = await openHostileFolder();
  await using registry = openRegistry(folder.marker);
  const { texts } = await folder.run({
    args: CHECK,
    env: { NPM_CONFIG_REGISTRY: registry.url },
    cells: [
      "let server = 'starts with the first cell'",
      `import { loaded } from "npm:evil@1.0.0"; const x: 1 = loaded;`,
      `const { loaded: again } = await import("npm:other@1.0.0"); const y: 2 = again;`,
    ],
  });
  assert.match(texts[1]!, /'"LOADED"' is not assignable to type '1'/);
  assert.match(texts[2]!, /'"LOADED"' is not assignable to type '2'/);
  // By the session; nobody else has asked.
  assert.deepEqual(registry.requests, [
    "GET /evil",
    "GET /evil/-/package.tgz",
    "GET /other",
    "GET /other/-/package.tgz",
  ]);
});

Deno.test("a notebook does not switch checks on", async () => {
  await using folder = await openHostileFolder();
  const wrong = "const n: number = 's'; n";
  const { texts, terminal } = await folder.run({
    metadata: { skein: { check: "strict" } },
    cells: [wrong, `// @skein check: strict\n${wrong}`],
  });
  assert.deepEqual(texts, ['"s"', '"s"']);
  assert.match(terminal, /^Types are not checked: the notebook asks for it/);
});
