/**
 * Crews of idle Workers, processes or promises that grow on demand, to be weighed.
 *
 * Workers and promises live in a process of their own where one may be started:
 * memory that earlier ones left behind would else be taken again, and count as
 * nothing.
 * @module
 */
import { system } from "../../platform/mod.ts";
import { openLink } from "../../run/mod.ts";
import { type Child, startChild } from "../../run/process/mod.ts";
import { openWebWorker, type Peer, toAddress } from "../peers.ts";
import type { MemorySubject } from "./reader.ts";
import type { MemoryModel } from "./memory.ts";

/** Those who are idle; dispose of them. */
export interface Crew extends AsyncDisposable {
  /** What is weighed: the processes that hold them all. */
  readonly subjects: readonly MemorySubject[];
  /** Starts or ends some, so that there are `k` units, and waits until that is so. */
  resize(k: number): Promise<void>;
}

/** How many are one of `k`: one promise is too small to be weighed. */
export const UNITS: Readonly<Record<MemoryModel, number>> = {
  workers: 1,
  processes: 1,
  promises: 20_000,
};

/** Makes a crew; it has none yet. */
export async function openCrew(
  model: MemoryModel,
  isFresh: boolean,
  signal: AbortSignal,
): Promise<Crew> {
  if (model === "processes") return makeProcessCrew(signal);
  if (!isFresh) {
    return model === "workers" ? makeWorkersHere(signal) : makePromisesHere();
  }
  const talk = await startTalk(signal);
  return {
    subjects: [talk],
    resize: (k) => talk.ask(model, k * UNITS[model]).then(() => {}),
    [Symbol.asyncDispose]: () => talk[Symbol.asyncDispose](),
  };
}

function makeWorkersHere(signal: AbortSignal): Crew {
  const workers: Peer[] = [];
  const end = async (k: number) => {
    for (const worker of workers.splice(k)) await worker[Symbol.asyncDispose]();
  };
  return {
    subjects: [HERE],
    async resize(k) {
      while (workers.length < k) {
        signal.throwIfAborted();
        workers.push(openWebWorker(MEMBER, signal));
        await workers.at(-1)!.next();
      }
      if (workers.length === k) return;
      await end(k);
      await waitForRest(HERE.rssBytes);
    },
    [Symbol.asyncDispose]: () => end(0),
  };
}

function makePromisesHere(): Crew {
  const promises: (() => void)[] = [];
  return {
    subjects: [HERE],
    async resize(k) {
      suspend(promises, k * UNITS.promises);
      if (k === 0) await waitForRest(HERE.rssBytes);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(suspend(promises, 0)),
  };
}

function makeProcessCrew(signal: AbortSignal): Crew {
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
  /** Asks for a number of them; answers with resident bytes once there are as many. */
  ask(model: MemoryModel, count: number): Promise<number>;
}

async function startTalk(signal: AbortSignal): Promise<Talk> {
  const marker = `\u001e${crypto.randomUUID()} `;
  const child = await startChild(PROGRAM, { marker, signal });
  let last = "workers 0";
  const ask = async (words: string): Promise<number> => {
    await child.send(`${last = words} ${marker.trim()}`);
    return Number(await hear(child));
  };
  try {
    await ask(last);
    return {
      pid: child.pid,
      ask: (model, count) => ask(`${model} ${count}`),
      rssBytes: () => ask(last),
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

/**
 * Has as many tasks wait, each for a promise of its own: what ends one is kept,
 * which keeps it alive. Shipped by its own text into the process, too.
 */
function suspend(ends: (() => void)[], count: number): void {
  const task = async () => await new Promise<void>((end) => ends.push(end));
  while (ends.length < count) task();
  ends.splice(count).forEach((end) => end());
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

/** This process. */
const HERE = {
  // Asked late: in Node, nobody comes so far.
  get pid(): number {
    return system().pid;
  },
  rssBytes: (): number => system().memoryUsage().rss,
};
/** A Worker that is there, and does nothing. */
const MEMBER = `addEventListener("message", () => {}); postMessage("here");`;
/** What runs in a process: it answers each line, `<model> <count> <marker>`, with resident bytes. */
const PROGRAM = `
const suspend = ${suspend};
const waitForRest = ${waitForRest};
const [workers, promises] = [[], []];
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
async function hold(count) {
  const isLess = count < promises.length;
  suspend(promises, count);
  if (isLess) await waitForRest(() => Deno.memoryUsage().rss);
}
const link = (${openLink})();
for (let line; (line = await link.readLine()) !== null;) {
  const [model, count, marker] = line.split(" ");
  await (model === "promises" ? hold : resize)(Number(count));
  await link.write(marker + " " + Deno.memoryUsage().rss + "\\n");
}
`;
