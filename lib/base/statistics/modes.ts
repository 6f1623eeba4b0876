/**
 * Modes: around how many values samples crowd, and how many of them around each.
 *
 * One median of samples that crowd around two values describes neither. Pure.
 * Smooths the samples into a density (Gaussian kernel, on a logarithmic axis,
 * as durations multiply rather than add) and looks for peaks with a deep valley
 * between them.
 * @module
 */

import { median, quantile } from "./stats.ts";

/** A value that samples crowd around. */
export interface Mode {
  /** The median of its samples. */
  readonly center: number;
  /** Its part of all samples, 0 to 1. */
  readonly share: number;
  /** Its smallest sample. */
  readonly low: number;
  /** Its largest sample. */
  readonly high: number;
}

/** How samples are distributed. */
export interface Shape {
  /** The modes, from the smallest value up; one if there is no doubt. */
  readonly modes: readonly Mode[];
}

/** Finds the modes of samples; fewer than 20 never have two. */
export function findModes(samples: readonly number[]): Shape {
  const sorted = [...samples].sort((one, other) => one - other);
  const whole: Shape = { modes: [toMode(sorted, sorted.length)] };
  const isConstant = sorted[0] === sorted.at(-1);
  if (sorted.length < MIN_SAMPLES || isConstant) return whole;
  const places = sorted.map((sample) => sample > 0 ? Math.log(sample) : sample);
  const isMixed = sorted[0]! <= 0 && sorted.at(-1)! > 0;
  const values = isMixed ? sorted : places;
  const splits = findSplits(values, {
    leastBandwidth: isMixed ? 0 : MIN_BANDWIDTH,
    leastCount: Math.max(MIN_SHARE * values.length, MIN_CROWD),
  });
  const edges = [-Infinity, ...splits, Infinity];
  const modes = edges.slice(1).map((end, index) => {
    const own = sorted.filter((_, i) =>
      values[i]! >= edges[index]! && values[i]! < end
    );
    return toMode(own, sorted.length);
  });
  return { modes };
}

interface Limits {
  /** Nothing closer than about twice this is told apart. */
  readonly leastBandwidth: number;
  /** A crowd has no fewer samples. */
  readonly leastCount: number;
}

interface Density {
  readonly at: readonly number[];
  readonly heights: readonly number[];
}

/** Silverman's rule; the distance of the quartiles keeps a long tail from blurring all. */
function chooseBandwidth(values: readonly number[], least: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1));
  const quartiles = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.349;
  const spread = Math.min(
    quartiles > 0 ? Math.min(deviation, quartiles) : deviation,
    findInnerSpread(values, squares),
  );
  const bandwidth = 0.9 * spread * values.length ** -0.2;
  return bandwidth > 0 ? Math.max(bandwidth, least) : bandwidth;
}

/**
 * How far samples scatter around two middles, where that explains nearly all:
 * both quartiles lie in different crowds then, and would blur one into the other.
 */
function findInnerSpread(values: readonly number[], squares: number): number {
  const count = values.length;
  const sum = values.reduce((all, value) => all + value, 0);
  let least = Infinity;
  let left = 0;
  for (let index = 1; index < count; index++) {
    left += values[index - 1]!;
    const distance = left / index - (sum - left) / (count - index);
    const between = distance ** 2 * index * (count - index) / count;
    least = Math.min(least, squares - between);
  }
  // Of one crowd, the best cut leaves a quarter (even) or a third (normal).
  return least > 0 && least < MAX_INNER * squares
    ? Math.sqrt(least / count)
    : Infinity;
}

function estimateDensity(
  values: readonly number[],
  bandwidth: number,
): Density {
  const start = values[0]! - 3 * bandwidth;
  const end = values.at(-1)! + 3 * bandwidth;
  // Two points a bandwidth are enough to see every hill of that width.
  const count = Math.min(
    MAX_POINTS,
    Math.ceil((end - start) / bandwidth * 4) + 1,
  );
  const at = Array.from(
    { length: count },
    (_, i) => start + (end - start) * i / (count - 1),
  );
  const heights = at.map((place) =>
    values.reduce(
      (sum, value) => sum + Math.exp(-(((place - value) / bandwidth) ** 2) / 2),
      0,
    )
  );
  return { at, heights };
}

/** Cuts at the deepest valley that has enough samples on both sides, then looks at each part anew. */
function findSplits(
  values: readonly number[],
  limits: Limits,
): readonly number[] {
  const { leastBandwidth, leastCount: least } = limits;
  const bandwidth = chooseBandwidth(values, leastBandwidth);
  if (!(bandwidth > 0)) return [];
  const { at, heights } = estimateDensity(values, bandwidth);
  let deepest = MAX_VALLEY;
  let place: number | null = null;
  for (let index = 1; index < at.length - 1; index++) {
    const left = Math.max(...heights.slice(0, index));
    const right = Math.max(...heights.slice(index + 1));
    const depth = heights[index]! / Math.min(left, right);
    if (!(depth < deepest)) continue;
    const before = values.filter((value) => value < at[index]!).length;
    if (before < least || values.length - before < least) continue;
    [deepest, place] = [depth, at[index]!];
  }
  if (place === null) return [];
  const split = place;
  return [
    ...findSplits(values.filter((value) => value < split), limits),
    split,
    ...findSplits(values.filter((value) => value >= split), limits),
  ];
}

function toMode(sorted: readonly number[], count: number): Mode {
  return {
    center: median(sorted),
    share: sorted.length / count,
    low: sorted[0]!,
    high: sorted.at(-1)!,
  };
}

const MIN_SAMPLES = 20;
const MAX_POINTS = 512;
// With it, at most 4 of 100 sets of samples of one crowd look like two (see the test).
const MAX_VALLEY = 0.5;
// On the logarithmic axis: half of 1 %. The steps of a clock would else be crowds.
const MIN_BANDWIDTH = 0.005;
const MAX_INNER = 0.135;
const MIN_SHARE = 0.1;
const MIN_CROWD = 4;
