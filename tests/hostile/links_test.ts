/**
 * Links in a notebook's folder are no way out of it: for reading, writing,
 * importing, by whatever name, moved or not.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type HostileFolder, openHostileFolder } from "./hostile_folder.ts";

const SECRET = "TOPSECRET";
const IS_IGNORED = Deno.build.os !== "linux";

/** Says what an expression gives, or that it gives nothing. */
const say = (expression: string) =>
  `try { console.log("GOT", await (${expression})); } catch (e) { console.log(e.name, e.message); }`;
const quoted = (text: string) => JSON.stringify(text);

async function openLinked(): Promise<HostileFolder> {
  const folder = await openHostileFolder({
    "../outside/secret.txt": SECRET,
    "../outside/secret.json": `{ "secret": "${SECRET}" }`,
    "../outside/secret.ts": `export const secret = "${SECRET}";`,
    "../outside/deeper/secret.txt": SECRET,
    "a/b/own.txt": "own",
    "plain/own.txt": "own",
    "imports.ts": `export * from "./file.ts";`,
  });
  using database = new (await import("node:sqlite")).DatabaseSync(
    join(folder.outside, "secret.db"),
  );
  database.exec(`create table t (x); insert into t values ('${SECRET}')`);
  const links = {
    "folder": "../outside",
    "absolute": folder.outside,
    "file.txt": "../outside/secret.txt",
    "file.ts": "../outside/secret.ts",
    "file.json": "../outside/secret.json",
    "twice": "folder",
    "thrice": "a/../twice",
    "self": ".",
    "a/b/deep": "../../../outside",
    "to-a": "a",
    "up": "..",
    "root": "/",
    "new.txt": "../outside/new.txt",
    "around": "round",
    "round": "around",
  };
  for (const [name, target] of Object.entries(links)) {
    await Deno.symlink(target, join(folder.path, name));
  }
  return folder;
}

/** Names under which something outside could be reached. */
const WAYS = [
  "folder",
  "absolute",
  "twice",
  "thrice",
  "self/folder",
  "self/self/twice",
  "a/b/deep",
  "to-a/b/deep",
  "up/outside",
  "./a/../folder",
  "plain/../folder",
];

const READS = (file: string) => [
  `Deno.readTextFile(${quoted(file)})`,
  `Deno.open(${quoted(file)}).then((f) => new Response(f.readable).text())`,
  `require("node:fs").readFileSync(${quoted(file)}, "utf8")`,
  `import("node:fs").then((fs) => fs.readFileSync(${quoted(file)}, "utf8"))`,
  `fetch(new URL(${quoted(file)}, import.meta.url)).then((r) => r.text())`,
  `import("node:fs/promises").then((fs) => fs.cp(${
    quoted(file)
  }, "plain/copied").then(() => Deno.readTextFile("plain/copied")))`,
  `Deno.copyFile(${
    quoted(file)
  }, "plain/copied").then(() => Deno.readTextFile("plain/copied"))`,
];

Deno.test({
  name: "links that lead out are not read through",
  ignore: IS_IGNORED,
  async fn() {
    await using folder = await openLinked();
    const probes = [
      ...WAYS.flatMap((way) => READS(`${way}/secret.txt`)),
      ...READS("file.txt"),
      ...READS("self/file.txt"),
      ...READS(`root${folder.outside}/secret.txt`),
      ...WAYS.map((way) =>
        `Array.fromAsync(Deno.readDir(${quoted(way)}), (e) => e.name)`
      ),
      ...WAYS.map((way) =>
        `import("node:fs").then((fs) => fs.readdirSync(${quoted(way)}))`
      ),
      ...WAYS.map((way) =>
        `import("node:sqlite").then(({ DatabaseSync }) => new DatabaseSync(${
          quoted(`${way}/secret.db`)
        }).prepare("select x from t").get().x)`
      ),
      ...WAYS.map((way) => `import(${quoted(`./${way}/secret.ts`)})`),
      ...WAYS.map((way) =>
        `import(${
          quoted(`./${way}/secret.json`)
        }, { with: { type: "json" } }).then((m) => m.default)`
      ),
      `import("./file.ts")`,
      `import("./self/file.ts")`,
      `import("./imports.ts")`,
      `import("./file.json", { with: { type: "json" } }).then((m) => m.default)`,
      `new Promise((resolve, reject) => {
        const worker = new Worker(import.meta.resolve("./file.ts"), { type: "module" });
        worker.onmessage = resolve; worker.onerror = (e) => { e.preventDefault(); reject(new Error(e.message)); };
      })`,
      `Deno.stat("folder/secret.txt").then((s) => s.size)`,
      `Deno.realPath("folder/secret.txt")`,
      `Deno.chdir("folder") ?? Deno.readTextFile("secret.txt")`,
    ];
    const { texts, terminal } = await folder.run({
      cells: [
        ...probes.map(say),
        `import { secret } from "./file.ts"; secret`,
        `import data from "./file.json" with { type: "json" }; data`,
      ],
      args: ["--allow-errors"],
    });
    assert.equal(texts.length, probes.length + 2);
    const got = [...probes, "static ts", "static json"].filter((_, i) =>
      /GOT|TOPSECRET/.test(texts[i]!)
    );
    assert.deepEqual(got, []);
    assert.match(
      terminal,
      /^Because of links in the folder, cells can neither read nor write "[^\n]+ leads to "/m,
    );
  },
});

Deno.test({
  name: "links that lead out are not written through, and never move",
  ignore: IS_IGNORED,
  async fn() {
    await using folder = await openLinked();
    await Deno.chmod(join(folder.outside, "secret.txt"), 0o644);
    const probes = [
      ...WAYS.flatMap((way) => [
        `Deno.writeTextFile(${quoted(`${way}/new.txt`)}, "x")`,
        `Deno.mkdir(${quoted(`${way}/new`)})`,
        `Deno.remove(${quoted(`${way}/deeper/secret.txt`)})`,
        `Deno.chmod(${quoted(`${way}/secret.txt`)}, 0o777)`,
        `Deno.utime(${quoted(`${way}/secret.txt`)}, 1, 1)`,
        `Deno.truncate(${quoted(`${way}/secret.txt`)})`,
        `Deno.rename("plain/own.txt", ${quoted(`${way}/new.txt`)})`,
        `import("node:fs").then((fs) => fs.writeFileSync(${
          quoted(`${way}/new.txt`)
        }, "x"))`,
        `import("node:sqlite").then(({ DatabaseSync }) => new DatabaseSync(${
          quoted(`${way}/new.db`)
        }).exec("create table t (x)"))`,
      ]),
      `Deno.writeTextFile("new.txt", "x")`,
      `Deno.chmod("file.txt", 0o777)`,
      `Deno.writeTextFile("file.txt", "x")`,
      `Deno.symlink("../outside", "plain/link")`,
      `Deno.link("file.txt", "plain/link")`,
      `Deno.rename("folder", "plain/link")`,
      `Deno.rename("a/b", "plain/b").then(() => Deno.readTextFile("plain/b/deep/secret.txt"))`,
      `Deno.rename("a", "c")`,
      `Deno.rename("to-a/b", "plain/b")`,
      `Deno.rename("self/a", "c")`,
      `Deno.remove("folder").then(() => Deno.mkdir("folder"))`,
    ];
    const before = await folder.list();
    const { texts } = await folder.run({ cells: probes.map(say) });
    assert.equal(texts.length, probes.length);
    assert.deepEqual(probes.filter((_, i) => /GOT/.test(texts[i]!)), []);
    const after = await folder.list();
    assert.deepEqual(
      after.filter((name) => !/hostile\.ipynb$/.test(name)),
      before,
    );
    const path = join(folder.outside, "secret.txt");
    assert.equal(await Deno.readTextFile(path), SECRET);
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o644);
  },
});

Deno.test({
  name: "a folder with links works otherwise, and as far as the user grants",
  ignore: IS_IGNORED,
  async fn() {
    await using folder = await openHostileFolder({
      "../outside/data.txt": "data",
      "runs/1/own.txt": "own",
      "deep/er/own.txt": "own",
      "own.ts": `export const own = "own";`,
    });
    const link = (target: string, name: string) =>
      Deno.symlink(target, join(folder.path, name));
    await link("1", "runs/latest");
    const own = [
      `Deno.writeTextFileSync("runs/latest/new.txt", "new"); Deno.readTextFileSync("runs/1/new.txt")`,
      `(await import("./own.ts")).own`,
    ];
    const down = await folder.run({ cells: own });
    assert.deepEqual(down.texts, ['"new"', '"own"']);
    assert.doesNotMatch(down.terminal, /links/);
    // One that leads up, but not out: nothing that holds links is written.
    await link("../../own.ts", "deep/er/link.ts");
    await link("../outside", "data");
    const { texts } = await folder.run({
      cells: [
        `(await import("./deep/er/link.ts")).own`,
        `Deno.readTextFileSync("runs/latest/own.txt")`,
        `Deno.mkdirSync("new"); Deno.writeTextFileSync("new/x.txt", "x"); [...Deno.readDirSync(".")].length > 4`,
        `Deno.readTextFileSync("data/data.txt")`,
        `Deno.writeTextFileSync("deep/er/own.txt", "x")`,
      ],
      args: ["--allow-errors"],
    });
    assert.deepEqual(texts.slice(0, 3), ['"own"', '"own"', "true"]);
    assert.match(texts[3]!, /^NotCapable: Requires read access/);
    assert.match(texts[4]!, /^NotCapable: Requires write access/);
    const granted = await folder.run({
      cells: [
        `Deno.readTextFileSync("data/data.txt")`,
        `Deno.writeTextFileSync("data/data.txt", "x")`,
      ],
      args: ["--allow-errors", `--allow-read=${folder.outside}`],
    });
    assert.equal(granted.texts[0], '"data"');
    assert.match(granted.texts[1]!, /^NotCapable: Requires write access/);
  },
});

Deno.test({
  name: "a folder whose links can not be closed is refused in one line",
  ignore: IS_IGNORED,
  async fn() {
    await using folder = await openHostileFolder();
    await Deno.symlink("../outside", join(folder.path, "a,b"));
    const { code, terminal, texts } = await folder.run({ cells: ["1"] });
    assert.equal(code, 2);
    assert.deepEqual(texts, []);
    assert.match(terminal, /^Cannot [^\n]*"a,b"[^\n]*\n$/);
  },
});
