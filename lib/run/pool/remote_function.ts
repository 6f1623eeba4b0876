/**
 * A function that runs elsewhere, called as if it ran here.
 *
 * What `worker()` and `process()` give.
 * @module
 */
import type { JobReport, RunOptions } from "./job.ts";

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

/** How calls are done. */
export interface Remote {
  /** Does a call. */
  run(args: unknown[], options: RunOptions): Promise<unknown>;
  runReported(
    args: unknown[],
    options: RunOptions,
  ): Promise<JobReport<unknown>>;
  /** Starts what runs the calls. */
  ready(): Promise<void>;
  close(): void;
  /** Ends it, and waits until it is gone. */
  leave(): Promise<void>;
}

/** Makes a function of it. */
export function toFunction<Args extends unknown[], R>(
  remote: Remote,
): RemoteFunction<Args, R> {
  const call = (...args: Args) => remote.run(args, {});
  return Object.assign(call, {
    run: (args: Args, options: RunOptions = {}) => remote.run(args, options),
    runReported: (args: Args, options: RunOptions = {}) =>
      remote.runReported(args, options),
    ready: () => remote.ready(),
    [Symbol.dispose]: () => remote.close(),
    [Symbol.asyncDispose]: () => remote.leave(),
  }) as RemoteFunction<Args, R>;
}
