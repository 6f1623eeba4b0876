/**
 * Compares the figures of latency under load with their committed SVG, byte for byte.
 *
 * After a wanted change: `UPDATE_GALLERY=1 deno test -A lib/plot/load_gallery_test.ts`,
 * then look at the files in `docs/gallery/` before committing them.
 */
import assert from "node:assert/strict";
import { loadFigure } from "./load.ts";
import { BOTH, SILENT, STALLED, STICK } from "./load_gallery_data.ts";

const FOLDER = new URL("../../docs/gallery/", import.meta.url);

const GALLERY: Readonly<Record<string, () => string>> = {
  "load_stick": () => loadFigure(STICK).svg,
  "load_stalled": () => loadFigure(STALLED).svg,
  "load_open_and_closed": () => loadFigure(BOTH).svg,
  "load_no_answer": () => loadFigure(SILENT).svg,
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
