/**
 * Whether two paths lead to one file, so that a page never takes the place of
 * its notebook.
 * @module
 */
import { basename, dirname, join, resolve } from "node:path";
import { quote } from "./quote.ts";
import { UsageError } from "./usage.ts";

/**
 * Sees to it that a page does not take the place of a notebook, by whatever
 * name either of them is called.
 *
 * @param page Where the page goes.
 * @param notebooks Where notebooks are or go.
 * @throws {UsageError} If it is one of them.
 */
export async function checkPage(
  page: string,
  notebooks: readonly string[],
): Promise<void> {
  for (const notebook of notebooks) {
    if (!await isSameFile(page, notebook)) continue;
    throw new UsageError(
      `Cannot write page ${
        quote(page)
      }: the notebook is there, expected another path`,
    );
  }
}

/**
 * Tells whether two paths lead to one file: through links, hard links, or names
 * that the system takes for the same; also where there is no file yet.
 *
 * @param a A path.
 * @param b Another.
 */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all(
    [a, b].map((path) => Deno.stat(path).catch(() => null)),
  );
  if (first && second && first.ino !== null && second.ino !== null) {
    return first.ino === second.ino && first.dev === second.dev;
  }
  const [one, other] = await Promise.all([placeOf(a), placeOf(b)]);
  return one === other;
}

/** The path without links, as far as it exists. */
async function placeOf(path: string, links = 0): Promise<string> {
  const full = resolve(path);
  const real = await Deno.realPath(full).catch(() => null);
  if (real !== null) return spelled(real);
  const link = await Deno.readLink(full).catch(() => null);
  if (link !== null && links < MAX_LINKS) {
    return await placeOf(resolve(dirname(full), link), links + 1);
  }
  const above = dirname(full);
  if (above === full) return spelled(full);
  return spelled(join(await placeOf(above, links), basename(full)));
}

/** Windows and macOS take upper and lower case, and ways to write é, for one. */
function spelled(path: string): string {
  return Deno.build.os === "linux" ? path : path.normalize("NFC").toLowerCase();
}

/** As in Linux: links that lead around in a circle end somewhere. */
const MAX_LINKS = 40;
