/**
 * Waiting in a queue: asleep in a Worker, or awaiting a promise anywhere.
 *
 * Both sleep on the slot's own word, so that a hand-over wakes one waiter and
 * no other. An abort or the end of the time is decided inside the gate: it
 * either comes first, and the slot leaves the queue, or the hand-over has come
 * first, and the waiter has what it waited for. Nothing is lost between.
 * @module
 */
import {
  checkMs,
  checkName,
  checkOptions,
  checkSignal,
} from "../../base/mod.ts";
import { currentTap } from "../../base/record/mod.ts";
import type { Gate } from "./gate.ts";
import { mayBlock } from "./lane_name.ts";
import { laneOf } from "./lane_table.ts";
import { HELD, STATE, WAITING } from "./layout.ts";
import { listSlots } from "./slots.ts";

/**
 * How long to wait, and as whom.
 *
 * Whoever waits so throws a `DOMException` named `TimeoutError` when the time is
 * over, and a `TypeError` if an option has the wrong type or is unknown. The main
 * thread must not be blocked.
 */
export interface BlockingOptions {
  /**
   * Milliseconds after which waiting ends with an error named `TimeoutError`.
   * @default Infinity
   */
  readonly timeoutMs?: number;
  /**
   * Who waits and holds, as snapshots and traces show it. Give tasks of one
   * thread names of their own, so that a deadlock among them can be told.
   * @default the thread's name, see `laneName()`
   */
  readonly lane?: string;
}

/** How long to wait, as whom, and what ends it early: then the signal's reason is thrown. */
export interface WaitOptions extends BlockingOptions {
  /**
   * Ends waiting with the signal's reason. An abort that comes after the
   * hand-over comes too late: what was waited for is there.
   * @default undefined
   */
  readonly signal?: AbortSignal;
}

/** A slot that waits. */
export interface Wait {
  readonly gate: Gate;
  readonly slot: number;
  /** Tells whether the slot is still its owner's. */
  readonly ticket: number;
  /** What is waited for, for errors, such as `lock mutex "results"`. */
  readonly verb: string;
  /**
   * When to give up, of `performance.now()`, after waits before this one.
   *
   * @default `timeoutMs` from now
   */
  readonly endMs?: number;
}

/** Throws what a wait that never begins ends with. */
export function checkWait(
  verb: string,
  options: WaitOptions,
  names: readonly string[] = AWAITING,
): void {
  checkOptions(verb, options, names);
  const { signal, timeoutMs, lane } = options;
  checkSignal(verb, signal);
  checkMs([verb, "timeoutMs"], timeoutMs);
  if (lane !== undefined) checkName([verb, "lane"], lane);
  signal?.throwIfAborted();
}

/** Refuses to block where blocking would stop a notebook. */
export function checkMayBlock(verb: string, instead: string): void {
  if (mayBlock()) return;
  throw new TypeError(
    `Cannot ${verb}: this is the main thread, which would answer nobody while it is blocked; ` +
      `expected a Worker, or \`await\` and ${instead} in its place`,
  );
}

/** Awaits that a slot is called. */
export function sleep(wait: Wait, options: WaitOptions): Promise<void> {
  const { gate, slot, ticket } = wait;
  const { signal, timeoutMs = Infinity } = options;
  const { endMs = performance.now() + timeoutMs } = wait;
  const { words } = gate;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  keepAlive(1);
  const look = () => check();
  sleepers.add(look);

  const finish = () => {
    isOver = true;
    keepAlive(-1);
    sleepers.delete(look);
    if (gate.sleepers.get(slot) === check) gate.sleepers.delete(slot);
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  };
  const giveUp = (reason: unknown) => {
    if (isOver) return;
    // Before cancelling, which calls whoever sleeps on the slot.
    isOver = true;
    const isCancelled = gate.cancel(slot, ticket);
    isOver = isCancelled;
    if (isCancelled) {
      finish();
      reject(reason);
    } else check();
  };
  const abort = () => giveUp(signal?.reason);
  const check = () => {
    if (isOver) return;
    while (gate.isWaiting(slot, ticket)) {
      const result = Atomics.waitAsync(words, slot + STATE, WAITING);
      if (!result.async) continue;
      void result.value.then(check);
      return;
    }
    finish();
    if (gate.isOwn(slot, ticket)) resolve();
    else reject(removed(wait));
  };
  gate.sleepers.set(slot, check);
  signal?.addEventListener("abort", abort, { once: true });
  if (timeoutMs <= MAX_TIMER_MS) {
    const leftMs = Math.max(0, endMs - performance.now());
    timer = setTimeout(() => giveUp(timeout(wait, timeoutMs)), leftMs);
  }
  check();
  // Of a second wait, the signal may have aborted during the first one.
  if (signal?.aborted) abort();
  return promise;
}

/** Blocks the thread until a slot is called. */
export function sleepSync(wait: Wait, options: BlockingOptions): void {
  const { gate, slot, ticket } = wait;
  const { timeoutMs = Infinity } = options;
  const { endMs = performance.now() + timeoutMs } = wait;
  while (gate.isWaiting(slot, ticket)) {
    const leftMs = endMs - performance.now();
    if (leftMs <= 0 && gate.cancel(slot, ticket)) {
      throw timeout(wait, timeoutMs);
    }
    Atomics.wait(gate.words, slot + STATE, WAITING, Math.max(0, leftMs));
  }
  if (!gate.isOwn(slot, ticket)) throw removed(wait);
}

/** Has all waits of this thread look whether their turn has come. */
export function wakeSleepers(): void {
  for (const look of [...sleepers]) look();
}

function timeout({ verb, gate }: Wait, timeoutMs: number): DOMException {
  const holders = listHolders(gate);
  const held = holders.length === 0
    ? ""
    : `, ${holders.join(" and ")} ${
      holders.length === 1 ? "holds" : "hold"
    } it`;
  return new DOMException(
    `Cannot ${verb}: still waiting after ${timeoutMs} ms (timeoutMs)${held}`,
    "TimeoutError",
  );
}

/** Names the first few lanes that hold what is waited for. */
function listHolders(gate: Gate): readonly string[] {
  const { words } = gate;
  gate.look();
  const names = listSlots(words, HELD).map((slot) => laneOf(words, slot));
  gate.leave();
  const different = [...new Set(names)];
  return different.length <= MAX_HOLDERS ? different : [
    ...different.slice(0, MAX_HOLDERS - 1),
    `${different.length - MAX_HOLDERS + 1} more`,
  ];
}

function removed({ verb }: Wait): Error {
  return new Error(
    `Cannot ${verb}: this lane was taken for dead while it waited, ` +
      `expected releaseAllOf() only for threads that have ended`,
  );
}

/**
 * Keeps the thread alive while somebody awaits, the main thread for a moment
 * only. Neither Deno nor Node count `Atomics.waitAsync()`; but whoever can give
 * the turn keeps the process alive, and nobody waits for ever for one who is gone.
 */
function keepAlive(change: 1 | -1): void {
  sleeping += change;
  if (sleeping === 0) {
    clearInterval(heartbeat);
    heartbeat = undefined;
  } else {
    const everyMs = mayBlock() ? MAX_TIMER_MS : GRACE_MS;
    const start = () => setInterval(beat, everyMs);
    // A trace is not to take our timer for code of the task that waits.
    heartbeat ??= currentTap()?.outside?.(start) ?? start();
  }
  if (change > 0) isFresh = true;
}

/** A whole pause without a new wait: what waits then, waits for others. */
function beat(): void {
  if (heartbeat === undefined || mayBlock()) return;
  if (isFresh) isFresh = false;
  else {
    clearInterval(heartbeat);
    heartbeat = undefined;
  }
}

/** Options of waits that block. */
export const BLOCKING = ["timeoutMs", "lane"];
/** Options of waits that do not. */
export const AWAITING = [...BLOCKING, "signal"];
let sleeping = 0;
let heartbeat: ReturnType<typeof setInterval> | undefined;
let isFresh = false;
const GRACE_MS = 100;
const MAX_HOLDERS = 3;

/** Timers take no more. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Who of this thread awaits a turn. A wait keeps no process alive, as a promise
 * does not: whoever could end it does that. But a thread may give the turn and
 * end at once; so who lets go of a thread has all waits look once more.
 */
const sleepers = new Set<() => void>();
