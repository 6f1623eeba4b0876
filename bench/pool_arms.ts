/**
 * One trivial task, done by our pool, by raw messages and by each library.
 * @module
 */
import { Worker as NodeWorker } from "node:worker_threads";
import { pool } from "../lib/run/pool/pool.ts";
import { fromFileUrl } from "../session/mod.ts";
import { LIBRARIES, type Library, loadLibrary } from "./pool_libraries.ts";

/** A way to do the task. */
export interface Arm {
  /** What tables call it. */
  readonly name: string;
  /** Starts threads for it. */
  readonly start: (threads: number) => Promise<StartedArm>;
}

/** Threads that have started. */
export interface StartedArm {
  /** Does the task once. */
  readonly run: (n: number) => Promise<number>;
  /** Ends the threads, as well as it can. */
  readonly end: () => unknown;
}

/** Messages and nothing else: the least that a pool can cost. */
function startRaw(threads: number): Promise<StartedArm> {
  const code = `import { parentPort } from "node:worker_threads";
    parentPort.on("message", (n) => parentPort.postMessage(n + 1));`;
  const address = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  return Promise.resolve(takeTurns(threads, (hear) => {
    const worker = new NodeWorker(address);
    worker.on("message", hear);
    return worker;
  }));
}

/** The same with Deno's own Workers, which cannot be stopped while they compute. */
function startRawWeb(threads: number): Promise<StartedArm> {
  const code = "onmessage = ({ data }) => postMessage(data + 1)";
  const address = `data:text/javascript,${encodeURIComponent(code)}`;
  return Promise.resolve(takeTurns(threads, (hear) => {
    const worker = new Worker(address, { type: "module" });
    worker.onmessage = ({ data }) => hear(data);
    return worker;
  }));
}

interface RawWorker {
  postMessage(n: number): void;
  terminate(): unknown;
}

function takeTurns(
  threads: number,
  start: (hear: (n: number) => void) => RawWorker,
): StartedArm {
  const workers = Array.from({ length: threads }, () => {
    // Answers come in the order of the questions.
    const waiting: ((n: number) => void)[] = [];
    let next = 0;
    const worker = start((n) => {
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
    run: (n) => workers[turn++ % threads]!.run(n),
    end: () => workers.forEach(({ worker }) => worker.terminate()),
  };
}

async function startOurs(size: number): Promise<StartedArm> {
  const threads = pool({ size });
  await threads.ready();
  const increment = (n: number) => n + 1;
  return {
    run: (n) => threads.run(increment, [n]),
    end: () => threads[Symbol.asyncDispose](),
  };
}

const START: Readonly<Record<Library, Arm["start"]>> = {
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
    const started = startFromFile(Tinypool, threads);
    // Under Deno it loses tasks that it is given before its threads have started.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return started;
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
): StartedArm {
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

/** Name of the limit. */
export const RAW = "raw messages, node:worker_threads";
/** Name of our pool. */
export const OURS = "Skein pool";

/** All of them: first the limit, then ours. */
export const ARMS: readonly Arm[] = [
  { name: RAW, start: startRaw },
  { name: OURS, start: startOurs },
  { name: "raw messages, Worker", start: startRawWeb },
  ...(Object.keys(LIBRARIES) as Library[]).map((name) => ({
    name: `${name} ${LIBRARIES[name]}`,
    start: START[name],
  })),
];
