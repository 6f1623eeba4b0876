/**
 * Whose turn it is: work that controls start runs one after another, since one
 * measurement would disturb another.
 * @module
 */

/** Work that waits in one place at most once: it looks at the newest value when it begins. */
export interface Slot {
  isWaiting: boolean;
  readonly run: () => Promise<unknown>;
}

/** Queues work; it is left out if the signal has aborted before its turn. */
export function takeTurn(slot: Slot, signal?: AbortSignal): Promise<void> {
  if (slot.isWaiting) return last;
  slot.isWaiting = true;
  return last = last.then(async () => {
    slot.isWaiting = false;
    if (signal?.aborted) return;
    // Who runs it shows what went wrong; the others have their turn all the same.
    await slot.run().catch(() => {});
  });
}

let last: Promise<void> = Promise.resolve();
