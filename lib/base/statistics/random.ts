/**
 * Random numbers from a seed: the same seed gives the same numbers.
 *
 * Pure, but for the state that a generator carries. Used where chance has to be
 * repeatable: resampling in `stats.ts`, the order of runs in `compare.ts`.
 * @module
 */

/**
 * Makes a generator of random numbers from 0 (included) to 1 (excluded).
 *
 * Source: "mulberry32" by Tommy Ettinger, public domain; 32 bits of state, good
 * enough to shuffle and resample, not for secrets.
 */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Puts values into a random order (Fisher-Yates). */
export function shuffle<T>(values: readonly T[], random: () => number): T[] {
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const moved = shuffled[last] as T;
    shuffled[last] = shuffled[other] as T;
    shuffled[other] = moved;
  }
  return shuffled;
}
