/**
 * The Universal Scalability Law, fitted to throughputs. Pure.
 *
 * It tells waiting for each other (contention) from keeping each other informed
 * (coherency), which Amdahl's law in `amdahl.ts` cannot; for that it needs many
 * points, so {@link explainNoUsl} refuses where there are few.
 * @module
 */
import { checkList, checkNumber, checkObject } from "../../base/mod.ts";

/** A throughput at a number of Workers. */
export interface ThroughputPoint {
  /** How many Workers. */
  readonly n: number;
  /** Work done in a fixed time, in any unit; a speed-up is one. */
  readonly throughput: number;
}

/** What the law makes of throughputs. */
export interface UslFit {
  /** Contention: part of the work for which others are waited for, σ. */
  readonly contention: number;
  /** Coherency: cost of agreeing, which grows by the square of `n`, κ. */
  readonly coherency: number;
  /** Throughput of one, in the unit of the points. */
  readonly scale: number;
  /** Where throughput is largest; `null` if it never falls. */
  readonly peakN: number | null;
}

/**
 * Computes a throughput by the law.
 *
 * Source: Gunther (1993); `C(n) = γn / (1 + σ(n - 1) + κn(n - 1))`.
 *
 * @example Without contention and coherency it is a straight line
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(uslThroughput({ contention: 0, coherency: 0, scale: 2 }, 8), 16);
 * ```
 *
 * @param fit Contention, coherency and scale.
 * @param n How many work.
 * @returns The throughput.
 * @throws {TypeError} If something is no number.
 * @throws {RangeError} If a number is not finite, or `n` below 0.
 */
export function uslThroughput(
  fit: Omit<UslFit, "peakN">,
  n: number,
): number {
  const what = "compute throughput";
  checkObject([what, "fit"], fit, "contention, coherency and scale");
  const { contention, coherency, scale } = fit;
  for (
    const [field, value] of Object.entries({ contention, coherency, scale })
  ) {
    checkNumber([what, `fit.${field}`], value, {});
  }
  checkNumber([what, "n"], n, { least: 0 });
  return scale * valueOf([contention, coherency], n);
}

/**
 * Tells why the law is not to be fitted.
 *
 * @example Two cores are not enough
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(explainNoUsl([1, 2], 2)!, /2 cores, 4 are needed/);
 * assert.equal(explainNoUsl([1, 2, 3, 4, 6, 8], 8), null);
 * ```
 *
 * @param counts Numbers of Workers that were measured.
 * @param cores How many cores there are.
 * @returns A sentence, or `null` if it can be fitted.
 */
export function explainNoUsl(
  counts: readonly number[],
  cores: number,
): string | null {
  const usable = counts.filter((n) => n <= cores).length;
  const reason = cores < MIN_CORES
    ? `there ${
      cores === 1 ? "is 1 core" : `are ${cores} cores`
    }, ${MIN_CORES} are needed`
    : usable < MIN_POINTS
    ? `${usable} numbers of Workers were measured that are no more than the ` +
      `${cores} cores, ${MIN_POINTS} are needed`
    : null;
  return reason === null
    ? null
    : `The Universal Scalability Law was not fitted: ${reason}; with fewer, ` +
      `any figures would fit.`;
}

/**
 * Fits the law by least squares over throughputs. Neither contention nor
 * coherency falls below 0.
 *
 * @example Throughputs made by the law
 * ```ts
 * import assert from "node:assert/strict";
 * const law = { contention: 0.02, coherency: 0.001, scale: 50 };
 * const points = [1, 2, 4, 8, 16, 32].map((n) => ({ n, throughput: uslThroughput(law, n) }));
 * const fit = fitUsl(points);
 * assert.equal(fit.contention.toFixed(5), "0.02000");
 * assert.equal(Math.round(fit.peakN!), 31);
 * ```
 *
 * @param points At least three, at different numbers of Workers.
 * @returns Contention, coherency, scale and peak.
 * @throws {TypeError} If the points are none.
 * @throws {RangeError} If there are fewer points, an `n` is below 1 or a throughput not above 0.
 */
export function fitUsl(points: readonly ThroughputPoint[]): UslFit {
  const what = "fit scalability law";
  checkList([what, "points"], points, "points");
  points.forEach((point, i) => {
    const name = `points[${i}]`;
    checkObject([what, name], point, "n and throughput");
    checkNumber([what, `${name}.n`], point.n, { least: 1 });
    checkNumber([what, `${name}.throughput`], point.throughput, { above: 0 });
  });
  if (new Set(points.map(({ n }) => n)).size < 3) {
    throw new RangeError(
      `Cannot fit scalability law: ${points.length} points found, ` +
        `expected 3 or more at different numbers`,
    );
  }
  let contention = 0;
  const coherency = findLeast(0, MOST, (coherency) => {
    const errorOf = (contention: number) =>
      fitScale(points, [contention, coherency]).error;
    contention = findLeast(0, MOST, errorOf);
    return errorOf(contention);
  });
  const { scale } = fitScale(points, [contention, coherency]);
  const peakN = coherency <= LEAST
    ? null
    : contention >= 1
    ? 1
    : Math.sqrt((1 - contention) / coherency);
  return { contention, coherency, scale, peakN };
}

type Shape = readonly [contention: number, coherency: number];

/** The law, for one of scale 1. */
function valueOf([contention, coherency]: Shape, n: number): number {
  return n / (1 + contention * (n - 1) + coherency * n * (n - 1));
}

/** The best scale is linear once the shape is known; the error is the sum of squares. */
function fitScale(points: readonly ThroughputPoint[], shape: Shape) {
  let [above, below, squares] = [0, 0, 0];
  for (const { n, throughput } of points) {
    const value = valueOf(shape, n);
    above += throughput * value;
    below += value * value;
    squares += throughput * throughput;
  }
  return { scale: above / below, error: squares - above * above / below };
}

/** Finds where a function with one valley is least, by golden sections of the square root. */
function findLeast(
  from: number,
  to: number,
  measure: (x: number) => number,
): number {
  let [low, high] = [Math.sqrt(from), Math.sqrt(to)];
  for (let step = 0; step < STEPS; step++) {
    const part = (high - low) * GOLDEN;
    const [left, right] = [high - part, low + part];
    if (measure(left * left) <= measure(right * right)) high = right;
    else low = left;
  }
  return high * high;
}

const MIN_CORES = 4;
const MIN_POINTS = 6;
const MOST = 4;
const STEPS = 40;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
// As much as is lost by rounding: no cost that grows.
const LEAST = 1e-12;
