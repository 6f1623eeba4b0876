/**
 * Compares the figures of measurements with their committed SVG, byte for byte.
 *
 * After a wanted change: `UPDATE_GALLERY=1 deno test -A lib/plot/distribution_gallery_test.ts`,
 * then look at the files in `docs/gallery/` before committing them.
 */
import assert from "node:assert/strict";
import { distributionFigure } from "./distribution.ts";
import { ALONE, CROWDS, PAIR, SINGLE } from "./distribution_gallery_data.ts";

const FOLDER = new URL("../../docs/gallery/", import.meta.url);

const GALLERY: Readonly<Record<string, () => string>> = {
  "distribution_single": () => distributionFigure(SINGLE).svg,
  "distribution_compared": () => distributionFigure(PAIR).svg,
  "distribution_two_modes": () => distributionFigure(CROWDS).svg,
  "distribution_alone": () => distributionFigure(ALONE).svg,
};

for (const [name, makeSvg] of Object.entries(GALLERY)) {
  Deno.test(`gallery: ${name}`, async () => {
    const svg = `${makeSvg()}\n`;
    const file = new URL(`${name}.svg`, FOLDER);
    if (Deno.env.get("UPDATE_GALLERY") === "1") {
      await Deno.mkdir(FOLDER, { recursive: true });
      await Deno.writeTextFile(file, svg);
    }
    assert.equal(svg, await Deno.readTextFile(file));
  });
}
