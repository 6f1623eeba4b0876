/**
 * How waits are spread at one rate: a curve over percentiles. Pure.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import {
  type Block,
  drawLine,
  type Frame,
  type Look,
  makeFrame,
  type Paper,
  roundPx,
  textLine,
  textWidth,
  TYPE,
} from "../../plot/core/mod.ts";
import type { Latency, LoadPoint, LoadReport } from "./result.ts";

/** The same rate, told from when requests were due and from when they were sent. */
export interface CurvePair {
  readonly open: LoadPoint;
  readonly closed: LoadPoint | null;
}

/** The rate at which both ways of telling differ most, else the last that holds. */
export function chooseCurve({ open, closed }: LoadReport): CurvePair | null {
  const pairs = open.map((point, index): CurvePair => ({
    open: point,
    closed: closed[index] ?? null,
  })).filter((pair) => pair.open.answered > 0);
  const gap = (pair: CurvePair) =>
    pair.closed === null || pair.closed.latency.p99Ms === 0
      ? 0
      : pair.open.latency.p99Ms / pair.closed.latency.p99Ms;
  const widest = pairs.toSorted((one, other) => gap(other) - gap(one))[0];
  if (widest !== undefined && gap(widest) > 0) return widest;
  return pairs.findLast((pair) => !pair.open.isSaturated) ?? pairs[0] ?? null;
}

/** Waits by percentile; the axis gives each further nine the same room. */
export function drawSpread({ open, closed }: CurvePair, paper: Paper): Block {
  const all = [open, ...(closed === null ? [] : [closed])];
  const most = Math.max(...all.map(({ answered }) => Math.log10(answered)));
  const nines = Math.min(4, Math.max(1, most));
  const low = Math.min(
    ...all.flatMap(({ latency }) => latency.buckets[0]?.from ?? []),
  );
  const high = Math.max(...all.map(({ latency }) => latency.maxMs));
  const isLog = low > 0 && high / low > 8;
  const frame = makeFrame(paper, {
    x: { domain: [0, nines], at: [], title: "share of requests (percentile)" },
    y: {
      isLog,
      domain: isLog ? [low / 1.2, high * 1.2] : [0, high * 1.15],
      kind: "time",
      title: "wait",
    },
    heightPx: 160,
  });
  const x = (part: number) => frame.x(-Math.log10(Math.max(1e-9, 1 - part)));
  const ticks = PERCENTILES.filter(([part]) => -Math.log10(1 - part) <= nines)
    .map(([part, label], index) =>
      `<path class="skein-grid" d="M${
        roundPx(x(part))
      } ${frame.top}V${frame.bottom}"/>` +
      textLine(label, [
        Math.min(x(part), paper.right - textWidth(label, TYPE.caption) / 2),
        frame.bottom + 16,
      ], {
        sizePx: TYPE.caption,
        anchor: index === 0 ? "start" : "middle",
        look: "skein-muted",
      })
    );
  return {
    markup: frame.markup + ticks.join("") +
      (closed === null ? "" : drawCurve(closed.latency, x, frame, CLOSED)) +
      drawCurve(open.latency, x, frame, OPEN) + nameLongest(all, frame),
    heightPx: frame.heightPx,
  };
}

function drawCurve(
  { buckets, maxMs }: Latency,
  x: (part: number) => number,
  { y, left }: Frame,
  look: Look,
): string {
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return "";
  let seen = 0;
  const places = buckets.map(({ from, to, count }) => {
    seen += count;
    return [x(seen / total), y(Math.min(maxMs, Math.sqrt(from * to)))] as const;
  });
  return drawLine([[left, places[0]![1]], ...places], look.look, {
    isDashed: look === CLOSED,
  });
}

function nameLongest(
  points: readonly LoadPoint[],
  { y, left, right }: Frame,
): string {
  const places = points.map(({ latency }) => y(latency.maxMs) - 6);
  const [one, other] = places;
  if (one !== undefined && other !== undefined && Math.abs(one - other) < 15) {
    places[1] = one + 26;
  }
  return points.map(({ latency }, index) => {
    const words = `${index === 0 ? "open" : "closed"}: longest ${
      formatDuration(latency.maxMs)
    }`;
    const at = Math.max(left, right - textWidth(words, TYPE.small, true));
    return textLine(words, [at, Math.max(places[index]!, 14)], {
      sizePx: TYPE.small,
      look: "skein-bold skein-halo",
    });
  }).join("");
}

/** From when requests were due. */
export const OPEN: Look = {
  shape: "circle",
  look: "skein-workers",
  radiusPx: 3.5,
};
/** From when they were sent. */
export const CLOSED: Look = {
  shape: "triangle",
  look: "skein-sequential",
  radiusPx: 3.5,
};
const PERCENTILES = [
  [0, "0"],
  [0.5, "50 %"],
  [0.9, "90 %"],
  [0.99, "99 %"],
  [0.999, "99.9 %"],
  [0.9999, "99.99 %"],
] as const;
