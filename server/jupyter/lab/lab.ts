/**
 * JupyterLab and Notebook 7 as they are installed, served without Python.
 * @module
 */
import { join } from "node:path";
import { Root } from "../../files.ts";
import type { Asked } from "../../gate.ts";
import { carryOut, HttpError, makeRouter, type Routes } from "../answers.ts";
import { mimeOf } from "../contents_models.ts";
import { redirect } from "../login.ts";
import type { Lab } from "../serve.ts";
import { makePageConfig, readExtensions } from "./config.ts";
import type { LabInstall } from "./install.ts";
import { renderLabPage } from "./page.ts";
import { settingsRoutes } from "./settings.ts";
import { workspaceRoutes } from "./workspaces.ts";

/** What is served, and to whom. */
export interface LabOptions {
  readonly install: LabInstall;
  readonly basePath: string;
  readonly token: string;
  /** Where settings and workspaces are kept. */
  readonly stateFolder: string;
}

/** Makes the front ends. */
export async function openLab(options: LabOptions): Promise<Lab> {
  const { install, stateFolder } = options;
  const { lab, extensions } = install;
  const findPublic = makeRouter(await assetRoutes(install));
  const names = await readExtensions(extensions);
  return {
    answerPublic(asked: Asked) {
      const found = findPublic(asked.request.method, asked.path);
      return found === null
        ? null
        : carryOut(found.handler, { ...asked, params: found.params });
    },
    routes: {
      ...pageRoutes({ ...options, extensions: names }),
      ...settingsRoutes({
        schemas: [
          join(lab, "schemas"),
          // An extension has its schemas below its own name once more.
          ...names.loaded.map(({ name }) => join(extensions, name, "schemas")),
        ],
        user: join(stateFolder, "settings"),
      }),
      ...workspaceRoutes(join(stateFolder, "workspaces")),
      // Types come from the kernel; there is no other language server.
      "GET /lsp/status": () =>
        Response.json({ version: 2, sessions: {}, specs: {} }),
      "GET /lab/api/translations": () =>
        Response.json({
          data: { en: { displayName: "English", nativeName: "English" } },
          message: "",
        }),
      "GET /lab/api/translations/:locale": () =>
        Response.json({ data: {}, message: "" }),
    },
  };
}

/** Scripts, styles and fonts, the same for everybody: nothing in them is secret. */
async function assetRoutes(
  { lab, extensions, favicons, notebook }: LabInstall,
): Promise<Routes> {
  const serve = async (...folders: (string | null)[]) => {
    const roots = await Promise.all(
      folders.flatMap((folder) =>
        folder === null ? [] : [Root.open(folder).catch(() => null)]
      ),
    );
    return (
      { params }: { readonly params: Readonly<Record<string, string>> },
    ) => answerAsset(roots, params.path!);
  };
  const routes: Record<string, Routes[string]> = {
    "GET /static/lab/*path": await serve(join(lab, "static")),
    "GET /static/favicons/*path": await serve(favicons),
    "GET /lab/extensions/*path": await serve(extensions),
    "GET /lab/api/themes/*path": await serve(join(lab, "themes"), extensions),
  };
  if (notebook !== null) {
    const { folder } = notebook;
    routes["GET /static/notebook/*path"] = await serve(join(folder, "static"));
  }
  return routes;
}

async function answerAsset(
  roots: readonly (Root | null)[],
  path: string,
): Promise<Response> {
  for (const root of roots) {
    const full = await root?.resolve(path).catch(() => null) ?? null;
    const info = full === null ? null : await Deno.stat(full).catch(() => null);
    if (full === null || !info?.isFile) continue;
    const file = await Deno.open(full);
    // Names with a hash in them never mean something else.
    const isFixed = /\.[0-9a-f]{16,}\.\w+$|^[0-9a-f]{16,}\.\w+$/.test(path);
    return new Response(file.readable, {
      headers: {
        "content-type": mimeOf(full) ?? "application/octet-stream",
        "content-length": String(info.size),
        "cache-control": isFixed
          ? "public, max-age=31536000, immutable"
          : "no-cache",
      },
    });
  }
  throw new HttpError(404, "There is no such file");
}

function pageRoutes(
  { install, basePath, token, extensions }: LabOptions & {
    readonly extensions: Awaited<ReturnType<typeof readExtensions>>;
  },
): Routes {
  const given = { basePath, token, extensions };
  const show = async (
    app: "lab" | "notebook",
    file: string,
    more: Readonly<Record<string, unknown>>,
  ) => {
    const template = await Deno.readTextFile(file);
    const config = { ...makePageConfig(install, { ...given, app }), ...more };
    const html = renderLabPage({ template, basePath, config });
    return new Response(html, {
      headers: {
        "content-type": "text/html; charset=utf-8",
        // They make scripts and styles of their own while they run.
        "content-security-policy":
          "frame-ancestors 'self'; base-uri 'none'; object-src 'none'",
      },
    });
  };
  const index = join(install.lab, "static/index.html");
  const lab = (mode: string) => ({ params }: Params) =>
    show("lab", index, {
      mode,
      workspace: params.workspace ?? "default",
      treePath: params.tree ?? "",
    });
  const routes: Record<string, Routes[string]> = {
    "GET /lab": lab("multiple-document"),
    "GET /lab/tree/*tree": lab("multiple-document"),
    "GET /lab/workspaces/:workspace": lab("multiple-document"),
    "GET /lab/workspaces/:workspace/tree/*tree": lab("multiple-document"),
    "GET /doc": lab("single-document"),
    "GET /doc/tree/*tree": lab("single-document"),
  };
  if (install.notebook === null) return routes;
  const { folder } = install.notebook;
  const template = (name: string) => join(folder, `templates/${name}.html`);
  return {
    ...routes,
    "GET /tree/*path": ({ params }) => {
      const { path = "" } = params;
      // Links to files lead here as well.
      return path.endsWith(".ipynb")
        ? redirect(`${basePath}notebooks/${encodePath(path)}`)
        : show("notebook", template("tree"), { treePath: path });
    },
    "GET /notebooks/*path": () => show("notebook", template("notebooks"), {}),
    "GET /edit/*path": () => show("notebook", template("edit"), {}),
    "GET /consoles/*path": () => show("notebook", template("consoles"), {}),
  };
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

type Params = { readonly params: Readonly<Record<string, string>> };
