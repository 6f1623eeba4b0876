/**
 * Draws spans as marks, and runs of spans too short to see as small stacks.
 *
 * Pure, and uses nothing from outside itself: see `recording_draw.ts`.
 * @module
 */
import type { View } from "./recording_draw.ts";
import type { Scene, SceneSpan } from "./recording_scene.ts";
import { escapeText } from "../core/text.ts";

/** Drawn spans. */
export interface DrawnSpans {
  /** The marks as SVG elements. */
  readonly markup: string;
  /** Words on them, to be written over all else. */
  readonly words: string;
  /** Spans too short to be seen alone. */
  readonly mergedSpans: number;
  /** How many marks stand for them. */
  readonly mergedMarks: number;
}

/**
 * Draws spans.
 *
 * Spans shorter than two pixels that touch others as short become one mark of
 * three pixels; in it each state's height is its share of the time.
 *
 * @example Two spans too short to see
 * ```ts
 * import assert from "node:assert/strict";
 * import { EMPTY } from "../gallery/recording_fixtures.ts";
 * import { makeScene } from "./recording_scene.ts";
 * const span = { lane: "a", state: "running" } as const;
 * const spans = [
 *   { ...span, startMs: 0, endMs: 1 },
 *   { ...span, startMs: 1, endMs: 2 },
 * ];
 * const scene = makeScene({ ...EMPTY, durationMs: 9999, spans });
 * const view = { fromMs: 0, toMs: 9999, shown: [true] };
 * assert.equal(drawSpans(scene, view, [0]).mergedSpans, 2);
 * ```
 *
 * @param scene What there is to draw.
 * @param view Which part of it.
 * @param tops Upper edge of each lane; negative where it is not shown.
 * @returns The marks.
 */
export function drawSpans(
  scene: Scene,
  view: View,
  tops: readonly number[],
): DrawnSpans {
  const { leftPx, rightPx, rowPx, markPx, looks } = scene;
  const scale = (rightPx - leftPx) / (view.toMs - view.fromMs);
  const round = (px: number) => Math.round(px * 10) / 10;
  const lookOf = new Map(looks.map((look) => [look.state, look]));
  const paths = new Map<string, string[]>();
  const texts: string[] = [];
  let mergedSpans = 0;
  let mergedMarks = 0;

  const add = (name: string, isSampled: boolean, box: readonly number[]) => {
    const key = isSampled ? `${name} skein-sampled` : name;
    const [x, y, width, height] = box.map(round);
    const path = `M${x} ${y}h${width}v${height}h${-width!}z`;
    const known = paths.get(key);
    if (known === undefined) paths.set(key, [path]);
    else known.push(path);
  };

  const drawOne = (span: SceneSpan, x1: number, x2: number, top: number) => {
    const { state, sampled } = span;
    const look = lookOf.get(state)!;
    const isTiny = x2 - x1 < 3;
    const hasOutline = state !== "running" && state !== "waiting" &&
      state !== "held";
    const inset = hasOutline && !isTiny ? 0.5 : 0;
    const y = top + look.top * markPx + inset;
    const height = (look.bottom - look.top) * markPx - 2 * inset;
    const width = Math.max(1.6, x2 - x1 - 0.6) - 2 * inset;
    const name = isTiny ? look.solid : `skein-${state}`;
    add(name, sampled, [x1 + inset, y, width, height]);
    if (span.share) {
      const filled = span.share * height;
      add("skein-running", sampled, [
        x1 + inset,
        y + height - filled,
        width,
        filled,
      ]);
    }
    if (state === "waiting" && x2 - x1 > 5) {
      for (const x of [x1, x2 - 2.1]) {
        add(name, sampled, [x, top + 0.2 * markPx, 1.5, 0.6 * markPx]);
      }
    }
    const isSolid = state === "running" || state === "held";
    const canHold = isSolid || state === "waiting" || state === "blocked" ||
      state === "alive";
    const room = x2 - x1 - (isSolid ? 8 : 28);
    if (!canHold || span.text === "" || markPx < 14 || span.textPx > room) {
      return;
    }
    const look2 = isSolid ? sampled ? "" : "skein-on-running" : "skein-halo";
    texts.push(
      `<text x="${round((x1 + x2) / 2)}" y="${
        round(top + markPx / 2 + 4)
      }" font-size="11" text-anchor="middle"${
        look2 === "" ? "" : ` class="${look2}"`
      }>${escapeText(span.text)}</text>`,
    );
  };

  const rows = new Map<number, SceneSpan[]>();
  for (const span of scene.spans) {
    if (!(tops[span.lane]! >= 0)) continue;
    if (span.endMs < view.fromMs || span.startMs > view.toMs) continue;
    const key = span.lane * 16 + span.row;
    const known = rows.get(key);
    if (known === undefined) rows.set(key, [span]);
    else known.push(span);
  }
  for (const [key, spans] of rows) {
    const top = tops[Math.floor(key / 16)]! + (key % 16) * rowPx;
    let run: SceneSpan[] = [];
    let runStart = 0;
    let runEnd = 0;
    const flush = () => {
      if (run.length === 1) drawOne(run[0]!, runStart, runEnd, top);
      else if (run.length > 1) {
        mergedSpans += run.length;
        mergedMarks++;
        const width = Math.max(2, runEnd - runStart);
        const isSampled = run.every(({ sampled }) => sampled);
        let bottom = top + markPx;
        // A state's height is its share of the mark's time; what is left is idle.
        const wholeMs = Math.max(
          (runEnd - runStart) / scale,
          run.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0),
        );
        for (const { state, solid } of looks) {
          let ms = 0;
          for (const span of run) {
            if (span.state === state) ms += span.endMs - span.startMs;
          }
          const height = wholeMs > 0 ? ms / wholeMs * markPx : 0;
          if (height < 0.3) continue;
          bottom -= height;
          add(solid, isSampled, [runStart, bottom, width, height]);
        }
      }
      run = [];
    };
    for (const span of spans) {
      const x1 = Math.max(
        leftPx,
        leftPx + (span.startMs - view.fromMs) * scale,
      );
      const x2 = Math.min(rightPx, leftPx + (span.endMs - view.fromMs) * scale);
      if (x2 - x1 >= 2) {
        flush();
        drawOne(span, x1, x2, top);
        continue;
      }
      if (run.length > 0 && (x1 - runEnd > 1 || x2 - runStart > 3)) flush();
      if (run.length === 0) runStart = x1;
      runEnd = run.length === 0 ? x2 : Math.max(runEnd, x2);
      run.push(span);
    }
    flush();
  }

  const names = looks.flatMap(({ state, solid }) => [`skein-${state}`, solid]);
  const parts = [...new Set(names)].flatMap((name) =>
    [`${name} skein-sampled`, name].map((key) => {
      const path = paths.get(key);
      return path === undefined
        ? ""
        : `<path class="${key}" d="${path.join("")}"/>`;
    })
  );
  return {
    markup: parts.join(""),
    words: texts.join(""),
    mergedSpans,
    mergedMarks,
  };
}
