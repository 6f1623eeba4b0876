/**
 * Compares figures with Python beside JavaScript with their committed SVGs.
 *
 * After a wanted change:
 * `UPDATE_GALLERY=1 deno test -A lib/plot/comparison_python_gallery_test.ts`,
 * then look at the files in `docs/gallery/` before committing them.
 */
import assert from "node:assert/strict";
import { DISPLAY } from "../display.ts";
import type { Comparison } from "../parallel/comparison.ts";
import { comparisonFigure, showComparison } from "./comparison.ts";
import {
  PYTHON_COMPUTING,
  PYTHON_FREE,
  PYTHON_WAITING,
} from "./gallery_python.ts";

const FOLDER = new URL("../../docs/gallery/", import.meta.url);

const GALLERY: Readonly<Record<string, () => Promise<string>>> = {
  "comparison_python": () => drawn(PYTHON_COMPUTING),
  "comparison_python_free": () => drawn(PYTHON_FREE),
  "comparison_python_waiting": () => drawn(PYTHON_WAITING),
  "whole_python": () => shown(PYTHON_COMPUTING),
  "whole_python_waiting": () => shown(PYTHON_WAITING),
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

async function drawn(comparison: Comparison): Promise<string> {
  return (await comparisonFigure(comparison)).svg;
}

async function shown(comparison: Comparison): Promise<string> {
  const bundle = await showComparison(comparison)[DISPLAY]();
  return String(bundle["image/svg+xml"]);
}
