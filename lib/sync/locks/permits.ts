/**
 * Permits: what a mutex, a read-write lock and a semaphore are made of.
 *
 * A mutex has one permit. Of a read-write lock a reader takes one and a writer
 * takes all. Turns are first come, first served: nobody overtakes a waiter,
 * even one that asks for more than is free. A permit is handed to the waiter
 * before it wakes, so that between waking and running nobody else can take it.
 * @module
 */
import { type Gate, HAPPENED } from "../memory/gate.ts";
import { LockGuard } from "./guard.ts";
import { threadTag } from "../memory/lane_name.ts";
import { readLaneThread } from "../memory/lane_table.ts";
import * as at from "../memory/layout.ts";
import { enqueue, listSlots, takeSlot } from "../memory/slots.ts";
import {
  AWAITING,
  BLOCKING,
  type BlockingOptions,
  checkMayBlock,
  checkWait,
  sleep,
  sleepSync,
  type WaitOptions,
} from "../memory/waiting.ts";

/** What is asked for. */
export interface Request {
  readonly gate: Gate;
  readonly weight: number;
  /** What is done, for errors, such as `lock "results"`. */
  readonly verb: string;
}

/** Takes permits, and awaits its turn. */
export async function acquire(
  request: Request,
  options: WaitOptions = DEFAULTS,
): Promise<LockGuard> {
  const { gate, verb } = request;
  if (options !== DEFAULTS) checkWait(verb, options, namesOf(gate, AWAITING));
  const { slot, ticket, waits } = begin(request, options.lane);
  if (waits) {
    await sleep({ gate, slot, verb }, options);
    noteResumed(gate, slot);
  }
  return new LockGuard(gate, slot, ticket);
}

/** Takes permits, and blocks the thread until its turn. */
export function acquireSync(
  request: Request,
  options: BlockingOptions = DEFAULTS,
): LockGuard {
  const { gate, verb } = request;
  checkMayBlock(verb, "the form without Sync");
  if (options !== DEFAULTS) checkWait(verb, options, namesOf(gate, BLOCKING));
  const { slot, ticket, waits } = begin(request, options.lane, true);
  if (waits) {
    sleepSync({ gate, slot, verb }, options);
    noteResumed(gate, slot);
  }
  return new LockGuard(gate, slot, ticket);
}

/** Takes permits if they are free and nobody waits; `null` otherwise. */
export function tryAcquire(
  { gate, weight, verb }: Request,
  options: Pick<BlockingOptions, "lane"> = DEFAULTS,
): LockGuard | null {
  if (options !== DEFAULTS) checkWait(verb, options, namesOf(gate, ["lane"]));
  const { words } = gate;
  const { lane } = options;
  gate.enter();
  const slot = canTake(words, weight)
    ? takeSlot(gate.words, gate.placeOf(lane), weight, at.FREE)
    : 0;
  const ticket = words[slot + at.TICKET]!;
  if (slot !== 0) hold(gate, slot);
  gate.leave();
  return slot === 0 ? null : new LockGuard(gate, slot, ticket);
}

/** Inside: lets in the first waiters, as far as the permits reach. */
export function letIn(gate: Gate): void {
  const { words } = gate;
  for (;;) {
    const slot = words[at.QUEUE]!;
    if (slot === 0) return;
    if (words[slot + at.WEIGHT]! > words[at.AVAILABLE]!) return;
    gate.call(slot, at.HELD);
    hold(gate, slot);
  }
}

/** Takes the permits away from all who hold them. */
export function breakHolders(gate: Gate): number {
  gate.enter();
  const held = listSlots(gate.words).filter((slot) =>
    gate.words[slot + at.STATE] === at.HELD
  );
  if (held.length > 0) gate.words[at.ABANDONED] = 1;
  for (const slot of held) {
    gate.note(HAPPENED.release, slot);
    gate.remove(slot);
  }
  gate.leave();
  return held.length;
}

/** Counts permits nobody holds. */
export function countFree(gate: Gate): number {
  return gate.words[at.AVAILABLE]!;
}

interface Begun {
  readonly slot: number;
  readonly ticket: number;
  readonly waits: boolean;
}

/** Takes permits at once or, if there are too few, a place in the queue. */
function begin(
  { gate, weight, verb }: Request,
  lane: string | undefined,
  blocks = false,
): Begun {
  const { words } = gate;
  gate.enter();
  const waits = !canTake(words, weight);
  const isHopeless = waits && blocks && waitsForItself(gate);
  const slot = isHopeless
    ? 0
    : takeSlot(gate.words, gate.placeOf(lane), weight, at.FREE);
  const ticket = words[slot + at.TICKET]!;
  if (slot !== 0 && waits) {
    enqueue(gate.words, slot, at.QUEUE);
    gate.note(HAPPENED.wait, slot);
  } else if (slot !== 0) hold(gate, slot);
  gate.leave();
  if (isHopeless) {
    throw new Error(
      `Cannot ${verb}: a task of this thread holds it or waits for it, ` +
        `and could not go on while the thread is blocked, expected \`await\``,
    );
  }
  if (slot === 0) throw tooMany(gate, verb);
  return { slot, ticket, waits };
}

function canTake(words: Int32Array, weight: number): boolean {
  return words[at.QUEUE] === 0 && words[at.AVAILABLE]! >= weight;
}

function hold(gate: Gate, slot: number): void {
  const { words } = gate;
  words[at.AVAILABLE]! -= words[slot + at.WEIGHT]!;
  words[slot + at.ANSWER] = words[at.ABANDONED]!;
  words[at.ABANDONED] = 0;
  Atomics.store(words, slot + at.STATE, at.HELD);
  gate.note(HAPPENED.take, slot);
}

function noteResumed(gate: Gate, slot: number): void {
  if ((Atomics.load(gate.words, at.FLAGS) & at.RECORDS) === 0) return;
  gate.enter();
  gate.note(HAPPENED.resume, slot);
  gate.leave();
}

/** A blocked thread can not free what its own tasks hold, or will have before it. */
function waitsForItself(gate: Gate): boolean {
  const { words } = gate;
  const slots = listSlots(words);
  const isOwn = (slot: number) =>
    readLaneThread(words, words[slot + at.LANE]!) === threadTag();
  if (gate.kind !== "Semaphore") return slots.some(isOwn);
  return slots.filter((slot) => words[slot + at.STATE] === at.HELD)
    .every(isOwn);
}

function namesOf({ kind }: Gate, names: readonly string[]): readonly string[] {
  return kind === "Semaphore" ? ["permits", ...names] : names;
}

/** What is thrown when there is no slot left. */
export function tooMany(gate: Gate, verb: string): RangeError {
  return new RangeError(
    `Cannot ${verb}: ${
      gate.words[at.MAX_SLOTS]
    } hold it or wait already, expected fewer; ` +
      `give a larger maxWaiters when it is made`,
  );
}

const DEFAULTS = {};
