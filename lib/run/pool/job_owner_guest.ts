/**
 * Which job code belongs to that runs beside any promise: late timers, promises
 * that nobody awaits. So what it throws fails its own job and no other.
 *
 * Shipped by its own text, as `lib/run/guest.ts`. Jobs of a thread are
 * counted in the order in which they begin, which is that of their results.
 * @module
 */
import type { AsyncLocalStorage } from "node:async_hooks";

export interface JobOwners {
  /** Handles a message of jobs. */
  message<Args extends unknown[]>(
    handle: (...args: Args) => unknown,
    ...args: Args
  ): void;
  /** A job begins and ends that leaves nothing behind. */
  pass(): void;
  next(): void;
  /** Calls a function as the code of the job that has begun last. */
  run<R>(
    mayStray: boolean,
    call: (fn: (...args: unknown[]) => unknown, args: unknown[]) => R,
    ...rest: [fn: (...args: unknown[]) => unknown, args: unknown[]]
  ): R;
  /** Tells whose code this is, by its number; `null` if that is not known. */
  current(): number | null;
}

/** Starts following jobs; without a storage, what is thrown late is of the job that began last. */
export function followJobs(
  Storage: typeof AsyncLocalStorage | null,
  fail: (thrown: unknown) => void,
): JobOwners {
  interface Owner {
    job: number;
  }
  const storage = Storage && new Storage<Owner>();
  let begun = 0;

  // Deno tells of an error in a timer when its context is left already.
  const scope = globalThis as unknown as Record<
    string,
    (callback: unknown, ...rest: unknown[]) => unknown
  >;
  for (const name of ["setTimeout", "setInterval", "setImmediate"]) {
    const set = scope[name];
    if (set === undefined) continue;
    const watched = (callback: unknown, ...rest: unknown[]) => {
      if (typeof callback !== "function") return set(callback, ...rest);
      const caught = (...args: unknown[]) => {
        try {
          return callback(...args);
        } catch (thrown) {
          fail(thrown);
        }
      };
      return set(caught, ...rest);
    };
    // What is found on the original, such as a promise's form, is found here.
    scope[name] = Object.setPrototypeOf(watched, set);
  }

  return {
    message(handle, ...args) {
      if (storage === null) handle(...args);
      else storage.run({ job: begun }, handle, ...args);
    },
    pass: () => void begun++,
    next() {
      const owner = storage?.getStore();
      if (owner !== undefined) owner.job = begun;
      begun++;
    },
    // A storage costs half a microsecond: only where something can be left behind.
    run: (mayStray, call, fn, args) =>
      storage !== null && mayStray
        ? storage.run({ job: begun - 1 }, call, fn, args)
        : call(fn, args),
    current: () =>
      storage === null ? begun - 1 : storage.getStore()?.job ?? null,
  };
}
