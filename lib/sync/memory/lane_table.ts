/**
 * The names of the threads that use a lock, in the lock's own memory.
 *
 * Called by whoever is inside the gate, see `gate.ts`. A lane keeps its place
 * until the table is full and no slot names it.
 * @module
 */
import {
  FREE,
  LANE,
  LANE_LENGTH,
  LANE_NUMBER,
  LANE_TEXT,
  LANE_THREAD,
  LANE_WORDS,
  LANES,
  LAST_LANE_NUMBER,
  MAX_LANES,
  MAX_NAME_LENGTH,
  SLOT_WORDS,
  SLOTS,
  STATE,
  USED_LANES,
  USED_SLOTS,
} from "./layout.ts";

/** A lane's place, and the number that tells whether it is still this lane's. */
export interface LanePlace {
  readonly index: number;
  /** Number of the lane, never given twice. */
  readonly number: number;
}

/** Tells whether a place still belongs to the lane that was put there. */
export function isCurrent(
  words: Int32Array,
  { index, number }: LanePlace,
): boolean {
  return words[at(index) + LANE_NUMBER] === number;
}

/** Puts a lane into the table. */
export function addLane(
  words: Int32Array,
  name: string,
  thread: number,
): LanePlace {
  const index = findPlace(words);
  // The last place is for all whom there is no other place for. They count as
  // a thread, on which nobody is taken to wait for himself.
  if (index === MAX_LANES - 1) {
    return writeLane(words, index, { name: OTHERS, thread: 0 });
  }
  return writeLane(words, index, { name, thread });
}

function writeLane(
  words: Int32Array,
  index: number,
  { name, thread }: { readonly name: string; readonly thread: number },
): LanePlace {
  const number = (words[LAST_LANE_NUMBER]! + 1) | 0;
  words[LAST_LANE_NUMBER] = number;
  const place = at(index);
  const length = Math.min(name.length, MAX_NAME_LENGTH);
  words[place + LANE_THREAD] = thread;
  words[place + LANE_NUMBER] = number;
  words[place + LANE_LENGTH] = length;
  for (let unit = 0; unit < length; unit += 2) {
    // Beyond the end `charCodeAt()` is NaN, which is 0 as a word.
    const pair = name.charCodeAt(unit) | (name.charCodeAt(unit + 1) << 16);
    words[place + LANE_TEXT + unit / 2] = pair;
  }
  return { index, number };
}

/** Reads what a lane is called. */
export function readLaneName(words: Int32Array, index: number): string {
  const place = at(index);
  const length = words[place + LANE_LENGTH]!;
  const units = Array.from({ length }, (_, unit) => {
    const pair = words[place + LANE_TEXT + (unit >> 1)]!;
    return unit % 2 === 0 ? pair & 0xffff : pair >>> 16;
  });
  return String.fromCharCode(...units);
}

/** Reads the number of a lane's thread. */
export function readLaneThread(words: Int32Array, index: number): number {
  return words[at(index) + LANE_THREAD]!;
}

/** Finds the threads that have a lane of this name. */
export function findThreads(words: Int32Array, name: string): Set<number> {
  const short = name.slice(0, MAX_NAME_LENGTH);
  const threads = new Set<number>();
  for (let index = 0; index < words[USED_LANES]!; index++) {
    if (readLaneName(words, index) === short) {
      threads.add(readLaneThread(words, index));
    }
  }
  return threads;
}

function findPlace(words: Int32Array): number {
  const used = words[USED_LANES]!;
  if (used < MAX_LANES - 1) {
    words[USED_LANES] = used + 1;
    return used;
  }
  const inUse = new Set<number>();
  for (let slot = 0; slot < words[USED_SLOTS]!; slot++) {
    const place = SLOTS + slot * SLOT_WORDS;
    if (words[place + STATE] !== FREE) inUse.add(words[place + LANE]!);
  }
  let index = 0;
  while (index < MAX_LANES - 1 && inUse.has(index)) index++;
  return index;
}

const OTHERS = "worker (others)";

function at(index: number): number {
  return LANES + index * LANE_WORDS;
}
