/**
 * Who of this thread awaits a turn, for those who end what could give it.
 *
 * A wait keeps no process alive, as a promise does not: whoever could end it
 * does that. But a thread may give the turn and end at once; so who lets go of
 * a thread has all waits look once more.
 * @module
 */

const sleepers = new Set<() => void>();

/** Notes one. */
export function addSleeper(look: () => void): () => void {
  sleepers.add(look);
  return () => void sleepers.delete(look);
}

/** Has all look whether their turn has come. */
export function wakeSleepers(): void {
  for (const look of [...sleepers]) look();
}
