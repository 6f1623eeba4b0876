/**
 * One trivial task, done by our pool, by raw messages and by each library.
 * @module
 */
import { Worker as NodeWorker } from "node:worker_threads";
import { pool } from "../lib/pool/pool.ts";
import { fromFileUrl } from "../session/mod.ts";
import { LIBRARIES, type Library, loadLibrary } from "./pool_libraries.ts";

/** A way to do the task, with threads that have started. */
export interface Arm {
  /** What tables call it. */
  readonly name: string;
  /** Does it once. */
  readonly run: (n: number) => Promise<number>;
  /** Ends its threads, as well as it can. */
  readonly end: () => unknown;
}

/**
 * Starts all of them.
 *
 * @param threads How many threads each has.
 */
export async function startArms(threads: number): Promise<Arm[]> {
  const arms = [startRaw(threads), await startOurs(threads)];
  for (const name of Object.keys(LIBRARIES) as Library[]) {
    arms.push({
      ...await START[name](threads),
      name: `${name} ${LIBRARIES[name]}`,
    });
  }
  return arms;
}

/** Messages and nothing else: the least that a pool can cost. */
function startRaw(threads: number): Arm {
  const code = `import { parentPort } from "node:worker_threads";
    parentPort.on("message", (n) => parentPort.postMessage(n + 1));`;
  const address = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  const workers = Array.from({ length: threads }, () => {
    const worker = new NodeWorker(address);
    // Answers come in the order of the questions.
    const waiting: ((n: number) => void)[] = [];
    let next = 0;
    worker.on("message", (n: number) => {
      waiting[next++]!(n);
      if (next === waiting.length) next = waiting.length = 0;
    });
    return {
      worker,
      run: (n: number) =>
        new Promise<number>((resolve) => {
          waiting.push(resolve);
          worker.postMessage(n);
        }),
    };
  });
  let turn = 0;
  return {
    name: RAW,
    run: (n) => workers[turn++ % threads]!.run(n),
    end: () => workers.forEach(({ worker }) => worker.terminate()),
  };
}

async function startOurs(size: number): Promise<Arm> {
  const threads = pool({ size });
  await threads.ready();
  const increment = (n: number) => n + 1;
  return {
    name: OURS,
    run: (n) => threads.run(increment, [n]),
    end: () => threads[Symbol.asyncDispose](),
  };
}

type Start = (threads: number) => Promise<Omit<Arm, "name">>;

const START: Readonly<Record<Library, Start>> = {
  async workerpool(threads) {
    const { pool } = await loadLibrary("workerpool");
    const file = new URL("./pool_guest_workerpool.ts", import.meta.url);
    const crew = pool(fromFileUrl(file.href), {
      workerType: "thread",
      minWorkers: threads,
      maxWorkers: threads,
    });
    return {
      run: (n) => crew.exec("increment", [n]),
      end: () => crew.terminate(true),
    };
  },
  async "poolifier-web-worker"(threads) {
    const { FixedThreadPool } = await loadLibrary("poolifier-web-worker");
    const crew = new FixedThreadPool(
      threads,
      new URL(guest("poolifier-web-worker")),
    );
    return { run: (n) => crew.execute(n), end: () => crew.destroy() };
  },
  async piscina(threads) {
    const { Piscina } = await loadLibrary("piscina");
    return startFromFile(Piscina, threads);
  },
  async tinypool(threads) {
    const { Tinypool } = await loadLibrary("tinypool");
    return startFromFile(Tinypool, threads);
  },
  async comlink(threads) {
    const { wrap } = await loadLibrary("comlink");
    const workers = Array.from(
      { length: threads },
      () => new Worker(guest("comlink"), { type: "module" }),
    );
    const calls = workers.map((worker) => wrap(worker));
    let turn = 0;
    return {
      run: (n) => calls[turn++ % threads](n),
      end: () => workers.forEach((worker) => worker.terminate()),
    };
  },
};

function startFromFile(
  // deno-lint-ignore no-explicit-any -- It comes without types, see `pool_libraries.ts`.
  Pool: any,
  threads: number,
): Omit<Arm, "name"> {
  const crew = new Pool({
    filename: new URL("./pool_guest_plain.ts", import.meta.url).href,
    name: "increment",
    minThreads: threads,
    maxThreads: threads,
  });
  return {
    run: (n) => crew.run(n, { name: "increment" }),
    end: () => crew.destroy(),
  };
}

function guest(library: Library): string {
  return new URL(`./pool_guest_library.ts?${library}`, import.meta.url).href;
}

/** Name of the raw messages. */
export const RAW = "raw messages, node:worker_threads";
/** Name of our pool. */
export const OURS = "Skein pool";
