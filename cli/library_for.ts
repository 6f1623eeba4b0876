/**
 * Where a script finds the library that cells know as `skein`.
 * @module
 */
import { dirname, resolve } from "node:path";
import { toFileUrl } from "../session/mod.ts";

/**
 * Gives the library's address, seen from a script: it runs without the kernel,
 * which knows the library by name.
 *
 * @param path The script.
 */
export function libraryFor(path: string): string {
  const library = import.meta.resolve("../mod.ts");
  if (!library.startsWith("file:")) return library;
  const folder = toFileUrl(`${dirname(resolve(path))}/`);
  const [from, to] = [folder, library].map((url) => url.split("/"));
  let same = 0;
  while (same < from!.length - 1 && from![same] === to![same]) same++;
  const up = "../".repeat(from!.length - 1 - same);
  return (up === "" ? "./" : up) + to!.slice(same).join("/");
}
