/**
 * The timeline: who did what when, as lanes on a true time axis.
 *
 * Several runs are panels under one another on one common axis, so that their
 * lengths compare by eye. `timeline_groups.ts` says what is shown,
 * `timeline_layout.ts` where it goes, `timeline_blocks.ts` draws it, and
 * `timeline_words.ts` says the same in words.
 * @module
 */

import {
  DISPLAY,
  type Displayable,
  figure,
  makeDisplayable,
} from "../display.ts";
import { type Figure, makeCard } from "./card.ts";
import { timelineBlocks } from "./timeline_blocks.ts";
import { panelsOf, type TimelineSource } from "./timeline_groups.ts";
import { describePanels } from "./timeline_words.ts";

/** How a timeline is drawn. */
export interface TimelineOptions {
  /** Its heading. @default the comparison's title, or `Timeline` */
  readonly title?: string;
}

/**
 * Shows who did what when.
 *
 * Shape: a value for the end of a cell or for `display()`; it is drawn when the
 * front end asks for it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../display.ts";
 * const shown = timeline([
 *   { lane: "worker 1", kind: "worker", state: "running", startMs: 0, endMs: 40 },
 * ]);
 * assert.match(String((await shown[DISPLAY]())["text/plain"]), /running 40.0 ms/);
 * ```
 *
 * @param source A comparison, groups of spans, or spans.
 * @param options Heading.
 * @returns A value shown as the figure.
 */
export function timeline(
  source: TimelineSource,
  options: TimelineOptions = {},
): Displayable {
  return makeDisplayable(async () => {
    const { svg, alt } = await timelineFigure(source, options);
    return await figure(svg, alt)[DISPLAY]();
  });
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
  return makeCard({
    title: options.title ?? known,
    alt: describePanels(panelsOf(source)),
    blocks: await timelineBlocks(source),
  });
}
