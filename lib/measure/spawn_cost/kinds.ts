/**
 * Starts one of each kind, and times how it comes to life.
 *
 * Each function starts one thing, talks with it, and ends it. Processes are in
 * `spawn_cost_process.ts`.
 * @module
 */

import { nodeStandIn } from "../../platform/system.ts";
import { median } from "../../base/stats.ts";
import type { SpawnSample } from "./result.ts";

/** Starts one, times it, and ends it. */
export type StartOne = (signal: AbortSignal) => Promise<SpawnSample>;

/**
 * Times an async function: what it costs to start something on this thread.
 *
 * It is called many times, as one call is shorter than a clock can tell.
 *
 * @returns The means of many calls.
 */
export async function startPromise(): Promise<SpawnSample> {
  const answer = async (question: number) => {
    await null;
    return question + 1;
  };
  let made = 0;
  const startMs = performance.now();
  for (let i = 0; i < MANY; i++) answer(i).then(() => made++);
  const madeMs = performance.now();
  await null;
  const tripMs = performance.now();
  for (let i = 0; i < MANY; i++) await answer(i);
  const endMs = performance.now();
  const resultMs = (endMs - tripMs) / MANY;
  return {
    constructor: (madeMs - startMs) / MANY,
    firstMessage: null,
    firstResult: resultMs,
    roundTrip: made > 0 ? resultMs : null,
  };
}

/**
 * Times a Worker of the Web platform.
 *
 * @param signal Ends it.
 * @returns The times.
 */
export async function startWebWorker(
  signal: AbortSignal,
): Promise<SpawnSample> {
  const startMs = performance.now();
  // The global constructor, looked up now: a host may have put its own there.
  const worker = new Worker(toAddress(WORKER), { type: "module" });
  const madeMs = performance.now();
  const inbox = createInbox(signal);
  worker.onmessage = inbox.take;
  worker.onerror = (event) => {
    // Otherwise the error would end this process too.
    event.preventDefault();
    inbox.fail(new Error(`Cannot start Worker: ${event.message}`));
  };
  try {
    return await converse({
      startMs,
      madeMs,
      next: inbox.next,
      ask: () => worker.postMessage(1),
    });
  } finally {
    worker.terminate();
    inbox.close();
  }
}

/**
 * Times a Worker of `node:worker_threads`.
 *
 * @param signal Ends it.
 * @returns The times.
 */
export async function startNodeWorker(
  signal: AbortSignal,
): Promise<SpawnSample> {
  const { Worker } = await import("node:worker_threads");
  const program = (nodeStandIn()?.threadPrelude ?? "") + WORKER;
  const startMs = performance.now();
  const worker = new Worker(new URL(toAddress(program)));
  const madeMs = performance.now();
  const inbox = createInbox(signal);
  worker.on("message", inbox.take);
  worker.on("error", inbox.fail);
  try {
    return await converse({
      startMs,
      madeMs,
      next: inbox.next,
      ask: () => worker.postMessage(1),
    });
  } finally {
    await worker.terminate();
    inbox.close();
  }
}

/** What is needed to talk with something that was started. */
export interface Conversation {
  /** When it was asked for. */
  readonly startMs: number;
  /** When asking had returned. */
  readonly madeMs: number;
  /** Waits for the next thing it says. */
  readonly next: () => Promise<unknown>;
  /** Asks it something. */
  readonly ask: () => unknown;
}

/**
 * Waits for its first word, asks for a first result, then until it is warm.
 *
 * @param conversation How to talk with it.
 * @returns The times.
 */
export async function converse(
  { startMs, madeMs, next, ask }: Conversation,
): Promise<SpawnSample> {
  await next();
  const heardMs = performance.now();
  ask();
  await next();
  const resultMs = performance.now();
  const trips: number[] = [];
  for (let trip = 0; trip < TRIPS; trip++) {
    const askedMs = performance.now();
    ask();
    await next();
    trips.push(performance.now() - askedMs);
  }
  return {
    constructor: madeMs - startMs,
    firstMessage: heardMs - startMs,
    firstResult: resultMs - startMs,
    // The second half: the first ones still load and compile.
    roundTrip: median(trips.slice(TRIPS / 2)),
  };
}

/** A queue of what something says; rejects when it fails or time is over. */
interface Inbox {
  readonly take: (message: unknown) => void;
  readonly fail: (error: unknown) => void;
  readonly next: () => Promise<unknown>;
  readonly close: () => void;
}

function createInbox(signal: AbortSignal): Inbox {
  let waiting = Promise.withResolvers<unknown>();
  const fail = (error: unknown) => waiting.reject(error);
  const abort = () => fail(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  // Nobody may be waiting when it fails; who asks next hears of it.
  waiting.promise.catch(() => {});
  return {
    take: (message) => waiting.resolve(message),
    fail,
    async next() {
      const message = await waiting.promise;
      waiting = Promise.withResolvers();
      waiting.promise.catch(() => {});
      if (signal.aborted) abort();
      return message;
    },
    close: () => signal.removeEventListener("abort", abort),
  };
}

function toAddress(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

/** Says that it is there, then answers: the same text for both kinds of Worker. */
const WORKER = `
addEventListener("message", ({ data }) => postMessage(data + 1));
postMessage("here");
`;
const MANY = 2000;
const TRIPS = 20;
