/**
 * What a timeline shows: groups of spans, each of which becomes a panel.
 *
 * Pure: a comparison or spans in, groups that count from zero out.
 * @module
 */

import type {
  Comparison,
  Model,
  ModelResult,
  Span,
} from "../../base/record/mod.ts";
import { MODELS } from "../../plot/core/mod.ts";

/** Spans of one run, which become one panel. */
export interface TimelineGroup {
  /** Heading of the panel; may be empty. */
  readonly title: string;
  /** The model that ran, for its colour and explanation. @default undefined */
  readonly model?: Model;
  /** What happened, in any order. */
  readonly spans: readonly Span[];
  /**
   * When the run began, on the clock of the spans, milliseconds.
   * @default the start of the first span
   */
  readonly originMs?: number;
  /**
   * How long the run took, milliseconds.
   * @default up to the end of the last span
   */
  readonly wallMs?: number;
}

/** A group whose times count from the start of its run. */
export interface TimelinePanel {
  readonly title: string;
  readonly model: Model | null;
  readonly spans: readonly Span[];
  readonly wallMs: number;
}

/** What can be drawn as a timeline. */
export type TimelineSource =
  | Comparison
  | readonly TimelineGroup[]
  | readonly Span[];

/** Turns whatever can be drawn into panels that count from zero. */
export function panelsOf(source: TimelineSource): readonly TimelinePanel[] {
  if ("results" in source) return source.results.map(groupOf).map(toPanel);
  if (source.some((item) => "spans" in item)) {
    return (source as readonly TimelineGroup[]).map(toPanel);
  }
  return [toPanel({ title: "", spans: source as readonly Span[] })];
}

function groupOf(result: ModelResult): TimelineGroup {
  const { model, spans, samplesMs, summary } = result;
  // The spans are those of one round, so its own time is shown, not the median.
  const wallMs =
    samplesMs.toSorted((a, b) =>
      Math.abs(a - summary.medianMs) - Math.abs(b - summary.medianMs)
    )[0] ?? summary.medianMs;
  return { title: MODELS[model].name, model, spans, originMs: 0, wallMs };
}

function toPanel(group: TimelineGroup): TimelinePanel {
  const { title, model = null, spans } = group;
  let firstMs = Infinity;
  let lastMs = -Infinity;
  for (const { startMs, endMs } of spans) {
    firstMs = Math.min(firstMs, startMs);
    lastMs = Math.max(lastMs, endMs);
  }
  const originMs = group.originMs ?? (spans.length === 0 ? 0 : firstMs);
  const wallMs = group.wallMs ?? (spans.length === 0 ? 0 : lastMs - originMs);
  const moved = spans.map((span) => ({
    ...span,
    startMs: span.startMs - originMs,
    endMs: span.endMs - originMs,
  }));
  return { title, model, spans: moved, wallMs };
}
