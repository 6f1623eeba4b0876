/**
 * What a recording's timeline shows, before anything has a place on the screen.
 *
 * Pure. `recording_draw.ts`, which follows, also runs in a reader's browser.
 * @module
 */
import type { Link, Recording, TraceState } from "../../base/record/mod.ts";
import { groupLanes } from "./recording_lanes.ts";
import { nameSpan, SOLID, TRACE_MARKS } from "./recording_visual.ts";
import { fitText, textWidth } from "../core/text.ts";
import { SPACE, TYPE } from "../core/visual.ts";

/** A lane as it is shown. */
export interface SceneLane {
  /** Its name in full. */
  readonly name: string;
  /** Its name, shortened to the room there is. */
  readonly shortName: string;
  /** Heading under which it stands. */
  readonly group: string;
  /** How many lanes it is nested in. */
  readonly depth: number;
  /** How many rows its spans need. */
  readonly rows: number;
}

/** A span as it is shown. Units: milliseconds; pixels where it says so. */
export interface SceneSpan {
  /** Which lane, by its place in the list. */
  readonly lane: number;
  /** Which row of the lane. */
  readonly row: number;
  /** What happened. */
  readonly state: TraceState;
  /** When it began. */
  readonly startMs: number;
  /** When it ended. */
  readonly endMs: number;
  /** What is written on it where there is room. */
  readonly text: string;
  /** How wide that is, pixels. */
  readonly textPx: number;
  /** What else is known: reason and source. */
  readonly note: string;
  /** Of alive: which part was on a core; 0 if not known. */
  readonly share?: number;
  /** Whether it is known to a sampling step only. */
  readonly sampled: boolean;
}

/** An arrow as it is shown. */
export interface SceneLink {
  /** What passed. */
  readonly kind: Link["kind"];
  /** Lane it leaves, by its place in the list. */
  readonly from: number;
  /** Lane it reaches. */
  readonly to: number;
  /** When it left, milliseconds. */
  readonly startMs: number;
  /** When it arrived, milliseconds. */
  readonly endMs: number;
}

/** A moment as it is shown. */
export interface SceneMark {
  /** When, milliseconds. */
  readonly atMs: number;
  /** Its words, shortened. */
  readonly text: string;
  /** How wide they are, pixels. */
  readonly textPx: number;
  /** Which lane; -1 for all. */
  readonly lane: number;
}

/** A counter as it is shown. */
export interface SceneCounter {
  /** Its name, shortened. */
  readonly name: string;
  /** Its unit. */
  readonly unit: string;
  /** Moments in milliseconds, and values from then on. */
  readonly samples: readonly (readonly [atMs: number, value: number])[];
}

/** How a state's mark is drawn: part of the row from 0 to 1, and its class when tiny. */
export interface SceneLook {
  /** The state. */
  readonly state: TraceState;
  /** Upper edge. */
  readonly top: number;
  /** Lower edge. */
  readonly bottom: number;
  /** Class of its plain colour. */
  readonly solid: string;
}

/** All that a timeline shows. Units: pixels and milliseconds. */
export interface Scene {
  /** Left edge of the panel's content. */
  readonly edgePx: number;
  /** Left edge of the time axis. */
  readonly leftPx: number;
  /** Right edge of the time axis. */
  readonly rightPx: number;
  /** Height of a row. */
  readonly rowPx: number;
  /** Height of a mark within it. */
  readonly markPx: number;
  /** Size of lanes' names. */
  readonly nameSizePx: number;
  /** Where the time axis ends. */
  readonly endMs: number;
  /** Lanes from top to bottom. */
  readonly lanes: readonly SceneLane[];
  /** Spans by start. */
  readonly spans: readonly SceneSpan[];
  /** Arrows by start. */
  readonly links: readonly SceneLink[];
  /** Counters from top to bottom. */
  readonly counters: readonly SceneCounter[];
  /** Moments by time. */
  readonly marks: readonly SceneMark[];
  /** Marks of states, in the order in which they are drawn over one another. */
  readonly looks: readonly SceneLook[];
  /** How many lanes there was no room for. */
  readonly hiddenLanes: number;
  /** How many counters there was no room for. */
  readonly hiddenCounters: number;
}

/**
 * Makes the scene of a recording.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { PINGPONG } from "../gallery/recording_fixtures.ts";
 * assert.equal(makeScene(PINGPONG).lanes[0]!.group, "main thread and its tasks");
 * ```
 *
 * @param recording What was recorded.
 * @returns What to draw.
 * @throws {RangeError} If a span's times are not finite, or it ends before it starts.
 */
export function makeScene(recording: Recording): Scene {
  const all = groupLanes(recording);
  const lanes = all.slice(0, MAX_LANES);
  const indexOf = new Map(lanes.map(({ id }, index) => [id, index]));
  const rows = lanes.map(() => 1);
  const spans = placeSpans(recording, indexOf, rows);
  const rowCount = rows.reduce((sum, count) => sum + count, 0);
  const look = ROWS.find(({ most }) => rowCount <= most)!;
  // A counter that never counted is a line without a message.
  const counters = recording.counters.filter(({ samples }) =>
    samples.some(([, value]) => value !== 0)
  );
  const gutter = chooseGutter([
    ...lanes.map(({ id, depth }) =>
      textWidth(id, look.nameSizePx) + depth * INDENT_PX
    ),
    ...counters.map(({ name }) => textWidth(name, TYPE.small)),
  ]);
  return {
    edgePx: SPACE.edge,
    leftPx: SPACE.edge + gutter,
    rightPx: SPACE.width - SPACE.edge - 4,
    rowPx: look.rowPx,
    markPx: look.markPx,
    nameSizePx: look.nameSizePx,
    endMs: findEnd(recording),
    lanes: lanes.map(({ id, group, depth }, index) => ({
      name: id,
      shortName: fitText(id, {
        sizePx: look.nameSizePx,
        widthPx: gutter - NAME_GAP_PX - depth * INDENT_PX,
      }),
      group,
      depth,
      rows: rows[index]!,
    })),
    spans,
    links: recording.links.flatMap((link) => {
      const [from, to] = [indexOf.get(link.from), indexOf.get(link.to)];
      if (from === undefined || to === undefined || from === to) return [];
      const { kind, startMs, endMs } = link;
      return [{ kind, from, to, startMs, endMs }];
    }),
    counters: counters.slice(0, MAX_COUNTERS).map((counter) => {
      const room = { sizePx: TYPE.small, widthPx: gutter - NAME_GAP_PX };
      return { ...counter, name: fitText(counter.name, room) };
    }),
    marks: recording.marks.map(({ atMs, label, lane }) => {
      const text = fitText(label, { sizePx: TYPE.caption, widthPx: 200 });
      const textPx = textWidth(text, TYPE.caption);
      return { atMs, text, textPx, lane: indexOf.get(lane ?? "") ?? -1 };
    }).toSorted((a, b) => a.atMs - b.atMs),
    looks: ORDER.filter((state) =>
      state !== "alive" || spans.some((span) => span.state === state)
    ).map((state) => (
      { state, ...TRACE_MARKS[state], solid: SOLID[state] }
    )),
    hiddenLanes: all.length - lanes.length,
    hiddenCounters: Math.max(0, counters.length - MAX_COUNTERS),
  };
}

/** Gives each span the first row of its lane that is free, and counts the rows. */
function placeSpans(
  recording: Recording,
  indexOf: ReadonlyMap<string, number>,
  rows: number[],
): readonly SceneSpan[] {
  const ends = rows.map((): number[] => []);
  const placed: SceneSpan[] = [];
  for (const span of recording.spans.toSorted(byStart)) {
    const { startMs, endMs, state, reason, source } = span;
    if (
      !(Number.isFinite(startMs) && Number.isFinite(endMs) && startMs <= endMs)
    ) {
      throw new RangeError(
        `Cannot draw a span of "${span.lane}": it lasts from ${startMs} to ${endMs} ms, expected finite times in order`,
      );
    }
    const lane = indexOf.get(span.lane);
    if (lane === undefined) continue;
    const laneEnds = ends[lane]!;
    const free = laneEnds.findIndex((end) => end <= startMs + ROUNDING_MS);
    // What overlaps more than a few times is drawn over the last row.
    const row = free >= 0 ? free : Math.min(laneEnds.length, MAX_ROWS - 1);
    laneEnds[row] = Math.max(endMs, laneEnds[row] ?? 0);
    rows[lane] = Math.max(rows[lane]!, row + 1);
    const text = nameSpan(span);
    placed.push({
      lane,
      row,
      state,
      startMs,
      endMs,
      text,
      textPx: textWidth(text, TYPE.caption),
      note: [reason === text ? undefined : reason, source]
        .filter((part) => part !== undefined).join(", "),
      ...(state === "alive" ? { share: span.share ?? 0 } : {}),
      sampled: span.sampled ?? false,
    });
  }
  return placed;
}

function byStart(
  a: { readonly startMs: number; readonly endMs: number },
  b: { readonly startMs: number; readonly endMs: number },
): number {
  return a.startMs - b.startMs || b.endMs - a.endMs;
}

function chooseGutter(widths: readonly number[]): number {
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  return Math.min(160, Math.max(92, widest + NAME_GAP_PX));
}

function findEnd({ durationMs, spans, links }: Recording): number {
  let endMs = Number.isFinite(durationMs) ? durationMs : 0;
  for (const span of spans) endMs = Math.max(endMs, span.endMs);
  for (const link of links) endMs = Math.max(endMs, link.endMs);
  return endMs > 0 ? endMs : 1;
}

/** How far a nested lane's name is moved in, pixels. */
export const INDENT_PX = 10;

const NAME_GAP_PX = 12;
const MAX_LANES = 60;
const MAX_ROWS = 4;
const MAX_COUNTERS = 6;

// Clocks of two isolates agree to less than this; what touches does not overlap.
const ROUNDING_MS = 0.001;

const ROWS = [
  { most: 24, rowPx: 22, markPx: 16, nameSizePx: TYPE.small },
  { most: 36, rowPx: 16, markPx: 12, nameSizePx: TYPE.caption },
  { most: Infinity, rowPx: 13, markPx: 10, nameSizePx: TYPE.caption },
];

const ORDER: readonly TraceState[] = [
  "waiting",
  "held",
  "running",
  "alive",
  "blocked",
  "runnable",
  "starting",
  "serialising",
  "messaging",
];
