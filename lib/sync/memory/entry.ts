/**
 * Going in and out of a gate: one thread at a time, for a few words' work.
 *
 * The first word tells who is inside. Workers that find somebody there try for
 * a while and then sleep; the main thread only tries, as it must never sleep.
 * Source: the mutex with three states of Drepper, "Futexes are tricky".
 * @module
 */
import { mayBlock, threadTag } from "./lane_name.ts";
import { INSIDE } from "./layout.ts";

/** Goes inside. */
export function enter(words: Int32Array, name: string): void {
  if (Atomics.compareExchange(words, INSIDE, 0, threadTag()) === 0) return;
  enterSlowly(words, name);
}

/** Goes outside. */
export function leave(words: Int32Array): void {
  // Negative: somebody sleeps until we leave.
  if (Atomics.exchange(words, INSIDE, 0) < 0) Atomics.notify(words, INSIDE, 1);
}

function enterSlowly(words: Int32Array, name: string): void {
  const me = threadTag();
  const sleeps = mayBlock();
  const sinceMs = performance.now();
  for (let round = 0;; round++) {
    // Who has slept can not know whether others still do, so it says they do.
    const mine = round > 0 && sleeps ? -me : me;
    for (let spin = 0; spin < SPINS; spin++) {
      if (
        Atomics.load(words, INSIDE) === 0 &&
        Atomics.compareExchange(words, INSIDE, 0, mine) === 0
      ) return;
      (Atomics as { pause?: () => void }).pause?.();
    }
    if (performance.now() - sinceMs > MAX_INSIDE_MS) {
      throw new Error(
        `Cannot enter ${name}: a thread has been inside for ${MAX_INSIDE_MS} ms, ` +
          `expected microseconds; if it was ended there, call releaseAllOf() with its lane`,
      );
    }
    if (sleeps) sleep(words);
  }
}

function sleep(words: Int32Array): void {
  const owner = Atomics.load(words, INSIDE);
  if (owner === 0) return;
  const marked = -Math.abs(owner);
  if (owner > 0) Atomics.compareExchange(words, INSIDE, owner, marked);
  Atomics.wait(words, INSIDE, marked, MAX_SLEEP_MS);
}

const SPINS = 200;
/** Bounded, as the main thread goes in without saying that others sleep. */
const MAX_SLEEP_MS = 20;
const MAX_INSIDE_MS = 5000;
