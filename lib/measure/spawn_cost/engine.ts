/**
 * What `spawnCost()` does, loaded when it is first called.
 *
 * How one of each kind is started is in `kinds.ts`.
 * @module
 */
import { choices, settle } from "../options.ts";
import { isNotInstalled } from "../peers.ts";
import { chooseAble, measureInRounds } from "../scaffold.ts";
import { summarize } from "../summary.ts";
import { describeSpawnCosts } from "./findings.ts";
import { ALL_KINDS, explainNoStart, STARTERS, type StartOne } from "./kinds.ts";
import type {
  SpawnCost,
  SpawnCostOptions,
  SpawnCosts,
  SpawnKind,
  SpawnSample,
} from "./spawn_cost.ts";

/** Starts each kind over and over, and measures; see `spawnCost()`. */
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
        ...{ purpose: CALL.purpose, all: ALL_KINDS },
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
      return {
        ...{ arms: able, notes },
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

const CALL = {
  purpose: "measure the cost of starting",
  example: `spawnCost({ kinds: ["promise", "web worker"], samples: 20 })`,
  title: "What does it cost to start something?",
  samples: 20,
};
