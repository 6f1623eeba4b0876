/**
 * Jobs that are run to be timed: at once in Workers or processes of their own,
 * or in shares on threads that were started before.
 * @module
 */
import { Recorder } from "../trace/mod.ts";
import {
  type RemoteJobOptions,
  runHere,
  runInProcess,
  type Task,
  type TaskText,
  toModuleAddress,
  toTask,
} from "../run/mod.ts";
import {
  type Checks,
  type RoundCall,
  type RoundOptions,
  type Settings,
  settle,
} from "./options.ts";
import { pool } from "../run/pool/mod.ts";

export type Share = readonly (readonly unknown[])[];

/**
 * Runs jobs at once; when one fails, ends the others, and then throws what the
 * first to fail threw.
 */
export async function runAtOnce<Item, Result>(
  items: readonly Item[],
  run: (item: Item, options: RemoteJobOptions) => Promise<Result>,
  { signal, recorder = new Recorder() }: {
    readonly signal: AbortSignal;
    readonly recorder?: Recorder;
  },
): Promise<Result[]> {
  const failed = new AbortController();
  const both = AbortSignal.any([signal, failed.signal]);
  let failure: { readonly error: unknown } | null = null;
  const results = await Promise.all(items.map(async (item, index) => {
    try {
      return await run(item, { signal: both, recorder, number: index + 1 });
    } catch (error) {
      failure ??= { error };
      failed.abort();
    }
  }));
  if (failure !== null) throw (failure as { error: unknown }).error;
  return results as Result[];
}

/** Checks the call of a measurement of work; its title is the work's name, if it has one. */
export function settleWork<Args extends unknown[], R, O extends RoundOptions>(
  call: RoundCall,
  work: Task<Args, R> | ((...args: Args) => R | Promise<R>),
  options: O,
  own: Checks<O, keyof RoundOptions>,
): { readonly shipped: TaskText; readonly settings: Settings } {
  const shipped = toTask(call.purpose, work);
  const title = shipped.name === "anonymous" ? call.title : shipped.name;
  const settings = settle({ ...call, title }, options, own);
  const purpose = `${call.purpose} "${settings.title}"`;
  return { shipped, settings: { ...settings, purpose } };
}

/** The arguments of each job: an array is the list of them, all else the only one. */
export function listArguments(inputs: readonly unknown[]): Share {
  return inputs.map((input) => Array.isArray(input) ? input : [input]);
}

/** Waits for work that can not be ended, but no longer than until the signal. */
export async function orAbort<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  // Aborted before we listened: no event comes any more.
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Threads, ready to compute; dispose of them. */
export interface Team extends AsyncDisposable {
  /**
   * Runs each share on a thread of its own, all at once: no more shares than
   * threads. The signal ends also those that compute.
   */
  run(shares: readonly Share[], signal: AbortSignal): Promise<unknown[][]>;
}

/** Starts as many threads, which wait for shares; with 0 nothing starts. */
export async function startTeam(task: TaskText, n: number): Promise<Team> {
  // A share travels alone: those that go together would run one after another.
  const threads = pool({ size: Math.max(1, n), batchMs: 0, name: task.name });
  if (n > 0) await threads.ready();
  const { name, source } = makeShareTask(task);
  const work: Task<[Share], unknown[]> = {
    name,
    source,
    run: (share) => runHere({ name, source }, [share]),
  };
  return {
    run: (shares, signal) =>
      Promise.all(
        shares.map((share) => threads.run(work, [share], { signal })),
      ),
    [Symbol.asyncDispose]: () => threads[Symbol.asyncDispose](),
  };
}

/** Runs each share in a process of its own, started for it and ended with it. */
export async function runInProcesses(
  task: TaskText,
  shares: readonly Share[],
  signal: AbortSignal,
): Promise<unknown[][]> {
  const work = makeShareTask(task);
  return await runAtOnce(
    shares,
    (share, options) => runInProcess<unknown[]>(work, [share], options),
    { signal },
  );
}

/** A task that runs many jobs, one after another. */
function makeShareTask({ name, source }: TaskText): TaskText {
  return {
    name,
    source: `import makeTask from ${JSON.stringify(toModuleAddress(source))};
export default (wait, each) => {
  const run = makeTask(wait, each);
  return async (share) => {
    const results = [];
    for (const args of share) results.push(await run(...args));
    return results;
  };
};
`,
  };
}
