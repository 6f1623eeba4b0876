/**
 * The task of `pool_arms.ts`, for libraries that import a function from a file.
 * @module
 */

/** Does as good as nothing, so that what is measured is the way there and back. */
export function increment(n: number): number {
  return n + 1;
}
