/**
 * A function that runs elsewhere, called as if it ran here.
 *
 * What `worker()` and `process()` give.
 * @module
 */
import type { Work } from "./code.ts";
import type { JobReport, RunOptions } from "./job.ts";
import { runWork } from "./map.ts";
import type { ThreadPool } from "./thread_pool.ts";

/**
 * A function that runs elsewhere; calls run one after another, in their order.
 *
 * @typeParam Args What it is called with.
 * @typeParam R What it returns, awaited.
 */
export interface RemoteFunction<Args extends unknown[], R>
  extends AsyncDisposable, Disposable {
  /** Calls it. */
  (...args: Args): Promise<R>;
  /** Calls it, with a signal or a timeout. */
  run(args: Args, options?: RunOptions): Promise<R>;
  /** Calls it as `run()` does, and tells where the time went. */
  runReported(args: Args, options?: RunOptions): Promise<JobReport<R>>;
  /** Waits until it has started, so that no call waits for that. */
  ready(): Promise<void>;
}

/** Makes a function that runs in a pool, which has one thread or process. */
export function toFunction<Args extends unknown[], R>(
  work: Work<Args, R>,
  threads: ThreadPool,
): RemoteFunction<Args, R> {
  const run = (isReported: boolean) => (...rest: [Args, RunOptions?]) =>
    runWork(threads, work as never, rest, isReported);
  const call = (...args: Args) => run(false)(args);
  return Object.assign(call, {
    run: run(false),
    runReported: run(true),
    ready: () => threads.ready(),
    [Symbol.dispose]: () => threads.close(),
    [Symbol.asyncDispose]: () => threads[Symbol.asyncDispose](),
  }) as RemoteFunction<Args, R>;
}
