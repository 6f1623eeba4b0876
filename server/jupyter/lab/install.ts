/**
 * Finds an installed JupyterLab, and a Jupyter Notebook 7 beside it.
 * @module
 */
import { join } from "node:path";

/** Where the files of an installed JupyterLab are. */
export interface LabInstall {
  readonly version: string;
  /** `share/jupyter/lab` of its Python environment. */
  readonly lab: string;
  /** Folders of extensions that were built apart. */
  readonly extensions: string;
  /** Icons of the browser's tab; null if there are none. */
  readonly favicons: string | null;
  /** Notebook 7; null if it is not installed. */
  readonly notebook:
    | { readonly version: string; readonly folder: string }
    | null;
}

/**
 * Finds it.
 *
 * @param prefixes Python environments, such as `/usr`, the best first.
 * @returns The first that has a JupyterLab; null if none has.
 */
export async function findLab(
  prefixes: readonly string[],
): Promise<LabInstall | null> {
  for (const prefix of prefixes) {
    const share = join(prefix, "share/jupyter");
    const lab = join(share, "lab");
    const version = await readVersion(join(lab, "static/package.json"));
    if (version === null || !await exists(join(lab, "static/index.html"))) {
      continue;
    }
    const packages = await findPackages(prefix);
    return {
      version,
      lab,
      extensions: join(share, "labextensions"),
      favicons: await findIn(packages, "jupyter_server/static/favicons"),
      notebook: await findNotebook(packages),
    };
  }
  return null;
}

async function findNotebook(
  packages: readonly string[],
): Promise<LabInstall["notebook"]> {
  const folder = await findIn(packages, "notebook");
  if (folder === null || !await exists(join(folder, "templates/tree.html"))) {
    return null;
  }
  const text = await Deno.readTextFile(join(folder, "_version.py")).catch(
    () => "",
  );
  const version = /__version__ = "([^"]+)"/.exec(text)?.[1] ?? "7";
  return { version, folder };
}

/** The folders of Python packages in an environment. */
async function findPackages(prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const lib of ["lib", "lib64", "Lib"]) {
    const folder = join(prefix, lib);
    const names = await Array.fromAsync(
      Deno.readDir(folder),
      ({ name }) => name,
    ).catch(() => []);
    for (const name of names) {
      if (/^python3/.test(name)) {
        found.push(join(folder, name, "site-packages"));
        found.push(join(folder, name, "dist-packages"));
      } else if (name === "site-packages") found.push(join(folder, name));
    }
  }
  return found;
}

async function findIn(
  folders: readonly string[],
  name: string,
): Promise<string | null> {
  for (const folder of folders) {
    const path = join(folder, name);
    if (await exists(path)) return path;
  }
  return null;
}

async function readVersion(path: string): Promise<string | null> {
  const text = await Deno.readTextFile(path).catch(() => null);
  if (text === null) return null;
  const { version, jupyterlab } = JSON.parse(text);
  return String(jupyterlab?.version ?? version);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
