/**
 * Autocorrelation: whether each sample resembles the one before it.
 *
 * Pure. Intervals take samples to be independent; where a machine gets slower
 * as it warms, or a neighbour comes and goes, they are not, and the interval is
 * narrower than the truth.
 * @module
 */

/**
 * Computes how much samples resemble those taken `lag` earlier.
 *
 * Source: Box and Jenkins, the sample autocorrelation function.
 */
export function autocorrelation(samples: readonly number[], lag = 1): number {
  if (samples.length <= lag) return 0;
  const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
  const off = samples.map((sample) => sample - mean);
  const squares = off.reduce((sum, x) => sum + x * x, 0);
  if (squares === 0) return 0;
  const products = off.slice(lag).reduce((sum, x, i) => sum + x * off[i]!, 0);
  return products / squares;
}

/**
 * Tells whether samples resemble the ones before more than chance explains.
 *
 * Units: a correlation; chance alone stays below 2.6 / √n in 99 of 100 cases.
 */
export function isDependent(samples: readonly number[]): boolean {
  return samples.length >= MIN_SAMPLES &&
    autocorrelation(samples) > LIMIT / Math.sqrt(samples.length);
}

const MIN_SAMPLES = 20;
const LIMIT = 2.576;
