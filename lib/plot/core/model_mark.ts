/**
 * How a model is marked beside its name: by colour and form.
 *
 * Pure. The colours are in `visual.ts`.
 * @module
 */

import { isPythonModel, type Model } from "../../base/record/mod.ts";
import { roundPx } from "./text.ts";
import { pythonStyleSheet } from "./visual.ts";

/**
 * Writes the mark of a model: a disc, and a square for those of Python.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(writeModelMark("python-threads", [5, 5]), /^<rect class="skein-python-threads"/);
 * ```
 *
 * @param model The model.
 * @param middle Its middle, pixels.
 * @returns An SVG element.
 */
export function writeModelMark(
  model: Model,
  [x, y]: readonly [number, number],
): string {
  return isPythonModel(model)
    ? `<rect class="skein-${model}" x="${roundPx(x - 4)}" y="${
      roundPx(y - 4)
    }" width="8" height="8"/>`
    : `<circle class="skein-${model}" cx="${x}" cy="${roundPx(y)}" r="4.5"/>`;
}

/**
 * Writes the colours that only some models need, for a card that shows them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(writeModelStyle(["workers"]), "");
 * assert.match(writeModelStyle(["python-threads"]), /^<style>/);
 * ```
 *
 * @param models Models that the card shows.
 * @returns An SVG element; nothing if every card has their colours.
 */
export function writeModelStyle(models: readonly Model[]): string {
  return models.some(isPythonModel)
    ? `<style>\n${pythonStyleSheet()}\n</style>`
    : "";
}
