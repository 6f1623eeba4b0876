/**
 * Images that a notebook names by their path, for its page.
 *
 * What a notebook names is not trusted: only images, and only what lies in the
 * notebook's folder, links followed.
 * @module
 */
import { join, sep } from "node:path";
import { imageUri } from "../export/mod.ts";

/**
 * Makes the look-up of images beside a notebook.
 *
 * @param folder The notebook's folder.
 * @returns Gives the data URI of an image by the address that a cell names;
 *   undefined if there is none in the folder.
 */
export function imagesIn(
  folder: string,
): (source: string) => string | undefined {
  const found = new Map<string, string | undefined>();
  return (source) => {
    if (!found.has(source)) found.set(source, findImage(folder, source));
    return found.get(source);
  };
}

function findImage(folder: string, source: string): string | undefined {
  for (const path of pathsOf(source)) {
    const bytes = readInside(folder, path);
    const uri = bytes && imageUri(bytes);
    if (uri !== undefined) return uri;
  }
  return undefined;
}

/** What the address may mean: as an address first, then as a name. */
function pathsOf(source: string): string[] {
  // Another host, another scheme, or the root of a server nobody knows.
  if (/^\s*(?:[a-z][a-z\d+.-]*:|[/\\])/i.test(source)) return [];
  const [address = ""] = source.split(/[?#]/);
  return [...new Set([decode(address), decode(source), address, source])]
    .map((path) => path.trim())
    .filter((path) => path !== "" && !path.includes("\0"));
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    // A lone percent sign is part of the name itself.
    return address;
  }
}

/** Reads a file if it lies in the folder, wherever its name says it lies. */
function readInside(folder: string, path: string): Uint8Array | undefined {
  try {
    const root = Deno.realPathSync(folder);
    const real = Deno.realPathSync(join(folder, path));
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) {
      return undefined;
    }
    // A pipe would keep us waiting.
    const { isFile, size } = Deno.statSync(real);
    return isFile && size <= MAX_BYTES ? Deno.readFileSync(real) : undefined;
  } catch {
    // There is none, or the system does not allow it: the page says its name.
    return undefined;
  }
}

const MAX_BYTES = 32 * 1024 * 1024;
