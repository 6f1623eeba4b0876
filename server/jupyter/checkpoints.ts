/**
 * Checkpoints: one copy of a file that a client asked for, to go back to.
 *
 * Kept where Jupyter keeps them, in `.ipynb_checkpoints` beside the file.
 * @module
 */
import { basename, dirname, extname, join } from "node:path";
import { parseNotebook } from "../../nbformat/mod.ts";
import { type Root, saveFile } from "../files.ts";
import type { Rooms } from "../rooms.ts";
import { answerNothing, HttpError, type Routes } from "./answers.ts";

/** Makes the routes. They stand before those of contents, whose paths take all. */
export function checkpointRoutes(
  { root, rooms }: { readonly root: Root; readonly rooms: Rooms },
): Routes {
  const find = async (path: string) => {
    const full = await root.resolve(path);
    return { full, copy: placeOf(full) };
  };
  return {
    "GET /api/contents/*path/checkpoints": async ({ params }) => {
      const { copy } = await find(params.path!);
      const info = await Deno.stat(copy).catch(() => null);
      return Response.json(info === null ? [] : [describe(info)]);
    },
    "POST /api/contents/*path/checkpoints": async ({ params }) => {
      const { full, copy } = await find(params.path!);
      if (!(await Deno.stat(full)).isFile) {
        throw new HttpError(400, "Only files have checkpoints");
      }
      await (await rooms.find(full))?.file.save();
      await Deno.mkdir(dirname(copy), { recursive: true });
      await saveFile(copy, await Deno.readFile(full));
      return Response.json(describe(await Deno.stat(copy)), { status: 201 });
    },
    "POST /api/contents/*path/checkpoints/:id": async ({ params }) => {
      checkId(params.id!);
      const { full, copy } = await find(params.path!);
      const bytes = await Deno.readFile(copy);
      const room = await rooms.find(full);
      if (room === null) await saveFile(full, bytes);
      else {
        const text = new TextDecoder().decode(bytes);
        await room.save(parseNotebook(text, basename(full)), []);
      }
      return answerNothing();
    },
    "DELETE /api/contents/*path/checkpoints/:id": async ({ params }) => {
      checkId(params.id!);
      const { copy } = await find(params.path!);
      await Deno.remove(copy);
      return answerNothing();
    },
  };
}

function placeOf(full: string): string {
  const extension = extname(full);
  const name = `${basename(full, extension)}-checkpoint${extension}`;
  return join(dirname(full), ".ipynb_checkpoints", name);
}

function describe({ mtime }: Deno.FileInfo) {
  return { id: ID, last_modified: (mtime ?? new Date(0)).toISOString() };
}

function checkId(id: string): void {
  if (id !== ID) throw new HttpError(404, `No such checkpoint: ${id}`);
}

const ID = "checkpoint";
