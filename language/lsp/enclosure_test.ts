import assert from "node:assert/strict";
import { enclose } from "./enclosure.ts";

const SIGHT = {
  readable: ["/n"],
  importsRemote: false,
  libraries: ["file:///skein/mod.ts", "file:///skein/lib/"],
};

Deno.test("enclose() leads every address of a file to a copy, but for our own", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  await Deno.writeTextFile(
    `${folder}/deno.json`,
    JSON.stringify({
      imports: { own: "./own.ts", packed: "npm:packed@1", "./a.ts": "/b.ts" },
      scopes: { "./sub/": { own: "https://a.example/own.ts" } },
      compilerOptions: { strict: false },
      nodeModulesDir: "auto",
    }),
  );
  try {
    using enclosure = enclose({
      folderUrl: `file://${folder}/`,
      configPath: `${folder}/deno.json`,
      sight: SIGHT,
    });
    const { inside, outside, rootUrl, configPath } = enclosure;
    const files = `${rootUrl}files/`;
    assert.equal(inside("file:///n/x.ts"), `${files}n/x.ts`);
    for (
      const url of ["file:///skein/lib/x.ts", "npm:x", "https://a.example/"]
    ) {
      assert.equal(inside(url), url);
    }
    const path = new URL(`${files}n/x.ts`).pathname;
    assert.equal(
      outside(`in ${files}n/x.ts and ${path}`),
      "in file:///n/x.ts and /n/x.ts",
    );
    const config = JSON.parse(await Deno.readTextFile(configPath));
    const beside = `${files}${folder.slice(1)}`;
    assert.deepEqual(config, {
      workspace: [],
      nodeModulesDir: "none",
      lock: false,
      unstable: ["sloppy-imports", "detect-cjs"],
      compilerOptions: { strict: false },
      imports: {
        own: `${beside}/own.ts`,
        packed: "npm:packed@1",
        [`${beside}/a.ts`]: `${files}b.ts`,
        "file:///": files,
        [rootUrl]: rootUrl,
        "file:///skein/mod.ts": "file:///skein/mod.ts",
        "file:///skein/lib/": "file:///skein/lib/",
      },
      scopes: { [`${beside}/sub/`]: { own: "https://a.example/own.ts" } },
    });
    const { environment } = enclosure;
    assert.equal(environment.HTTPS_PROXY, "http://127.0.0.1:0");
    assert.equal(environment.no_proxy, "");
    assert.equal(environment.DENO_DIR, new URL("deno", rootUrl).pathname);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("enclose() shows a trusted notebook's files themselves", () => {
  using enclosure = enclose({ folderUrl: "file:///n/" });
  assert.equal(enclosure.rootUrl, "file:///n/");
  assert.equal(enclosure.inside("file:///x.ts"), "file:///x.ts");
  assert.equal(enclosure.readable, null);
  // Looking at types asks no host, trusted or not.
  assert.equal(enclosure.environment.ALL_PROXY, "http://127.0.0.1:0");
});
