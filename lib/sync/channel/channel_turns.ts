/**
 * Who may go on at a channel.
 *
 * One attempt inside the gate either does all of it or queues. Who is called
 * tries again: another thread that was awake may have been faster, and then it
 * queues in its old place.
 * @module
 */
import { LENGTH_BYTES } from "./byte_ring.ts";
import { checkSlot, join } from "../memory/calls.ts";
import { type Gate, HAPPENED } from "../memory/gate.ts";
import * as at from "../memory/layout.ts";
import { enqueueAgain, freeSlot } from "../memory/slots.ts";
import {
  BLOCKING,
  type BlockingOptions,
  checkWait,
  sleep,
  sleepSync,
  type WaitOptions,
} from "../memory/waiting.ts";

/** Sending or receiving. */
export interface ChannelAction {
  readonly queue: number;
  readonly size: number;
  readonly verb: string;
  /** Inside: tells whether it can be done. */
  readonly isReady: (words: Int32Array) => boolean;
  readonly act: (words: Int32Array) => Uint8Array;
}

/** Does it, awaiting its turn. */
export async function awaitTurn(
  gate: Gate,
  action: ChannelAction,
  options: WaitOptions,
): Promise<Uint8Array> {
  const { queue, verb } = action;
  checkWait(verb, options);
  let attempt = tryOrQueue(gate, action, options.lane);
  if (attempt.done !== null) return attempt.done;
  const endMs = performance.now() + (options.timeoutMs ?? Infinity);
  const ticket = gate.words[attempt.slot + at.TICKET]!;
  const unfinished = gate.unfinishedIn(queue).add(ticket);
  try {
    while (attempt.done === null) {
      const wait = { gate, slot: attempt.slot, verb, endMs };
      await sleep(wait, options);
      attempt = tryAgain(gate, action, attempt.slot);
    }
  } finally {
    unfinished.delete(ticket);
    if (attempt.done === null) callNext(gate);
  }
  return attempt.done;
}

/** Does it, blocking the thread until its turn. */
export function blockTurn(
  gate: Gate,
  action: ChannelAction,
  options: BlockingOptions,
): Uint8Array {
  const { verb, queue } = action;
  checkWait(verb, options, BLOCKING);
  if (gate.unfinishedIn(queue).size > 0) {
    throw new Error(
      `Cannot ${verb}: a task of this thread awaits its turn, and could not take it ` +
        `while the thread is blocked, expected \`await\``,
    );
  }
  let attempt = tryOrQueue(gate, action, options.lane);
  const endMs = performance.now() + (options.timeoutMs ?? Infinity);
  while (attempt.done === null) {
    sleepSync({ gate, slot: attempt.slot, verb, endMs }, options);
    attempt = tryAgain(gate, action, attempt.slot);
  }
  return attempt.done;
}

/** Does it if that can be done now; `null` otherwise. */
export function tryTurn(gate: Gate, action: ChannelAction): Uint8Array | null {
  gate.enter();
  const isOver = isPastEnd(gate.words, action.queue);
  const done = isOver ? null : actIfFirst(gate, action);
  gate.advance(gate);
  gate.leave();
  if (isOver) throw new ChannelClosedError(action.verb);
  return done;
}

interface Attempt {
  readonly done: Uint8Array | null;
  readonly slot: number;
}

function tryOrQueue(
  gate: Gate,
  action: ChannelAction,
  lane: string | undefined,
): Attempt {
  gate.enter();
  const isOver = isPastEnd(gate.words, action.queue);
  const done = isOver ? null : actIfFirst(gate, action);
  const queues = !isOver && done === null;
  const slot = queues ? join(gate, action.queue, lane) : 0;
  if (slot !== 0) gate.words[slot + at.WEIGHT] = action.size;
  gate.advance(gate);
  gate.leave();
  if (isOver) throw new ChannelClosedError(action.verb);
  if (queues) checkSlot(gate, slot, action.verb);
  return { done, slot };
}

function tryAgain(gate: Gate, action: ChannelAction, slot: number): Attempt {
  const { words } = gate;
  const { queue } = action;
  gate.enter();
  const isOver = isPastEnd(words, queue);
  const isBehind = !isOver && isBehindOwn(gate, queue, slot);
  const acts = !isOver && !isBehind && action.isReady(words);
  const done = acts ? act(gate, action) : null;
  if (isOver || acts) {
    gate.note(HAPPENED.resume, slot);
    freeSlot(words, slot);
  } else enqueueAgain(words, slot, queue);
  // The one before it calls it: called here, it would try again at once, and for ever.
  if (!isBehind) gate.advance(gate);
  gate.leave();
  if (isOver) throw new ChannelClosedError(action.verb);
  return { done, slot };
}

/** After an abort: those behind may have been called, and found an earlier one not done. */
function callNext(gate: Gate): void {
  gate.enter();
  gate.advance(gate);
  gate.leave();
}

/** Inside: tasks of this thread that asked earlier go first. */
function actIfFirst(gate: Gate, action: ChannelAction): Uint8Array | null {
  if (gate.unfinishedIn(action.queue).size > 0) return null;
  return action.isReady(gate.words) ? act(gate, action) : null;
}

function act(gate: Gate, action: ChannelAction): Uint8Array {
  const bytes = action.act(gate.words);
  gate.noteLane(HAPPENED.count, 0, gate.words[at.COUNT]!);
  return bytes;
}

/** Inside: tells whether a task of this thread that asked earlier is not done yet. */
function isBehindOwn(gate: Gate, queue: number, slot: number): boolean {
  // A set keeps the order of adding, which is that of tickets.
  const [first] = gate.unfinishedIn(queue);
  return first !== undefined && first !== gate.words[slot + at.TICKET];
}

function isPastEnd(words: Int32Array, queue: number): boolean {
  return isClosed(words) && (queue === at.SENDERS || words[at.COUNT] === 0);
}

/** Tells whether the channel takes no more values. */
export function isClosed(words: Int32Array): boolean {
  return (Atomics.load(words, at.FLAGS) & at.CLOSED) !== 0;
}

/** Tells whether there is a value. */
export function canReceive(words: Int32Array): boolean {
  return words[at.COUNT]! > 0;
}

/** Tells whether there is room for a value; its size includes {@link LENGTH_BYTES}. */
export function canSend(
  words: Int32Array,
  size: number,
  ringBytes: number,
): boolean {
  return words[at.COUNT]! < words[at.CAPACITY]! &&
    words[at.USED_BYTES]! + Math.max(size, LENGTH_BYTES) <= ringBytes;
}

/**
 * Calls the first receiver if there is a value, and the first sender if there
 * is room. Who is called tries for itself and calls the next one.
 */
export function advanceChannel(gate: Gate, ringBytes: number): void {
  const { words } = gate;
  const receiver = words[at.QUEUE]!;
  if (receiver !== 0 && canReceive(words)) gate.call(receiver, at.CALLED);
  const sender = words[at.SENDERS]!;
  if (sender === 0) return;
  if (canSend(words, words[sender + at.WEIGHT]!, ringBytes)) {
    gate.call(sender, at.CALLED);
  }
}

/**
 * Says that a channel is closed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Channel } from "./channel.ts";
 * const channel = new Channel<string>();
 * channel.close();
 * await assert.rejects(channel.send("late"), ChannelClosedError);
 * ```
 */
export class ChannelClosedError extends Error {
  /** Name of the class. */
  override readonly name = "ChannelClosedError";

  /**
   * Makes the error.
   *
   * @param verb What can not be done, such as `send to "jobs"`.
   */
  constructor(verb: string) {
    super(`Cannot ${verb}: it is closed, expected an open channel`);
  }
}
