/**
 * Compares the pictures of start-up with their committed SVG, byte for byte.
 *
 * After a wanted change: `UPDATE_GALLERY=1 deno test -A` with this file, then
 * look at the images before committing them.
 */
import assert from "node:assert/strict";
import { spawnCostFigure } from "./spawn_cost.ts";
import { SPAWN_COSTS, SPAWN_HERE } from "./spawn_cost_gallery_data.ts";

const FOLDER = new URL("../../docs/gallery/", import.meta.url);

const GALLERY = {
  "spawn_cost_all": () => spawnCostFigure(SPAWN_COSTS).svg,
  "spawn_cost_here": () => spawnCostFigure(SPAWN_HERE).svg,
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
