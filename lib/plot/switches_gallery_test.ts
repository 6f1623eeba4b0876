/**
 * Compares the figures of context switches with their committed SVG, byte for byte.
 *
 * After a wanted change: `UPDATE_GALLERY=1 deno test -A lib/plot/switches_gallery_test.ts`,
 * then look at the files in `docs/gallery/` before committing them.
 */
import assert from "node:assert/strict";
import { switchesFigure } from "./switches.ts";
import {
  CROWDED_CORES,
  MESSAGES,
  WHOLE_PROCESS,
} from "./switches_gallery_data.ts";

const FOLDER = new URL("../../docs/gallery/", import.meta.url);

const GALLERY: Readonly<Record<string, () => string>> = {
  "switches_crowded_cores": () => switchesFigure(CROWDED_CORES).svg,
  "switches_messages": () => switchesFigure(MESSAGES).svg,
  "switches_whole_process": () => switchesFigure(WHOLE_PROCESS).svg,
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
