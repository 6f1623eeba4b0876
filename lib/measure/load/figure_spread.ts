/**
 * How waits are spread at one rate: a curve over percentiles. Pure.
 * @module
 */
import { formatDuration } from "../../base/mod.ts";
import {
  type Block,
  type Frame,
  type Look,
  type Paper,
  roundPx,
  textLine,
  textWidth,
  TYPE,
} from "../../plot/core/mod.ts";
import { type Curve, drawChart } from "../figures.ts";
import type { LoadPoint, LoadReport } from "./result.ts";

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
  return drawChart({
    x: { domain: [0, nines], at: [], title: "share of requests (percentile)" },
    y: {
      isLog,
      domain: isLog ? [low / 1.2, high * 1.2] : [0, high * 1.15],
      kind: "time",
      title: "wait",
    },
    heightPx: 160,
    under: (frame) =>
      PERCENTILES.filter(([part]) => ninesOf(part) <= nines)
        .map(([part, label]) => drawTick(part, label, frame, paper)).join(""),
    curves: all.map((point) => toCurve(point, point === open ? OPEN : CLOSED))
      .reverse(),
    over: (frame) => nameLongest(all, frame),
  }, paper);
}

function ninesOf(part: number): number {
  return -Math.log10(Math.max(1e-9, 1 - part));
}

function drawTick(
  part: number,
  label: string,
  { x, top, bottom }: Frame,
  paper: Paper,
): string {
  const place = x(ninesOf(part));
  const most = paper.right - textWidth(label, TYPE.caption) / 2;
  return `<path class="skein-grid" d="M${roundPx(place)} ${top}V${bottom}"/>` +
    textLine(label, [Math.min(place, most), bottom + 16], {
      sizePx: TYPE.caption,
      anchor: part === 0 ? "start" : "middle",
      look: "skein-muted",
    });
}

function toCurve({ latency, answered }: LoadPoint, look: Look): Curve {
  let seen = 0;
  const line = latency.buckets.map(({ from, to, count }) => {
    seen += count;
    const ms = Math.min(latency.maxMs, Math.sqrt(from * to));
    return [ninesOf(seen / answered), ms] as const;
  });
  const [first] = line;
  return {
    look,
    points: [],
    style: { isDashed: look === CLOSED },
    line: first === undefined ? [] : [[0, first[1]], ...line],
  };
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
