/**
 * Files that come with Skein and are served or installed as they are.
 * @module
 */
import type { Bundle } from "../server/mod.ts";

/** Logos of the kernel, in `jupyter/logos/`. */
export const LOGOS: readonly string[] = [
  "logo-32x32.png",
  "logo-64x64.png",
  "logo-svg.svg",
];

/** Reads our own page. */
export async function readBundle(): Promise<Bundle> {
  const read = (name: string) =>
    Deno.readTextFile(new URL(`../page/${name}`, import.meta.url));
  const [script, style, widget] = await Promise.all(
    ["bundle/page.js", "page.css", "bundle/widget.js"].map(read),
  );
  return { script: script!, style: style!, widget: widget! };
}
