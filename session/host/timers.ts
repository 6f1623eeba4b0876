/**
 * Timers that survive an interrupt and know whose they are.
 *
 * V8 ends the whole runtime when a timer's callback is terminated, but not
 * when a microtask is; so each callback runs in a microtask of its timer. The
 * timers of an execution are kept, so that an interrupted cell stays silent.
 * @module
 */
import { currentExecution } from "./attribution.ts";
import { append, apply, bare, OwnMap, queueMicrotask } from "./intrinsics.ts";

/** A timer, as it is listed. */
export interface TimerFacts {
  readonly timerId: number;
  readonly executionId: string;
  readonly repeats: boolean;
  readonly delayMs: number;
}

type Callback = (...args: unknown[]) => void;
type Start = (callback: Callback, ...rest: unknown[]) => unknown;
type Stop = (timer: unknown) => void;

interface Timer {
  readonly executionId: string;
  readonly stop: Stop;
  readonly repeats: boolean;
  readonly delay: unknown;
  /** Its number, once somebody has asked for timers. */
  timerId: number;
}

const timers = new OwnMap<unknown, Timer>();
let lastId = 0;

/** Replaces the global timer functions. */
export function installTimers(): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const [startName, stopName, repeats] of TIMERS) {
    const start = scope[startName] as Start;
    const stop = scope[stopName] as Stop;
    scope[startName] = withDescriptorsOf(
      start,
      wrapStart(start, stop, repeats),
    );
    scope[stopName] = withDescriptorsOf(stop, (timer: unknown) => {
      timers.delete(timer);
      stop(timer);
    });
  }
}

/**
 * Stops all timers that an execution has started.
 *
 * @param executionId The execution that was interrupted.
 */
export function stopTimers(executionId: string): void {
  const all = timers.keys();
  for (let i = 0; i < all.length; i++) {
    const timer = all[i];
    const { executionId: owner, stop } = timers.get(timer)!;
    if (owner !== executionId) continue;
    timers.delete(timer);
    stop(timer);
  }
}

/**
 * Lists timers that live for a while: those that repeat, and long ones.
 *
 * Units: milliseconds.
 */
export function listTimers(): TimerFacts[] {
  const listed: TimerFacts[] = [];
  const all = timers.keys();
  for (let i = 0; i < all.length && listed.length < MAX_LISTED; i++) {
    const timer = timers.get(all[i])!;
    const delayMs = toDelay(timer.delay);
    if (!timer.repeats && delayMs < LONG_MS) continue;
    const { executionId, repeats } = timer;
    const timerId = timer.timerId ||= ++lastId;
    append(listed, bare({ timerId, executionId, repeats, delayMs }));
  }
  return listed;
}

/** Stops one of them. */
export function stopTimer(timerId: number): void {
  const all = timers.keys();
  for (let i = 0; i < all.length; i++) {
    const timer = timers.get(all[i])!;
    if (timer.timerId !== timerId) continue;
    timers.delete(all[i]);
    timer.stop(all[i]);
  }
}

/** What a cell gave as a delay may be anything. */
function toDelay(delay: unknown): number {
  return typeof delay === "number" && delay > 0 && delay < 2 ** 31 ? delay : 0;
}

function wrapStart(start: Start, stop: Stop, repeats: boolean): Start {
  return (callback, ...rest) => {
    // Let the true function say what is wrong with the arguments.
    if (typeof callback !== "function") {
      return apply(start, undefined, withFirst(callback, rest));
    }
    const executionId = currentExecution();
    const run = (...args: unknown[]) => {
      if (!repeats) timers.delete(timer);
      queueMicrotask(() => apply(callback, undefined, args));
    };
    const timer = apply(start, undefined, withFirst(run, rest));
    timers.set(timer, {
      executionId,
      stop,
      repeats,
      delay: rest[0],
      timerId: 0,
    });
    return timer;
  };
}

/** Spreading a list would ask the cell's iterators. */
function withFirst(first: unknown, rest: readonly unknown[]): unknown[] {
  const all: unknown[] = [first];
  for (let i = 0; i < rest.length; i++) append(all, rest[i]);
  return all;
}

/** Keeps what hangs on the function, such as Node's promisified form. */
function withDescriptorsOf<F extends object>(original: object, copy: F): F {
  const { prototype: _, ...rest } = Object.getOwnPropertyDescriptors(
    original,
  ) as Record<string, PropertyDescriptor>;
  return Object.defineProperties(copy, rest) as F;
}

const TIMERS = [
  ["setTimeout", "clearTimeout", false],
  ["setInterval", "clearInterval", true],
  ["setImmediate", "clearImmediate", false],
] as const;

const MAX_LISTED = 50;
const LONG_MS = 1000;
