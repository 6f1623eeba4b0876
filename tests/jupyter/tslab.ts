/**
 * The kernel tslab, to compare with: pinned, in a folder of its own.
 * @module
 */
import { fromFileUrl } from "../../session/mod.ts";
import type { Environment } from "./environment.ts";

/**
 * Installs tslab into an environment, unless it is there.
 *
 * @param environment Where kernels are found.
 * @throws {Error} If Node or the package can not be had; says which.
 */
export async function installTslab({ env }: Environment): Promise<void> {
  const folder = fromFileUrl(import.meta.resolve("../../out/tslab"));
  const script = `${folder}/node_modules/tslab/bin/tslab`;
  await Deno.mkdir(folder, { recursive: true });
  if (!await exists(script)) {
    const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
    await must("npm", ["install", ...quiet, "--prefix", folder, TSLAB]);
  }
  const spec = {
    argv: ["node", script, "kernel", "--config-path", "{connection_file}"],
    display_name: "TypeScript (tslab)",
    language: "typescript",
  };
  // Skein stands there, for the tests of clients.
  const kernel = `${env.JUPYTER_PATH}/kernels/tslab`;
  await Deno.remove(kernel, { recursive: true }).catch(() => {});
  await Deno.mkdir(kernel, { recursive: true });
  await Deno.writeTextFile(`${kernel}/kernel.json`, JSON.stringify(spec));
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function must(command: string, args: string[]): Promise<void> {
  const { success, code } = await new Deno.Command(command, {
    args,
    stdout: "null",
    stderr: "inherit",
  }).output();
  if (!success) {
    throw new Error(`Cannot install ${TSLAB}: ${command} gave ${code}`);
  }
}

const TSLAB = "tslab@1.0.22";
