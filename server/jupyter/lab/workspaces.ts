/**
 * `/lab/api/workspaces`: how JupyterLab's windows were arranged.
 * @module
 */
import { join } from "node:path";
import { hashOf, saveFileText } from "../../files.ts";
import {
  answerNothing,
  HttpError,
  readObject,
  type Routes,
} from "../answers.ts";

/** Makes the routes; workspaces are kept as files of a folder. */
export function workspaceRoutes(folder: string): Routes {
  const fileOf = async (name: string) => {
    const bytes = new TextEncoder().encode(name.replace(/^\//, ""));
    return join(folder, `${(await hashOf(bytes)).slice(0, 32)}.json`);
  };
  const load = async (path: string) =>
    JSON.parse(await Deno.readTextFile(path)) as Workspace;
  return {
    "GET /lab/api/workspaces": async () => {
      const names = await Array.fromAsync(
        Deno.readDir(folder),
        ({ name }) => name,
      ).catch(() => []);
      const values = await Promise.all(
        names.map((name) => load(join(folder, name))),
      );
      const ids = values.map(({ metadata }) => metadata.id);
      return Response.json({ workspaces: { ids, values } });
    },
    "GET /lab/api/workspaces/*name": async ({ params }) => {
      const path = await fileOf(params.name!);
      const none = { data: {}, metadata: { id: params.name } };
      return Response.json(await load(path).catch(() => none));
    },
    "PUT /lab/api/workspaces/*name": async (call) => {
      const { data, metadata } = await readObject(call, MOST_BYTES);
      if (data === undefined || metadata === undefined) {
        throw new HttpError(400, "Expected { data, metadata }");
      }
      await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
      const text = JSON.stringify({ data, metadata });
      await saveFileText(await fileOf(call.params.name!), text);
      return answerNothing();
    },
    "DELETE /lab/api/workspaces/*name": async ({ params }) => {
      await Deno.remove(await fileOf(params.name!));
      return answerNothing();
    },
  };
}

interface Workspace {
  readonly data: unknown;
  readonly metadata: { readonly id: string };
}

const MOST_BYTES = 4 * 2 ** 20;
