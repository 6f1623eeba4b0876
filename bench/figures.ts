/**
 * Measures how long the figures of a recording take to draw.
 * @module
 */
import { recordingFigure } from "../lib/plot/figures/recording.ts";
import { THOUSAND, VAST } from "../lib/plot/gallery/recording_fixtures.ts";
import { DISPLAY } from "../lib/base/mod.ts";
import { type Row, summarize } from "./report.ts";

/**
 * Draws recordings and takes the time.
 *
 * @param rounds How often each is drawn.
 * @returns Rows of a report: the first drawing apart from later ones.
 */
export function measureFigures(rounds: number): readonly Row[] {
  const first = time(() => recordingFigure(THOUSAND).svg);
  const thousand = repeat(rounds, () => recordingFigure(THOUSAND).svg);
  const vast = repeat(rounds, () => recordingFigure(VAST).svg);
  const page = repeat(rounds, () => recordingFigure(THOUSAND)[DISPLAY]());
  return [
    {
      name: "timeline of 1,000 spans, first in a process",
      summary: summarize([first]),
    },
    {
      name: "timeline of 1,000 spans",
      summary: summarize(thousand),
      goal: "50 ms",
    },
    { name: "the same, as a page part that zooms", summary: summarize(page) },
    { name: "timeline of 6,000 spans in 65 lanes", summary: summarize(vast) },
  ];
}

function repeat(rounds: number, act: () => unknown): readonly number[] {
  return Array.from({ length: rounds }, () => time(act));
}

function time(act: () => unknown): number {
  const startMs = performance.now();
  act();
  return performance.now() - startMs;
}
