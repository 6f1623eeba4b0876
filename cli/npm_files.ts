/**
 * Files of npm packages that are no programs: fonts, and what goes into pages.
 * Deno loads a package when something of it is imported.
 * @module
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "./usage.ts";

/**
 * Gives the text of a file of reveal.js.
 *
 * @param name The file.
 */
export async function readRevealFile(
  name: "reveal.js" | "reveal.css",
): Promise<string> {
  // A small part of it, by which Deno loads the package.
  const part: string = `${REVEAL}/plugin/zoom`;
  await import(part).catch(() => {
    // It wants a page to work in; the files are there all the same, or the next
    // lines say that they are not.
  });
  try {
    // The script for pages without modules has no address of its own.
    const css = locate(`${REVEAL}/reveal.css`);
    return await Deno.readTextFile(join(dirname(css), name));
  } catch (error) {
    throw new UsageError(
      `Cannot make slides: reveal.js can not be loaded, ${
        (error as Error).message.split("\n")[0]
      } (it is loaded from npm once: run \`deno cache ${REVEAL}\` with a network)`,
    );
  }
}

/**
 * Gives the faces of Inter, for figures and headings.
 */
export async function readInterFaces(): Promise<Uint8Array[]> {
  const metadata: string = `${INTER}/metadata.json`;
  await import(metadata, { with: { type: "json" } });
  const folder = dirname(locate(metadata));
  return await Promise.all(
    FACES.map((face) => Deno.readFile(join(folder, face, `Inter_${face}.ttf`))),
  );
}

function locate(address: string): string {
  const url = import.meta.resolve(address);
  return url.startsWith("file:")
    ? fileURLToPath(url)
    : createRequire(import.meta.url).resolve(address);
}

/** Where Inter comes from. */
export const INTER = "npm:@expo-google-fonts/inter@0.4.2";
const REVEAL = "npm:reveal.js@6.0.2";
const FACES = ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold"];
