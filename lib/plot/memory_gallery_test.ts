/**
 * Compares the pictures of memory with their committed SVG, byte for byte.
 *
 * After a wanted change: `UPDATE_GALLERY=1 deno test -A` with this file, then
 * look at the images before committing them.
 */
import assert from "node:assert/strict";
import { memoryFigure } from "./memory.ts";
import { MEMORY, MEMORY_HERE } from "./memory_gallery_data.ts";

const FOLDER = new URL("../../docs/gallery/", import.meta.url);

const GALLERY = {
  "memory_all": () => memoryFigure(MEMORY).svg,
  "memory_here": () => memoryFigure(MEMORY_HERE).svg,
};

for (const [name, makeSvg] of Object.entries(GALLERY)) {
  Deno.test(`gallery: ${name}`, async () => {
    const svg = `${makeSvg()}\n`;
    const file = new URL(`${name}.svg`, FOLDER);
    if (Deno.env.get("UPDATE_GALLERY") === "1") {
      await Deno.writeTextFile(file, svg);
    }
    assert.equal(svg, await Deno.readTextFile(file));
  });
}
