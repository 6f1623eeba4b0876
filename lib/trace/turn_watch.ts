/**
 * Notes what runs in each turn of the event loop, in the true order.
 *
 * V8 tells before and after each reaction of a promise, Node's hooks the same of
 * timers, immediates and `process.nextTick()`. Of microtasks nobody tells, so
 * `queueMicrotask()` is replaced meanwhile; and so are the functions that set
 * timers, since a notebook calls their callbacks a microtask later. Not seen by
 * themselves: callbacks of ports and events, which show as what calls them.
 *
 * Price: a stack for each promise that the run makes, about 10 µs.
 * @module
 */
import type { LoopRun, LoopTurn } from "../base/record/mod.ts";
import type { RunWatch } from "./run_watch.ts";
import { nameCallback, type Origin, readReaction } from "./turn_origin.ts";

/** Watches until it is disposed of. Units: milliseconds of `performance.now()`. */
export class TurnWatch implements Disposable {
  dropped = 0;
  readonly #watch: RunWatch;
  readonly #turns: Turn[] = [];
  readonly #undo: (() => void)[] = [];
  // The microtasks of the loop's turn are done: a reaction begins another turn.
  #isDrained = true;
  #count = 0;
  #isSentinelQueued = false;
  #size = 0;

  static async open(watch: RunWatch): Promise<TurnWatch> {
    const { createHook } = await import("node:async_hooks");
    const { promiseHooks } = (await import("node:v8")).default;
    const turns = new TurnWatch(watch);
    turns.#hookCallbacks(createHook);
    turns.#hookPromises(promiseHooks.createHook as never);
    turns.#replaceGlobals();
    return turns;
  }

  private constructor(watch: RunWatch) {
    this.#watch = watch;
  }

  /** The turns so far in which something of the run ran. */
  get turns(): readonly LoopTurn[] {
    return this.#turns.filter(({ runs }) => runs.length > 0);
  }

  /** Calls the traced function, as the first turn. */
  start<R>(fn: () => R): R {
    this.#begin("start");
    const run = this.#enter("script", {
      label: "the traced function",
      site: null,
    });
    try {
      return fn();
    } finally {
      this.#leave(run);
    }
  }

  /** Notes that a message's handlers begin, and gives what notes their end. */
  message(from: string): () => void {
    this.#begin("message");
    const run = this.#enter("message", { label: `from ${from}`, site: null });
    return () => this.#leave(run);
  }

  [Symbol.dispose](): void {
    for (const undo of this.#undo.splice(0)) undo();
  }

  #begin(cause: LoopTurn["cause"]): void {
    if (this.#size >= MAX_RUNS) return;
    this.#turns.push({ cause, runs: [] });
  }

  #enter(kind: LoopRun["kind"], { label, site }: Origin): Run | null {
    if (this.#size >= MAX_RUNS) {
      this.dropped++;
      return null;
    }
    const lane = this.#watch.context?.lane ?? "main";
    const startMs = performance.now();
    const place = site === null ? {} : { site };
    const run = { kind, label, ...place, lane, startMs, endMs: startMs };
    this.#turnFor(kind).runs.push(run);
    this.#size++;
    this.#count++;
    this.#isDrained = false;
    return run;
  }

  #turnFor(kind: LoopRun["kind"]): Turn {
    const last = this.#turns.at(-1);
    const isNew = last === undefined ||
      (kind === "timer" || kind === "immediate"
        ? last.cause !== kind || last.runs.some((run) => run.kind === kind)
        : (kind === "promise" || kind === "microtask") && this.#isDrained &&
          last.runs.length > 0);
    if (!isNew) return last;
    this.#begin(kind === "timer" || kind === "immediate" ? kind : "I/O");
    return this.#turns.at(-1)!;
  }

  #leave(run: Run | null): void {
    if (run !== null) run.endMs = performance.now();
    this.#lookForEnd();
  }

  /** Queued behind all that waits: if nothing has run before it, the turn is over. */
  #lookForEnd(): void {
    if (this.#isSentinelQueued) return;
    this.#isSentinelQueued = true;
    const seen = this.#count;
    trueQueueMicrotask(() => {
      this.#isSentinelQueued = false;
      if (this.#count === seen) this.#isDrained = true;
      else this.#lookForEnd();
    });
  }

  #hookCallbacks(createHook: CreateHook): void {
    const ticks = new Map<number, Origin>();
    const causes = new Map<number, "timer" | "immediate">();
    let run: Run | null = null;
    const hook = createHook({
      init: (id, type, _trigger, resource) => {
        if (type === "Timeout") causes.set(id, "timer");
        if (type === "Immediate") causes.set(id, "immediate");
        if (type !== "TickObject" || this.#watch.context === undefined) return;
        const { callback } = Object(resource) as {
          readonly callback?: unknown;
        };
        ticks.set(id, nameCallback(callback, this.#readStack()));
      },
      before: (id) => {
        const cause = causes.get(id);
        if (cause !== undefined) this.#begin(cause);
        const origin = ticks.get(id);
        if (origin !== undefined) run = this.#enter("nextTick", origin);
      },
      after: (id) => {
        if (ticks.delete(id)) this.#leave(run);
      },
    }).enable();
    this.#undo.push(() => void hook.disable());
  }

  #hookPromises(createHook: CreatePromiseHook): void {
    const origins = new WeakMap<object, Origin>();
    let run: Run | null = null;
    let isRunning = false;
    const stop = createHook({
      init: (promise) => {
        if (this.#watch.context === undefined || this.#size >= MAX_RUNS) return;
        const origin = readReaction(this.#readStack());
        if (origin !== null) origins.set(promise, origin);
      },
      before: (promise) => {
        const origin = origins.get(promise);
        isRunning = origin !== undefined && this.#watch.context !== undefined;
        if (isRunning) run = this.#enter("promise", origin!);
      },
      after: () => {
        if (isRunning) this.#leave(run);
        isRunning = false;
      },
    });
    this.#undo.push(() => stop?.());
  }

  #replaceGlobals(): void {
    const scope = globalThis as unknown as Record<string, Start>;
    for (const [name, kind] of REPLACED) {
      const original = scope[name];
      if (original === undefined) continue;
      const ours: Start = (callback, ...rest) => {
        if (
          typeof callback !== "function" || this.#watch.context === undefined
        ) {
          return original(callback, ...rest);
        }
        const origin = nameCallback(callback, this.#readStack());
        const [enter, leave] = [
          () => this.#enter(kind, origin),
          (run: Run | null) => this.#leave(run),
        ];
        return original(function (this: unknown, ...args: unknown[]) {
          const run = enter();
          try {
            return callback.apply(this, args);
          } finally {
            leave(run);
          }
        }, ...rest);
      };
      // What hangs on the original, such as a promise's form, is found here.
      scope[name] = Object.setPrototypeOf(ours, original);
      this.#undo.push(() => {
        if (scope[name] === ours) scope[name] = original;
      });
    }
  }

  #readStack(): string {
    // Beyond this, no reader looks, and each costs.
    return this.#size < MAX_STACKS ? new Error().stack ?? "" : "";
  }
}

interface Turn extends LoopTurn {
  readonly runs: Run[];
}
type Run = { -readonly [Key in keyof LoopRun]: LoopRun[Key] };
type Start = (callback: unknown, ...rest: unknown[]) => unknown;
type CreateHook = typeof import("node:async_hooks").createHook;
type CreatePromiseHook = (hooks: {
  readonly init: (promise: object) => void;
  readonly before: (promise: object) => void;
  readonly after: (promise: object) => void;
}) => (() => void) | undefined;

const trueQueueMicrotask = queueMicrotask;
const REPLACED = [
  ["setTimeout", "timer"],
  ["setInterval", "timer"],
  ["setImmediate", "immediate"],
  ["queueMicrotask", "microtask"],
] as const;
const MAX_RUNS = 20_000;
const MAX_STACKS = 5000;
