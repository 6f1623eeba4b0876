/**
 * Fixed measurements of start-up costs for the gallery.
 *
 * For tests only. Pure: no clock, no chance.
 * @module
 */

import { summarize } from "../../measure/summary.ts";
import type {
  SpawnCost,
  SpawnCosts,
  SpawnKind,
  SpawnStage,
} from "../../measure/spawn_cost/spawn_cost.ts";
import { STAMP } from "./gallery_data.ts";

/** All kinds, as on a calm machine. */
export const SPAWN_COSTS: SpawnCosts = {
  type: "spawn cost",
  title: "What does it cost to start something?",
  costs: [
    cost("promise", [0.00009, null, 0.00017, 0.00017]),
    cost("true", [0.41, null, 0.82, null]),
    cost("web worker", [7.4, 8.6, 9.4, 0.057]),
    cost("python3", [0.55, 11.6, 11.9, 0.041]),
    cost("deno", [0.58, 14.2, 15.4, 0.11]),
    cost("node worker", [23.6, 24.1, 25, 0.062]),
  ],
  stamp: { ...STAMP, samples: 20 },
  findings: [
    "Asking for one holds this thread: 23.6 ms for a node Worker (94 % of the way to its first result). Start it before the work that has to be fast.",
    "Once there, a web Worker answers in 57.0 µs: 165 times faster than starting another.",
  ],
};

/** Without permission to run anything. */
export const SPAWN_HERE: SpawnCosts = {
  ...SPAWN_COSTS,
  title: "Without permission to run programs",
  costs: SPAWN_COSTS.costs.filter(({ kind }) =>
    kind === "promise" || kind.endsWith("worker")
  ),
  findings: [
    "true was left out: running it is not permitted, start Deno with --allow-run=true.",
  ],
};

function cost(
  kind: SpawnKind,
  medians: readonly [number, number | null, number, number | null],
): SpawnCost {
  const samples = Array.from({ length: 20 }, (_, index) => {
    const scatter = 0.94 + ((index * 7) % 20) / 110 + (index === 13 ? 0.5 : 0);
    const times = medians.map((ms) => ms === null ? null : ms * scatter);
    return {
      constructor: times[0]!,
      firstMessage: times[1]!,
      firstResult: times[2]!,
      roundTrip: times[3]!,
    };
  });
  const describe = (stage: SpawnStage) => {
    const times = samples.flatMap((sample) => sample[stage] ?? []);
    return times.length === 0 ? null : summarize(times);
  };
  return {
    kind,
    samples,
    stages: {
      constructor: describe("constructor"),
      firstMessage: describe("firstMessage"),
      firstResult: describe("firstResult"),
      roundTrip: describe("roundTrip"),
    },
  };
}
