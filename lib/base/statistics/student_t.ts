/**
 * Student's t: how much wider an interval is for resting on few samples.
 *
 * Pure.
 * @module
 */

/**
 * Gives how many standard errors a 95 % interval reaches to each side.
 *
 * Source: Student's t, two-sided; beyond eight degrees the expansion of Fisher
 * and Cornish (1960), right to three decimals.
 */
export function studentT(freedom: number): number {
  const small = SMALL_T[freedom - 1];
  if (small !== undefined) return small;
  const z = 1.959964;
  return z + (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3);
}

const SMALL_T = [
  12.7062,
  4.3027,
  3.1824,
  2.7764,
  2.5706,
  2.4469,
  2.3646,
  2.3060,
];
