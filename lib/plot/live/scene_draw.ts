/**
 * Draws a part of a scene: axis, lanes, spans, arrows, moments and counters.
 *
 * Pure: a scene and a view in, SVG text out.
 * @module
 */
import {
  CAPTION,
  CAPTION_MIDDLE,
  drawMark,
  roundPx,
  textLine,
  textRuns,
  textWidth,
  timeTicks,
} from "../core/mod.ts";
import { type LanePlaces, scaleTime, type Scene, type View } from "./scene.ts";
import { drawCounters, drawMarks } from "./scene_extras.ts";
import { drawLinks } from "./scene_links.ts";
import { drawSpans } from "./scene_spans.ts";

/** A drawing, and what it had no room for. */
export interface Drawn {
  readonly markup: string;
  readonly heightPx: number;
  readonly places: LanePlaces;
  /** Spans too short to be seen, and the stacks that stand for them. */
  readonly mergedSpans: number;
  readonly mergedMarks: number;
  readonly links: number;
  readonly hiddenLinks: number;
  readonly hiddenLabels: number;
}

export function drawScene(scene: Scene, view: View): Drawn {
  const { leftPx, rightPx, edgePx } = scene;
  const marks = drawMarks(scene, view);
  const places = placeLanes(scene, view, marks.heightPx);
  const spans = drawSpans(scene, view, places.tops);
  const links = drawLinks(scene, view, places);
  const counters = drawCounters(scene, view, links.bottom);
  const bottom = counters.bottom;
  const x = scaleTime(scene, view);
  const most = Math.max(2, Math.floor((rightPx - leftPx) / 80));
  const ticks = timeTicks(view.fromMs, view.toMs, most)
    .map(([atMs, text]) => [roundPx(x(atMs)), text] as const);
  const grid = ticks.map(([at]) => `M${at} ${places.top}V${roundPx(bottom)}`);
  const markup = [
    `<path class="skein-grid" fill="none" d="${grid.join("")}${
      drawRows(scene, places)
    }"/>`,
    drawEnds(scene, places, x),
    drawHeadings(scene, places),
    drawNames(scene, places),
    marks.draw(places),
    spans.markup,
    links.markup,
    spans.words,
    counters.markup,
    scene.hasNamesAbove ? "" : textLine("time", [edgePx, bottom + 16], CAPTION),
    ...ticks.map(([at, text]) =>
      textLine(text, [
        // The last label keeps inside the paper.
        Math.min(at, rightPx + edgePx - textWidth(text, 11) / 2),
        bottom + 16,
      ], CAPTION_MIDDLE)
    ),
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

/** Puts lanes under one another, each group below its heading. */
export function placeLanes(
  scene: Scene,
  view: View,
  topPx: number,
): LanePlaces {
  const nameRoom = scene.hasNamesAbove ? NAME_PX : 0;
  let y = topPx;
  const tops = scene.lanes.map(() => -1);
  const groups = scene.groups.map(({ name }, group) => {
    const members = scene.lanes.flatMap((lane, index) =>
      lane.group === group && view.shown[index] ? [index] : []
    );
    // A run without a lane keeps its heading, which says that nothing is there.
    const isFiltered = members.length === 0 &&
      scene.lanes.some((lane) => lane.group === group);
    if (name !== "" && !isFiltered) y += HEADING_PX + (group > 0 ? 6 : 0);
    const top = y;
    for (const index of members) {
      y += nameRoom;
      tops[index] = y + (scene.rowPx - scene.markPx) / 2;
      y += scene.lanes[index]!.rows * scene.rowPx;
    }
    return [top, y] as const;
  });
  return { tops, groups, top: topPx, bottom: y };
}

function drawRows(scene: Scene, { tops }: LanePlaces): string {
  const { leftPx, rightPx, rowPx, markPx } = scene;
  return scene.lanes.flatMap(({ rows }, index) =>
    tops[index]! < 0 ? [] : Array.from(
      { length: rows },
      (_, row) =>
        `M${leftPx} ${tops[index]! + row * rowPx + markPx / 2}H${rightPx}`,
    )
  ).join("");
}

function drawNames(scene: Scene, { tops }: LanePlaces): string {
  const { edgePx, rowPx, markPx, nameSizePx, hasNamesAbove } = scene;
  return scene.lanes.map(({ shortName, depth, rows }, index) => {
    const top = tops[index]!;
    if (top < 0) return "";
    const middle = top + ((rows - 1) * rowPx + markPx) / 2;
    const y = hasNamesAbove ? top - 4 : middle + nameSizePx * 0.35;
    return textLine(shortName, [edgePx + depth * 10, y], {
      sizePx: nameSizePx,
    });
  }).join("");
}

function drawHeadings(scene: Scene, { groups }: LanePlaces): string {
  return scene.groups.map(({ name, note, look }, index) => {
    const [top, bottom] = groups[index]!;
    const isFiltered = top === bottom &&
      scene.lanes.some(({ group }) => group === index);
    if (name === "" || isFiltered) return "";
    const y = top - 6;
    const mark = look === ""
      ? ""
      : drawMark([scene.edgePx + 5, y - 4], { shape: "circle", look });
    return mark + textRuns(
      [
        {
          text: name,
          look: look === "" ? "skein-bold skein-muted" : "skein-bold",
        },
        { text: note, look: "skein-muted", sizePx: 12 },
      ],
      [scene.edgePx + (look === "" ? 0 : 15), y],
      { sizePx: look === "" ? 11 : 14 },
    );
  }).join("");
}

function drawEnds(
  scene: Scene,
  { groups }: LanePlaces,
  x: (ms: number) => number,
): string {
  return scene.groups.map(({ endMs }, index) => {
    const [top, bottom] = groups[index]!;
    if (endMs === null || bottom === top) return "";
    const at = x(endMs);
    if (at < scene.leftPx || at > scene.rightPx + 0.5) return "";
    return `<path class="skein-end" d="M${roundPx(at)} ${top}V${bottom}"/>`;
  }).join("");
}

const HEADING_PX = 22;
const NAME_PX = 15;
