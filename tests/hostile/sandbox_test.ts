/**
 * Ways out of a notebook's folder, each with its relatives: no request to
 * another address, no file outside, no environment variable read, nothing run.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { openHostileFolder, SECRET } from "./hostile_folder.ts";
import { openRegistry } from "./registry.ts";

/** Says what an expression gives, or why not. */
const say = (expression: string) =>
  `try { console.log("GOT", ${expression}); } catch (e) { console.log(e.name, e.message); }`;

Deno.test("nothing in a folder says where packages come from", async () => {
  await using folder = await openHostileFolder();
  await using registry = openRegistry(folder.marker);
  const npmrc = [
    `registry=${registry.url}`,
    `@scope:registry=${registry.url}`,
    `//${registry.host}/:_authToken=\${SUPER_SECRET}`,
  ].join("\n");
  const packages = { dependencies: { evil: "1.0.0" } };
  // The user's own registry, which has nothing.
  await using empty = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(null, { status: 404 }),
  );
  const env = { NPM_CONFIG_REGISTRY: `http://127.0.0.1:${empty.addr.port}/` };
  for (
    const files of [
      { ".npmrc": npmrc, "deno.json": "{}" },
      { ".npmrc": npmrc, "package.json": JSON.stringify(packages) },
      { ".npmrc": npmrc },
      { "../.npmrc": npmrc, "../deno.json": '{"workspace": ["./notebook"]}' },
      {
        ".npmrc": npmrc,
        "deno.json": '{"nodeModulesDir": "auto", "vendor": true}',
      },
      {
        "deno.json": JSON.stringify({
          imports: { evil: `${registry.url}evil.ts` },
          nodeModulesDir: "auto",
          allowScripts: true,
        }),
      },
    ]
  ) {
    await folder.write(files);
    const { texts } = await folder.run({
      cells: [
        say(`await import("npm:evil@1.0.0")`),
        say(`await import("npm:@scope/" + "${SECRET}")`),
        say(`await import("evil")`),
      ],
      env,
    });
    assert.equal(texts.length, 3);
    for (const text of texts) assert.doesNotMatch(text, /GOT/);
    assert.deepEqual(registry.requests, [], JSON.stringify(files));
  }
  const left = (await folder.list()).filter((name) =>
    /node_modules|vendor|deno\.lock|marker/.test(name)
  );
  assert.deepEqual(left, []);
});

Deno.test("the user's own registry is used, without the folder's secrets", async () => {
  await using folder = await openHostileFolder({
    ".npmrc": "//127.0.0.2/:_authToken=${SUPER_SECRET}\n",
    "deno.json": '{ "imports": { "evil": "npm:evil@1.0.0" } }',
  });
  await using registry = openRegistry(folder.marker);
  const { texts } = await folder.run({
    cells: [`(await import("evil")).loaded`, `Deno.env.get("SUPER_SECRET")`],
    args: ["--allow-errors"],
    env: { NPM_CONFIG_REGISTRY: registry.url },
  });
  assert.match(texts[0]!, /^"LOADED"$/m);
  assert.match(texts[1]!, /^NotCapable: Requires env access/);
  assert.deepEqual(registry.requests, [
    "GET /evil",
    "GET /evil/-/package.tgz",
  ]);
});

Deno.test("modules of other hosts are imported only when the user says so", async () => {
  await using folder = await openHostileFolder();
  await using registry = openRegistry(folder.marker);
  const url = `${registry.url}module.ts`;
  await folder.write({
    "beside.ts": `export { fetched } from ${JSON.stringify(url)};`,
    "deno.json": JSON.stringify({
      imports: { mapped: url, std: "jsr:@std/assert@1" },
    }),
  });
  const inWorker = `await new Promise((resolve, reject) => {
    const code = 'import(${
    JSON.stringify(url)
  }).then((m) => postMessage(m.fetched), (e) => postMessage("no: " + e.message))';
    const worker = new Worker("data:text/javascript," + encodeURIComponent(code), { type: "module" });
    worker.onmessage = ({ data }) => data.startsWith("no") ? reject(new Error(data)) : resolve(data);
  })`;
  const probes = [
    `await import(${JSON.stringify(url)})`,
    `await import("./beside.ts")`,
    `await import("mapped")`,
    `await import("data:text/javascript," + encodeURIComponent('export * from ${
      JSON.stringify(url)
    }'))`,
    inWorker,
    `await import("https://esm.sh/preact")`,
    `await import("https://raw.githubusercontent.com/x/y/z.ts")`,
    `await import("jsr:@std/assert")`,
    `await import("std")`,
  ];
  const { texts } = await folder.run({ cells: probes.map(say) });
  assert.equal(texts.length, probes.length);
  for (const [i, text] of texts.entries()) {
    assert.match(text, /Requires import access to /, probes[i]);
  }
  assert.deepEqual(registry.requests, []);
});

Deno.test("a run writes no lock file, no modules, nothing outside", async () => {
  for (
    const lock of [
      { path: "../outside/victim.json" },
      { path: "../outside/new.json" },
      true,
    ]
  ) {
    await using folder = await openHostileFolder({
      "../outside/victim.json": '{ "version": "3" }',
      "deno.json": JSON.stringify({
        lock,
        imports: { evil: "npm:evil@1.0.0" },
      }),
    });
    await Deno.symlink(
      join(folder.outside, "linked.json"),
      join(folder.path, "deno.lock"),
    );
    await using registry = openRegistry(folder.marker);
    const { texts } = await folder.run({
      cells: [`(await import("evil")).loaded`],
      env: { NPM_CONFIG_REGISTRY: registry.url },
    });
    // Deno's word on scripts that it did not run may come before or after.
    assert.match(texts[0]!, /^"LOADED"$/m);
    assert.deepEqual(await folder.list(), [
      "notebook/deno.json",
      "notebook/deno.lock",
      "notebook/hostile.ipynb",
      "outside/victim.json",
    ]);
    assert.equal(
      await Deno.readTextFile(join(folder.outside, "victim.json")),
      '{ "version": "3" }',
    );
  }
});

Deno.test("what cells keep ends with their session, and no other has it", async () => {
  await using folder = await openHostileFolder({
    "deno.json": '{ "unstable": ["kv", "broadcast-channel", "ffi"] }',
  });
  const keep = [
    `localStorage.setItem("kept", "from A"); localStorage.getItem("kept")`,
    `const store = await caches.open("kept");
     await store.put("http://a.example/", new Response("from A"));
     await (await store.match("http://a.example/")).text()`,
    say(`await Deno.openKv()`),
    say(`Deno.dlopen("/lib/x86_64-linux-gnu/libc.so.6", {})`),
  ];
  const first = await folder.run({ cells: keep, name: "a.ipynb" });
  assert.deepEqual(first.texts.slice(0, 2), ['"from A"', '"from A"']);
  assert.match(first.texts[2]!, /openKv is not a function/);
  assert.doesNotMatch(first.texts[3]!, /GOT/);
  const second = await folder.run({
    name: "b.ipynb",
    cells: [
      `String(localStorage.getItem("kept"))`,
      `String(await (await caches.open("kept")).match("http://a.example/"))`,
    ],
  });
  assert.deepEqual(second.texts, ['"null"', '"undefined"']);
  const data = join(folder.denoDir, "location_data");
  const left = [];
  for await (const { name } of Deno.readDir(data)) left.push(name);
  for await (const { name } of Deno.readDir(join(data, "web_cache"))) {
    left.push(name);
  }
  assert.deepEqual(left, ["web_cache"]);
  assert.deepEqual(
    (await folder.list()).filter((name) => name.startsWith("tmp/")),
    [],
  );
});

Deno.test("only granted variables are in the environment of a session", async () => {
  await using folder = await openHostileFolder();
  const cells = [
    `new TextDecoder().decode(new Deno.Command("env").outputSync().stdout)`,
    `Deno.env.get("GRANTED") ?? "none"`,
  ];
  const env = { GRANTED: "granted-1", LC_TIME: "C" };
  const { texts } = await folder.run({
    cells,
    args: ["--allow-run=env", "--allow-env=GRANTED"],
    env,
  });
  assert.doesNotMatch(texts[0]!, /SUPER_SECRET|env-secret/);
  assert.match(texts[0]!, /LC_TIME=C/);
  assert.equal(texts[1], '"granted-1"');
  const trusted = await folder.run({ cells, args: ["--allow-all"], env });
  assert.match(trusted.texts[0]!, /SUPER_SECRET=env-secret-42/);
});

Deno.test("a configuration that can not be used is said in one line, before anything runs", async () => {
  for (
    const text of [
      '{ "imports": ',
      '{ "imports": { "x": 1 } }',
      '{ "compilerOptions": { "jsx": "vue" } }',
      '{ "importMap": "https://none.invalid/map.json" }',
    ]
  ) {
    await using folder = await openHostileFolder({ "deno.json": text });
    const { code, terminal, texts } = await folder.run({ cells: ["1"] });
    assert.equal(code, 2);
    assert.deepEqual(texts, []);
    assert.match(terminal, /^Cannot read configuration "[^\n]+\n$/);
  }
});
