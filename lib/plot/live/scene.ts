/**
 * What a timeline is drawn from: plain values with all words fitted.
 *
 * It is made once (`figures/scene.ts`) and drawn by the code of this folder: when
 * a figure is made, and again in a reader's browser for each part of the time
 * that the reader looks at. Pure: types, the scale of time, and the short form that travels.
 * @module
 */
import type { Link, TraceState } from "../../base/record/mod.ts";

/** Lanes that belong together, under a heading. */
export interface SceneGroup {
  /** The heading; empty for none. */
  readonly name: string;
  /** What is said beside it. */
  readonly note: string;
  /** Class names of the mark before it; empty for none. */
  readonly look: string;
  /** When it ended, if a line is to show that. Units: milliseconds. */
  readonly endMs: number | null;
}

export interface SceneLane {
  readonly name: string;
  readonly shortName: string;
  readonly group: number;
  readonly depth: number;
  readonly rows: number;
}

/** A span in a row of a lane. Units: milliseconds. */
export interface SceneSpan {
  readonly lane: number;
  readonly row: number;
  readonly state: TraceState;
  readonly startMs: number;
  readonly endMs: number;
  /** What is written on it where there is room; its width, pixels. */
  readonly text: string;
  readonly textPx: number;
  /** What more is told of it on demand. */
  readonly note: string;
  /** Of `alive`: the part of it that was on a core; 0 where nobody knows. */
  readonly share: number;
  readonly sampled: boolean;
}

/** An arrow between lanes, by their indices. */
export interface SceneLink {
  readonly kind: Link["kind"];
  readonly from: number;
  readonly to: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** A moment with words; on no lane it is −1. */
export interface SceneMark {
  readonly atMs: number;
  readonly text: string;
  readonly textPx: number;
  readonly lane: number;
}

export interface SceneCounter {
  readonly name: string;
  readonly unit: string;
  readonly samples: readonly (readonly [atMs: number, value: number])[];
}

/** A whole timeline. Units: pixels and milliseconds. */
export interface Scene {
  /** Where names, the time axis, and all end. */
  readonly edgePx: number;
  readonly leftPx: number;
  readonly rightPx: number;
  readonly rowPx: number;
  readonly markPx: number;
  readonly nameSizePx: number;
  /** Whether names stand above their lanes: where there is no room beside. */
  readonly hasNamesAbove: boolean;
  readonly endMs: number;
  readonly groups: readonly SceneGroup[];
  readonly lanes: readonly SceneLane[];
  readonly spans: readonly SceneSpan[];
  readonly links: readonly SceneLink[];
  readonly counters: readonly SceneCounter[];
  readonly marks: readonly SceneMark[];
  readonly hiddenLanes: number;
  readonly hiddenCounters: number;
}

/** The part of a scene that is looked at. */
export interface View {
  readonly fromMs: number;
  readonly toMs: number;
  readonly shown: readonly boolean[];
}

/** Where lanes are, pixels: −1 for one that is not shown. */
export interface LanePlaces {
  readonly tops: readonly number[];
  /** Upper and lower edge of each group's lanes; equal for one without. */
  readonly groups: readonly (readonly [top: number, bottom: number])[];
  readonly top: number;
  readonly bottom: number;
}

/** Pixels of a moment; beyond the ends for what is out of view. */
export function scaleTime(
  { leftPx, rightPx }: Scene,
  { fromMs, toMs }: View,
): (ms: number) => number {
  const scale = (rightPx - leftPx) / (toMs - fromMs);
  return (ms) => leftPx + (ms - fromMs) * scale;
}

/** A scene whose spans are rows of values: half of the size. */
export interface PackedScene extends Omit<Scene, "spans"> {
  readonly rows: readonly (readonly unknown[])[];
}

/** Shortens a scene for the way into a page. */
export function packScene({ spans, ...rest }: Scene): PackedScene {
  const short = (value: unknown) =>
    typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value;
  return {
    ...rest,
    rows: spans.map((span) => FIELDS.map((field) => short(span[field]))),
  };
}

/** The scene that was packed. */
export function unpackScene({ rows, ...rest }: PackedScene): Scene {
  const toSpan = (row: readonly unknown[]) =>
    Object.fromEntries(FIELDS.map((field, at) => [field, row[at]]));
  return { ...rest, spans: rows.map(toSpan) as unknown as SceneSpan[] };
}

const FIELDS = [
  "lane",
  "row",
  "state",
  "startMs",
  "endMs",
  "text",
  "textPx",
  "note",
  "share",
  "sampled",
] as const satisfies readonly (keyof SceneSpan)[];
