/**
 * How the memory of a lock, barrier or channel is laid out.
 *
 * Shape, in 32-bit words: `header | lanes | slots | events`. Who holds and who
 * waits stands in the slots and nowhere else, so that what a dead thread left
 * can be put right from them. All but the first word is read and written by
 * whoever is inside, see `gate.ts`; a slot's state is also what its owner
 * sleeps on.
 * @module
 */

/** What a piece of shared memory is. */
export type SyncKind =
  | "Mutex"
  | "RwLock"
  | "Semaphore"
  | "Barrier"
  | "Condition"
  | "Channel";

/** Who is inside: 0 nobody, else the thread's number; negative if others sleep. */
export const INSIDE = 0;
/** Bits: see {@link RECORDS} and {@link CLOSED}. */
export const FLAGS = 16;
/** Number of the slot taken last: orders all that ever waited. */
export const LAST_TICKET = 17;
/** Permits nobody holds. */
export const AVAILABLE = 18;
/** Permits there are, parties of a barrier, places of a channel. */
export const CAPACITY = 19;
/** First of the slots that were given back, 0 if there is none. */
export const FREE_SLOT = 20;
/** How many slots were ever in use. */
export const USED_SLOTS = 21;
/** How many slots there are. */
export const MAX_SLOTS = 22;
/** Whether the last holder died while it held. */
export const ABANDONED = 23;
/** How often a barrier has opened. */
export const GENERATION = 24;
/** Lanes in use, and the number given to the last one. */
export const USED_LANES = 25;
export const LAST_LANE_NUMBER = 26;
/** Events written since they were read last. */
export const EVENT_COUNT = 27;
/** Two numbers that tell this memory from all other. */
export const UID = 28;
/** Values in a channel, and the bytes where the first begins and the last ends. */
export const COUNT = 30;
export const FIRST_BYTE = 31;
export const USED_BYTES = 32;
/** Queue of those who wait: head, tail, length. Channels: of receivers. */
export const QUEUE = 33;
/** Second queue: a channel's senders. */
export const SENDERS = 36;
/** Two words: origin of the times of events, as `performance.timeOrigin`. */
export const EPOCH = 40;

/** Flag: what happens is written into the events. */
export const RECORDS = 1;
/** Flag: a channel takes no more values. */
export const CLOSED = 2;

/** Words of the header. */
const HEADER_WORDS = 48;

/** Lanes: thread, number, length of the name, name of two UTF-16 units a word. */
export const LANES = HEADER_WORDS;
export const LANE_WORDS = 16;
export const MAX_LANES = 64;
export const LANE_THREAD = 0;
export const LANE_NUMBER = 1;
export const LANE_LENGTH = 2;
export const LANE_TEXT = 3;
export const MAX_NAME_LENGTH = 24;

/** Slots: one a holder or waiter; named by the word where it begins. */
export const SLOTS = LANES + MAX_LANES * LANE_WORDS;
export const SLOT_WORDS = 8;
export const STATE = 0;
export const LANE = 1;
export const TICKET = 2;
/** How many permits are asked for or held. */
export const WEIGHT = 3;
/** Neighbours in a queue or, of a free slot, the next free one. */
export const NEXT = 4;
export const PREVIOUS = 5;
/** The queue it waits in. */
export const IN_QUEUE = 6;
/** What whoever woke it tells its owner. */
export const ANSWER = 7;

/** States of a slot. */
export const FREE = 0;
export const WAITING = 1;
/** Woken, and about to leave or to try again. */
export const CALLED = 2;
/** Holds permits. */
export const HELD = 3;

/** Events: kind and lane, ticket, and two words of time. */
export const EVENT_WORDS = 4;
export const MAX_EVENTS = 1024;

/** Gives the word where events begin, on an 8-byte border. */
export function eventsAt(maxSlots: number): number {
  return SLOTS + maxSlots * SLOT_WORDS;
}

/** Makes the memory of something new. */
export function createMemory(
  capacity: number,
  maxSlots: number,
): SharedArrayBuffer {
  const wordCount = eventsAt(maxSlots) + MAX_EVENTS * EVENT_WORDS;
  const memory = new SharedArrayBuffer(wordCount * 4);
  const words = new Int32Array(memory);
  words[AVAILABLE] = capacity;
  words[CAPACITY] = capacity;
  words[MAX_SLOTS] = maxSlots;
  words[UID] = randomWord();
  words[UID + 1] = randomWord();
  new Float64Array(memory)[EPOCH / 2] = performance.timeOrigin;
  return memory;
}

function randomWord(): number {
  return Math.floor(Math.random() * 2 ** 32) | 0;
}
