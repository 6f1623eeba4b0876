/**
 * Crews of idle Workers and processes that grow on demand, to be weighed.
 *
 * Workers live in a process of their own where one may be started: memory that
 * earlier Workers left behind would else be taken again, and count as nothing.
 * @module
 */

import { type Child, startChild } from "../../run/process/child.ts";
import { openLink } from "../../run/link.ts";
import type { MemorySubject } from "./reader.ts";

/** Idle Workers or processes; dispose of them. */
export interface Crew extends AsyncDisposable {
  /** What is weighed: the processes that hold them all. */
  readonly subjects: readonly MemorySubject[];
  /** Starts or ends some, so that there are `k`, and waits until that is so. */
  resize(k: number): Promise<void>;
}

/**
 * Makes a crew of Workers in a process of its own.
 *
 * @param signal Ends it.
 * @returns The crew; it has none yet.
 */
export async function startWorkerCrew(signal: AbortSignal): Promise<Crew> {
  const talk = await startTalk(signal);
  return {
    subjects: [talk],
    resize: (k) => talk.ask(k).then(() => {}),
    [Symbol.asyncDispose]: () => talk[Symbol.asyncDispose](),
  };
}

/**
 * Makes a crew of Workers in this process.
 *
 * @param signal Ends waiting for them.
 * @returns The crew; it has none yet.
 */
export function makeWorkersHere(signal: AbortSignal): Crew {
  const workers: Worker[] = [];
  return {
    subjects: [{ pid: Deno.pid, rssBytes: () => Deno.memoryUsage().rss }],
    async resize(k) {
      while (workers.length < k) {
        signal.throwIfAborted();
        // The global constructor, looked up now: a host may have put its own there.
        const worker = new Worker(toAddress(MEMBER), { type: "module" });
        workers.push(worker);
        await hearFrom(worker, signal);
      }
      if (workers.length === k) return;
      workers.splice(k).forEach((worker) => worker.terminate());
      await waitForRest(() => Deno.memoryUsage().rss);
    },
    [Symbol.asyncDispose]() {
      workers.forEach((worker) => worker.terminate());
      return Promise.resolve();
    },
  };
}

/**
 * Makes a crew of processes.
 *
 * @param signal Ends them.
 * @returns The crew; it has none yet.
 */
export function makeProcessCrew(signal: AbortSignal): Crew {
  const talks: Talk[] = [];
  return {
    get subjects() {
      return talks;
    },
    async resize(k) {
      while (talks.length < k) {
        talks.push(await startTalk(signal));
      }
      for (const talk of talks.splice(k)) await talk[Symbol.asyncDispose]();
    },
    async [Symbol.asyncDispose]() {
      for (const talk of talks.splice(0)) await talk[Symbol.asyncDispose]();
    },
  };
}

interface Talk extends MemorySubject, AsyncDisposable {
  /** Asks for a number of Workers; answers with resident bytes once there are as many. */
  ask(k: number): Promise<number>;
}

async function startTalk(signal: AbortSignal): Promise<Talk> {
  const marker = `\u001e${crypto.randomUUID()} `;
  const child = await startChild(PROGRAM, { marker, signal });
  const ask = async (k: number): Promise<number> => {
    await child.send(`${k} ${marker.trim()}`);
    return Number(await hear(child));
  };
  try {
    let workers = 0;
    await ask(0);
    return {
      pid: child.pid,
      ask: (k) => ask(workers = k),
      rssBytes: () => ask(workers),
      [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
    };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}

async function hear(child: Child): Promise<string> {
  const report = await child.receive();
  if (report !== null) return report;
  throw new Error(
    `Cannot measure memory: a process ${await child.explainEnd()}, ` +
      `expected it to stay`,
  );
}

function hearFrom(worker: Worker, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    worker.onmessage = () => {
      signal.removeEventListener("abort", abort);
      resolve();
    };
    worker.onerror = (event) => {
      // Otherwise the error would end this process too.
      event.preventDefault();
      signal.removeEventListener("abort", abort);
      reject(new Error(`Cannot measure memory: ${event.message}`));
    };
  });
}

/**
 * Waits until memory changes no more: threads end some time after they are told
 * to. Shipped by its own text into the process, too.
 */
async function waitForRest(readBytes: () => number): Promise<void> {
  let last = readBytes();
  for (let calm = 0, turn = 0; calm < 4 && turn < 40; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    const bytes = readBytes();
    calm = bytes === last ? calm + 1 : 0;
    last = bytes;
  }
}

function toAddress(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** A Worker that is there, and does nothing. */
const MEMBER = `addEventListener("message", () => {}); postMessage("here");`;

/** What runs in a process: it answers each line, `<k> <marker>`, with resident bytes once there are `k` Workers. */
const PROGRAM = `
const waitForRest = ${waitForRest};
const workers = [];
const address = ${JSON.stringify(toAddress(MEMBER))};
async function resize(k) {
  while (workers.length < k) {
    const worker = new Worker(address, { type: "module" });
    workers.push(worker);
    await new Promise((resolve) => worker.onmessage = resolve);
  }
  if (workers.length === k) return;
  workers.splice(k).forEach((worker) => worker.terminate());
  await waitForRest(() => Deno.memoryUsage().rss);
}
const link = (${openLink})();
for (let line; (line = await link.readLine()) !== null;) {
  const [k, marker] = line.split(" ");
  await resize(Number(k));
  await link.write(marker + " " + Deno.memoryUsage().rss + "\\n");
}
`;
