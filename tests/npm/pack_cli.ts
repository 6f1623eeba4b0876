/**
 * Makes the npm package of the command line: TypeScript as it is, run by the
 * `deno` that npm installs beside it.
 * @module
 */
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Packs.
 *
 * @param folder Where the tarball goes.
 * @returns Its path.
 */
export async function packCli(folder: string): Promise<string> {
  const scratch = await Deno.makeTempDir({ prefix: "skein-pack-" });
  try {
    const root = `${scratch}/package`;
    const hash = createHash("sha256");
    for (const path of [...FILES, ...FOLDERS.flatMap(list)].sort()) {
      const bytes = await Deno.readFile(join(ROOT, path));
      hash.update(path).update(bytes);
      const to = join(root, "skein", path);
      await Deno.mkdir(dirname(to), { recursive: true });
      await Deno.writeFile(to, bytes);
    }
    for (const name of ["LICENSE", "README.md"]) {
      await Deno.copyFile(join(ROOT, name), join(root, name));
    }
    const { version, license } = JSON.parse(
      await Deno.readTextFile(join(ROOT, "deno.json")),
    );
    const manifest = {
      name: NAME,
      version,
      build: hash.digest("hex").slice(0, 12),
      description: "Runs Jupyter notebooks in TypeScript on Deno",
      license,
      type: "module",
      bin: { skein: "skein.js" },
      files: ["skein.js", "skein/"],
      engines: { node: ">=18" },
      dependencies: { deno: DENO_VERSION },
    };
    await Deno.writeTextFile(
      join(root, "package.json"),
      `${JSON.stringify(manifest, null, 2)}\n`,
    );
    await Deno.writeTextFile(join(root, "skein.js"), LAUNCHER, { mode: 0o755 });
    await Deno.mkdir(folder, { recursive: true });
    const tarball = `${folder}/skein-cli-${version}.tgz`;
    await run("tar", ["-czf", tarball, "-C", scratch, "package"]);
    return tarball;
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

/** Files of a folder that run; tests and what makes other files do not. */
function list(folder: string): string[] {
  return [...Deno.readDirSync(join(ROOT, folder))].flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) return SKIPPED.has(path) ? [] : list(path);
    const isTest = entry.name.includes("_test.") ||
      folder.startsWith("lib") && entry.name.startsWith("test_");
    return isTest ? [] : [path];
  });
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args: [...args],
    stdin: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/**
 * Starts the `deno` of npm with what was typed. Deno reads no TypeScript below
 * `node_modules`, so Skein runs from a copy in the user's own data; a kernel
 * that was installed is there as well when the cache of `npx` is emptied.
 */
const LAUNCHER = `#!/usr/bin/env node
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const { version, build } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const { env, platform } = process;
const data = platform === "win32"
  ? env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local")
  : platform === "darwin"
  ? join(homedir(), "Library", "Application Support")
  : env.XDG_DATA_HOME ?? join(homedir(), ".local", "share");
const home = join(data, "skein", "npm", version + "-" + build);
if (!existsSync(home)) {
  // Two may begin at the same time: who is first wins.
  const half = home + "." + process.pid;
  mkdirSync(half, { recursive: true });
  cpSync(join(here, "skein"), half, { recursive: true });
  try {
    renameSync(half, home);
  } catch {
    rmSync(half, { recursive: true, force: true });
  }
}

const require = createRequire(import.meta.url);
const deno = join(dirname(require.resolve("deno/package.json")), "bin.cjs");
const child = spawn(process.execPath, [
  deno,
  "run",
  "--allow-all",
  "--quiet",
  "--no-check",
  "--config",
  join(home, "deno.json"),
  join(home, "main.ts"),
  ...process.argv.slice(2),
], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NAME = "@skein/cli";
/** As it was tested. */
const DENO_VERSION = "2.9.6";
const FILES = [
  "main.ts",
  "mod.ts",
  "deno.json",
  "deno.lock",
];
const FOLDERS = [
  ...["bundles", "cli", "document", "export", "folder", "grading", "jupyter"],
  ...["kernel", "language", "lib", "nbformat", "page", "protocol", "runner"],
  ...["server", "session", "testing"],
];
const SKIPPED = new Set(["lib/plot/gallery"]);
