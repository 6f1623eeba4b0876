/**
 * The ways in which bytes are sent, and how long each takes: to a Worker, to a
 * process as a value, through a pipe as they are. Whoever gets them answers
 * briefly.
 * @module
 */
import { median } from "../../base/statistics/mod.ts";
import { createStructuredText, openLink } from "../../run/mod.ts";
import { DENO_LINE, type DenoDoor } from "../deno_peers.ts";
import { openTalker, openWebWorker, whenHere } from "../peers.ts";
import type { MessageMode } from "./message_cost.ts";

/** Times of messages of one size. Units: milliseconds. */
export interface MessageSample {
  /** From posting until the answer: the median of several. */
  readonly latencyMs: number;
  /** How long posting held this thread: the median of the same. */
  readonly blockedMs: number;
}

/** A way to send; dispose of it. */
export interface Post extends AsyncDisposable {
  /** Sends some buffers of a size, one after another. */
  send(bytes: number): Promise<MessageSample>;
}

/** A Worker that is sent messages; dispose of it. */
export interface WorkerPost extends AsyncDisposable {
  /** Sends some buffers of a size, one after another. */
  send(mode: WorkerMode, bytes: number): Promise<MessageSample>;
  /** Sends small messages, each after the answer to the one before. Milliseconds a message. */
  pingPong(count: number): Promise<number>;
  /** Sends small messages without waiting, and waits for the last answer. Milliseconds a message. */
  burst(count: number): Promise<number>;
}

/** What only Workers can be sent. */
export type WorkerMode = Exclude<MessageMode, "process" | "pipe">;

/** Starts the Worker, and waits until it listens. */
export async function openWorkerPost(signal: AbortSignal): Promise<WorkerPost> {
  signal.throwIfAborted();
  const peer = await whenHere(openWebWorker(WORKER, signal));
  const buffers = new Map<string, ArrayBuffer | SharedArrayBuffer>();
  const bufferOf = (mode: WorkerMode, bytes: number) => {
    const kept = buffers.get(`${mode} ${bytes}`);
    const made = kept ??
      (mode === "share"
        ? new SharedArrayBuffer(bytes)
        : new ArrayBuffer(bytes));
    // Written to, so that there is memory behind it.
    if (kept === undefined) new Uint8Array(made).fill(7);
    buffers.set(`${mode} ${bytes}`, made);
    return made;
  };
  const small = (buffer: number) => peer.send({ buffer, isGiven: false });
  return {
    send: (mode, bytes) =>
      takeTrips(() => {
        const buffer = bufferOf(mode, bytes);
        const isGiven = mode === "transfer";
        return {
          post: () =>
            peer.send(
              { buffer, isGiven },
              isGiven ? [buffer as ArrayBuffer] : [],
            ),
          async answered() {
            const answer = await peer.next();
            // Given back, so that making a new one is not measured.
            if (answer instanceof ArrayBuffer) {
              buffers.set(`transfer ${bytes}`, answer);
            }
          },
        };
      }),
    async pingPong(count) {
      const startMs = performance.now();
      for (let i = 0; i < count; i++) {
        small(i);
        await peer.next();
      }
      return (performance.now() - startMs) / count;
    },
    async burst(count) {
      const startMs = performance.now();
      for (let i = 0; i < count; i++) small(i);
      await peer.next(count);
      return (performance.now() - startMs) / count;
    },
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}

/** Starts a process that is sent values, as `process(fn)` sends arguments. */
export async function openProcessPost(signal: AbortSignal): Promise<Post> {
  const { encode } = createStructuredText();
  const talker = await openTalker(VALUES, encode(0), signal);
  return {
    send: (bytes) =>
      takeTrips(() => {
        const value = new Uint8Array(bytes).fill(7);
        return {
          post: () => talker.tell(encode(value)),
          answered: talker.hear,
        };
      }),
    [Symbol.asyncDispose]: () => talker[Symbol.asyncDispose](),
  };
}

/** Starts a process that reads bytes as they are. */
export async function openPipePost(
  { open }: DenoDoor,
  signal: AbortSignal,
): Promise<Post> {
  const peer = await whenHere(await open(BYTES, signal));
  return {
    send: (bytes) =>
      takeTrips(() => {
        const message = new Uint8Array(4 + bytes).fill(7);
        new DataView(message.buffer).setUint32(0, bytes, true);
        return {
          post: () => peer.send(message),
          answered: () => peer.next(),
        };
      }),
    [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose](),
  };
}

interface Trip {
  readonly post: () => void;
  readonly answered: () => Promise<unknown>;
}

async function takeTrips(prepare: () => Trip): Promise<MessageSample> {
  const latencies: number[] = [];
  const blocked: number[] = [];
  const endMs = performance.now() + SAMPLE_MS;
  do {
    const { post, answered } = prepare();
    const startMs = performance.now();
    post();
    blocked.push(performance.now() - startMs);
    await answered();
    latencies.push(performance.now() - startMs);
  } while (latencies.length < MAX_TRIPS && performance.now() < endMs);
  return { latencyMs: median(latencies), blockedMs: median(blocked) };
}

/** Gives back what was given away; answers all else with a number. */
const WORKER = `
addEventListener("message", ({ data: { buffer, isGiven } }) => {
  if (isGiven) postMessage(buffer, [buffer]);
  else postMessage(1);
});
postMessage("here");
`;
/** Reads values, each in a line after the marker of its answer. */
const VALUES = `
const { decode } = (${createStructuredText})();
const link = (${openLink})();
for (let line; (line = await link.readLine()) !== null;) {
  const space = line.indexOf(" ");
  decode(line.slice(space + 1));
  await link.write(line.slice(0, space) + " 1\\n");
}
`;
/** Reads messages, each after its length in four bytes; answers with a line. */
const BYTES = `${DENO_LINE}
const answer = new TextEncoder().encode("1\\n");
await write(answer);
let [left, head] = [0, []];
for await (const chunk of readable) {
  for (let at = 0; at < chunk.length;) {
    if (left === 0) {
      head.push(chunk[at++]);
      if (head.length < 4) continue;
      left = new DataView(Uint8Array.from(head).buffer).getUint32(0, true);
      head = [];
    }
    const taken = Math.min(left, chunk.length - at);
    at += taken;
    left -= taken;
    if (left === 0) await write(answer);
  }
}
`;
const SAMPLE_MS = 12;
const MAX_TRIPS = 15;
