/**
 * The Universal Scalability Law, fitted to throughputs.
 *
 * Pure. It tells waiting for each other (contention) from keeping each other
 * informed (coherency), which Amdahl's law in `fit_amdahl.ts` cannot; for that
 * it needs many points, so {@link explainNoUsl} refuses where there are few.
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
  return valueOf([contention, coherency, scale], n);
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
 * Fits the law by least squares over throughputs (Levenberg–Marquardt).
 *
 * It starts from the parabola that `n/C - 1` is when the law holds. Neither
 * contention nor coherency falls below 0.
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
  let best = startFrom(points);
  let error = sumSquares(points, best);
  let damping = 1e-3;
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = improve(points, best, damping);
    const nextError = sumSquares(points, next);
    if (nextError < error) {
      const isDone = error - nextError <= 1e-14 * error;
      best = next;
      error = nextError;
      damping /= 5;
      if (isDone) break;
    } else {
      damping *= 5;
      // Every way leads up: this is the bottom, as exactly as numbers go.
      if (damping > 1e12) break;
    }
  }
  const [contention, coherency, scale] = best;
  return { contention, coherency, scale, peakN: findPeak(best) };
}

type Parameters = readonly [
  contention: number,
  coherency: number,
  scale: number,
];

function findPeak([contention, coherency]: Parameters): number | null {
  if (coherency <= 0) return null;
  return contention >= 1 ? 1 : Math.sqrt((1 - contention) / coherency);
}

function valueOf([contention, coherency, scale]: Parameters, n: number) {
  return scale * n / (1 + contention * (n - 1) + coherency * n * (n - 1));
}

function sumSquares(
  points: readonly ThroughputPoint[],
  parameters: Parameters,
): number {
  return points.reduce(
    (sum, { n, throughput }) =>
      sum + (throughput - valueOf(parameters, n)) ** 2,
    0,
  );
}

/** With one's throughput guessed from the fewest Workers, two unknowns are linear. */
function startFrom(points: readonly ThroughputPoint[]): Parameters {
  const fewest = points.reduce((one, other) => other.n < one.n ? other : one);
  const scale = fewest.throughput / fewest.n;
  let [xx, xy, yy, xz, yz] = [0, 0, 0, 0, 0];
  for (const { n, throughput } of points) {
    const x = n - 1;
    const y = n * (n - 1);
    const z = scale * n / throughput - 1;
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xz += x * z;
    yz += y * z;
  }
  const determinant = xx * yy - xy * xy;
  return [
    Math.max(0, (xz * yy - yz * xy) / determinant),
    Math.max(0, (yz * xx - xz * xy) / determinant),
    scale,
  ];
}

function improve(
  points: readonly ThroughputPoint[],
  parameters: Parameters,
  damping: number,
): Parameters {
  const matrix = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  const right = [0, 0, 0];
  const [, , scale] = parameters;
  for (const { n, throughput } of points) {
    const value = valueOf(parameters, n);
    const perScale = value * value / (scale * n);
    const slopes = [
      -perScale * (n - 1),
      -perScale * n * (n - 1),
      value / scale,
    ];
    for (const [row, slope] of slopes.entries()) {
      right[row]! += slope * (throughput - value);
      for (const [column, other] of slopes.entries()) {
        matrix[row]![column]! += slope * other;
      }
    }
  }
  // Damped by each parameter's own curvature: they differ by many magnitudes.
  for (const [index, row] of matrix.entries()) {
    row[index]! *= 1 + damping;
    row[index]! += Number.MIN_VALUE;
  }
  const step = solve(matrix, right);
  return [
    Math.max(0, parameters[0] + step[0]!),
    Math.max(0, parameters[1] + step[1]!),
    Math.max(Number.MIN_VALUE, parameters[2] + step[2]!),
  ];
}

/** Gaussian elimination with the largest pivot; a column without one moves nothing. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  for (let column = 0; column < 3; column++) {
    const pivot = rows.slice(column).reduce((one, other) =>
      Math.abs(other[column]!) > Math.abs(one[column]!) ? other : one
    );
    const place = rows.indexOf(pivot);
    [rows[place], rows[column]] = [rows[column]!, pivot];
    if (pivot[column] === 0) continue;
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[column]! / pivot[column]!;
      for (let index = column; index < 4; index++) {
        row[index]! -= factor * pivot[index]!;
      }
    }
  }
  return rows.map((row, index) => row[index] ? row[3]! / row[index]! : 0);
}

const MIN_CORES = 4;
const MIN_POINTS = 6;
const MAX_STEPS = 500;
