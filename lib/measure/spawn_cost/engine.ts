/**
 * What `spawnCost()` does, loaded when it is first called.
 *
 * How one of each kind is started is in `kinds.ts`.
 * @module
 */
import { checkChoices } from "../../base/mod.ts";
import { explainNode } from "../../platform/mod.ts";
import { summarize } from "../compare/summary.ts";
import { isNotInstalled } from "../peers.ts";
import { checkRoundCall, measureInRounds } from "../scaffold.ts";
import { describeSpawnCosts } from "./findings.ts";
import { findStarter, type StartOne } from "./kinds.ts";
import type {
  SpawnCost,
  SpawnCosts,
  SpawnKind,
  SpawnSample,
} from "./result.ts";
import type { SpawnCostOptions } from "./spawn_cost.ts";

/** Starts each kind over and over, and measures; see `spawnCost()`. */
export async function measureSpawnCosts(
  options: SpawnCostOptions = {},
): Promise<SpawnCosts> {
  checkRoundCall(CALL, options, {
    names: ["kinds", "seed"],
    check: () =>
      checkChoices([purpose, "kinds"], options.kinds ?? ALL_KINDS, ALL_KINDS),
  });
  const { samples = 20, maxMs = 60_000, seed = 1, signal } = options;
  const title = options.title ?? "What does it cost to start something?";
  return await measureInRounds({
    type: "spawn cost",
    settings: { purpose, title, samples, maxMs, seed, signal },
    async open(signal) {
      const kinds = options.kinds ?? ALL_KINDS;
      const { starters, notes } = await findStarters(kinds, signal);
      return {
        arms: [...starters.keys()],
        notes,
        measure: (kind: SpawnKind, signal) => starters.get(kind)!(signal),
      };
    },
    result: ({ rounds, arms, seed }) => ({
      costs: arms.map((kind, column): SpawnCost => {
        const samples = rounds.map((row) => row[column]!);
        return { kind, samples, stages: describeStages(samples, seed) };
      }).sort((one, other) => resultOf(one) - resultOf(other)),
    }),
    // Starting scatters by its nature, which is shown: no reason to doubt it.
    describe: describeSpawnCosts,
  });
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
    const start = inNode ?? await findStarter(kind);
    if (typeof start === "string") {
      notes.push(`${start}.`);
      continue;
    }
    try {
      if (PROGRAMS.includes(kind)) await start(signal);
      starters.set(kind, start);
    } catch (error) {
      if (!isNotInstalled(error)) throw error;
      notes.push(`${kind} was left out: it is not installed here.`);
    }
  }
  if (starters.size > 0) return { starters, notes };
  throw new RangeError(
    `Cannot ${purpose}: nothing can be started, expected at least one kind. ` +
      notes.join(" "),
  );
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

const purpose = "measure the cost of starting";
const CALL = {
  purpose,
  example: `spawnCost({ kinds: ["promise", "web worker"], samples: 20 })`,
};
const PROGRAMS: readonly SpawnKind[] = ["true", "python3", "deno"];
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
