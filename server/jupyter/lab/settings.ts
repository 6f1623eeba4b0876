/**
 * `/lab/api/settings`: what the user has set in JupyterLab.
 *
 * What can be set stands in the schemas of the installed JupyterLab; what is set
 * is kept in a folder of Skein's own.
 * @module
 */
import { join } from "node:path";
import { parse } from "jsonc-parser";
import { saveFileText } from "../../files.ts";
import {
  answerNothing,
  HttpError,
  readObject,
  type Routes,
} from "../answers.ts";

/** Where settings are. */
export interface SettingsPlaces {
  /** Folders of schemas: `NAME/PLUGIN.json`, the first wins. */
  readonly schemas: readonly string[];
  /** What the user has set. */
  readonly user: string;
}

/** Makes the routes. */
export function settingsRoutes(places: SettingsPlaces): Routes {
  let known: Promise<ReadonlyMap<string, string>> | undefined;
  const find = async () => await (known ??= listSchemas(places.schemas));
  const describe = async (id: string) => {
    const schema = (await find()).get(id);
    if (schema === undefined) {
      throw new HttpError(404, `Schema not found: ${id}`);
    }
    const raw = await Deno.readTextFile(fileOf(places.user, id)).catch(
      () => "{}",
    );
    return {
      id,
      schema: JSON.parse(await Deno.readTextFile(schema)),
      version: "N/A",
      raw,
      settings: parse(raw) ?? {},
      warning: null,
      last_modified: null,
      created: null,
    };
  };
  return {
    "GET /lab/api/settings": async ({ query }) => {
      const ids = [...(await find()).keys()].sort().reverse();
      const settings = query.get("ids_only") === "true"
        ? ids.map((id) => ({ id }))
        : await Promise.all(ids.map(describe));
      return Response.json({ settings });
    },
    "GET /lab/api/settings/*id": async ({ params }) =>
      Response.json(await describe(params.id!)),
    "PUT /lab/api/settings/*id": async (call) => {
      const id = call.params.id!;
      const { raw } = await readObject(call);
      if (typeof raw !== "string") {
        throw new HttpError(400, "Expected { raw: … }");
      }
      // Only what there is a schema for, so that no name makes a path.
      if (!(await find()).has(id)) {
        throw new HttpError(404, `Schema not found: ${id}`);
      }
      await Deno.mkdir(places.user, { recursive: true, mode: 0o700 });
      await saveFileText(fileOf(places.user, id), raw);
      return answerNothing();
    },
  };
}

/** Schemas by id, such as `@jupyterlab/apputils-extension:themes`. */
async function listSchemas(
  folders: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const walk = async (folder: string, name: string): Promise<void> => {
    const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory) {
        await walk(path, name === "" ? entry.name : `${name}/${entry.name}`);
      } else if (entry.name.endsWith(".json") && name !== "") {
        const id = `${name}:${entry.name.slice(0, -5)}`;
        if (!found.has(id)) found.set(id, path);
      }
    }
  };
  for (const folder of folders) await walk(folder, "");
  return found;
}

function fileOf(folder: string, id: string): string {
  return join(folder, `${encodeURIComponent(id)}.json`);
}
