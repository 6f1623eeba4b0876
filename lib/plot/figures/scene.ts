/**
 * Makes the scene of a timeline: lanes in rows, words fitted to their room.
 *
 * A recording, a comparison and plain spans are all the same to it. It is drawn
 * by `plot/live/`. Pure.
 * @module
 */
import type {
  Counter,
  Link,
  Mark,
  TraceSpan,
  TraceState,
} from "../../base/record/mod.ts";
import {
  type Block,
  fitText,
  linkEntry,
  LINKS,
  makeLegend,
  makeParagraph,
  type Paper,
  shareInWords,
  stateEntry,
  STATES,
  tellHidden,
  textWidth,
  TYPE,
  unknownEntry,
} from "../core/mod.ts";
import { ZOOM } from "../live/bundled.ts";
import {
  packScene,
  type Scene,
  type SceneGroup,
  type SceneSpan,
} from "../live/scene.ts";
import { type Drawn, drawScene } from "../live/scene_draw.ts";

export interface SceneSource {
  /** Headings, in the order in which they are shown. */
  readonly groups: readonly SceneGroup[];
  /** Lanes, in order; each belongs to a group by its index. */
  readonly lanes: readonly SourceLane[];
  /** Spans by the ids of their lanes. */
  readonly spans: readonly TraceSpan[];
  readonly links: readonly Link[];
  readonly counters: readonly Counter[];
  readonly marks: readonly Mark[];
  /** How long all was; it grows to hold what is in it. */
  readonly durationMs: number;
}

export interface SourceLane {
  readonly id: string;
  readonly name: string;
  readonly group: number;
  readonly depth: number;
}

/** Lays a timeline out on paper. */
export function makeScene(source: SceneSource, paper: Paper): Scene {
  const lanes = source.lanes.slice(0, MAX_LANES);
  const indexOf = new Map(lanes.map(({ id }, index) => [id, index]));
  const rows = lanes.map(() => 1);
  const spans = placeSpans(source.spans, indexOf, rows);
  const rowCount = rows.reduce((sum, count) => sum + count, 0);
  const look = ROWS.find(({ most }) => rowCount <= most)!;
  const widest = lanes.reduce((most, { name, depth }) => {
    const width = textWidth(name, look.nameSizePx) + depth * INDENT_PX;
    return Math.max(most, width);
  }, 0);
  const gutterPx = Math.max(paper.isNarrow ? 40 : 70, widest + NAME_GAP_PX);
  // A name that takes a third of the paper stands above its lane.
  const hasNamesAbove = gutterPx > (paper.right - paper.left) * 0.3;
  const leftPx = paper.left + (hasNamesAbove ? 0 : gutterPx);
  const { left: edgePx } = paper;
  const rightPx = paper.right - 4;
  const nameRoom = hasNamesAbove ? rightPx - edgePx : gutterPx - 4;
  // A counter that never counted is a line without a message.
  const counters = source.counters.filter(({ samples }) =>
    samples.some(([, value]) => value !== 0)
  );
  return {
    edgePx,
    leftPx,
    rightPx,
    rowPx: look.rowPx,
    markPx: look.markPx,
    nameSizePx: look.nameSizePx,
    hasNamesAbove,
    endMs: findEnd(source),
    groups: source.groups.map((group) => fitHeading(group, paper)),
    lanes: lanes.map(({ name, group, depth }, index) => ({
      name,
      shortName: fitText(name, {
        sizePx: look.nameSizePx,
        widthPx: nameRoom - depth * INDENT_PX,
      }),
      group,
      depth,
      rows: rows[index]!,
    })),
    spans,
    links: source.links.flatMap((link) => {
      const [from, to] = [indexOf.get(link.from), indexOf.get(link.to)];
      if (from === undefined || to === undefined || from === to) return [];
      const { kind, startMs, endMs } = link;
      return [{ kind, from, to, startMs, endMs }];
    }),
    counters: counters.slice(0, MAX_COUNTERS).map((counter) => ({
      ...counter,
      name: fitText(counter.name, {
        sizePx: TYPE.caption,
        widthPx: rightPx - edgePx - RANGE_PX,
      }),
    })),
    marks: source.marks.map(({ atMs, label, lane }) => {
      const text = fitText(label, { sizePx: TYPE.caption, widthPx: 200 });
      const textPx = textWidth(text, TYPE.caption);
      return { atMs, text, textPx, lane: indexOf.get(lane ?? "") ?? -1 };
    }).toSorted((a, b) => a.atMs - b.atMs),
    hiddenLanes: source.lanes.length - lanes.length,
    hiddenCounters: Math.max(0, counters.length - MAX_COUNTERS),
  };
}

/** Draws a timeline: its legend, its lanes, and what there was no room for. */
export function sceneBlocks(
  source: SceneSource,
  paper: Paper,
): readonly Block[] {
  if (
    source.lanes.length + source.counters.length + source.marks.length === 0
  ) {
    return [makeParagraph("Nothing was recorded.", "body", paper)];
  }
  const scene = makeScene(source, paper);
  const shown = scene.lanes.map(() => true);
  const drawn = drawScene(scene, { fromMs: 0, toMs: scene.endMs, shown });
  return [
    makeLegend(legendOf(source), paper),
    {
      markup: `<g class="skein-stage">${drawn.markup}</g>`,
      heightPx: drawn.heightPx,
    },
    makeParagraph(noteDrawn(scene, drawn).join(" "), "caption", paper),
  ];
}

/** The program that lets a reader zoom in; `null` for what is too much of a page. */
export function zoomScript(source: SceneSource, paper: Paper): string | null {
  const { spans, links, lanes } = source;
  if (
    lanes.length === 0 || spans.length > MAX_LIVE || links.length > MAX_LIVE
  ) {
    return null;
  }
  const scene = packScene(makeScene(source, paper));
  // Neither words of a trace nor our own code may end the script element.
  const json = JSON.stringify(scene).replaceAll("<", "\\u003c");
  return `(()=>{const SCENE=${json};${ZOOM.replaceAll("</", "<\\/")}})();`;
}

/** What is written on a span where there is room. */
export function nameSpan({ label, state, reason, share }: TraceSpan): string {
  const name = label ?? (state === "blocked" ? reason : undefined) ?? "";
  if (state !== "alive") return name;
  return `${name === "" ? "" : `${name}: `}${shareInWords(share)}`;
}

function legendOf({ spans, links }: SceneSource) {
  const states = new Set(spans.map(({ state }) => state));
  const alive = spans.filter(({ state }) => state === "alive");
  const kinds = new Set(links.map(({ kind }) => kind));
  return [
    ...(Object.keys(STATES) as TraceState[]).filter((state) =>
      states.has(state)
    ).flatMap((state) =>
      state !== "alive" ? [stateEntry(state)] : [
        ...(alive.some(({ share }) => share !== undefined)
          ? [stateEntry("alive")]
          : []),
        ...(alive.some(({ share }) => share === undefined)
          ? [unknownEntry()]
          : []),
      ]
    ),
    ...(Object.keys(LINKS) as Link["kind"][]).filter((kind) => kinds.has(kind))
      .map(linkEntry),
  ];
}

/** Overlapping spans of a lane go into rows; what overlaps more often is drawn over. */
function placeSpans(
  spans: readonly TraceSpan[],
  indexOf: ReadonlyMap<string, number>,
  rows: number[],
): readonly SceneSpan[] {
  const ends = rows.map((): number[] => []);
  const sorted = spans.toSorted((a, b) =>
    a.startMs - b.startMs || b.endMs - a.endMs
  );
  return sorted.flatMap((span) => {
    const { startMs, endMs, state, reason, source } = span;
    if (
      !(Number.isFinite(startMs) && Number.isFinite(endMs) && startMs <= endMs)
    ) {
      throw new RangeError(
        `Cannot draw a span of "${span.lane}": it lasts from ${startMs} to ${endMs} ms, expected finite times in order`,
      );
    }
    const lane = indexOf.get(span.lane);
    if (lane === undefined) return [];
    const laneEnds = ends[lane]!;
    const free = laneEnds.findIndex((end) => end <= startMs + ROUNDING_MS);
    const row = free >= 0 ? free : Math.min(laneEnds.length, MAX_ROWS - 1);
    laneEnds[row] = Math.max(endMs, laneEnds[row] ?? 0);
    rows[lane] = Math.max(rows[lane]!, row + 1);
    const text = nameSpan(span);
    return [{
      lane,
      row,
      state,
      startMs,
      endMs,
      text,
      textPx: textWidth(text, TYPE.caption),
      note: [reason === text ? undefined : reason, source]
        .filter((part) => part !== undefined).join(", "),
      share: state === "alive" ? span.share ?? 0 : 0,
      sampled: span.sampled ?? false,
    }];
  });
}

function noteDrawn(scene: Scene, drawn: Drawn): readonly string[] {
  const { mergedSpans, mergedMarks, links, hiddenLinks, hiddenLabels } = drawn;
  return [
    mergedSpans > 0
      ? `${mergedSpans} spans too short to see are drawn as ${mergedMarks} small stacks: the height of a colour is its share of the time.`
      : "",
    hiddenLinks > 0
      ? `${hiddenLinks} of ${links} arrows are not drawn; the ribbon counts them all.`
      : "",
    tellHidden(scene.hiddenLanes, "lane"),
    tellHidden(scene.hiddenCounters, "counter"),
    hiddenLabels > 0
      ? `${hiddenLabels} marked moments have no words here.`
      : "",
    scene.spans.some(({ sampled }) => sampled)
      ? "Pale spans come from sampling: their ends are known to a sampling step only."
      : "",
  ].filter((note) => note !== "");
}

function fitHeading(group: SceneGroup, paper: Paper): SceneGroup {
  const isModel = group.look !== "";
  const sizePx = isModel ? TYPE.heading : TYPE.caption;
  const widthPx = paper.right - paper.left - (isModel ? 15 : 0);
  const name = fitText(group.name, { sizePx, widthPx, isBold: true });
  const rest = widthPx - textWidth(name, sizePx, true) - 6;
  // The end of a note may be left out: what counts stands first.
  const notes = group.note.split(" · ");
  while (
    notes.length > 0 && textWidth(notes.join(" · "), TYPE.small) > rest
  ) notes.pop();
  return { ...group, name, note: notes.join(" · ") };
}

function findEnd({ durationMs, spans, links, groups }: SceneSource): number {
  let endMs = Number.isFinite(durationMs) ? durationMs : 0;
  for (const span of spans) endMs = Math.max(endMs, span.endMs);
  for (const link of links) endMs = Math.max(endMs, link.endMs);
  for (const group of groups) endMs = Math.max(endMs, group.endMs ?? 0);
  return endMs > 0 ? endMs : 1;
}

const INDENT_PX = 10;
const NAME_GAP_PX = 12;
const MAX_LANES = 60;
// What stands behind the name of a counter, such as ", 0 to 12 at once".
const RANGE_PX = 130;
const MAX_ROWS = 4;
const MAX_COUNTERS = 6;
// A notebook carries the program's data with it; this many are some hundred KiB.
const MAX_LIVE = 10_000;
// Clocks of two isolates agree to less than this; what touches does not overlap.
const ROUNDING_MS = 0.001;
const ROWS = [
  { most: 24, rowPx: 22, markPx: 16, nameSizePx: TYPE.small },
  { most: 36, rowPx: 17, markPx: 12, nameSizePx: TYPE.caption },
  { most: Infinity, rowPx: 14, markPx: 10, nameSizePx: TYPE.caption },
];
