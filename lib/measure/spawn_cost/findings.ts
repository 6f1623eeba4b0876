/**
 * Says in short sentences what starting things costs. Pure.
 * @module
 */

import type { Summary } from "../../base/record/comparison.ts";
import { describeQuotient } from "../quotient.ts";
import { formatDuration } from "../../base/format.ts";
import { describeNoise } from "../../base/noise.ts";
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

/**
 * Says what was measured.
 *
 * @param measured The measurement.
 * @returns Sentences; doubts first.
 */
export function describeSpawnCosts(
  measured: Omit<SpawnCosts, "findings">,
): string[] {
  const { costs, stamp } = measured;
  return [
    ...describeNoise(stamp),
    ...findLadder(costs),
    ...findBlocking(costs),
    ...findWarm(costs),
  ];
}

function findLadder(costs: readonly SpawnCost[]): string[] {
  const steps = costs.flatMap(({ kind, stages }) =>
    stages.firstResult === null
      ? []
      : [`${SPAWN_NAMES[kind]} ${describeSummary(stages.firstResult)}`]
  );
  return steps.length === 0
    ? []
    : [`From the start to the first result: ${steps.join(", ")}.`];
}

function findBlocking(costs: readonly SpawnCost[]): string[] {
  const holds = costs.flatMap(({ kind, stages }) => {
    const held = stages.constructor;
    const whole = stages.firstResult;
    if (held === null || whole === null || held.medianMs < 1) return [];
    const share = Math.round(100 * held.medianMs / whole.medianMs);
    return [
      `${formatDuration(held.medianMs)} for ${SPAWN_NAMES[kind]} (${share} % ` +
      `of the way to its first result)`,
    ];
  });
  if (holds.length === 0) return [];
  return [
    `Asking for one holds this thread: ${holds.join(", ")}. Start it before ` +
    `the work that has to be fast.`,
  ];
}

function findWarm(costs: readonly SpawnCost[]): string[] {
  return costs.flatMap(({ kind, stages }) => {
    const { firstResult, roundTrip } = stages;
    if (firstResult === null || roundTrip === null || kind === "promise") {
      return [];
    }
    // Only what is surely so: the slowest round trip below the fastest start.
    if (roundTrip.highMs >= firstResult.lowMs) return [];
    return [
      `Once there, ${SPAWN_NAMES[kind]} answers in ` +
      `${formatDuration(roundTrip.medianMs)}: ` +
      `${
        describeQuotient(firstResult, roundTrip)
      } as fast as starting another.`,
    ];
  });
}

function describeSummary({ medianMs, lowMs, highMs }: Summary): string {
  return `${formatDuration(medianMs)} (${formatDuration(lowMs)} to ${
    formatDuration(highMs)
  })`;
}
