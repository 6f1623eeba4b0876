/**
 * Threads for tests: a function by its text, in a Worker of its own.
 * @module
 */
import type * as Sync from "./mod.ts";
import { toShared } from "./share.ts";

/** A Worker that runs one function. */
export interface TestThread<R> extends Disposable {
  /** What the function returned. */
  readonly result: Promise<R>;
}

/**
 * Runs a function in a Web Worker.
 *
 * @param name Name of the lane.
 * @param fn Uses nothing from outside but its arguments; the first is the module.
 * @param args The others; locks among them travel.
 */
export function startThread<Args extends unknown[], R>(
  name: string,
  fn: (sync: typeof Sync, ...args: Args) => R | Promise<R>,
  args: Args,
): TestThread<R> {
  const source = `import * as sync from "${import.meta.resolve("./mod.ts")}";
    const fn = ${fn};
    onmessage = async ({ data }) => {
      try {
        sync.setLaneName(${JSON.stringify(name)});
        postMessage({ value: await fn(sync, ...sync.reviveShared(data)) });
      } catch (error) {
        postMessage({ error: String(error?.stack ?? error) });
      }
    };`;
  const worker = new Worker(
    `data:text/javascript,${encodeURIComponent(source)}`,
    { type: "module" },
  );
  const { promise, resolve, reject } = Promise.withResolvers<R>();
  const timer = setTimeout(
    () => reject(new Error(`"${name}" has not ended in ${DEADLINE_MS} ms`)),
    DEADLINE_MS,
  );
  worker.onmessage = ({ data }) => {
    clearTimeout(timer);
    if ("error" in data) reject(new Error(data.error));
    else resolve(data.value);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    clearTimeout(timer);
    reject(new Error(event.message));
  };
  worker.postMessage(toShared(args));
  return {
    result: promise,
    [Symbol.dispose]() {
      clearTimeout(timer);
      worker.terminate();
    },
  };
}

/** Runs a function in several threads, named `worker 1` and so on, and awaits all. */
export async function runThreads<Args extends unknown[], R>(
  count: number,
  fn: (sync: typeof Sync, ...args: Args) => R | Promise<R>,
  args: Args,
): Promise<R[]> {
  using threads = new DisposableStack();
  const results = Array.from(
    { length: count },
    (_, index) =>
      threads.use(startThread(`worker ${index + 1}`, fn, args)).result,
  );
  return await Promise.all(results);
}

/** Awaits that something is so, looking again each turn of the event loop. */
export async function until(isSo: () => boolean): Promise<void> {
  const endMs = performance.now() + DEADLINE_MS;
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(`Still not so: ${isSo}`);
    await turn();
  }
}

/** Awaits one turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

const DEADLINE_MS = 60_000;
