/**
 * Permits: what a mutex, a read-write lock and a semaphore are made of.
 *
 * A mutex has one permit. Of a read-write lock a reader takes one and a writer
 * takes all. Turns are first come, first served: nobody overtakes a waiter,
 * even one that asks for more than is free. A permit is handed to the waiter
 * before it wakes, so that between waking and running nobody else can take it.
 * @module
 */
import { checkSlot } from "../memory/calls.ts";
import type { Gate } from "../memory/gate.ts";
import { LockGuard } from "./guard.ts";
import { threadTag } from "../memory/lane_name.ts";
import { threadOf } from "../memory/lane_table.ts";
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
  type Wait,
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
  const { wait, isWaiting } = begin(request, options.lane);
  if (isWaiting) {
    await sleep(wait, options);
    noteResumed(wait);
  }
  return toGuard(wait);
}

/** Takes permits, and blocks the thread until its turn. */
export function acquireSync(
  request: Request,
  options: BlockingOptions = DEFAULTS,
): LockGuard {
  const { gate, verb } = request;
  checkMayBlock(verb, "the form without Sync");
  if (options !== DEFAULTS) checkWait(verb, options, namesOf(gate, BLOCKING));
  const { wait, isWaiting } = begin(request, options.lane, true);
  if (isWaiting) {
    sleepSync(wait, options);
    noteResumed(wait);
  }
  return toGuard(wait);
}

/** Takes permits if they are free and nobody waits; `null` otherwise. */
export function tryAcquire(
  request: Request,
  options: Pick<BlockingOptions, "lane"> = DEFAULTS,
): LockGuard | null {
  const { gate, weight, verb } = request;
  if (options !== DEFAULTS) checkWait(verb, options, namesOf(gate, ["lane"]));
  gate.enter();
  const wait = canTake(gate.words, weight) ? take(request, options.lane) : null;
  if (wait !== null && wait.slot !== 0) hold(gate, wait.slot);
  gate.leave();
  return wait === null || wait.slot === 0 ? null : toGuard(wait);
}

function toGuard({ gate, slot, ticket }: Wait): LockGuard {
  return new LockGuard(gate, slot, ticket);
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

/** Takes the permits away from all who hold them; tells whether somebody did. */
export function breakHolders(gate: Gate): boolean {
  gate.enter();
  const held = listSlots(gate.words, at.HELD);
  for (const slot of held) gate.abandon(slot);
  gate.leave();
  return held.length > 0;
}

/** Counts permits nobody holds. */
export function countFree(gate: Gate): number {
  return gate.words[at.AVAILABLE]!;
}

/** Takes permits at once or, if there are too few, a place in the queue. */
function begin(
  request: Request,
  lane: string | undefined,
  blocks = false,
): { readonly wait: Wait; readonly isWaiting: boolean } {
  const { gate, weight, verb } = request;
  gate.enter();
  const isWaiting = !canTake(gate.words, weight);
  const isHopeless = isWaiting && blocks && waitsForItself(gate);
  const wait = isHopeless ? null : take(request, lane);
  if (wait !== null && wait.slot !== 0) {
    if (isWaiting) {
      enqueue(gate.words, wait.slot, at.QUEUE);
      gate.note("wait", wait.slot);
    } else hold(gate, wait.slot);
  }
  gate.leave();
  if (wait !== null) return { wait: checkSlot(wait), isWaiting };
  throw new Error(
    `Cannot ${verb}: a task of this thread holds it or waits for it, ` +
      `and could not go on while the thread is blocked, expected \`await\``,
  );
}

/** Inside: takes a slot; it is 0 if there is none left. */
function take({ gate, weight, verb }: Request, lane: string | undefined): Wait {
  const slot = takeSlot(gate.words, gate.placeOf(lane), weight, at.FREE);
  return { gate, verb, slot, ticket: gate.words[slot + at.TICKET]! };
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
  gate.note("take", slot);
}

function noteResumed({ gate, slot }: Wait): void {
  if (!gate.isRecorded) return;
  gate.enter();
  gate.note("resume", slot);
  gate.leave();
}

/** A blocked thread can not free what its own tasks hold, or will have before it. */
function waitsForItself({ kind, words }: Gate): boolean {
  const isOwn = (slot: number) => threadOf(words, slot) === threadTag();
  return kind === "Semaphore"
    ? listSlots(words, at.HELD).every(isOwn)
    : listSlots(words).some(isOwn);
}

function namesOf({ kind }: Gate, names: readonly string[]): readonly string[] {
  return kind === "Semaphore" ? ["permits", ...names] : names;
}

const DEFAULTS = {};
