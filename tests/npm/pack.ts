/**
 * Makes the npm package of the helper library: `deno task npm`.
 *
 * `deno pack` turns TypeScript into JavaScript and declarations. What it leaves
 * to do is done here: Node 20 and 22 do not know `using`, and `package.json`
 * lacks a few fields.
 * @module
 */
import ts from "typescript";
import { packCli } from "./pack_cli.ts";

/**
 * Packs.
 *
 * @param folder Where the tarball goes.
 * @returns Its path.
 */
export async function pack(folder: string): Promise<string> {
  const scratch = await Deno.makeTempDir({ prefix: "skein-pack-" });
  try {
    const packed = `${scratch}/packed.tgz`;
    await run(Deno.execPath(), [
      ...["pack", "--quiet", "--allow-dirty", "--no-source-maps"],
      ...["--config", CONFIG, "--output", packed],
    ]);
    await run("tar", ["-xzf", packed, "-C", scratch]);
    const root = `${scratch}/package`;
    for (const path of listModules(root)) await lowerModule(path);
    const { name, version } = await completeManifest(root);
    await Deno.mkdir(folder, { recursive: true });
    const file = `${folder}/${name.replace(/^@/, "").replace("/", "-")}`;
    const tarball = `${file}-${version}.tgz`;
    await run("tar", ["-czf", tarball, "-C", scratch, "package"]);
    return tarball;
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/** Writes `using` as what older versions of Node understand. */
async function lowerModule(path: string): Promise<void> {
  const text = await Deno.readTextFile(path);
  if (!/^\s*(await )?using /m.test(text)) return;
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
    },
  });
  await Deno.writeTextFile(path, outputText);
}

/** Adds what `deno pack` does not know, and the way into the package for Node. */
async function completeManifest(
  root: string,
): Promise<{ readonly name: string; readonly version: string }> {
  const path = `${root}/package.json`;
  const manifest = JSON.parse(await Deno.readTextFile(path));
  const node = manifest.exports["./node"].default.replace("./", "");
  await Deno.writeTextFile(
    `${root}/node.js`,
    `import "./${node}";\nexport * from "./mod.js";\n`,
  );
  // Else programs for older targets miss `Disposable`.
  const types = `${root}/mod.d.ts`;
  await Deno.writeTextFile(
    types,
    `/// <reference lib="esnext.disposable" />\n${await Deno.readTextFile(
      types,
    )}`,
  );
  const completed = {
    ...manifest,
    description: DESCRIPTION,
    license: "MIT",
    main: "./node.js",
    exports: {
      ".": { types: "./mod.d.ts", deno: "./mod.js", default: "./node.js" },
    },
    engines: { node: ">=20.16" },
    // As they were tested.
    dependencies: Object.fromEntries(
      Object.entries<string>(manifest.dependencies)
        .map(([name, range]) => [name, range.replace("^", "")]),
    ),
  };
  await Deno.writeTextFile(path, `${JSON.stringify(completed, null, 2)}\n`);
  return completed;
}

function listModules(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory
      ? listModules(`${folder}/${name}`)
      : name.endsWith(".js")
      ? [`${folder}/${name}`]
      : []
  );
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd: ROOT,
    stdin: "null",
    signal: AbortSignal.timeout(120_000),
  }).output();
  if (success) return;
  throw new Error(
    `Cannot make package: "${program} ${
      args[0]
    }" failed, expected a tarball: ` +
      new TextDecoder().decode(stderr),
  );
}

const ROOT = new URL("../../", import.meta.url);
const CONFIG = new URL("deno.json", ROOT).pathname;
const DESCRIPTION =
  "Time, trace, plot and explain concurrency: async, threads, processes and Python, side by side";

if (import.meta.main) {
  const folder = new URL("out", ROOT).pathname;
  // deno-lint-ignore no-console -- What the task was asked for.
  console.log([await pack(folder), await packCli(folder)].join("\n"));
}
