/**
 * What `spawnCost()` does, loaded when it is first called: starts one of each kind,
 * talks with it, and ends it, over and over.
 *
 * Whether a program may be started is asked here too, and never prompts the user.
 * @module
 */
import { median } from "../../base/statistics/mod.ts";
import { explainNode } from "../../platform/mod.ts";
import { DENO_LINE, explainNoDeno, findDenoDoor } from "../deno_peers.ts";
import { choices, settle } from "../options.ts";
import {
  explainNoRun,
  isNotInstalled,
  loadThreads,
  openProcess,
  openWebWorker,
  type Peer,
  startSilent,
} from "../peers.ts";
import { chooseAble, measureInRounds } from "../scaffold.ts";
import { summarize } from "../summary.ts";
import { describeSpawnCosts } from "./findings.ts";
import type {
  SpawnCost,
  SpawnCostOptions,
  SpawnCosts,
  SpawnKind,
  SpawnSample,
} from "./spawn_cost.ts";

export async function measureSpawnCosts(
  options: SpawnCostOptions,
): Promise<SpawnCosts> {
  const settings = settle(CALL, options, { kinds: choices(ALL_KINDS) });
  const starters = new Map<SpawnKind, StartOne>();
  return await measureInRounds({
    type: "spawn cost",
    settings,
    async open(signal) {
      const { able, notes } = await chooseAble({
        purpose: CALL.purpose,
        all: ALL_KINDS,
        wanted: options.kinds ?? ALL_KINDS,
        none: "nothing can be started",
      }, async (kind) => {
        const reason = await explainNoStart(kind);
        if (reason !== null) return reason;
        try {
          // Tried once: only then is a program known to be there.
          const start = await STARTERS[kind]();
          await start(signal);
          starters.set(kind, start);
          return null;
        } catch (error) {
          if (!isNotInstalled(error)) throw error;
          return `${kind} was left out: it is not installed here`;
        }
      });
      if (able.includes("deno") && (await findDenoDoor()).line === "socket") {
        notes.push(BY_COPY);
      }
      return {
        arms: able,
        notes,
        measure: (kind: SpawnKind, signal) => starters.get(kind)!(signal),
      };
    },
    result: ({ arms, samplesOf, seed }) => ({
      costs: arms.map((kind): SpawnCost => {
        const samples = samplesOf(kind);
        return { kind, samples, stages: describeStages(samples, seed) };
      }).sort((one, other) => resultOf(one) - resultOf(other)),
    }),
    // Starting scatters by its nature, which is shown: no reason to doubt it.
    describe: describeSpawnCosts,
  });
}

function describeStages(
  samples: readonly SpawnSample[],
  seed: number,
): SpawnCost["stages"] {
  const describe = (stage: keyof SpawnSample) => {
    const times = samples.flatMap((sample) => sample[stage] ?? []);
    return times.length === 0 ? null : summarize(times, seed);
  };
  return {
    constructor: describe("constructor"),
    firstMessage: describe("firstMessage"),
    firstResult: describe("firstResult"),
    roundTrip: describe("roundTrip"),
  };
}

function resultOf({ stages }: SpawnCost): number {
  return stages.firstResult?.medianMs ?? 0;
}

export type StartOne = (signal: AbortSignal) => Promise<SpawnSample>;

/** All kinds, and what makes the starter of each. */
export const STARTERS: Readonly<
  Record<SpawnKind, () => StartOne | Promise<StartOne>>
> = {
  "promise": () => startPromise,
  "web worker": () => (signal) =>
    converse(() => openWebWorker(WORKER, signal), 1),
  "node worker": async () => {
    const openThread = await loadThreads();
    return (signal) => converse(() => openThread(WORKER, signal), 1);
  },
  "true": () => startTrue,
  "python3": () => (signal) =>
    converse(() => openProcess("python3", PYTHON, signal), LINE),
  "deno": async () => {
    const { open } = await findDenoDoor();
    return (signal) => converse(() => open(DENO_PROGRAM, signal), LINE);
  },
};

/** All kinds, in the order in which they are tried. */
export const ALL_KINDS = Object.keys(STARTERS) as readonly SpawnKind[];

/** Tells why a kind may not be started; `null` if it may. It never prompts. */
export async function explainNoStart(kind: SpawnKind): Promise<string | null> {
  const left = `${kind} was left out`;
  const needsDeno = kind === "web worker" || kind === "deno";
  const inNode = needsDeno ? explainNode(left) : null;
  if (inNode !== null) return inNode;
  if (kind === "deno") return await explainNoDeno();
  if (kind !== "true" && kind !== "python3") return null;
  const reason = await explainNoRun(kind);
  return reason && `${left}: ${reason}`;
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

async function startTrue(signal: AbortSignal): Promise<SpawnSample> {
  signal.throwIfAborted();
  const startMs = performance.now();
  const process = startSilent("true");
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
  open: () => Peer | Promise<Peer>,
  question: unknown,
): Promise<SpawnSample> {
  const startMs = performance.now();
  const opening = open();
  const madeMs = performance.now();
  await using peer = await opening;
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

const BY_COPY = "The process with Deno is a copy of this session, " +
  "started by its kernel: this notebook may not start programs.";
const CALL = {
  purpose: "measure the cost of starting",
  example: `spawnCost({ kinds: ["promise", "web worker"], samples: 20 })`,
  title: "What does it cost to start something?",
  samples: 20,
};
/** Says that it is there, then answers: the same text for both kinds of Worker. */
const WORKER = `
addEventListener("message", ({ data }) => postMessage(data + 1));
postMessage("here");
`;
const DENO_PROGRAM = `${DENO_LINE}
const answer = new TextEncoder().encode("2\\n");
await write(answer);
for await (const _ of readable) await write(answer);
`;
const PYTHON_PROGRAM = `
import sys
print(2, flush=True)
for line in sys.stdin:
    print(int(line) + 1, flush=True)
`;
// Isolated: what is installed for the user must not count.
const PYTHON = ["-I", "-c", PYTHON_PROGRAM];
const LINE = new TextEncoder().encode("1\n");
const MANY = 2000;
const TRIPS = 20;
