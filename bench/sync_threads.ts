/**
 * Two Workers that share things, for `sync.ts`.
 * @module
 */
import { toShared } from "../lib/sync/mod.ts";

/** Two Workers that do one of a few things, told apart by their number. */
export class Threads implements Disposable {
  readonly #workers = [this.#start(), this.#start()];

  /** Runs a thing in so many Workers; milliseconds from the first start to the last end. */
  async run(
    count: number,
    what: string,
    args: readonly unknown[],
  ): Promise<number> {
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const times = await Promise.all(
      this.#workers.slice(0, count).map((worker, number) => {
        const { promise, resolve, reject } = Promise.withResolvers<
          [number, number]
        >();
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = (event) => reject(new Error(event.message));
        worker.postMessage({
          what,
          number,
          count,
          gate,
          args: toShared([...args]),
        });
        return promise;
      }),
    );
    return Math.max(...times.map(([, end]) => end)) -
      Math.min(...times.map(([start]) => start));
  }

  /** Ends the Workers. */
  [Symbol.dispose](): void {
    for (const worker of this.#workers) worker.terminate();
  }

  #start(): Worker {
    const source = `import { reviveShared } from "${
      import.meta.resolve("../lib/sync/mod.ts")
    }";
      const things = {
        lockSync(mutex, times) {
          for (let i = 0; i < times; i++) mutex.lockSync().unlock();
        },
        lockLong(mutex, times) {
          for (let i = 0; i < times; i++) {
            const guard = mutex.lockSync();
            const endMs = performance.now() + 0.01;
            while (performance.now() < endMs);
            guard.unlock();
          }
        },
        async lock(mutex, times) {
          for (let i = 0; i < times; i++) (await mutex.lock()).unlock();
        },
        async webLock(times) {
          for (let i = 0; i < times; i++) await navigator.locks.request("bench", () => {});
        },
        transfer(channel, value, times) {
          if (number === 0) for (let i = 0; i < times; i++) channel.sendSync(value);
          else for (let i = 0; i < times; i++) channel.receiveSync();
        },
      };
      let number = 0;
      onmessage = async ({ data }) => {
        number = data.number;
        const args = reviveShared(data.args);
        // All start at once: who comes first spins for the others.
        Atomics.add(data.gate, 0, 1);
        while (Atomics.load(data.gate, 0) < data.count);
        const startMs = performance.timeOrigin + performance.now();
        await things[data.what](...args);
        postMessage([startMs, performance.timeOrigin + performance.now()]);
      };`;
    return new Worker(
      `data:text/javascript,${encodeURIComponent(source)}`,
      { type: "module" },
    );
  }
}
