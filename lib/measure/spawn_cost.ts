/**
 * `spawnCost`: what it costs to start a promise, a Worker, a process.
 *
 * What comes of it is in `spawn_cost_result.ts`, what is started in
 * `spawn_cost_kinds.ts` and `spawn_cost_process.ts`, the picture is
 * `lib/plot/spawn_cost.ts`.
 * @module
 */

import { DISPLAY, type Displayable } from "../display.ts";
import { summarize } from "../parallel/summary.ts";
import { finishStamp, startStamp } from "../time/stamp.ts";
import { startDeadline, takeRounds } from "./scale_rounds.ts";
import { describeSpawnCosts } from "./spawn_cost_findings.ts";
import {
  startNodeWorker,
  type StartOne,
  startPromise,
  startWebWorker,
} from "./spawn_cost_kinds.ts";
import { findProgram, isNotInstalled } from "./spawn_cost_process.ts";
import type {
  SpawnCost,
  SpawnCosts,
  SpawnKind,
  SpawnSample,
  SpawnStage,
} from "./spawn_cost_result.ts";

/** Costs of starting that a notebook shows as a figure. */
export type ShownSpawnCosts = SpawnCosts & Displayable;

/** How the cost of starting is measured. */
export interface SpawnCostOptions {
  /**
   * What is started.
   * @default all that can be
   */
  readonly kinds?: readonly SpawnKind[];
  /**
   * How often each is started; at least 3.
   * @default 20
   */
  readonly samples?: number;
  /**
   * Heading of the figure.
   * @default "What does it cost to start something?"
   */
  readonly title?: string;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /**
   * How long it may take, milliseconds. With 3 rounds or more done by then,
   * those are what counts; else it is an error.
   * @default 60000
   */
  readonly maxMs?: number;
  /**
   * Decides the order within each round, and the resampling.
   * @default 1
   */
  readonly seed?: number;
}

/**
 * Starts promises, Workers and processes, over and over in random order, and
 * shows what each costs: until asking has returned, until the first word, until
 * the first result, and to and fro once it is there.
 *
 * Units: milliseconds.
 *
 * @example What a Worker costs
 * ```ts
 * import assert from "node:assert/strict";
 * const { costs } = await spawnCost({ kinds: ["promise", "web worker"], samples: 3 });
 * assert.deepEqual(costs.map(({ kind }) => kind), ["promise", "web worker"]);
 * assert.equal(costs[1]!.samples.length, 3);
 * ```
 *
 * @param options What is started, and how often.
 * @returns All that was measured; as a cell's value it is a figure.
 * @throws {RangeError} If an option is out of range, or time was too short.
 */
export async function spawnCost(
  options: SpawnCostOptions = {},
): Promise<ShownSpawnCosts> {
  const { samples = 20, maxMs = 60_000, seed = 1, title = TITLE } = options;
  using deadline = startDeadline({
    purpose: PURPOSE,
    maxMs,
    signal: options.signal,
  });
  const { starters, notes } = await findStarters(
    options.kinds ?? ALL_KINDS,
    deadline.signal,
  );
  const stampStart = await startStamp();
  const arms = [...starters.keys()];
  const { rounds, note } = await takeRounds({
    purpose: PURPOSE,
    arms,
    samples,
    seed,
    deadline,
    measure: (kind, signal) => starters.get(kind)!(signal),
  });
  if (note !== null) notes.push(note);
  const costs = arms.map((kind, column): SpawnCost => {
    const samples = rounds.map((row) => row[column]!);
    return { kind, samples, stages: describeStages(samples, seed) };
  }).sort((one, other) => resultOf(one) - resultOf(other));
  const measured = {
    title,
    costs,
    stamp: await finishStamp(stampStart, {
      samples: rounds.length,
      // Starting scatters by its nature, which is shown: no reason to doubt it.
      spread: 0,
    }),
  };
  return show({
    ...measured,
    findings: [...describeSpawnCosts(measured), ...notes],
  });
}

/** Hidden from the console, which should print the figures only. */
function show(measured: SpawnCosts): ShownSpawnCosts {
  return Object.defineProperty({ ...measured }, DISPLAY, {
    value: async () => {
      const { showSpawnCosts } = await import("../plot/spawn_cost.ts");
      return await showSpawnCosts(measured)[DISPLAY]();
    },
  }) as ShownSpawnCosts;
}

/** Tries each program once: only then is it known to be there. */
async function findStarters(
  kinds: readonly SpawnKind[],
  signal: AbortSignal,
): Promise<{ starters: Map<SpawnKind, StartOne>; notes: string[] }> {
  const starters = new Map<SpawnKind, StartOne>();
  const notes: string[] = [];
  for (const kind of ALL_KINDS.filter((kind) => kinds.includes(kind))) {
    if (kind === "true" || kind === "python3" || kind === "deno") {
      const program = await findProgram(kind);
      if (program.type === "missing") {
        notes.push(`${program.reason}.`);
        continue;
      }
      try {
        await program.start(signal);
      } catch (error) {
        if (!isNotInstalled(error)) throw error;
        notes.push(`${kind} was left out: it is not installed here.`);
        continue;
      }
      starters.set(kind, program.start);
    } else {
      starters.set(kind, STARTERS[kind]);
    }
  }
  if (starters.size > 0) return { starters, notes };
  throw new RangeError(
    `Cannot ${PURPOSE}: nothing can be started, expected at least one kind. ` +
      notes.join(" "),
  );
}

function describeStages(
  samples: readonly SpawnSample[],
  seed: number,
): SpawnCost["stages"] {
  const describe = (stage: SpawnStage) => {
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

const STARTERS = {
  "promise": startPromise,
  "web worker": startWebWorker,
  "node worker": startNodeWorker,
} as const;

const ALL_KINDS: readonly SpawnKind[] = [
  "promise",
  "web worker",
  "node worker",
  "true",
  "python3",
  "deno",
];
const TITLE = "What does it cost to start something?";
const PURPOSE = "measure the cost of starting";
