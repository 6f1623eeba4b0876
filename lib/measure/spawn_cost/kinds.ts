/**
 * Starts one of each kind, talks with it, and ends it.
 *
 * Whether a program may be started is asked here too, and never prompts the user.
 * @module
 */
import { median } from "../../base/statistics/mod.ts";
import { system } from "../../platform/mod.ts";
import {
  loadThreads,
  openProcess,
  openWebWorker,
  type Peer,
} from "../peers.ts";
import type { SpawnKind, SpawnSample } from "./result.ts";

/** Starts one, times it, and ends it. */
export type StartOne = (signal: AbortSignal) => Promise<SpawnSample>;

/** Finds what starts a kind; or the reason why it may not be started. */
export async function findStarter(
  kind: SpawnKind,
): Promise<StartOne | string> {
  switch (kind) {
    case "promise":
      return startPromise;
    case "web worker":
      return (signal) => converse(() => openWebWorker(WORKER, signal), 1);
    case "node worker": {
      const openThread = await loadThreads();
      return (signal) => converse(() => openThread(WORKER, signal), 1);
    }
    default:
      return await findProgram(kind);
  }
}

async function findProgram(
  name: "true" | "python3" | "deno",
): Promise<StartOne | string> {
  const command = name === "deno" ? system().execPath() : name;
  const { state } = await system().permissions.query({ name: "run", command });
  if (state !== "granted") {
    return `${name} was left out: running it is not permitted, ` +
      `allow it with \`skein run --allow-run=${command}\``;
  }
  if (name === "true") return (signal) => startTrue(command, signal);
  const line = new TextEncoder().encode("1\n");
  return (signal) =>
    converse(() => openProcess(command, TALKERS[name], signal), line);
}

/** A mean of many calls: one is shorter than a clock can tell. */
async function startPromise(): Promise<SpawnSample> {
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

async function startTrue(
  command: string,
  signal: AbortSignal,
): Promise<SpawnSample> {
  signal.throwIfAborted();
  const startMs = performance.now();
  // The global constructor, looked up now: a host may have put its own there.
  const process = new (system().Command)(command, {
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const madeMs = performance.now();
  await process.status;
  return {
    constructor: madeMs - startMs,
    firstMessage: null,
    firstResult: performance.now() - startMs,
    roundTrip: null,
  };
}

/** Waits for its first word, asks for a first result, then until it is warm. */
async function converse(
  open: () => Peer,
  question: unknown,
): Promise<SpawnSample> {
  const startMs = performance.now();
  await using peer = open();
  const madeMs = performance.now();
  await peer.next();
  const heardMs = performance.now();
  peer.send(question);
  await peer.next();
  const resultMs = performance.now();
  const trips: number[] = [];
  for (let trip = 0; trip < TRIPS; trip++) {
    const askedMs = performance.now();
    peer.send(question);
    await peer.next();
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

/** Says that it is there, then answers: the same text for both kinds of Worker. */
const WORKER = `
addEventListener("message", ({ data }) => postMessage(data + 1));
postMessage("here");
`;
const DENO_PROGRAM = `
const answer = new TextEncoder().encode("2\\n");
Deno.stdout.writeSync(answer);
for await (const _ of Deno.stdin.readable) Deno.stdout.writeSync(answer);
`;
const PYTHON_PROGRAM = `
import sys
print(2, flush=True)
for line in sys.stdin:
    print(int(line) + 1, flush=True)
`;
const TALKERS: Readonly<Record<"python3" | "deno", readonly string[]>> = {
  // Isolated: what is installed for the user must not count.
  python3: ["-I", "-c", PYTHON_PROGRAM],
  deno: [
    "run",
    "--no-prompt",
    "--no-config",
    "--no-lock",
    "--quiet",
    `data:text/javascript,${encodeURIComponent(DENO_PROGRAM)}`,
  ],
};
const MANY = 2000;
const TRIPS = 20;
