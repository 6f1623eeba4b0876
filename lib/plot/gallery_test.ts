/**
 * Compares every figure of the gallery with its committed SVG, byte for byte.
 *
 * After a wanted change: `UPDATE_GALLERY=1 deno test -A lib/plot/gallery_test.ts`,
 * then look at the files in `docs/gallery/` before committing them.
 */
import assert from "node:assert/strict";
import { DISPLAY } from "../display.ts";
import { comparisonFigure, showComparison } from "./comparison.ts";
import { ALONE, CPU, NOISY, PREDICTED, WAITING } from "./gallery_data.ts";
import { LONG, LONG_NAMES, MANY, TINY } from "./gallery_spans.ts";
import { timelineFigure } from "./timeline.ts";

const FOLDER = new URL("../../docs/gallery/", import.meta.url);

const GALLERY: Readonly<Record<string, () => Promise<string>>> = {
  "comparison_computing": async () => (await comparisonFigure(CPU)).svg,
  "comparison_waiting": async () => (await comparisonFigure(WAITING)).svg,
  "comparison_predicted": async () => (await comparisonFigure(PREDICTED)).svg,
  "comparison_noisy": async () => (await comparisonFigure(NOISY)).svg,
  "comparison_alone": async () => (await comparisonFigure(ALONE)).svg,
  "timeline_computing": async () => (await timelineFigure(CPU)).svg,
  "timeline_waiting": async () => (await timelineFigure(WAITING)).svg,
  "timeline_long_names": async () => (await timelineFigure(LONG_NAMES)).svg,
  "timeline_many_lanes": async () => (await timelineFigure(MANY)).svg,
  "timeline_microseconds": async () => (await timelineFigure(TINY)).svg,
  "timeline_minutes": async () => (await timelineFigure(LONG)).svg,
  "timeline_empty": async () => (await timelineFigure([])).svg,
  "whole_computing": async () => await shown(CPU),
  "whole_predicted": async () => await shown(PREDICTED),
  "whole_waiting": async () => await shown(WAITING),
};

for (const [name, makeSvg] of Object.entries(GALLERY)) {
  Deno.test(`gallery: ${name}`, async () => {
    const svg = `${await makeSvg()}\n`;
    const file = new URL(`${name}.svg`, FOLDER);
    if (Deno.env.get("UPDATE_GALLERY") === "1") {
      await Deno.mkdir(FOLDER, { recursive: true });
      await Deno.writeTextFile(file, svg);
    }
    assert.equal(svg, await Deno.readTextFile(file));
  });
}

async function shown(comparison: typeof CPU): Promise<string> {
  const bundle = await showComparison(comparison)[DISPLAY]();
  return String(bundle["image/svg+xml"]);
}
