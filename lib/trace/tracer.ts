/**
 * What a traced function is given: names for its parts, tasks, marks, counters.
 *
 * Whose code runs when is noted by `run_watch.ts`; here contexts are made.
 * @module
 */
import { checkFunction, checkNumber, checkText } from "../base/mod.ts";
import type { Collector } from "./collector.ts";
import type { Context, NamedWait } from "./own_lanes.ts";
import type { RunWatch } from "./run_watch.ts";

/** What a traced function is given. After the trace it still works, unrecorded. */
export interface Tracer {
  /** Aborted when the trace is: at its time limit, or by its own signal. */
  readonly signal: AbortSignal;
  /**
   * Names a part of the code: its running and waiting bear the label.
   *
   * @param label Short text.
   * @param fn Called at once; asynchronous or not.
   * @returns What it returned.
   */
  span<R>(label: string, fn: () => R): R;
  /**
   * Starts an asynchronous task, which gets a lane below its parent's.
   *
   * The lane shows when the task's code had the thread and when it waited. Not
   * seen as running: callbacks of events and streams; what they compute counts
   * as waiting.
   *
   * @param name Name of the lane.
   * @param fn Called at once; asynchronous or not.
   * @returns What it returned, or threw.
   */
  task<R>(name: string, fn: () => R | Promise<R>): Promise<R>;
  /**
   * Tells what an `await` waits for.
   *
   * @param reason Such as `the database`.
   * @param value What is awaited.
   * @returns The same, to be awaited.
   */
  wait<T>(reason: string, value: T | PromiseLike<T>): Promise<T>;
  /**
   * Marks this moment.
   *
   * @param label Short text.
   */
  mark(label: string): void;
  /**
   * Gives a counter the value that it has from now on.
   *
   * @param name Name of the counter.
   * @param value Its value.
   * @param unit Such as `tasks` or `MiB`; none if left out.
   */
  count(name: string, value: number, unit?: string): void;
}

export interface TracerHost {
  readonly collector: Collector;
  readonly watch: RunWatch;
  readonly root: Context;
  readonly contexts: Context[];
  readonly waits: NamedWait[];
  readonly signal: AbortSignal;
}

export function createTracer(host: TracerHost): Tracer {
  const { collector, watch, root, contexts, waits, signal } = host;
  const here = () => watch.context ?? root;

  function open(lane: string, parent: Context, label?: string): Context {
    const startMs = performance.now();
    const endMs = Infinity;
    const context: Context = label === undefined
      ? { lane, parent, startMs, endMs }
      : { lane, parent, label, startMs, endMs };
    // A stack takes microseconds: with many tasks, none is worth that.
    if (contexts.length < MAX_SITES) context.site = new Error(SITE);
    contexts.push(context);
    return context;
  }

  /** Runs a function until what it returned has settled. */
  function follow<R>(
    context: Context,
    fn: () => R,
  ): R {
    const fail = (error: unknown): never => {
      const { lane, parent } = context;
      const atMs = context.endMs = performance.now();
      // A span's error is its task's, or goes on to whoever called it.
      if (lane !== parent?.lane) {
        const label = `${lane} threw ${describeThrown(error)}`;
        collector.mark({ atMs, label, lane });
      }
      throw error;
    };
    let result: R;
    try {
      result = watch.run(context, fn);
    } catch (error) {
      return fail(error);
    } finally {
      const isLong = watch.switchedMs - context.startMs > LONG_MS;
      if (isLong) context.site ??= new Error(SITE);
    }
    if (!isThenable(result)) {
      context.endMs = watch.switchedMs;
      return result;
    }
    // Noting the end is nobody's running; the rejection stays the caller's to handle.
    return watch.outside(() =>
      result.then((value: unknown) => {
        context.endMs = performance.now();
        return value;
      }, fail)
    ) as R;
  }

  return {
    signal,
    span: (label, fn) => {
      checkText(["trace span", "label"], label);
      checkFunction(["trace span", "fn"], fn);
      const parent = here();
      return follow(open(parent.lane, parent, label), fn);
    },
    // Not async: each promise more is a microsecond more a task.
    task<R>(name: string, fn: () => R | Promise<R>): Promise<R> {
      try {
        checkText(["trace task", "name"], name);
        checkFunction(["trace task", "fn"], fn);
        const parent = here();
        const lane = collector.freeId(name);
        collector.lane({ id: lane, kind: "task", parent: parent.lane });
        const context = open(lane, parent);
        return Promise.resolve(follow(context, fn));
      } catch (error) {
        return Promise.reject(error);
      }
    },
    async wait(reason, value) {
      checkText(["trace wait", "reason"], reason);
      const wait: NamedWait = {
        context: here(),
        reason,
        startMs: performance.now(),
        endMs: Infinity,
      };
      waits.push(wait);
      try {
        return await value;
      } finally {
        wait.endMs = performance.now();
      }
    },
    mark: (label) => {
      checkText(["trace mark", "label"], label);
      collector.mark({ atMs: performance.now(), label, lane: here().lane });
    },
    count: (name, value, unit = "") => {
      checkText(["trace counter", "name"], name);
      checkNumber(["trace counter", "value"], value, {});
      checkText(["trace counter", "unit"], unit);
      collector.count(name, unit, performance.now(), value);
    },
  };
}

export function describeThrown(error: unknown): string {
  return error instanceof Error
    ? `${error.name}: ${error.message}`
    : String(error);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value &&
    typeof value.then === "function";
}

const SITE = "Called here";
const MAX_SITES = 16;
// From here on, code holds the event loop; see `loop_watch.ts`.
const LONG_MS = 50;
