/**
 * Waiting, but not for ever.
 * @module
 */

/**
 * Waits until a promise settles, for a while.
 *
 * @param promise The promise; a rejection is passed on.
 * @param ms How long to wait at most, in milliseconds.
 * @returns Whether it has settled in time.
 */
export async function settlesWithin(
  promise: Promise<unknown>,
  ms: number,
): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
