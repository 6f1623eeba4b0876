// deno-lint-ignore-file no-console -- Part of a program whose output is its result.
/**
 * The npm packages where people use them: the command line on a machine that
 * has Node only, the helper library in Node 24 and in the kernel tslab.
 *
 * In the Node that is installed, `tests/npm/npm_test.ts` tries the library.
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { fromFileUrl } from "../../session/mod.ts";
import { pack } from "../npm/pack.ts";
import { packCli } from "../npm/pack_cli.ts";
import type { Environment } from "./environment.ts";
import type { SuiteResult } from "./suite.ts";
import { installTslab } from "./tslab.ts";

/** Runs the checks. */
export async function checkNpm(environment: Environment): Promise<SuiteResult> {
  console.log("\n== npm packages");
  const folder = await Deno.makeTempDir({ prefix: "skein-npm-" });
  const result = { passed: 0, failed: 0 };
  const begun = performance.now();
  try {
    const [library, cli] = [await pack(folder), await packCli(folder)];
    for (
      const [name, check] of [
        ["the command line runs with Node only", () => runCli(folder, cli)],
        [
          "deno install from a checkout; what JSR would get",
          () => runInstalled(folder),
        ],
        ["the library in Node 24", () => runNode24(folder, library)],
        ["the library in tslab", () => runTslab(environment, library)],
      ] as const
    ) {
      const error = await check().then(() => null, (error) => error);
      result[error === null ? "passed" : "failed"]++;
      console.log(`${name} ... ${error === null ? "ok" : "FAILED"}`);
      if (error !== null) console.log(error);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  console.log(`${Math.round((performance.now() - begun) / 1000)} s`);
  return result;
}

async function runCli(scratch: string, tarball: string): Promise<void> {
  const folder = await install(join(scratch, "cli"), [tarball]);
  // Programs of the system, and no deno among them.
  const programs = join(folder, "programs");
  await Deno.mkdir(programs);
  for (const name of ["node", "npx", "sh", "ps"]) {
    const path = (await run("sh", ["-c", `command -v ${name}`], folder)).trim();
    await Deno.symlink(path, join(programs, name));
  }
  const env = { PATH: programs, XDG_DATA_HOME: join(folder, "data") };
  await Deno.writeTextFile(
    join(folder, "a.ipynb"),
    notebook("skein", [
      'import { compare, task } from "skein";',
      "const made = await compare(task((n: number) => n * 2), { inputs: [1, 2], samples: 3 });",
      'made.results.map(({ model }) => model).join(" ")',
    ]),
  );
  const args = ["skein", "run", "a.ipynb", "--allow-all", "-o", "b.ipynb"];
  await run("npx", args, folder, env);
  assert.match(
    await Deno.readTextFile(join(folder, "b.ipynb")),
    /sequential async workers processes/,
  );
  // A kernel that is installed so starts the deno of npm.
  await run("npx", ["skein", "install", "--prefix", "jupyter"], folder, env);
  const spec = await Deno.readTextFile(
    join(folder, "jupyter/share/jupyter/kernels/skein/kernel.json"),
  );
  const [program, main] = JSON.parse(spec).argv.filter((part: string) =>
    part.startsWith("/")
  );
  assert.match(program, /node_modules\/.*deno/);
  assert.ok(main.startsWith(join(env.XDG_DATA_HOME, "skein/npm")), main);
}

async function runInstalled(scratch: string): Promise<void> {
  const root = join(scratch, "deno");
  const checkout = fromFileUrl(import.meta.resolve("../../"));
  const flags = ["--allow-all", "--config", "deno.json", "--name", "skein"];
  const args = ["install", "--global", "--quiet", ...flags, "main.ts"];
  await run(Deno.execPath(), args, checkout, { DENO_INSTALL_ROOT: root });
  const help = await run(join(root, "bin/skein"), ["run", "--help"], scratch);
  assert.match(help, /skein run/);
  const dry = ["publish", "--dry-run", "--allow-dirty", "--quiet"];
  await run(Deno.execPath(), dry, checkout);
}

async function runNode24(scratch: string, tarball: string): Promise<void> {
  const { os, arch } = Deno.build;
  const platform = `${os}-${arch === "x86_64" ? "x64" : "arm64"}`;
  const folder = await install(join(scratch, "node24"), [
    `node-${platform}@${NODE}`,
    tarball,
  ]);
  const uses = fromFileUrl(import.meta.resolve("../npm/uses.js"));
  await Deno.copyFile(uses, join(folder, "uses.js"));
  const bin = join(folder, `node_modules/node-${platform}/bin`);
  const env = { PATH: `${bin}:${Deno.env.get("PATH")}` };
  const versions =
    'console.log("" + process.version); await import("./uses.js")';
  const args = ["--input-type=module", "-e", versions];
  const lines = (await run(join(bin, "node"), args, folder, env)).split("\n");
  assert.equal(lines[0], `v${NODE}`);
  // What each line has to be, the test of the library knows.
  assert.equal(lines.at(-2), "end");
  assert.ok(lines.length > 30, lines.join("\n"));
}

async function runTslab(
  environment: Environment,
  tarball: string,
): Promise<void> {
  await installTslab(environment);
  const folder = fromFileUrl(import.meta.resolve("../../out/tslab"));
  await run("npm", ["install", ...QUIET, "--no-save", tarball], folder);
  await Deno.writeTextFile(
    join(folder, "a.ipynb"),
    notebook("tslab", [
      'import { compare, DISPLAY, task } from "@skein/skein";',
      'import { display } from "tslab";',
      "const made = await compare(task((n: number) => n * 2), { inputs: [1, 2], samples: 3 });",
      'display.html(String((await made[DISPLAY]())["text/html"]));',
      'console.log(made.results.map(({ model }) => model).join(" "));',
    ]),
  );
  const args = [
    "-c",
    "from nbclient.cli import main; main()",
    "--output",
    "b",
    "a.ipynb",
  ];
  await run(environment.python, args, folder, environment.env);
  const text = await Deno.readTextFile(join(folder, "b.ipynb"));
  assert.match(text, /sequential async workers processes/);
  assert.match(text, /skein-figure/);
}

async function install(
  folder: string,
  packages: readonly string[],
): Promise<string> {
  await Deno.mkdir(folder);
  await Deno.writeTextFile(join(folder, "package.json"), "{}");
  await run("npm", ["install", ...QUIET, ...packages], folder);
  return folder;
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { ...env },
    stdin: "null",
    signal: AbortSignal.timeout(200_000),
  }).output();
  const [out, wrong] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  assert.equal(code, 0, `${program} ${args.join(" ")}: ${out}${wrong}`);
  return out!;
}

function notebook(kernel: string, lines: readonly string[]): string {
  return JSON.stringify({
    cells: [{
      cell_type: "code",
      id: "a",
      execution_count: null,
      metadata: {},
      outputs: [],
      source: lines.join("\n"),
    }],
    metadata: {
      kernelspec: {
        name: kernel,
        display_name: kernel,
        language: "typescript",
      },
    },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

const NODE = "24.9.0";
const QUIET = [
  "--ignore-scripts",
  "--prefer-offline",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];
