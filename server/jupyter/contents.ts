/**
 * `/api/contents`: the files of the folder that is served.
 *
 * Which paths can be reached is decided in `files.ts`, once for all doors.
 * @module
 */
import { basename, dirname, extname, join } from "node:path";
import { NEW_NOTEBOOK } from "../rooms.ts";
import type { Root } from "../files.ts";
import type { Rooms } from "../rooms.ts";
import {
  answerNothing,
  type Call,
  HttpError,
  readObject,
  type Routes,
} from "./answers.ts";
import {
  describeEntry,
  findFreeName,
  hashFile,
  isFree,
  listFolder,
  type Model,
  readFileContent,
} from "./contents_models.ts";
import type { Kernels } from "./kernels.ts";
import type { NotebookStore } from "./notebook_store.ts";
import { writeContent } from "./contents_write.ts";

/** What contents are made of. */
export interface ContentsOptions {
  readonly root: Root;
  readonly rooms: Rooms;
  readonly store: NotebookStore;
  readonly kernels: Kernels;
  readonly basePath: string;
}

/** Makes the routes. */
export function contentsRoutes(options: ContentsOptions): Routes {
  const { root, basePath } = options;
  const answer = async (
    path: string,
    status: number,
    more: Partial<Model> = {},
  ) => {
    const model = { ...await describeEntry(root, path), ...more };
    const address = model.path.split("/").map(encodeURIComponent).join("/");
    const headers = { location: `${basePath}api/contents/${address}` };
    return Response.json(model, {
      status,
      ...status === 201 ? { headers } : {},
    });
  };
  return {
    "GET /api/contents/*path": async ({ params, query }) =>
      Response.json(await read(options, pathOf(params.path), query)),
    "PUT /api/contents/*path": async (call) => {
      const path = pathOf(call.params.path);
      const wanted = await readObject(call, MOST_BYTES);
      const isNew = await isFree(await root.locate(path));
      const more = await writeContent(options, path, wanted);
      return await answer(path, isNew ? 201 : 200, more);
    },
    "POST /api/contents/*path": async (call) => {
      const wanted = await readObject(call);
      const path = await create(options, pathOf(call.params.path), wanted);
      return await answer(path, 201);
    },
    "PATCH /api/contents/*path": async (call) => {
      const { path: to } = await readObject(call);
      if (typeof to !== "string" || to === "") {
        throw new HttpError(400, "Missing field in JSON data: path");
      }
      await move(options, pathOf(call.params.path), pathOf(to));
      return await answer(pathOf(to), 200);
    },
    "DELETE /api/contents/*path": async ({ params }) => {
      await remove(options, pathOf(params.path));
      return answerNothing();
    },
  };
}

async function read(
  { root, store }: ContentsOptions,
  path: string,
  query: Call["query"],
): Promise<Model> {
  const model = await describeEntry(root, path);
  const full = await root.resolve(path);
  const [asked, format] = [query.get("type"), query.get("format")];
  const isFolder = model.type === "directory";
  if (asked !== null && isFolder !== (asked === "directory")) {
    const what = isFolder ? "a directory" : "not a directory";
    throw new HttpError(400, `${path || "/"} is ${what}`, {
      reason: "bad type",
    });
  }
  // Front ends may ask for a notebook as the file that it is.
  const type = asked === "file" ? "file" : model.type;
  const isHashed = query.get("hash") === "1" && !isFolder;
  const hash = !isHashed ? {} : {
    hash: type === "notebook" ? await store.hash(full) : await hashFile(full),
    hash_algorithm: "sha256",
  };
  if (query.get("content") === "0") return { ...model, type, ...hash };
  if (type === "directory") {
    const content = await listFolder(root, model.path);
    return { ...model, content, format: "json" };
  }
  if ((model.size ?? 0) > MOST_BYTES) {
    throw new HttpError(413, `${path} is too large to be opened here`);
  }
  if (type === "notebook") {
    const content = await store.read(full);
    return { ...model, content, format: "json", ...hash };
  }
  const read = await readFileContent(full, format);
  return { ...model, type, ...read, ...hash };
}

/** Makes a new file, or copies one; gives its path. */
async function create(
  { root, rooms }: ContentsOptions,
  folder: string,
  wanted: Readonly<Record<string, unknown>>,
): Promise<string> {
  const full = await root.resolve(folder);
  if (!(await Deno.stat(full)).isDirectory) {
    throw new HttpError(400, `${folder} is not a directory`);
  }
  const { copy_from, type = "file", ext = "" } = wanted;
  if (typeof copy_from === "string") {
    const from = await root.resolve(pathOf(copy_from));
    if (!(await Deno.stat(from)).isFile) {
      throw new HttpError(400, "Only files can be copied");
    }
    await (await rooms.find(from))?.file.save();
    const extension = extname(from);
    const stem = `${basename(from, extension)}-Copy`;
    for (let number = 1;; number++) {
      const name = `${stem}${number}${extension}`;
      if (!await isFree(join(full, name))) continue;
      await Deno.copyFile(from, join(full, name));
      return join(folder, name);
    }
  }
  const extension = type === "notebook" ? ".ipynb" : String(ext);
  if (extension !== "" && !/^\.?\w[\w.]*$/.test(extension)) {
    throw new HttpError(400, `${extension} is no extension`);
  }
  const name = await findFreeName(
    full,
    type === "directory"
      ? { stem: "Untitled Folder", extension: "", gap: " " }
      : type === "notebook"
      ? { stem: "Untitled", extension }
      : { stem: "untitled", extension: extension.replace(/^(?=\w)/, ".") },
  );
  if (type === "directory") await Deno.mkdir(join(full, name));
  else {
    const text = type === "notebook" ? NEW_NOTEBOOK : "";
    await Deno.writeTextFile(join(full, name), text, { createNew: true });
  }
  return join(folder, name);
}

async function move(
  { root, rooms, store }: ContentsOptions,
  from: string,
  to: string,
): Promise<void> {
  const [old, next] = [await root.locate(from), await root.locate(to)];
  await Deno.lstat(old);
  if (old === next) return;
  if (!await isFree(next)) {
    throw new HttpError(409, `File already exists: ${to}`);
  }
  if (!(await Deno.stat(dirname(next))).isDirectory) {
    throw new HttpError(400, `${dirname(to)} is not a directory`);
  }
  const room = await rooms.find(old);
  await room?.file.save();
  if (room !== null && room.file.state.type !== "saved") {
    throw new HttpError(
      409,
      `${from} can not be renamed now: it is not saved (see Skein's page)`,
    );
  }
  await rooms.move(old, next);
  store.forget(old, next);
}

async function remove(
  { root, rooms, store, kernels }: ContentsOptions,
  path: string,
): Promise<void> {
  const full = await root.locate(path);
  const info = await Deno.lstat(full);
  if (info.isDirectory) {
    const names = await Array.fromAsync(Deno.readDir(full), ({ name }) => name);
    if (names.some((name) => name !== ".ipynb_checkpoints")) {
      throw new HttpError(400, `Directory ${path} not empty`);
    }
  }
  const room = await rooms.find(full);
  await Deno.remove(full, { recursive: info.isDirectory });
  store.forget(full);
  // Pages that look at it are asked whether to keep it.
  if (room === null || room.isWatched) return;
  await kernels.forget(room);
  await rooms.close(room);
}

/** No part of it empty, none around it. */
function pathOf(path = ""): string {
  return path.split("/").filter((part) => part !== "").join("/");
}

/** More than any notebook that can be worked with. */
const MOST_BYTES = 256 * 2 ** 20;
