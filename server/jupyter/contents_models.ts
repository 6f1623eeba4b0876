/**
 * Files and folders as `/api/contents` describes them.
 * @module
 */
import { basename, join } from "node:path";
import { hashOf, type Root } from "../files.ts";

/** A file or folder. Times are ISO 8601. */
export interface Model {
  readonly name: string;
  readonly path: string;
  readonly type: "notebook" | "file" | "directory";
  readonly writable: boolean;
  readonly created: string;
  readonly last_modified: string;
  readonly size: number | null;
  readonly mimetype: string | null;
  readonly format: string | null;
  readonly content: unknown;
  readonly hash?: string | null;
  readonly hash_algorithm?: string | null;
}

/** Describes what stands at a path, without its content. */
export async function describeEntry(
  root: Root,
  path: string,
): Promise<Model> {
  const full = await root.resolve(path);
  const info = await Deno.stat(full);
  const clean = path.split("/").filter((part) => part !== "").join("/");
  const name = clean === "" ? "" : basename(clean);
  const modified = info.mtime ?? new Date(0);
  return {
    name,
    path: clean,
    type: info.isDirectory
      ? "directory"
      : name.endsWith(".ipynb")
      ? "notebook"
      : "file",
    writable: isWritable(info),
    created: (info.birthtime ?? modified).toISOString(),
    last_modified: modified.toISOString(),
    size: info.isDirectory ? null : info.size,
    mimetype: null,
    format: null,
    content: null,
  };
}

/** Lists a folder; what is hidden, or leads out of the root, is not there. */
export async function listFolder(root: Root, path: string): Promise<Model[]> {
  const full = await root.resolve(path);
  const names = await Array.fromAsync(Deno.readDir(full), ({ name }) => name);
  const found = await Promise.all(
    names.map((name) =>
      describeEntry(root, path === "" ? name : `${path}/${name}`)
        // Gone meanwhile, or not to be reached.
        .catch(() => null)
    ),
  );
  return found.filter((one) => one !== null);
}

/**
 * Reads a file that is no notebook.
 *
 * @param format `text` or `base64`; null for text where it is UTF-8.
 * @throws {TypeError} If it is to be text and is none.
 */
export async function readFileContent(
  full: string,
  format: string | null,
): Promise<Pick<Model, "content" | "format" | "mimetype">> {
  const bytes = await Deno.readFile(full);
  if (format !== "base64") {
    try {
      const content = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
        .decode(bytes);
      return {
        content,
        format: "text",
        mimetype: mimeOf(full) ?? "text/plain",
      };
    } catch {
      if (format === "text") {
        throw new TypeError(`${basename(full)} is not UTF-8 encoded`);
      }
    }
  }
  return {
    content: bytes.toBase64(),
    format: "base64",
    mimetype: mimeOf(full) ?? "application/octet-stream",
  };
}

/** The hash of a file's bytes. */
export async function hashFile(full: string): Promise<string> {
  return await hashOf(await Deno.readFile(full));
}

/** Finds a name that is free: `Untitled.ipynb`, `Untitled1.ipynb`. */
export async function findFreeName(
  folder: string,
  { stem, extension, gap = "" }: {
    readonly stem: string;
    readonly extension: string;
    /** What stands before the number. */
    readonly gap?: string;
  },
): Promise<string> {
  for (let number = 0;; number++) {
    const name = `${stem}${number === 0 ? "" : gap + number}${extension}`;
    if (await isFree(join(folder, name))) return name;
  }
}

/** Whether nothing stands there, not even a link that leads nowhere. */
export async function isFree(full: string): Promise<boolean> {
  return await Deno.lstat(full).then(
    () => false,
    (error) => error instanceof Deno.errors.NotFound,
  );
}

/** A guess by the name, which is all that clients want. */
export function mimeOf(path: string): string | null {
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return MIMES[extension] ?? null;
}

function isWritable({ mode }: Deno.FileInfo): boolean {
  // A superuser may write whatever its mode says.
  return mode === null || Deno.build.os === "windows" || Deno.uid() === 0 ||
    (mode & 0o222) !== 0;
}

const MIMES: Readonly<Record<string, string>> = {
  css: "text/css",
  csv: "text/csv",
  gif: "image/gif",
  html: "text/html",
  ico: "image/x-icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript",
  json: "application/json",
  md: "text/markdown",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  ts: "text/typescript",
  tsx: "text/typescript",
  txt: "text/plain",
  wasm: "application/wasm",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
  xml: "application/xml",
};
