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
import { openTalker, toAddress } from "../peers.ts";
import type { MemorySubject } from "./engine.ts";
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
  if (isFresh) {
    const talk = await startTalk(signal);
    return {
      subjects: [talk],
      resize: (k) => talk.ask(model, k * UNITS[model]).then(() => {}),
      [Symbol.asyncDispose]: () => talk[Symbol.asyncDispose](),
    };
  }
  const resize = makeResize(toAddress(MEMBER), HERE.rssBytes);
  return {
    subjects: [HERE],
    async resize(k) {
      signal.throwIfAborted();
      await resize(model, k * UNITS[model]);
    },
    [Symbol.asyncDispose]: () => resize(model, 0),
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
  let last = "workers 0";
  const talker = await openTalker(PROGRAM, last, signal);
  const ask = async (words: string): Promise<number> => {
    talker.tell(last = words);
    return Number(await talker.hear());
  };
  return {
    pid: talker.pid,
    ask: (model, count) => ask(`${model} ${count}`),
    rssBytes: () => ask(last),
    [Symbol.asyncDispose]: () => talker[Symbol.asyncDispose](),
  };
}

/**
 * Makes what has as many idle Workers, or tasks that wait for a promise of their
 * own, as it is asked for: what ends a task is kept, which keeps it alive. When
 * some have ended, it waits until memory changes no more: threads end some time
 * after they are told to. Shipped by its own text into processes, too.
 */
function makeResize(address: string, readBytes: () => number) {
  const workers: Worker[] = [];
  const ends: (() => void)[] = [];
  const task = async () => await new Promise<void>((end) => ends.push(end));
  return async (model: string, count: number): Promise<void> => {
    const members = model === "workers" ? workers : ends;
    const hasMore = members.length > count;
    while (model !== "workers" && ends.length < count) task();
    while (model === "workers" && workers.length < count) {
      const worker = new Worker(address, { type: "module" });
      workers.push(worker);
      await new Promise((resolve) => worker.onmessage = resolve);
    }
    for (const member of members.splice(count)) {
      if (typeof member === "function") member();
      else member.terminate();
    }
    let last = readBytes();
    for (let calm = 0, turn = 0; hasMore && calm < 4 && turn < 40; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      const bytes = readBytes();
      calm = bytes === last ? calm + 1 : 0;
      last = bytes;
    }
  };
}

const HERE = {
  // Asked late: in Node, nobody comes so far.
  get pid(): number {
    return system().pid;
  },
  rssBytes: (): number => system().memoryUsage().rss,
};
/** A Worker that is there, and does nothing. */
const MEMBER = `addEventListener("message", () => {}); postMessage("here");`;
/** What runs in a process: it answers each line, `<marker> <model> <count>`, with resident bytes. */
const PROGRAM = `
const address = ${JSON.stringify(toAddress(MEMBER))};
const resize = (${makeResize})(address, () => Deno.memoryUsage().rss);
const link = (${openLink})();
for (let line; (line = await link.readLine()) !== null;) {
  const [marker, model, count] = line.split(" ");
  await resize(model, Number(count));
  await link.write(marker + " " + Deno.memoryUsage().rss + "\\n");
}
`;
