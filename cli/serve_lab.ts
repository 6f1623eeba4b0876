/**
 * Where `skein serve --lab` finds a JupyterLab.
 * @module
 */
import { delimiter, dirname, join } from "node:path";
import { type JupyterServerOptions, loadJupyter } from "../server/mod.ts";
import { dataFolder } from "./data_folder.ts";
import type { Terminal } from "./run.ts";
import type { ServeOptions } from "./serve_options.ts";
import { type Arguments, UsageError } from "./usage.ts";

/**
 * Finds the front ends that were asked for.
 *
 * @throws {UsageError} If there are none.
 */
export async function openLab(
  { flags, values }: Arguments,
  { basePath, token }: Pick<ServeOptions, "basePath" | "token">,
  { env }: Pick<Terminal, "env">,
): Promise<JupyterServerOptions["lab"]> {
  const named = values["lab-prefix"];
  if (!flags.has("lab") && named === undefined) return undefined;
  const { findLab, openLab: open } = await loadJupyter();
  const prefixes = named === undefined ? await listPrefixes(env) : [named];
  const install = await findLab(prefixes);
  if (install === null) {
    throw new UsageError(
      `Cannot serve: found no JupyterLab in ${
        prefixes.join(", ")
      }; install it (pip install jupyterlab notebook), or say where with --lab-prefix`,
    );
  }
  const stateFolder = join(dataFolder(env), "lab");
  return await open({ install, basePath, token, stateFolder });
}

/** Where Python keeps what is installed, the most special first. */
async function listPrefixes(env: Terminal["env"]): Promise<string[]> {
  const home = env("HOME") ?? env("USERPROFILE");
  const all: (string | undefined)[] = [
    env("VIRTUAL_ENV"),
    env("CONDA_PREFIX"),
    await prefixOnPath(env),
    home === undefined ? undefined : join(home, ".local"),
    "/usr/local",
    "/usr",
  ];
  return [...new Set(all.flatMap((one) => one ? [one] : []))];
}

/** The environment whose `bin` has the program that starts JupyterLab. */
async function prefixOnPath(env: Terminal["env"]): Promise<string | undefined> {
  const folders = (env("PATH") ?? "").split(delimiter).filter(Boolean);
  for (const folder of folders) {
    const found = await Deno.realPath(join(folder, "jupyter-lab")).catch(
      () => null,
    );
    if (found !== null) return dirname(dirname(found));
  }
  return undefined;
}
