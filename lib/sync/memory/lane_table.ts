/**
 * The names of the threads that use a lock, in the lock's own memory.
 *
 * Called by whoever is inside the gate, see `gate.ts`. A lane keeps its place
 * until the table is full and no slot names it.
 * @module
 */
import * as at from "./layout.ts";
import { listSlots } from "./slots.ts";

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
  return words[placeAt(index) + at.LANE_NUMBER] === number;
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
  const isLast = index === at.MAX_LANES - 1;
  const written = shorten(isLast ? "worker (others)" : name);
  const number = (words[at.LAST_LANE_NUMBER]! + 1) | 0;
  words[at.LAST_LANE_NUMBER] = number;
  const place = placeAt(index);
  words[place + at.LANE_THREAD] = isLast ? 0 : thread;
  words[place + at.LANE_NUMBER] = number;
  words[place + at.LANE_LENGTH] = written.length;
  for (let unit = 0; unit < written.length; unit += 2) {
    // Beyond the end `charCodeAt()` is NaN, which is 0 as a word.
    words[place + at.LANE_TEXT + unit / 2] = written.charCodeAt(unit) |
      (written.charCodeAt(unit + 1) << 16);
  }
  return { index, number };
}

/** Reads what a lane is called. */
export function readLaneName(words: Int32Array, index: number): string {
  const place = placeAt(index);
  const length = words[place + at.LANE_LENGTH]!;
  const units = Array.from({ length }, (_, unit) => {
    const pair = words[place + at.LANE_TEXT + (unit >> 1)]!;
    return unit % 2 === 0 ? pair & 0xffff : pair >>> 16;
  });
  return String.fromCharCode(...units);
}

/** Reads the lane of a slot. */
export function laneOf(words: Int32Array, slot: number): string {
  return readLaneName(words, words[slot + at.LANE]!);
}

/** Reads the number of a slot's thread. */
export function threadOf(words: Int32Array, slot: number): number {
  return words[placeAt(words[slot + at.LANE]!) + at.LANE_THREAD]!;
}

/** Tells whether a thread has a lane of this name. */
export function isLaneOf(
  words: Int32Array,
  name: string,
  thread: number,
): boolean {
  return Array.from({ length: words[at.USED_LANES]! }, (_, index) => index)
    .some((index) =>
      words[placeAt(index) + at.LANE_THREAD] === thread &&
      readLaneName(words, index) === shorten(name)
    );
}

/** As much of a name as there is room for. */
export function shorten(name: string): string {
  return name.slice(0, at.MAX_NAME_LENGTH);
}

function findPlace(words: Int32Array): number {
  const used = words[at.USED_LANES]!;
  if (used < at.MAX_LANES - 1) {
    words[at.USED_LANES] = used + 1;
    return used;
  }
  const inUse = new Set(
    listSlots(words).map((slot) => words[slot + at.LANE]!),
  );
  let index = 0;
  while (index < at.MAX_LANES - 1 && inUse.has(index)) index++;
  return index;
}

function placeAt(index: number): number {
  return at.LANES + index * at.LANE_WORDS;
}
