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
import type { Gate } from "../memory/gate.ts";
import * as at from "../memory/layout.ts";
import { enqueueAgain, freeSlot } from "../memory/slots.ts";
import {
  BLOCKING,
  type BlockingOptions,
  checkWait,
  sleep,
  sleepSync,
  type Wait,
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
  checkWait(action.verb, options);
  let attempt = tryOrQueue(gate, action, options);
  if ("done" in attempt) return attempt.done;
  const unfinished = gate.unfinishedIn(action.queue).add(attempt.ticket);
  const { ticket } = attempt;
  try {
    while (!("done" in attempt)) {
      await sleep(attempt, options);
      attempt = tryAgain(action, attempt);
    }
    return attempt.done;
  } finally {
    unfinished.delete(ticket);
    if (!("done" in attempt)) callNext(gate);
  }
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
  let attempt = tryOrQueue(gate, action, options);
  while (!("done" in attempt)) {
    sleepSync(attempt, options);
    attempt = tryAgain(action, attempt);
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

/** It is done, or the turn has to be waited for. */
type Attempt = { readonly done: Uint8Array } | Wait;

function tryOrQueue(
  gate: Gate,
  action: ChannelAction,
  { lane, timeoutMs = Infinity }: BlockingOptions,
): Attempt {
  const { queue, verb, size } = action;
  gate.enter();
  const isOver = isPastEnd(gate.words, queue);
  const done = isOver ? null : actIfFirst(gate, action);
  const wait = isOver || done !== null ? null : join(gate, verb, queue, lane);
  if (wait !== null && wait.slot !== 0) {
    gate.words[wait.slot + at.WEIGHT] = size;
  }
  gate.advance(gate);
  gate.leave();
  if (done !== null) return { done };
  if (wait === null) throw new ChannelClosedError(verb);
  return { ...checkSlot(wait), endMs: performance.now() + timeoutMs };
}

function tryAgain(action: ChannelAction, wait: Wait): Attempt {
  const { gate, slot } = wait;
  const { words } = gate;
  const { queue } = action;
  gate.enter();
  const isOver = isPastEnd(words, queue);
  const isBehind = !isOver && isBehindOwn(gate, queue, slot);
  const acts = !isOver && !isBehind && action.isReady(words);
  const done = acts ? act(gate, action) : null;
  if (isOver || acts) {
    gate.note("resume", slot);
    freeSlot(words, slot);
  } else enqueueAgain(words, slot, queue);
  // The one before it calls it: called here, it would try again at once, and for ever.
  if (!isBehind) gate.advance(gate);
  gate.leave();
  if (isOver) throw new ChannelClosedError(action.verb);
  return done === null ? wait : { done };
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
  gate.noteLane("count", 0, gate.words[at.COUNT]!);
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
