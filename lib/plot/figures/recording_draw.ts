/**
 * Draws a scene: axis, lanes, spans, arrows, counters and marks as SVG.
 *
 * Each function here and in the files it calls uses only what it is given and
 * one another, nothing of its module: `zoom.ts` sends their source to the
 * reader's browser, where the same drawing is made again for a part of the time.
 * Pure.
 * @module
 */
import { drawCounters, drawMarks } from "./recording_draw_extras.ts";
import { drawLinks } from "./recording_draw_links.ts";
import { drawSpans } from "./recording_draw_spans.ts";
import type { Scene } from "./recording_scene.ts";
import { windowTicks } from "./recording_ticks.ts";
import { escapeText } from "../core/text.ts";

/** Which part of a scene is drawn. */
export interface View {
  /** Where the axis begins, milliseconds. */
  readonly fromMs: number;
  /** Where it ends, milliseconds. */
  readonly toMs: number;
  /** For each lane, whether it is shown. */
  readonly shown: readonly boolean[];
}

/** Where lanes are. Units: pixels. */
export interface LanePlaces {
  /** Upper edge of each lane's first row; -1 where it is not shown. */
  readonly tops: readonly number[];
  /** Headings of groups, and their baselines. */
  readonly headings: readonly (readonly [text: string, y: number])[];
  /** Upper edge of the first lane. */
  readonly top: number;
  /** Lower edge of the last lane. */
  readonly bottom: number;
}

/** A drawn scene. */
export interface Drawn {
  /** SVG elements. */
  readonly markup: string;
  /** How high they are, pixels. */
  readonly heightPx: number;
  /** Where the lanes are. */
  readonly places: LanePlaces;
  /** Spans too short to be seen alone. */
  readonly mergedSpans: number;
  /** How many marks stand for them. */
  readonly mergedMarks: number;
  /** Arrows within the view. */
  readonly links: number;
  /** Arrows for which there was no room. */
  readonly hiddenLinks: number;
  /** Words of moments for which there was no room. */
  readonly hiddenLabels: number;
}

/**
 * Draws a part of a scene.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { PINGPONG } from "../gallery/recording_fixtures.ts";
 * import { makeScene } from "./recording_scene.ts";
 * const scene = makeScene(PINGPONG);
 * const shown = scene.lanes.map(() => true);
 * const { markup } = drawScene(scene, { fromMs: 0, toMs: scene.endMs, shown });
 * assert.match(markup, /skein-running/);
 * ```
 *
 * @param scene What there is to draw.
 * @param view Which part of it.
 * @returns The drawing, and what was too much for it.
 */
export function drawScene(scene: Scene, view: View): Drawn {
  const { edgePx, leftPx, rightPx, markPx, rowPx, nameSizePx } = scene;
  const marks = drawMarks(scene, view);
  const places = placeLanes(scene, view, marks.heightPx);
  const spans = drawSpans(scene, view, places.tops);
  const links = drawLinks(scene, view, places);
  const counters = drawCounters(scene, view, links.bottom);
  const bottom = counters.bottom;
  const scale = (rightPx - leftPx) / (view.toMs - view.fromMs);
  const ticks = windowTicks(view.fromMs, view.toMs, 6).map(([atMs, text]) => {
    const x = Math.round((leftPx + (atMs - view.fromMs) * scale) * 10) / 10;
    return {
      line: `M${x} ${places.top}V${bottom}`,
      text: `<text x="${x}" y="${
        bottom + 16
      }" font-size="11" text-anchor="middle">${text}</text>`,
    };
  });
  const rows: string[] = [];
  const names: string[] = [];
  scene.lanes.forEach(({ shortName, depth, rows: count }, index) => {
    const top = places.tops[index]!;
    if (top < 0) return;
    for (let row = 0; row < count; row++) {
      rows.push(`M${leftPx} ${top + row * rowPx + markPx / 2}H${rightPx}`);
    }
    const middle = top + ((count - 1) * rowPx + markPx) / 2;
    names.push(
      `<text x="${edgePx + depth * 10}" y="${
        Math.round((middle + nameSizePx * 0.35) * 10) / 10
      }" font-size="${nameSizePx}">${escapeText(shortName)}</text>`,
    );
  });
  const headings = places.headings.map(([text, y]) =>
    `<text x="${edgePx}" y="${y}" font-size="11" class="skein-muted skein-bold">${
      escapeText(text)
    }</text>`
  );
  const markup = [
    `<path class="skein-grid" fill="none" d="${
      [...ticks.map(({ line }) => line), ...rows].join("")
    }"/>`,
    ...headings,
    ...names,
    marks.draw(places),
    spans.markup,
    links.markup,
    spans.words,
    counters.markup,
    `<g class="skein-muted">`,
    `<text x="${leftPx - 12}" y="${
      bottom + 16
    }" font-size="11" text-anchor="end">time</text>`,
    ...ticks.map(({ text }) => text),
    `</g>`,
  ].join("");
  return {
    markup,
    heightPx: bottom + 22,
    places,
    mergedSpans: spans.mergedSpans,
    mergedMarks: spans.mergedMarks,
    links: links.count,
    hiddenLinks: links.hidden,
    hiddenLabels: marks.hidden,
  };
}

/**
 * Stacks the lanes that are shown, with a heading above each group.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { PINGPONG } from "../gallery/recording_fixtures.ts";
 * import { makeScene } from "./recording_scene.ts";
 * const scene = makeScene(PINGPONG);
 * const shown = scene.lanes.map((_, index) => index === 1);
 * assert.equal(placeLanes(scene, { fromMs: 0, toMs: 1, shown }, 0).tops[0], -1);
 * ```
 *
 * @param scene What there is to draw.
 * @param view Which lanes are shown.
 * @param topPx Where they begin, pixels.
 * @returns The places.
 */
export function placeLanes(
  scene: Scene,
  view: View,
  topPx: number,
): LanePlaces {
  const hasHeadings = new Set(scene.lanes.map(({ group }) => group)).size > 1;
  const headings: [string, number][] = [];
  let group = "";
  let y = topPx;
  const tops = scene.lanes.map((lane, index) => {
    if (!view.shown[index]) return -1;
    if (hasHeadings && lane.group !== group) {
      group = lane.group;
      headings.push([group, y + 14]);
      y += 20;
    }
    const top = y + (scene.rowPx - scene.markPx) / 2;
    y += lane.rows * scene.rowPx;
    return top;
  });
  return { tops, headings, top: topPx, bottom: y };
}
