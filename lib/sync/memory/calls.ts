/**
 * Waiting to be called: what barriers, conditions and channels do in place of
 * holding permits.
 *
 * A called slot is still its owner's, who finishes with it after waking up.
 * @module
 */
import type { Gate } from "./gate.ts";
import { FREE, MAX_SLOTS, TICKET } from "./layout.ts";
import { enqueue, freeSlot, takeSlot } from "./slots.ts";
import {
  type BlockingOptions,
  sleep,
  sleepSync,
  type Wait,
  type WaitOptions,
} from "./waiting.ts";

/** Inside: puts a new waiter at the end of a queue; its slot is 0 if there is none left. */
export function join(
  gate: Gate,
  verb: string,
  queue: number,
  lane?: string,
): Wait {
  const slot = takeSlot(gate.words, gate.placeOf(lane), 0, FREE);
  if (slot !== 0) {
    enqueue(gate.words, slot, queue);
    gate.note("wait", slot);
  }
  return { gate, verb, slot, ticket: gate.words[slot + TICKET]! };
}

/** Awaits a call, and finishes with the slot. */
export async function awaitCall(
  wait: Wait,
  options: WaitOptions,
): Promise<void> {
  await sleep(wait, options);
  finish(wait);
}

/** Blocks until a call, and finishes with the slot. */
export function blockCall(wait: Wait, options: BlockingOptions): void {
  sleepSync(wait, options);
  finish(wait);
}

function finish({ gate, slot, ticket }: Wait): void {
  gate.enter();
  if (gate.isOwn(slot, ticket)) {
    gate.note("resume", slot);
    freeSlot(gate.words, slot);
  }
  gate.leave();
}

/** @throws {RangeError} If there was no slot left. */
export function checkSlot<W extends Pick<Wait, "gate" | "slot" | "verb">>(
  wait: W,
): W {
  const { gate, slot, verb } = wait;
  if (slot !== 0) return wait;
  throw new RangeError(
    `Cannot ${verb}: ${
      gate.words[MAX_SLOTS]
    } hold it or wait already, expected fewer; ` +
      `give a larger maxWaiters when it is made`,
  );
}
