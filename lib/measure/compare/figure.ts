/**
 * The answer picture: which model was faster, by how much, and how sure that is.
 *
 * One row a model on a wall-time axis from zero: every sample, the median with
 * its interval, the speed-up. `comparison_blocks.ts` draws the rows, and
 * `comparison_words.ts` says the same in words.
 * @module
 */

import {
  DISPLAY,
  type Displayable,
  figure,
  makeDisplayable,
} from "../../base/mod.ts";
import type { Comparison } from "../../base/record/mod.ts";
import { comparisonTable } from "./comparison_table.ts";
import {
  type Block,
  type Figure,
  makeCard,
  makeParagraph,
  makeSpace,
} from "../../plot/core/card.ts";
import { answerBlocks } from "./figure_blocks.ts";
import { describeComparison } from "./figure_words.ts";
import { warningBlocks } from "../../plot/core/noise_warning.ts";
import { describeStamp } from "../../plot/core/stamp_words.ts";
import { timelineBlocks } from "../../plot/figures/timeline_blocks.ts";
import { panelsOf } from "../../trace/timeline_groups.ts";
import { describePanels } from "../../plot/figures/timeline_words.ts";

/** How a comparison is drawn. */
export interface ComparisonOptions {
  /** Its heading. @default the comparison's title */
  readonly title?: string;
  /**
   * Whether faint lines show what `sequential` divided by the cores, and by the
   * jobs, would be: what perfect parallelism would give computing, and waiting.
   * @default true
   */
  readonly ideal?: boolean;
}

/**
 * Shows a comparison: the answer picture, and below it the timeline of the
 * round nearest the median, which says why.
 *
 * Shape: a value for the end of a cell or for `display()`; it is drawn when the
 * front end asks for it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../../base/display.ts";
 * import { CPU } from "../../plot/gallery/gallery_data.ts";
 * const bundle = await showComparison(CPU)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /1.88× \(1.85–1.92\)/);
 * ```
 *
 * @param comparison What was measured.
 * @param options Heading, and whether ideal times are shown.
 * @returns A value shown as one image, or as a text table.
 */
export function showComparison(
  comparison: Comparison,
  options: ComparisonOptions = {},
): Displayable {
  return makeDisplayable(async () => {
    const title = options.title ?? comparison.title;
    const panels = panelsOf(comparison);
    const hasSpans = panels.some(({ spans }) => spans.length > 0);
    const { svg } = makeCard({
      title,
      alt: [
        describeComparison(comparison),
        ...(hasSpans ? [describePanels(panels)] : []),
      ].join("\n"),
      blocks: [
        ...warningBlocks(comparison.stamp),
        ...await answerBlocks(comparison, options.ideal ?? true),
        ...findingBlocks(comparison),
        ...(hasSpans
          ? [
            makeSpace(14, true),
            makeParagraph(
              "What happened, in the round nearest the median",
              "heading",
            ),
            ...await timelineBlocks(comparison),
          ]
          : []),
        ...stampBlocks(comparison),
      ],
    });
    const words = `${title}\n\n${describeInTable(comparison)}`;
    return await figure(svg, words)[DISPLAY]();
  });
}

/**
 * Draws the answer picture of a comparison.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CPU } from "../../plot/gallery/gallery_data.ts";
 * const { alt } = await comparisonFigure(CPU);
 * assert.match(alt, /workers: median 432 ms/);
 * ```
 *
 * @param comparison What was measured.
 * @param options Heading, and whether ideal times are shown.
 * @returns The image and its text alternative.
 */
export async function comparisonFigure(
  comparison: Comparison,
  options: ComparisonOptions = {},
): Promise<Figure> {
  return makeCard({
    title: options.title ?? comparison.title,
    alt: describeComparison(comparison),
    blocks: [
      ...warningBlocks(comparison.stamp),
      ...await answerBlocks(comparison, options.ideal ?? true),
      ...findingBlocks(comparison),
      ...stampBlocks(comparison),
    ],
  });
}

/** After the answer: who looks for one should not have to read first. */
function findingBlocks({ findings }: Comparison): readonly Block[] {
  if (findings.length === 0) return [];
  return [
    makeSpace(14, true),
    makeParagraph("What the numbers say", "heading"),
    makeParagraph(findings.join("\n"), "body"),
  ];
}

function stampBlocks({ stamp }: Comparison): readonly Block[] {
  return [
    makeSpace(6, true),
    makeParagraph(describeStamp(stamp), "caption"),
  ];
}

function describeInTable(comparison: Comparison): string {
  const { findings, stamp } = comparison;
  return [
    comparisonTable(comparison),
    "",
    ...findings,
    describeStamp(stamp),
  ].join("\n");
}
