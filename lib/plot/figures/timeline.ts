/**
 * The timeline: who did what when, as lanes on a true time axis.
 *
 * Several runs are panels under one another on one common axis, so that their
 * lengths compare by eye. `timeline_groups.ts` says what is shown,
 * `timeline_layout.ts` where it goes, `timeline_blocks.ts` draws it, and
 * `timeline_words.ts` says the same in words.
 * @module
 */

import { type Block, type Figure, makeCard } from "../core/card.ts";
import { writeModelStyle } from "../core/model_mark.ts";
import { timelineBlocks } from "./timeline_blocks.ts";
import { panelsOf, type TimelineSource } from "../../trace/timeline_groups.ts";
import { describePanels } from "./timeline_words.ts";

/** How a timeline is drawn. */
export interface TimelineOptions {
  /** Its heading. @default the comparison's title, or `Timeline` */
  readonly title?: string;
}

/**
 * Draws a timeline.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { svg } = await timelineFigure([
 *   { lane: "worker 1", kind: "worker", state: "waiting", startMs: 0, endMs: 40 },
 * ]);
 * assert.match(svg, /^<svg /);
 * ```
 *
 * @param source A comparison, groups of spans, or spans; may be empty.
 * @param options Heading.
 * @returns The image and its text alternative.
 * @throws {RangeError} If a span's times are not finite, or it ends before it starts.
 */
export async function timelineFigure(
  source: TimelineSource,
  options: TimelineOptions = {},
): Promise<Figure> {
  const known = "results" in source ? source.title : "Timeline";
  const panels = panelsOf(source);
  const models = panels.flatMap(({ model }) => model ?? []);
  return makeCard({
    title: options.title ?? known,
    alt: describePanels(panels),
    blocks: addStyle(await timelineBlocks(source), writeModelStyle(models)),
  });
}

function addStyle(
  [first, ...others]: readonly Block[],
  style: string,
): readonly Block[] {
  if (first === undefined) return [];
  return [{ ...first, markup: style + first.markup }, ...others];
}
