/**
 * A Worker that takes messages and answers briefly, and the time that takes.
 *
 * @module
 */

import { openWorker } from "../../platform/worker.ts";
import { median } from "../../base/statistics/mod.ts";
import type { MessageMode } from "./result.ts";

/** Times of messages of one size. Units: milliseconds. */
export interface MessageSample {
  /** From posting until the answer: the median of several. */
  readonly latencyMs: number;
  /** How long posting held this thread: the median of the same. */
  readonly blockedMs: number;
}

/** A Worker to send messages to; dispose of it. */
export interface Peer extends Disposable {
  /** Sends some buffers of a size, one after another. */
  send(mode: MessageMode, bytes: number): Promise<MessageSample>;
  /** Sends small messages, each after the answer to the one before. */
  pingPong(count: number): Promise<number>;
  /** Sends small messages without waiting, and waits for the last answer. */
  burst(count: number): Promise<number>;
}

/**
 * Starts the Worker.
 *
 * @param signal Ends all waiting for it; those who wait get its reason.
 * @returns The Worker, once it listens.
 */
export async function startPeer(signal: AbortSignal): Promise<Peer> {
  signal.throwIfAborted();
  const worker = openWorker(
    `data:text/javascript,${encodeURIComponent(PROGRAM)}`,
    "message cost",
  );
  let waiting = Promise.withResolvers<unknown>();
  let unanswered = 1;
  const buffers = new Map<string, ArrayBuffer | SharedArrayBuffer>();
  const fail = (reason: unknown) => {
    // Nobody may be waiting; who asks next hears of it.
    waiting.promise.catch(() => {});
    waiting.reject(reason);
  };
  const abort = () => fail(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  worker.onmessage = ({ data }) => {
    if (--unanswered === 0) waiting.resolve(data);
  };
  worker.onerror = (event) => {
    // Otherwise the error would end this process too.
    event.preventDefault();
    fail(new Error(`Cannot measure messages: ${event.message}`));
  };
  const answered = async () => {
    const answer = await waiting.promise;
    signal.throwIfAborted();
    waiting = Promise.withResolvers();
    return answer;
  };
  const post = (message: unknown, transfer: Transferable[] = []) => {
    unanswered++;
    worker.postMessage(message, transfer);
  };
  const bufferOf = (mode: MessageMode, bytes: number) => {
    const key = `${mode} ${bytes}`;
    const kept = buffers.get(key);
    if (kept !== undefined) return kept;
    const buffer = mode === "share"
      ? new SharedArrayBuffer(bytes)
      : new ArrayBuffer(bytes);
    // Written to, so that there is memory behind it.
    new Uint8Array(buffer).fill(7);
    buffers.set(key, buffer);
    return buffer;
  };
  const peer: Peer = {
    async send(mode, bytes) {
      const latencies: number[] = [];
      const blocked: number[] = [];
      const endMs = performance.now() + SAMPLE_MS;
      do {
        const buffer = bufferOf(mode, bytes);
        const startMs = performance.now();
        post(
          { buffer, isGiven: mode === "transfer" },
          mode === "transfer" ? [buffer as ArrayBuffer] : [],
        );
        blocked.push(performance.now() - startMs);
        const answer = await answered();
        latencies.push(performance.now() - startMs);
        // Given back, so that making a new one is not measured.
        if (answer instanceof ArrayBuffer) {
          buffers.set(`transfer ${bytes}`, answer);
        }
      } while (latencies.length < MAX_TRIPS && performance.now() < endMs);
      return { latencyMs: median(latencies), blockedMs: median(blocked) };
    },
    async pingPong(count) {
      const startMs = performance.now();
      for (let i = 0; i < count; i++) {
        post({ buffer: i, isGiven: false });
        await answered();
      }
      return (performance.now() - startMs) / count;
    },
    async burst(count) {
      const startMs = performance.now();
      for (let i = 0; i < count; i++) post({ buffer: i, isGiven: false });
      await answered();
      return (performance.now() - startMs) / count;
    },
    [Symbol.dispose]() {
      signal.removeEventListener("abort", abort);
      worker.terminate();
    },
  };
  try {
    await answered();
    return peer;
  } catch (error) {
    peer[Symbol.dispose]();
    throw error;
  }
}

/** Gives back what was given away; answers all else with a number. */
const PROGRAM = `
addEventListener("message", ({ data: { buffer, isGiven } }) => {
  if (isGiven) postMessage(buffer, [buffer]);
  else postMessage(1);
});
postMessage("here");
`;
const SAMPLE_MS = 12;
const MAX_TRIPS = 15;
