/**
 * Repeats schedules on real threads, step by step, and holds what they do
 * against what the search found. The threads themselves are in `threads.ts`.
 * @module
 */
import { hasWorkers } from "../platform/mod.ts";
import type { Walk } from "./replay.ts";
import type { RaceConfirmation, RaceEnding } from "./result.ts";
import { readSchedule } from "./schedule_text.ts";

/** What the search found, and where is told what can not be done. */
export interface ConfirmOptions {
  readonly runs: readonly RaceEnding[];
  readonly signal: AbortSignal | undefined;
  /** Told what could not be done, and why. */
  readonly missing: string[];
}

/** Holds the search against real threads. */
export async function confirm(
  walk: Walk,
  { runs, signal, missing }: ConfirmOptions,
): Promise<RaceConfirmation | null> {
  if (!hasWorkers()) {
    missing.push(
      "Real threads are missing: there is no Worker here, so schedules ran on one thread only; " +
        "use Deno to repeat them in Workers",
    );
    return null;
  }
  const chosen = runs.filter(({ steps }) => steps.length <= MAX_STEPS)
    .slice(0, MAX_SCHEDULES);
  if (chosen.length === 0) {
    missing.push(
      `Real threads are missing: no schedule has ${MAX_STEPS} steps or fewer`,
    );
    return null;
  }
  const { openTeam } = await import("./threads.ts");
  await using team = await openTeam(walk, signal);
  const differences: string[] = [];
  for (const { schedule } of chosen) {
    const turns = readSchedule(schedule, walk.plan.threads.length);
    const difference = await team.run(turns);
    if (difference !== null) differences.push(`${schedule}: ${difference}`);
  }
  return {
    schedules: chosen.length,
    agreed: chosen.length - differences.length,
    differences,
  };
}

const MAX_SCHEDULES = 8;
const MAX_STEPS = 500;
