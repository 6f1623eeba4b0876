/**
 * A timeline that can be zoomed and filtered where scripts run, as HTML.
 *
 * The whole image stands in it as an `<img>`, which survives where scripts and
 * `<svg>` are stripped from HTML: in notebooks that a front end does not trust,
 * on pages that show notebooks, in an export. Where the script runs, it puts the
 * image into the page and draws it again for each view, with the same functions
 * that drew it here, sent as their source. Nothing is fetched. Pure.
 * @module
 */
import { drawCounters, drawMarks } from "../figures/recording_draw_extras.ts";
import { drawLinks } from "../figures/recording_draw_links.ts";
import { drawScene, placeLanes } from "../figures/recording_draw.ts";
import { drawSpans } from "../figures/recording_draw_spans.ts";
import type { Scene, SceneSpan } from "../figures/recording_scene.ts";
import { windowTicks } from "../figures/recording_ticks.ts";
import { escapeText } from "./text.ts";
import { LEAST_WIDTH_PX, SPACE } from "./visual.ts";
import { ZOOM_CLIENT } from "../live/zoom_client.ts";

/**
 * Makes a part of a page that shows an image and lets a reader zoom it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { traceTimelineFigure } from "../figures/recording.ts";
 * import { POOL } from "../gallery/recording_fixtures.ts";
 * const { svg, scene } = traceTimelineFigure(POOL);
 * assert.match(makeZoomable(svg, scene!)!, /^<div class="skein-zoom"/);
 * ```
 *
 * @param svg The whole image.
 * @param scene What is in it.
 * @returns HTML; null if there are so many spans that a page would be slow.
 */
export function makeZoomable(svg: string, scene: Scene): string | null {
  if (scene.spans.length > MAX_SPANS || scene.links.length > MAX_SPANS) {
    return null;
  }
  const title = /<title>([^<]*)<\/title>/.exec(svg)?.[1] ?? "Timeline";
  return `<div class="skein-zoom" style="overflow-x:auto" data-lm-suppress-shortcuts="true">` +
    `<img src="data:image/svg+xml;charset=utf-8,${encodeImage(svg)}" ` +
    `alt="${
      title.replaceAll('"', "&quot;")
    }" width="${SPACE.width}" style="min-width:${LEAST_WIDTH_PX}px">` +
    `<script>${zoomScript(scene)}</script></div>`;
}

/**
 * Writes the script that makes a timeline live.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { POOL } from "../gallery/recording_fixtures.ts";
 * import { makeScene } from "../figures/recording_scene.ts";
 * const script = zoomScript(makeScene(POOL));
 * assert.doesNotMatch(script, /<\/|fetch\(|import\(/);
 * ```
 *
 * @param scene What is drawn.
 * @returns JavaScript that needs nothing but a page.
 */
export function zoomScript(scene: Scene): string {
  // Neither words of a trace nor our own code may end the script element.
  const json = JSON.stringify(packScene(scene)).replaceAll("<", "\\u003c");
  const code = [
    `"use strict";`,
    drawingSource(),
    `const scene = unpackScene(${json});`,
    ZOOM_CLIENT,
    `startZoom(scene, drawScene, document.currentScript);`,
  ].join("\n").replaceAll("</", "<\\/");
  return `(() => {\n${code}\n})();`;
}

/**
 * Writes the source of all functions that draw a scene.
 *
 * @example They need nothing from outside
 * ```ts
 * import assert from "node:assert/strict";
 * const make = new Function(`${drawingSource()}\nreturn windowTicks;`);
 * assert.equal(make()(0, 10, 5).length, 6);
 * ```
 *
 * @returns JavaScript: function declarations.
 */
export function drawingSource(): string {
  return [
    escapeText,
    windowTicks,
    placeLanes,
    drawMarks,
    drawSpans,
    drawLinks,
    drawCounters,
    drawScene,
    unpackScene,
  ].map(String).join("\n");
}

/** A scene in which each span is a row of values, which takes a third of the room. */
export interface PackedScene extends Omit<Scene, "spans"> {
  /** Lane, row, place of the state in `looks`, start, end, text and its width, note, sampled. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/**
 * Packs a scene for a page.
 *
 * Units: times are rounded to a tenth of a microsecond.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { POOL } from "../gallery/recording_fixtures.ts";
 * import { makeScene } from "../figures/recording_scene.ts";
 * const scene = makeScene(POOL);
 * assert.equal(unpackScene(packScene(scene)).spans.length, scene.spans.length);
 * ```
 *
 * @param scene The scene.
 * @returns The same, smaller as JSON.
 */
export function packScene(scene: Scene): PackedScene {
  const { spans, ...rest } = scene;
  const round = (ms: number) => Math.round(ms * 1e4) / 1e4;
  const places = new Map(scene.looks.map(({ state }, index) => [state, index]));
  const rows = spans.map((span) => [
    span.lane,
    span.row,
    places.get(span.state)!,
    round(span.startMs),
    round(span.endMs),
    span.text,
    Math.round(span.textPx * 10) / 10,
    span.note,
    span.sampled ? 1 : 0,
  ]);
  return { ...rest, rows };
}

/**
 * Unpacks a scene; runs in the page.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * import { makeScene } from "../figures/recording_scene.ts";
 * assert.deepEqual(unpackScene(packScene(makeScene(EMPTY))).spans, []);
 * ```
 *
 * @param packed What {@link packScene} made.
 * @returns The scene.
 */
export function unpackScene(packed: PackedScene): Scene {
  const spans = packed.rows.map((row) => ({
    lane: row[0],
    row: row[1],
    state: packed.looks[Number(row[2])]!.state,
    startMs: row[3],
    endMs: row[4],
    text: row[5],
    textPx: row[6],
    note: row[7],
    sampled: row[8] === 1,
  } as SceneSpan));
  return { ...packed, spans };
}

/** Escapes what an address in quotes must not hold, and leaves the rest readable. */
function encodeImage(svg: string): string {
  return encodeURIComponent(svg.toWellFormed()).replace(
    /%(?:20|2C|2F|3A|3B|3D)/g,
    decodeURIComponent,
  );
}

// A notebook carries the page part with it; this many are some hundred KiB.
const MAX_SPANS = 10_000;
