/// <reference lib="dom" />
/**
 * What of a timeline is on the page, and how another part of it comes there.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import type { Scene } from "./scene.ts";
import type { Drawn } from "./scene_draw.ts";

/** What is drawn now, and the parts of the page. */
export interface Stage {
  readonly scene: Scene;
  readonly svg: SVGSVGElement;
  readonly holder: HTMLElement;
  readonly range: HTMLElement;
  readonly tip: HTMLElement;
  /** Where the lanes begin in the image, pixels. */
  readonly offset: number;
  readonly redraw: () => Drawn;
  readonly shown: boolean[];
  readonly view: { fromMs: number; toMs: number };
  drawn: Drawn;
}

export function draw(stage: Stage): void {
  const { scene, range, view } = stage;
  stage.drawn = stage.redraw();
  const isWhole = view.fromMs === 0 && view.toMs === scene.endMs;
  range.textContent = isWhole
    ? `all ${words(view.toMs)}`
    : `${words(view.fromMs)} to ${words(view.toMs)} (${
      words(view.toMs - view.fromMs)
    })`;
}

export function show(stage: Stage, fromMs: number, toMs: number): void {
  const { scene, view } = stage;
  const length = Math.min(
    scene.endMs,
    Math.max(scene.endMs / 1e5, toMs - fromMs),
  );
  view.fromMs = Math.min(scene.endMs - length, Math.max(0, fromMs));
  view.toMs = view.fromMs + length;
  stage.tip.style.display = "none";
  draw(stage);
}

export function showAll(stage: Stage): void {
  show(stage, 0, stage.scene.endMs);
}

export function zoom(stage: Stage, factor: number, at?: number): void {
  const { fromMs, toMs } = stage.view;
  const middle = at ?? (fromMs + toMs) / 2;
  show(
    stage,
    middle - (middle - fromMs) * factor,
    middle + (toMs - middle) * factor,
  );
}

export function pan(stage: Stage, part: number): void {
  const { fromMs, toMs } = stage.view;
  const by = (toMs - fromMs) * part;
  show(stage, fromMs + by, toMs + by);
}

export function words(ms: number): string {
  return ms === 0 ? "0" : formatDuration(ms);
}
