/**
 * Paths of files: put together, taken apart, and as `file:` URLs.
 *
 * Node's modules do the same and take 10 to 20 ms to load, in each process of
 * ours; a test holds what is here against them.
 * @module
 */

/** Whose paths are meant. @default those of this system */
type System = "windows" | "posix";

/**
 * Gives the path of something in a folder.
 *
 * @param folder Path of the folder; `""` for none.
 * @param names Names below it, without `..`.
 */
export function join(folder: string, ...names: readonly string[]): string {
  const below = names.filter((name) => name !== "").join(SEPARATOR);
  if (folder === "" || below === "") return folder + below;
  return folder.endsWith(SEPARATOR) ||
      (HERE === "windows" && /\/$/.test(folder))
    ? folder + below
    : folder + SEPARATOR + below;
}

/**
 * Gives the folder that something is in; that of a root is the root itself.
 *
 * @param path The path.
 * @param system Whose paths are meant.
 */
export function dirname(path: string, system: System = HERE): string {
  const [root] = ROOT[system].exec(path)!;
  const ends = system === "windows" ? /[\\/]+$/ : /\/+$/;
  const last = system === "windows" ? /[^\\/]*$/ : /[^/]*$/;
  const rest = path.slice(root.length).replace(ends, "");
  return root + rest.replace(last, "").replace(ends, "") || ".";
}

/**
 * Tells whether a path begins at a root.
 *
 * @param path The path.
 * @param system Whose paths are meant.
 */
export function isAbsolute(path: string, system: System = HERE): boolean {
  return system === "windows"
    ? /^([A-Za-z]:)?[\\/]/.test(path)
    : path.startsWith("/");
}

/**
 * Gives the whole path of what a path means in a folder, without `.` and `..`.
 *
 * @param folder Path of the folder, absolute or relative to the working directory.
 * @param path The path, absolute or relative to the folder.
 */
export function resolve(folder: string, path: string): string {
  const whole = isAbsolute(path) ? path : join(folder, path);
  return fromFileUrl(toFileUrl(whole));
}

/**
 * Gives the path of a `file:` URL.
 *
 * @param url A `file:` URL.
 * @param system Whose paths are meant.
 * @throws {TypeError} If it is another kind of URL, or no path can be it.
 */
export function fromFileUrl(url: string, system: System = HERE): string {
  const { protocol, hostname, pathname } = new URL(url);
  const isWindows = system === "windows";
  const isNamed = protocol === "file:" && (isWindows || hostname === "");
  if (!isNamed || (isWindows ? /%2f|%5c/i : /%2f/i).test(pathname)) {
    throw new TypeError(
      `Cannot get path: URL is ${JSON.stringify(url)}, expected one of a file`,
    );
  }
  const path = decodeURIComponent(pathname);
  if (!isWindows) return path;
  const back = path.replaceAll("/", "\\");
  if (hostname !== "") return `\\\\${hostname}${back}`;
  if (/^\\[A-Za-z]:/.test(back)) return back.slice(1);
  throw new TypeError(
    `Cannot get path: URL is ${JSON.stringify(url)}, expected one with a drive`,
  );
}

/**
 * Gives the `file:` URL of a path.
 *
 * @param path Absolute, or relative to the working directory.
 * @param system Whose paths are meant.
 */
export function toFileUrl(path: string, system: System = HERE): string {
  const whole = isAbsolute(path, system) ? path : join(Deno.cwd(), path);
  const url = new URL("file:///");
  const slashes = system === "windows" ? whole.replaceAll("\\", "/") : whole;
  const [, host, rest] = /^\/\/([^/]+)(\/.*)$/s.exec(slashes) ?? [];
  const isShared = system === "windows" && host !== undefined;
  // A URL drops some of these, and takes others for what they are in URLs.
  url.pathname = (isShared ? rest! : slashes.replaceAll(/\/{2,}/g, "/"))
    .replaceAll(
      /[%\\\n\r\t|^~[\]]/g,
      (char) => `%${encode(char)}`,
    );
  if (isShared) url.hostname = host!;
  return url.href;
}

function encode(char: string): string {
  return char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
}

const HERE: System = Deno.build.os === "windows" ? "windows" : "posix";
/** What stands between the names of a path. */
export const SEPARATOR = HERE === "windows" ? "\\" : "/";
/** What a path may begin with that has no folder; always matches. */
const ROOT = {
  posix: /^\/*/,
  windows: /^([\\/]{2}[^\\/]+[\\/]+[^\\/]+[\\/]*|([A-Za-z]:)?[\\/]*)/,
};
