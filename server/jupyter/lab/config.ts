/**
 * What JupyterLab's and Notebook's pages are told of their server.
 * @module
 */
import { join } from "node:path";
import type { LabInstall } from "./install.ts";

/** An extension that was built apart and is loaded by the page. */
interface Extension {
  readonly name: string;
  readonly load: string;
  readonly extension?: string;
  readonly mimeExtension?: string;
  readonly style?: string;
}

/** Extensions that are installed, and those that they take the place of. */
export interface Extensions {
  readonly loaded: readonly Extension[];
  readonly disabled: readonly string[];
}

/** Finds the extensions that are installed. */
export async function readExtensions(folder: string): Promise<Extensions> {
  const loaded: Extension[] = [];
  const disabled: string[] = [];
  for (const path of await listExtensions(folder)) {
    const text = await Deno.readTextFile(join(path, "package.json")).catch(
      () => null,
    );
    if (text === null) continue;
    const { name, jupyterlab } = JSON.parse(text);
    const build = jupyterlab?._build;
    if (build?.load === undefined) continue;
    const { load, extension, mimeExtension, style } = build;
    loaded.push({ name, load, extension, mimeExtension, style });
    disabled.push(...jupyterlab.disabledExtensions ?? []);
  }
  return { loaded, disabled };
}

/** Makes the configuration of a page. */
export function makePageConfig(
  install: LabInstall,
  { basePath, token, extensions, app }: {
    readonly basePath: string;
    readonly token: string;
    readonly extensions: Extensions;
    readonly app: "lab" | "notebook";
  },
): Readonly<Record<string, unknown>> {
  const at = (path: string) => `${basePath}${path}`;
  const addresses = {
    // Both ask below it for settings and workspaces.
    appUrl: "/lab",
    labextensionsUrl: "/lab/extensions",
    licensesUrl: "/lab/api/licenses",
    listingsUrl: "/lab/api/listings",
    settingsUrl: "/lab/api/settings",
    themesUrl: "/lab/api/themes",
    translationsApiUrl: "/lab/api/translations",
    treeUrl: app === "lab" ? "/lab/tree" : "/tree",
    workspacesApiUrl: "/lab/api/workspaces",
  };
  const full = Object.entries(addresses).map(([name, path]) => [
    `full${name[0]!.toUpperCase()}${name.slice(1)}`,
    at(path.slice(1)),
  ]);
  return {
    ...addresses,
    ...Object.fromEntries(full),
    appName: app === "lab" ? "JupyterLab" : "Jupyter Notebook",
    appNamespace: app,
    appVersion: app === "lab" ? install.version : install.notebook?.version,
    fullStaticUrl: at(`static/${app}`),
    frontendUrl: basePath,
    // Front ends say it with each request, so no cookie is needed.
    token,
    appendToken: "true",
    cacheFiles: true,
    preferredPath: "/",
    treePath: "",
    terminalsAvailable: false,
    delete_to_trash: false,
    quitButton: false,
    buildAvailable: false,
    buildCheck: false,
    exposeAppInBrowser: false,
    notebookStartsKernel: true,
    ignorePlugins: [],
    federated_extensions: extensions.loaded,
    disabledExtensions: [...DISABLED, ...extensions.disabled],
    fullMathjaxUrl: "",
    mathjaxConfig: "",
  };
}

/** Extensions are folders, or folders in a folder with the name of who made them. */
async function listExtensions(folder: string): Promise<string[]> {
  const list = async (at: string) =>
    await Array.fromAsync(Deno.readDir(at), ({ name }) => join(at, name))
      .catch(() => []);
  const top = await list(folder);
  const below = await Promise.all(
    top.map((path) =>
      path.slice(folder.length + 1).startsWith("@") ? list(path) : [path]
    ),
  );
  return below.flat().sort();
}

/** What asks for things that this server does not have, or for the network. */
const DISABLED: readonly string[] = [
  "@jupyterlab/apputils-extension:announcements",
  "@jupyterlab/extensionmanager-extension",
  "@jupyterlab/apputils-extension:licenses-plugin",
  "@jupyterlab/terminal-extension",
  "@jupyter-notebook/terminal-extension",
];
