/**
 * `/files`: files of the folder as they are, to be downloaded or shown in a
 * notebook.
 * @module
 */
import { basename } from "node:path";
import type { Root } from "../files.ts";
import type { Rooms } from "../rooms.ts";
import { HttpError, type Routes } from "./answers.ts";
import { mimeOf } from "./contents_models.ts";

/** Makes the routes. */
export function rawFileRoutes(
  { root, rooms }: { readonly root: Root; readonly rooms: Rooms },
): Routes {
  return {
    "GET /files/*path": async ({ params, query }) => {
      const full = await root.resolve(params.path ?? "");
      if (!(await Deno.stat(full)).isFile) {
        throw new HttpError(404, "There is no such file");
      }
      await (await rooms.find(full))?.file.save();
      const file = await Deno.open(full);
      const name = encodeURIComponent(basename(full));
      return new Response(file.readable, {
        headers: {
          "content-type": mimeOf(full) ?? "application/octet-stream",
          // It has this server's origin: no script of it may run here.
          "content-security-policy":
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
          ...query.has("download")
            ? { "content-disposition": `attachment; filename*=UTF-8''${name}` }
            : {},
        },
      });
    },
  };
}
