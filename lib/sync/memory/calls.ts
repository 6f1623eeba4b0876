/**
 * Waiting to be called: what barriers, conditions and channels do in place of
 * holding permits.
 *
 * A called slot is still its owner's, who finishes with it after waking up.
 * @module
 */
import { type Gate, HAPPENED } from "./gate.ts";
import { FREE, TICKET } from "./layout.ts";
import { enqueue, freeSlot, takeSlot } from "./slots.ts";
import { tooMany } from "../locks/permits.ts";

/** Inside: puts a new waiter at the end of a queue; 0 if there is no slot left. */
export function join(gate: Gate, queue: number, lane?: string): number {
  const slot = takeSlot(gate.words, gate.placeOf(lane), 0, FREE);
  if (slot === 0) return 0;
  enqueue(gate.words, slot, queue);
  gate.note(HAPPENED.wait, slot);
  return slot;
}

/** Finishes with a slot that was called. */
export function finish(gate: Gate, slot: number, ticket: number): void {
  gate.enter();
  if (gate.isOwn(slot, ticket)) {
    gate.note(HAPPENED.resume, slot);
    freeSlot(gate.words, slot);
  }
  gate.leave();
}

/** Gives the ticket of a slot that one has just got. */
export function ticketOf(gate: Gate, slot: number): number {
  return gate.words[slot + TICKET]!;
}

/** Checks that there was a slot. */
export function checkSlot(gate: Gate, slot: number, verb: string): void {
  if (slot === 0) throw tooMany(gate, verb);
}
