/**
 * What starting things costs: rules, and their words. Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import type { Summary } from "../../base/record/mod.ts";
import { describeNoise } from "../../base/stamp/mod.ts";
import { type FoundIn, groundsOf, say } from "../../explain/mod.ts";
import { describeQuotient } from "../quotient.ts";
import type { Measured } from "../scaffold.ts";
import type { SpawnCost, SpawnCosts, SpawnKind } from "./result.ts";

/** What the kinds are called in sentences. */
export const SPAWN_NAMES: Readonly<Record<SpawnKind, string>> = {
  "promise": "an async call",
  "web worker": "a web Worker",
  "node worker": "a node Worker",
  "true": "a process that does nothing",
  "python3": "a process with Python",
  "deno": "a process with Deno",
};

const WORDS = {
  ladder: (steps: readonly { kind: SpawnKind; result: Summary }[]) =>
    `From the start to the first result: ${
      steps.map(({ kind, result: { medianMs, lowMs, highMs } }) =>
        `${SPAWN_NAMES[kind]} ${formatDuration(medianMs)} (${
          formatDuration(lowMs)
        } to ${formatDuration(highMs)})`
      ).join(", ")
    }.`,
  blocking: (
    holds: readonly { kind: SpawnKind; heldMs: number; share: number }[],
  ) =>
    `The call that starts one blocks this thread: ${
      holds.map(({ kind, heldMs, share }) =>
        `${formatDuration(heldMs)} for ${SPAWN_NAMES[kind]} (${
          formatPercent(share)
        } of the time to its first result)`
      ).join(", ")
    }. Start it before the work that has to be fast.`,
  warm: (
    { kind, result, trip }: { kind: SpawnKind; result: Summary; trip: Summary },
  ) =>
    `Once started, ${SPAWN_NAMES[kind]} answers in ${
      formatDuration(trip.medianMs)
    }: ${describeQuotient(result, trip)} as fast as starting another.`,
};

/** Says what was measured; doubts first. */
export function describeSpawnCosts(measured: Measured<SpawnCosts>): string[] {
  const { stamp } = measured;
  return [
    ...describeNoise(stamp),
    ...say(WORDS, findSpawnCosts(measured), groundsOf(stamp)),
  ];
}

/** Applies all rules. */
export function findSpawnCosts(
  { costs }: Pick<SpawnCosts, "costs">,
): FoundIn<typeof WORDS>[] {
  const steps = costs.flatMap(({ kind, stages: { firstResult } }) =>
    firstResult === null ? [] : [{ kind, result: firstResult }]
  );
  const holds = costs.flatMap(({ kind, stages }) => {
    const [held, whole] = [stages.constructor, stages.firstResult];
    if (held === null || whole === null || held.medianMs < LEAST_MS) return [];
    const share = held.medianMs / whole.medianMs;
    return [{ kind, heldMs: held.medianMs, share }];
  });
  return [
    ...(steps.length === 0 ? [] : [{ rule: "ladder", values: steps } as const]),
    ...(holds.length === 0
      ? []
      : [{ rule: "blocking", values: holds } as const]),
    ...costs.flatMap(findWarm),
  ];
}

function findWarm({ kind, stages }: SpawnCost): FoundIn<typeof WORDS>[] {
  const { firstResult: result, roundTrip: trip } = stages;
  if (result === null || trip === null || kind === "promise") return [];
  // Only what is surely so: the slowest round trip below the fastest start.
  if (trip.highMs >= result.lowMs) return [];
  return [{ rule: "warm", values: { kind, result, trip } }];
}

// Less is nothing that anybody would notice.
const LEAST_MS = 1;
