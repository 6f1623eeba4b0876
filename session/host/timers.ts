/**
 * Timers that survive an interrupt and know whose they are.
 *
 * V8 ends the whole runtime when a timer's callback is terminated, but not
 * when a microtask is; so each callback runs in a microtask of its timer. The
 * timers of an execution are kept, so that an interrupted cell stays silent.
 * @module
 */
import { currentExecution } from "./attribution.ts";
import { append, apply, OwnMap, queueMicrotask } from "./intrinsics.ts";

type Callback = (...args: unknown[]) => void;
type Start = (callback: Callback, ...rest: unknown[]) => unknown;
type Stop = (timer: unknown) => void;

const timers = new OwnMap<unknown, { executionId: string; stop: Stop }>();

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
    timers.set(timer, { executionId, stop });
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
