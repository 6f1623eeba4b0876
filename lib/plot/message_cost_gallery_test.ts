/**
 * Compares the pictures of messages with their committed SVG, byte for byte.
 *
 * After a wanted change: `UPDATE_GALLERY=1 deno test -A` with this file, then
 * look at the images before committing them.
 */
import assert from "node:assert/strict";
import { messageCostFigure } from "./message_cost.ts";
import { CLONE_ONLY, MESSAGE_COSTS } from "./message_cost_gallery_data.ts";

const FOLDER = new URL("../../docs/gallery/", import.meta.url);

const GALLERY = {
  "message_cost_all": () => messageCostFigure(MESSAGE_COSTS).svg,
  "message_cost_clone": () => messageCostFigure(CLONE_ONLY).svg,
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
