/**
 * A recording as a figure: who did what when, and what that means.
 *
 * One idea a file: `recording_scene.ts` says what is shown, `recording_draw.ts`
 * draws it, `recording_words.ts` says the same in words, and `zoom.ts` makes it
 * a page part that can be zoomed where scripts run.
 * @module
 */
import {
  DISPLAY,
  type Displayable,
  figure,
  makeDisplayable,
} from "../../base/mod.ts";
import type { Recording } from "../../base/record/mod.ts";
import {
  type Figure,
  makeCard,
  makeParagraph,
  makeSpace,
} from "../core/card.ts";
import { findingBlocks, recordingBlocks } from "./recording_blocks.ts";
import type { Scene } from "./recording_scene.ts";
import { describeRecording, findInRecording } from "./recording_words.ts";
import { describeTraceStamp } from "../core/stamp_words.ts";
import { deadlockBlocks } from "./wait_for.ts";
import { makeZoomable } from "../core/zoom.ts";

/** A figure of a recording, and what a reader's browser needs to zoom it. */
export interface RecordingFigure extends Figure {
  /** What is shown; null if there is nothing to zoom. */
  readonly scene: Scene | null;
}

/**
 * Shows a recording: the timeline, who waits for whom if they wait for ever,
 * what the shape means, and the circumstances.
 *
 * Shape: a value for the end of a cell or for `display()`; it is drawn when the
 * front end asks for it. Where scripts run, it can be zoomed and filtered; where
 * they do not, it is the same image.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../../base/display.ts";
 * import { DEADLOCK } from "../gallery/recording_fixtures.ts";
 * const bundle = await showRecording(DEADLOCK)[DISPLAY]();
 * assert.match(String(bundle["text/plain"]), /Deadlock of 2/);
 * ```
 *
 * @param recording What was recorded.
 * @returns A value shown as a figure, or in words.
 */
export function showRecording(recording: Recording): Displayable {
  return makeDisplayable(() => zoomable(recordingFigure(recording)));
}

/**
 * Shows a recording's timeline alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { DISPLAY } from "../../base/display.ts";
 * import { POOL } from "../gallery/recording_fixtures.ts";
 * const bundle = await showTraceTimeline(POOL)[DISPLAY]();
 * assert.match(String(bundle["text/html"]), /<img /);
 * ```
 *
 * @param recording What was recorded.
 * @returns A value shown as a figure, or in words.
 */
export function showTraceTimeline(recording: Recording): Displayable {
  return makeDisplayable(() => zoomable(traceTimelineFigure(recording)));
}

/**
 * Draws a recording with all that it says.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * assert.match(recordingFigure(EMPTY).svg, /Nothing was recorded/);
 * ```
 *
 * @param recording What was recorded.
 * @returns The image, its text alternative, and what can be zoomed.
 * @throws {RangeError} If a span's times are not finite, or it ends before it starts.
 */
export function recordingFigure(recording: Recording): RecordingFigure {
  const findings = findInRecording(recording);
  const { blocks, scene } = recordingBlocks(recording);
  const stamp = describeTraceStamp(recording.stamp);
  const words = [
    describeRecording(recording),
    ...findings,
    ...recording.notes ?? [],
    ...recording.missing.map((text) => `Not recorded: ${text}`),
    stamp,
  ];
  const card = makeCard({
    title: recording.title,
    alt: words.join("\n"),
    blocks: [
      ...blocks,
      ...deadlockBlocks(recording),
      ...findingBlocks(recording, findings),
      makeSpace(6, true),
      makeParagraph(stamp, "caption"),
    ],
  });
  return { ...card, scene };
}

/**
 * Draws a recording's timeline.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { POOL } from "../gallery/recording_fixtures.ts";
 * assert.match(traceTimelineFigure(POOL).svg, /^<svg /);
 * ```
 *
 * @param recording What was recorded.
 * @returns The image, its text alternative, and what can be zoomed.
 * @throws {RangeError} If a span's times are not finite, or it ends before it starts.
 */
export function traceTimelineFigure(recording: Recording): RecordingFigure {
  const { blocks, scene } = recordingBlocks(recording);
  const card = makeCard({
    title: recording.title,
    alt: describeRecording(recording),
    blocks: [...blocks, ...findingBlocks(recording, [])],
  });
  return { ...card, scene };
}

/** Joins the image with the page part that can be zoomed. */
async function zoomable({ svg, alt, scene }: RecordingFigure) {
  const bundle = await figure(svg, alt)[DISPLAY]();
  const html = scene === null ? null : makeZoomable(svg, scene);
  return html === null ? bundle : { "text/html": html, ...bundle };
}
