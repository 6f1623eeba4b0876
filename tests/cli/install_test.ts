import assert from "node:assert/strict";
import { join } from "node:path";
import { fromFileUrl } from "../../session/mod.ts";

const MAIN = fromFileUrl(import.meta.resolve("../../main.ts"));

async function skein(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", MAIN, ...args],
    env: { NO_COLOR: "1", ...env },
    signal: AbortSignal.timeout(60_000),
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

async function withFolder(
  run: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "skein install " });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("skein install writes a kernelspec that Jupyter can start, uninstall removes it", () =>
  withFolder(async (prefix) => {
    const installed = await skein(["install", "--prefix", prefix]);
    assert.equal(installed.code, 0, installed.err);
    const folder = join(prefix, "share", "jupyter", "kernels", "skein");
    assert.equal(installed.out.trim(), folder);
    const spec = JSON.parse(await Deno.readTextFile(`${folder}/kernel.json`));
    assert.equal(spec.interrupt_mode, "message");
    assert.equal(spec.display_name, "TypeScript (Skein)");
    assert.ok(spec.argv.includes("{connection_file}"));
    assert.equal(spec.argv.at(-1), "--allow-all");
    assert.ok((await Deno.stat(spec.argv[0])).isFile);
    assert.ok((await Deno.stat(spec.argv[3])).isFile);
    for (const logo of ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]) {
      assert.ok((await Deno.stat(join(folder, logo))).size > 100);
    }
    const removed = await skein(["uninstall", "--prefix", prefix]);
    assert.equal(removed.code, 0, removed.err);
    await assert.rejects(Deno.stat(folder), Deno.errors.NotFound);
  }));

Deno.test("skein install takes another kernel's place, and other names", () =>
  withFolder(async (prefix) => {
    const kernels = join(prefix, "share", "jupyter", "kernels");
    const at = ["--prefix", prefix];
    await skein(["install", ...at, "--as", "tslab"]);
    await skein(["install", ...at, "--name", "Mine", "--restricted"]);
    await skein(["install", ...at, "--name", "s", "--check", "strict"]);
    await skein(["install", ...at, "--name", "n", "--no-language-server"]);
    const read = async (name: string) =>
      JSON.parse(await Deno.readTextFile(join(kernels, name, "kernel.json")));
    const tslab = await read("tslab");
    assert.equal(tslab.display_name, "TypeScript (Skein as tslab)");
    assert.deepEqual(
      tslab.argv.slice(-5),
      ["--as", "tslab", "--allow-all", "--check", "strict"],
    );
    assert.ok(!(await read("mine")).argv.slice(4).includes("--allow-all"));
    assert.deepEqual((await read("s")).argv.slice(-2), ["--check", "strict"]);
    assert.equal((await read("n")).argv.at(-1), "--no-language-server");
  }));

Deno.test("skein install --as leaves a foreign kernel alone, or puts it aside and back", () =>
  withFolder(async (prefix) => {
    const kernels = join(prefix, "share", "jupyter", "kernels");
    const at = ["--prefix", prefix, "--as", "jslab"];
    const read = async (name: string) =>
      JSON.parse(await Deno.readTextFile(join(kernels, name, "kernel.json")));
    const foreign = { argv: ["tslab"], display_name: "JavaScript" };
    await Deno.mkdir(join(kernels, "jslab"), { recursive: true });
    await Deno.writeTextFile(
      join(kernels, "jslab", "kernel.json"),
      JSON.stringify(foreign),
    );
    const refused = await skein(["install", ...at]);
    assert.equal(refused.code, 2);
    assert.match(refused.err, /is not Skein's, use --force/);
    assert.deepEqual(await read("jslab"), foreign);
    assert.equal((await skein(["install", ...at, "--force"])).code, 0);
    const { language, display_name } = await read("jslab");
    assert.deepEqual([language, display_name], [
      "javascript",
      "JavaScript (Skein as jslab)",
    ]);
    assert.deepEqual(await read("jslab-before-skein"), foreign);
    // Its own installer came again, and so do we.
    const again = { argv: ["tslab"], display_name: "JavaScript again" };
    await Deno.writeTextFile(
      join(kernels, "jslab", "kernel.json"),
      JSON.stringify(again),
    );
    assert.equal((await skein(["install", ...at, "--force"])).code, 0);
    assert.deepEqual(await read("jslab-before-skein"), again);
    // Ours is no foreign one.
    assert.equal((await skein(["install", ...at])).code, 0);
    assert.equal((await skein(["install", ...at, "--remove"])).code, 0);
    assert.deepEqual(await read("jslab"), again);
    await assert.rejects(read("jslab-before-skein"), Deno.errors.NotFound);
  }));

Deno.test("skein install and uninstall say what is wrong in one line", () =>
  withFolder(async (prefix) => {
    const check = async (args: string[], expected: RegExp) => {
      const { code, err } = await skein([...args, "--prefix", prefix]);
      assert.equal(code, 2);
      assert.match(err, expected);
      assert.equal(err.trim().split("\n").length, 1, err);
    };
    await check(["install", "--as", "python"], /expected tslab, jslab or deno/);
    await check(["uninstall", "--as", "toString"], /--as is "toString"/);
    await check(["install", "--name", "a/b"], /expected letters, digits/);
    await check(["uninstall"], /there is no kernel in/);
    const foreign = join(prefix, "share", "jupyter", "kernels", "skein");
    await Deno.mkdir(foreign, { recursive: true });
    await Deno.writeTextFile(join(foreign, "kernel.json"), "{}");
    await check(["uninstall"], /is not Skein's/);
  }));

Deno.test("skein doctor says what works and what is missing", () =>
  withFolder(async (folder) => {
    const env = { JUPYTER_DATA_DIR: folder };
    const without = await skein(["doctor"], env);
    assert.equal(without.code, 1);
    assert.match(without.out, /^ok {4}Deno 2\./m);
    assert.match(without.out, /^FAIL {2}No kernel in /m);
    assert.match(without.out, /^ok {4}A cell ran: ok/m);
    assert.equal((await skein(["install"], env)).code, 0);
    const installed = await skein(["doctor"], env);
    assert.match(installed.out, /^ok {4}Kernel installed in /m);
  }));

Deno.test("skein kernel says what is wrong with its connection file", () =>
  withFolder(async (folder) => {
    const path = join(folder, "k.json");
    await Deno.writeTextFile(path, '{"ip": "127.0.0.1"}');
    const wrong = await skein(["kernel", "--connection-file", path]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /^Cannot read connection file /m);
    const missing = await skein(["kernel"]);
    assert.equal(missing.code, 2);
    assert.match(missing.err, /--connection-file is missing/);
    const stranger = ["kernel", "--connection-file", path, "--as", "python"];
    const unknown = await skein([...stranger, "--allow-all"]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /--as is "python", expected tslab, jslab or/);
  }));
