/**
 * `file:` URLs and paths, one from the other.
 * @module
 */
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Gives the path of a `file:` URL.
 *
 * @param url A `file:` URL.
 * @throws {TypeError} If it is another kind of URL.
 */
export function fromFileUrl(url: string): string {
  return fileURLToPath(url);
}

/**
 * Gives the `file:` URL of a path.
 *
 * @param path Absolute, or relative to the working directory.
 */
export function toFileUrl(path: string): string {
  return pathToFileURL(path).href;
}
