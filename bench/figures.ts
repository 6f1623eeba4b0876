/**
 * Measures how long the figures of a recording take to draw.
 * @module
 */
import { recordingFigure } from "../lib/plot/figures/recording.ts";
import { THOUSAND, VAST } from "../lib/plot/gallery/recording_fixtures.ts";
import { makeZoomable } from "../lib/plot/core/zoom.ts";
import { type Row, summarize } from "./report.ts";

/**
 * Draws recordings and takes the time.
 *
 * @param rounds How often each is drawn.
 * @returns Rows of a report: the first drawing apart from later ones.
 */
export function measureFigures(rounds: number): readonly Row[] {
  const first = time(() => recordingFigure(THOUSAND));
  const thousand = repeat(rounds, () => recordingFigure(THOUSAND));
  const vast = repeat(rounds, () => recordingFigure(VAST));
  const page = repeat(rounds, () => {
    const { svg, scene } = recordingFigure(THOUSAND);
    return makeZoomable(svg, scene!);
  });
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
