/**
 * Saving through `/api/contents`: notebooks, files, folders, and files that come
 * in parts.
 * @module
 */
import { saveFile, saveFileText } from "../files.ts";
import { HttpError } from "./answers.ts";
import type { ContentsOptions } from "./contents.ts";
import type { Model } from "./contents_models.ts";

/**
 * Writes what a client sent.
 *
 * @returns What is to be told of it besides what stands in the folder.
 * @throws {HttpError} If it can not be written.
 */
export async function writeContent(
  { root, store }: Pick<ContentsOptions, "root" | "store">,
  path: string,
  wanted: Readonly<Record<string, unknown>>,
): Promise<Partial<Model>> {
  const { type = "file", content, format, chunk } = wanted;
  // A link is followed, if it stays inside.
  const full = await root.resolve(path);
  const info = await Deno.stat(full).catch(() => null);
  if (type === "directory") {
    if (info === null) await Deno.mkdir(full);
    else if (!info.isDirectory) {
      throw new HttpError(400, `Not a directory: ${path}`);
    }
    return {};
  }
  if (info?.isDirectory) throw new HttpError(400, `${path} is a directory`);
  if (type === "notebook") {
    if (!path.endsWith(".ipynb")) {
      throw new HttpError(400, `${path} is no name of a notebook`);
    }
    const hash = await store.save(full, content);
    return { hash, hash_algorithm: "sha256" };
  }
  if (type !== "file") throw new HttpError(400, `Unhandled type: ${type}`);
  if (typeof content !== "string") {
    throw new HttpError(400, "No file content provided");
  }
  if (typeof chunk === "number") {
    await writePart(full, chunk, decode(content, format));
    return {};
  }
  if (path.endsWith(".ipynb") && format !== "base64") {
    // A notebook that was opened as text is a notebook all the same.
    await store.save(full, parse(content));
  } else if (format === "base64") await saveFile(full, decode(content, format));
  else await saveFileText(full, content);
  return {};
}

/** The first part begins the file; parts come in order, one after another. */
async function writePart(
  full: string,
  part: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  if (part === 1) await saveFile(full, bytes);
  else await Deno.writeFile(full, bytes, { append: true, create: false });
}

function decode(content: string, format: unknown): Uint8Array<ArrayBuffer> {
  if (format !== "base64") return new TextEncoder().encode(content);
  try {
    return Uint8Array.fromBase64(content);
  } catch {
    throw new HttpError(400, "The content is no base64");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, "A notebook has to be JSON");
  }
}
