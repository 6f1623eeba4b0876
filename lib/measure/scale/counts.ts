/**
 * How many Workers are tried, who gets which jobs, and what is the best
 * that can come of it.
 *
 * Pure. Used by `scale.ts`.
 * @module
 */

/**
 * Chooses numbers of Workers: every one while there are few cores, doubling
 * after that, and always some past the cores, where nothing is gained.
 */
export function chooseCounts(cores: number): readonly number[] {
  const counts = new Set([1, 2, 3, 4, cores]);
  for (let n = 4; n < cores; n *= 2) {
    counts.add(n);
    counts.add(Math.min(cores, n * 1.5));
  }
  counts.add(cores + Math.max(1, Math.floor(cores / 4)));
  return [...counts]
    .filter((n) => n <= cores + Math.max(2, cores / 4))
    .sort((one, other) => one - other);
}

/** Deals jobs out like cards: a share for each Worker. */
export function dealShares<T>(jobs: readonly T[], n: number): readonly T[][] {
  return Array.from(
    { length: n },
    (_, worker) => jobs.filter((_, index) => index % n === worker),
  );
}

/** Takes shares' results back into the order of the jobs. */
export function gatherShares<T>(shares: readonly (readonly T[])[]): T[] {
  const count = shares.reduce((sum, share) => sum + share.length, 0);
  return Array.from(
    { length: count },
    (_, index) =>
      shares[index % shares.length]![Math.floor(index / shares.length)] as T,
  );
}

/**
 * Computes the largest speed-up there can be: no more than Workers or cores,
 * and with shares that are not equal, no more than the largest one lets.
 */
export function idealSpeedUp(
  n: number,
  limits: { readonly jobs: number; readonly cores: number },
): number {
  const { jobs, cores } = limits;
  return Math.max(1, Math.min(jobs / Math.ceil(jobs / n), cores));
}
