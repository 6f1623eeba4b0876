/**
 * What `spawnCost()` does, loaded when it is first called.
 *
 * What it is called with is described in `spawn_cost.ts`.
 * @module
 */

import { checkChoices } from "../../base/checks.ts";
import { checkRounds } from "../round_checks.ts";
import { summarize } from "../compare/summary.ts";
import { explainNode } from "../../platform/system.ts";
import { finishStamp } from "../../base/stamp.ts";
import { startDeadline, takeRounds } from "../rounds.ts";
import { describeSpawnCosts } from "./findings.ts";
import {
  startNodeWorker,
  type StartOne,
  startPromise,
  startWebWorker,
} from "./kinds.ts";
import { findProgram, isNotInstalled } from "./process.ts";
import type {
  SpawnCost,
  SpawnCosts,
  SpawnKind,
  SpawnSample,
  SpawnStage,
} from "./result.ts";
import type { SpawnCostOptions } from "./spawn_cost.ts";

/**
 * Starts each kind over and over, and measures; see `spawnCost()`.
 *
 * @param options What is started, and how often.
 * @returns All that was measured.
 */
export async function measureSpawnCosts(
  options: SpawnCostOptions = {},
): Promise<SpawnCosts> {
  checkSpawnOptions(options);
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
  const arms = [...starters.keys()];
  const { rounds, notes: roundNotes, stampStart } = await takeRounds({
    purpose: PURPOSE,
    arms,
    samples,
    seed,
    deadline,
    measure: (kind, signal) => starters.get(kind)!(signal),
  });
  notes.push(...roundNotes);
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
  return {
    ...measured,
    findings: [...describeSpawnCosts(measured), ...notes],
  };
}

/** Tries each program once: only then is it known to be there. */
async function findStarters(
  kinds: readonly SpawnKind[],
  signal: AbortSignal,
): Promise<{ starters: Map<SpawnKind, StartOne>; notes: string[] }> {
  const starters = new Map<SpawnKind, StartOne>();
  const notes: string[] = [];
  for (const kind of ALL_KINDS.filter((kind) => kinds.includes(kind))) {
    const inNode = DENO_KINDS.includes(kind)
      ? explainNode(`${kind} was left out`)
      : null;
    if (inNode !== null) {
      notes.push(`${inNode}.`);
      continue;
    }
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

function checkSpawnOptions(options: SpawnCostOptions): void {
  checkRounds(PURPOSE, options, ["kinds", "seed"]);
  const { kinds = ALL_KINDS } = options;
  checkChoices([PURPOSE, "kinds"], kinds, ALL_KINDS);
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
/** What Node does not have. */
const DENO_KINDS: readonly SpawnKind[] = ["web worker", "deno"];
const TITLE = "What does it cost to start something?";
const PURPOSE = "measure the cost of starting";
