/**
 * The picture of a measurement: every sample, the box, the warm-up, the answer.
 *
 * One row a function on a common axis, and below it all calls in the order
 * taken, warm-up in grey. `distribution_rows.ts` and `distribution_sequence.ts`
 * draw the two; the words are those of the measurement's findings.
 * @module
 */

import type { Measurement } from "./result.ts";
import {
  type Figure,
  makeCard,
  makeParagraph,
  makeSpace,
} from "../../plot/core/card.ts";
import { describeStamp } from "../../plot/core/stamp_words.ts";
import { distributionLegend, distributionRows } from "./figure_rows.ts";
import { sequenceBlock } from "./figure_sequence.ts";
import { warningBlocks } from "../../plot/core/noise_warning.ts";

/**
 * Draws a measurement.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { PAIR } from "../../plot/gallery/distribution_gallery_data.ts";
 * assert.match(distributionFigure(PAIR).svg, /<title>/);
 * ```
 *
 * @param measurement What was measured.
 * @returns The image and its text alternative.
 */
export function distributionFigure(measurement: Measurement): Figure {
  const { title, findings, stamp } = measurement;
  const about = describeCircumstances(measurement);
  return makeCard({
    title,
    alt: [...findings, about].join("\n"),
    blocks: [
      ...warningBlocks(stamp),
      distributionRows(measurement),
      distributionLegend(measurement),
      makeSpace(6),
      makeParagraph("In the order taken", "heading"),
      sequenceBlock(measurement),
      makeSpace(10, true),
      makeParagraph("What the numbers say", "heading"),
      makeParagraph(findings.join("\n"), "body"),
      makeSpace(6, true),
      makeParagraph(about, "caption"),
    ],
  });
}

function describeCircumstances(
  { stamp, clockStepMs }: Measurement,
): string {
  const words = describeStamp(stamp, [
    "sample a function",
    "samples a function",
  ]);
  return `${words} Step of the clock: ${Math.round(clockStepMs * 1e6)} ns.`;
}
