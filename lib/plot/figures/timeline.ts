/**
 * The timeline of a comparison, of groups of spans, or of spans: who did what
 * when, on one axis. It is drawn as a recording is. Pure.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import type { Span } from "../../base/record/mod.ts";
import {
  type Block,
  type Figure,
  hueClass,
  makeFigure,
  MODELS,
  type Paper,
} from "../core/mod.ts";
import {
  orderLanes,
  panelsOf,
  type TimelinePanel,
  type TimelineSource,
} from "../../trace/facts/mod.ts";
import { describeSpans } from "./scene_words.ts";
import { sceneBlocks, type SceneSource, zoomScript } from "./scene.ts";

/** How a timeline is drawn. */
export interface TimelineOptions {
  /** Its heading. @default the comparison's title, else what it shows */
  readonly title?: string;
}

export function timelineFigure(
  source: TimelineSource,
  options: TimelineOptions = {},
): Figure {
  const scene = timelineSource(source);
  const known = "results" in source ? source.title : "Who did what, and when";
  return makeFigure({
    title: options.title ?? known,
    alt: timelineWords(source),
    draw: (paper) => sceneBlocks(scene, paper),
    live: (paper) => zoomScript(scene, paper),
  });
}

export function timelineBlocks(
  source: TimelineSource,
  paper: Paper,
): readonly Block[] {
  return sceneBlocks(timelineSource(source), paper);
}

/** A timeline in words, a line a group. */
export function timelineWords(source: TimelineSource): string {
  return honestPanels(source).map(({ title, spans, wallMs }) => {
    const name = title || "Timeline";
    if (spans.length === 0) return `${name}: nothing was recorded.`;
    const found = [...Map.groupBy(spans, ({ lane }) => lane)];
    const told = found.slice(0, MAX_TOLD).map(([lane, spans]) =>
      `${lane} ${describeSpans(spans)}`
    );
    const rest = found.length - told.length;
    if (rest > 0) told.push(`and ${rest} more lanes`);
    return `${name}, ${formatDuration(wallMs)}: ${told.join("; ")}.`;
  }).join("\n");
}

function timelineSource(source: TimelineSource): SceneSource {
  const panels = honestPanels(source);
  const laneOf = (panel: number, lane: string) => `${panel} ${lane}`;
  return {
    groups: panels.map(({ title, model, wallMs, spans }) => ({
      name: title,
      note: [
        spans.length === 0 ? "nothing was recorded" : formatDuration(wallMs),
        ...(model === null ? [] : [MODELS[model].meaning]),
      ].join(" · "),
      look: model === null ? "" : hueClass(MODELS[model].hue),
      endMs: spans.length === 0 || title === "" ? null : wallMs,
    })),
    lanes: panels.flatMap(({ spans }, panel) =>
      lanesOf(spans).map((name) => ({
        id: laneOf(panel, name),
        name,
        group: panel,
        depth: 0,
      }))
    ),
    spans: panels.flatMap(({ spans }, panel) =>
      spans.map((span) => ({ ...span, lane: laneOf(panel, span.lane) }))
    ),
    links: [],
    counters: [],
    marks: [],
    durationMs: 0,
  };
}

/**
 * Panels in which one core is not shown as several.
 *
 * Jobs of one thread, or of Python's threads under its global lock, are under
 * way at once and run in turns; which ran when is not known.
 */
function honestPanels(source: TimelineSource): readonly TimelinePanel[] {
  const python = "results" in source ? source.python : undefined;
  return panelsOf(source).map((panel) => {
    const isOneAtATime = panel.model === "python-asyncio" ||
      (panel.model === "python-threads" && python?.gil !== false);
    if (!isOneAtATime || !hasOverlap(panel.spans)) return panel;
    return {
      ...panel,
      spans: panel.spans.map((span) =>
        span.state === "running" ? { ...span, state: "alive" as const } : span
      ),
    };
  });
}

/** By kind, and by who came first. */
function lanesOf(spans: readonly Span[]): readonly string[] {
  const sorted = spans.toSorted((one, other) => one.startMs - other.startMs);
  const kinds = new Map(sorted.map(({ lane, kind }) => [lane, kind]));
  const lanes = [...kinds].map(([id, kind]) => ({ id, kind }));
  return orderLanes(lanes).map(([{ id }]) => id);
}

function hasOverlap(spans: readonly Span[]): boolean {
  let endMs = -Infinity;
  return spans.filter(({ state }) => state === "running")
    .toSorted((one, other) => one.startMs - other.startMs)
    .some((span) => {
      const overlaps = span.startMs < endMs;
      endMs = Math.max(endMs, span.endMs);
      return overlaps;
    });
}

const MAX_TOLD = 12;
