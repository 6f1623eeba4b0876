/**
 * Slots and queues in the memory of a gate: one slot a holder or waiter.
 *
 * Called by whoever is inside the gate, see `gate.ts`. A slot is named by the
 * word where it begins, so that 0 is none.
 * @module
 */
import * as at from "./layout.ts";

/** Inside: lists the slots that are in use, or in one state, in the order of coming. */
export function listSlots(words: Int32Array, state?: number): number[] {
  const slots: number[] = [];
  for (let index = 0; index < words[at.USED_SLOTS]!; index++) {
    const slot = at.SLOTS + index * at.SLOT_WORDS;
    const found = words[slot + at.STATE];
    const isAsked = state === undefined ? found !== at.FREE : found === state;
    if (isAsked) slots.push(slot);
  }
  return slots.sort((a, b) => words[a + at.TICKET]! - words[b + at.TICKET]!);
}

/** Inside: takes a slot. */
export function takeSlot(
  words: Int32Array,
  lane: number,
  weight: number,
  state: number,
): number {
  let slot = words[at.FREE_SLOT]!;
  if (slot !== 0) words[at.FREE_SLOT] = words[slot + at.NEXT]!;
  else {
    const used = words[at.USED_SLOTS]!;
    if (used === words[at.MAX_SLOTS]) return 0;
    slot = at.SLOTS + used * at.SLOT_WORDS;
    words[at.USED_SLOTS] = used + 1;
  }
  const ticket = (words[at.LAST_TICKET]! + 1) | 0;
  words[at.LAST_TICKET] = ticket;
  words[slot + at.LANE] = lane;
  words[slot + at.TICKET] = ticket;
  words[slot + at.WEIGHT] = weight;
  words[slot + at.ANSWER] = 0;
  Atomics.store(words, slot + at.STATE, state);
  return slot;
}

/** Inside: gives a slot back. */
export function freeSlot(
  words: Int32Array,
  slot: number,
): void {
  Atomics.store(words, slot + at.STATE, at.FREE);
  words[slot + at.NEXT] = words[at.FREE_SLOT]!;
  words[at.FREE_SLOT] = slot;
}

/** Inside: puts a slot at the end of a queue, or before another one in it. */
export function enqueue(
  words: Int32Array,
  slot: number,
  queue: number,
  before = 0,
): void {
  const previous = before === 0
    ? words[queue + 1]!
    : words[before + at.PREVIOUS]!;
  words[slot + at.NEXT] = before;
  words[slot + at.PREVIOUS] = previous;
  if (previous === 0) words[queue] = slot;
  else words[previous + at.NEXT] = slot;
  if (before === 0) words[queue + 1] = slot;
  else words[before + at.PREVIOUS] = slot;
  words[queue + 2]! += 1;
  words[slot + at.IN_QUEUE] = queue;
  Atomics.store(words, slot + at.STATE, at.WAITING);
}

/** Inside: puts a slot that was called back into its old place. */
export function enqueueAgain(
  words: Int32Array,
  slot: number,
  queue: number,
): void {
  let before = words[queue]!;
  while (
    before !== 0 && words[before + at.TICKET]! < words[slot + at.TICKET]!
  ) before = words[before + at.NEXT]!;
  enqueue(words, slot, queue, before);
}

/** Inside: takes a slot out of its queue, wherever it stands. */
export function unlink(
  words: Int32Array,
  slot: number,
): void {
  const queue = words[slot + at.IN_QUEUE]!;
  const next = words[slot + at.NEXT]!;
  const previous = words[slot + at.PREVIOUS]!;
  if (previous === 0) words[queue] = next;
  else words[previous + at.NEXT] = next;
  if (next === 0) words[queue + 1] = previous;
  else words[next + at.PREVIOUS] = previous;
  words[queue + 2]! -= 1;
}
