/**
 * Draws arrows between lanes: those that can be told apart, and a ribbon that
 * counts them all where they are too many.
 *
 * Pure, and uses nothing from outside itself: see `recording_draw.ts`.
 * @module
 */
import type { LanePlaces, View } from "./recording_draw.ts";
import type { Scene, SceneLink } from "./recording_scene.ts";

/** Drawn arrows. */
export interface DrawnLinks {
  /** SVG elements. */
  readonly markup: string;
  /** Lower edge of lanes and ribbon, pixels. */
  readonly bottom: number;
  /** Arrows within the view. */
  readonly count: number;
  /** Arrows for which there was no room. */
  readonly hidden: number;
}

/**
 * Draws arrows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { placeLanes } from "./recording_draw.ts";
 * import { PINGPONG } from "../gallery/recording_fixtures.ts";
 * import { makeScene } from "./recording_scene.ts";
 * const scene = makeScene(PINGPONG);
 * const shown = scene.lanes.map(() => true);
 * const view = { fromMs: 0, toMs: scene.endMs, shown };
 * const drawn = drawLinks(scene, view, placeLanes(scene, view, 0));
 * assert.ok(drawn.count > 0);
 * ```
 *
 * @param scene What there is to draw.
 * @param view Which part of it.
 * @param places Where the lanes are.
 * @returns The arrows.
 */
export function drawLinks(
  scene: Scene,
  view: View,
  places: LanePlaces,
): DrawnLinks {
  const { leftPx, rightPx, markPx, edgePx } = scene;
  const scale = (rightPx - leftPx) / (view.toMs - view.fromMs);
  const x = (ms: number) => leftPx + (ms - view.fromMs) * scale;
  const round = (px: number) => Math.round(px * 10) / 10;
  const inView = scene.links.filter((link) =>
    places.tops[link.from]! >= 0 && places.tops[link.to]! >= 0 &&
    link.endMs >= view.fromMs && link.startMs <= view.toMs
  );
  const kinds = ["spawn", "lock", "wake", "message"] as const;

  /** Keeps arrows some pixels apart: those between the same lanes, or all. */
  const choose = (apartPx: number, isOfAll: boolean): readonly SceneLink[] => {
    const taken = new Map<string, number[]>();
    return kinds.flatMap((kind) =>
      inView.filter((link) => {
        if (link.kind !== kind) return false;
        const key = isOfAll ? "" : `${link.from} ${link.to}`;
        const at = x(link.startMs);
        const known = taken.get(key) ?? [];
        if (known.some((place) => Math.abs(place - at) < apartPx)) return false;
        known.push(at);
        taken.set(key, known);
        return true;
      })
    );
  };
  // Above this many, even arrows apart from one another are a thicket.
  const most = 48;
  const apart = choose(4, false);
  const chosen = apart.length <= most
    ? apart
    : choose((rightPx - leftPx) / most, true);

  const under: string[] = [];
  const parts = chosen.map(({ kind, from, to, startMs, endMs }) => {
    const isDown = places.tops[to]! > places.tops[from]!;
    const y1 = places.tops[from]! + (isDown ? markPx - 1 : 1);
    const y2 = places.tops[to]! + (isDown ? 1 : markPx - 1);
    const [x1, x2] = [x(startMs), x(endMs)];
    // What leaves the view is cut off where it leaves.
    const clip = (at: number): readonly [number, number] => {
      const px = Math.min(rightPx, Math.max(leftPx, at));
      const part = x2 === x1 ? 0 : (px - x1) / (x2 - x1);
      return [px, x2 === x1 ? (at === x1 ? y1 : y2) : y1 + (y2 - y1) * part];
    };
    const [fromX, fromY] = x2 === x1 ? [x1, y1] : clip(x1);
    const [toX, toY] = x2 === x1 ? [x2, y2] : clip(x2);
    const line = `M${round(fromX)} ${round(fromY)}L${round(toX)} ${round(toY)}`;
    under.push(line);
    const length = Math.hypot(toX - fromX, toY - fromY);
    const [ux, uy] = length === 0
      ? [0, 1]
      : [(toX - fromX) / length, (toY - fromY) / length];
    const [backX, backY] = [toX - ux * 6, toY - uy * 6];
    const head = x2 > rightPx + 0.5
      ? ""
      : `<path class="skein-head skein-link-${kind}" d="M${round(toX)} ${
        round(toY)
      }L${round(backX - uy * 2.6)} ${round(backY + ux * 2.6)}L${
        round(backX + uy * 2.6)
      } ${round(backY - ux * 2.6)}Z"/>`;
    return `<path class="skein-link skein-link-${kind}" fill="none" d="${line}"/>${head}`;
  });
  const markup = chosen.length === 0
    ? ""
    : `<path class="skein-halo skein-under" d="${under.join("")}"/>${
      parts.join("")
    }`;
  const hidden = inView.length - chosen.length;
  if (hidden === 0) {
    return { markup, bottom: places.bottom, count: inView.length, hidden };
  }

  // The ribbon: how many arrows leave in each four pixels.
  const bins: number[] = [];
  for (const { startMs } of inView) {
    const at = Math.min(rightPx - 1, Math.max(leftPx, x(startMs)));
    const bin = Math.floor((at - leftPx) / 4);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  const highest = Math.max(...bins.filter((count) => count > 0));
  const bottom = places.bottom + 30;
  let path = "";
  bins.forEach((count, bin) => {
    const height = round(count / highest * 20);
    path += `M${round(leftPx + bin * 4)} ${bottom}v${-height}h3.4v${height}z`;
  });
  const ribbon = `<path class="skein-head skein-link-message" d="${path}"/>` +
    `<text x="${edgePx}" y="${bottom - 8}" font-size="12">arrows</text>` +
    `<text x="${edgePx}" y="${
      bottom + 4
    }" font-size="11" class="skein-muted">up to ${highest} a bar</text>`;
  return {
    markup: markup + ribbon,
    bottom: bottom + 8,
    count: inView.length,
    hidden,
  };
}
