/**
 * One function, run once or for many inputs: results in order, and no more in the
 * queue than there is room for.
 * @module
 */
import { refuse } from "../../base/mod.ts";
import { toCode, type Work } from "./code.ts";
import { checkArgs, checkRunOptions, Job, type RunOptions } from "./job.ts";
import type { ThreadPool } from "./thread_pool.ts";

/** Has a pool run a function once. */
export function runWork<R>(
  threads: ThreadPool,
  work: Work<never[], unknown>,
  [args = [], options = DEFAULTS]: [args?: unknown[], options?: RunOptions],
  isReported: boolean,
): Promise<R> {
  return new Promise((resolve, reject) => {
    const code = toCode(work);
    checkArgs(`run "${code.name}"`, args);
    if (options !== DEFAULTS) checkRunOptions(`run "${code.name}"`, options);
    threads.add(
      new Job(code, args, options, isReported, resolve as never, reject),
    );
  });
}

/** How inputs are worked off. */
export interface MapOptions {
  /** Ends all of it. */
  readonly signal?: AbortSignal;
  /**
   * How long each job may run, in milliseconds; see `RunOptions`. Jobs with a
   * timeout do not share messages.
   * @default unlimited
   */
  readonly timeoutMs?: number;
}

/**
 * Inputs: an array is the list of arguments, anything else the only argument.
 *
 * @typeParam Args What the function is called with.
 */
export type MapSource<Args extends unknown[]> =
  | Iterable<MapInput<Args>>
  | AsyncIterable<MapInput<Args>>;

/**
 * One input.
 *
 * @typeParam Args What the function is called with.
 */
export type MapInput<Args extends unknown[]> =
  | Args
  | Exclude<Args[0], readonly unknown[]>;

export interface MapRequest {
  readonly inputs: Iterable<unknown> | AsyncIterable<unknown>;
  readonly options: MapOptions;
}

export async function mapJobs(
  threads: ThreadPool,
  work: Work<never[], unknown>,
  { inputs, options }: MapRequest,
): Promise<unknown[]> {
  const code = toCode(work);
  checkRunOptions(`map "${code.name}"`, options, ["signal", "timeoutMs"]);
  if (!isIterable(inputs)) {
    throw new TypeError(
      refuse(
        [`map "${code.name}"`, "inputs"],
        inputs,
        "an array or another iterable",
      ),
    );
  }
  const failed = new AbortController();
  const signal = options.signal
    ? AbortSignal.any([options.signal, failed.signal])
    : failed.signal;
  const { timeoutMs } = options;
  const jobOptions: RunOptions = timeoutMs === undefined
    ? { signal }
    : { signal, timeoutMs };
  const results: unknown[] = [];
  let open = 0;
  let wake = () => {};

  const fail = (error: unknown) => {
    failed.abort(error);
    wake();
  };
  const add = (input: unknown) => {
    const index = results.push(undefined) - 1;
    const args = Array.isArray(input) ? input : [input];
    const finish = (value: unknown) => {
      results[index] = value;
      open--;
      wake();
    };
    open++;
    threads.add(new Job(code, args, jobOptions, false, finish, fail));
  };
  const settleTo = async (most: number) => {
    while (open > most && !signal.aborted) {
      await new Promise<void>((resolve) => wake = resolve);
    }
    signal.throwIfAborted();
  };

  const mustWait = () => open >= MOST_OPEN || threads.isFull || signal.aborted;
  const waitForRoom = async () => {
    if (open >= MOST_OPEN) await settleTo(MOST_OPEN / 2);
    while (threads.isFull && !signal.aborted) await threads.room();
    signal.throwIfAborted();
  };

  try {
    signal.throwIfAborted();
    // Not `for await` for all: that would cost each of many small jobs a turn.
    if (Symbol.iterator in Object(inputs)) {
      for (const input of inputs as Iterable<unknown>) {
        if (mustWait()) await waitForRoom();
        add(input);
      }
    } else {
      for await (const input of inputs) {
        if (mustWait()) await waitForRoom();
        add(input);
      }
    }
    await settleTo(0);
    return results;
  } catch (error) {
    // The inputs themselves may have thrown.
    failed.abort(error);
    throw error;
  }
}

function isIterable(inputs: unknown): boolean {
  const { [Symbol.iterator]: one, [Symbol.asyncIterator]: other } = Object(
    inputs,
  );
  return typeof (one ?? other) === "function";
}

// Enough for long messages, and little to hold in memory.
const MOST_OPEN = 8192;
const DEFAULTS: RunOptions = {};
