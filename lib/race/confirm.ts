/**
 * Runs a program on real threads, and holds what they do against what the
 * search found.
 *
 * Twice over: schedules of the search are repeated step by step, and then the
 * threads run as they please, which may end in a way that the search does not
 * know. The threads themselves are in `threads.ts`.
 * @module
 */
import { hasWorkers } from "../platform/mod.ts";
import { judge } from "./judge.ts";
import type { Walk } from "./replay.ts";
import type {
  FreeRuns,
  RaceConfirmation,
  RaceEnding,
  RaceEndingRow,
  RaceOutcome,
} from "./result.ts";
import { readSchedule } from "./schedule_text.ts";
import type { FreelyRun, Team } from "./threads.ts";
import { writeMemory } from "./values.ts";

/** What the search found, and where is told what can not be done. */
export interface ConfirmOptions {
  readonly runs: readonly RaceEnding[];
  readonly endings: readonly RaceEndingRow[];
  /** Whether those are all that the search met. */
  readonly isWhole: boolean;
  readonly signal: AbortSignal | undefined;
  /** Told what could not be done, and why. */
  readonly missing: string[];
}

/** Holds the search against real threads. */
export async function confirm(
  walk: Walk,
  { runs, endings, isWhole, signal, missing }: ConfirmOptions,
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
  // An invariant is asked between steps, where no thread that is free can stop.
  const isComparable = isWhole && walk.plan.invariant === null &&
    differences.length === 0;
  return {
    schedules: chosen.length,
    agreed: chosen.length - differences.length,
    differences,
    free: isComparable ? await runFreely(walk, team, endings) : null,
  };
}

async function runFreely(
  walk: Walk,
  team: Team,
  endings: readonly RaceEndingRow[],
): Promise<FreeRuns> {
  const untilMs = performance.now() + MAX_FREE_MS;
  const known = new Set(endings.map(nameEnd));
  const seen = new Set<string>();
  const unknown = new Map<string, RaceEndingRow>();
  let runs = 0;
  do {
    const outcome = judgeFreely(walk, await team.runFreely());
    runs++;
    const name = nameEnd(outcome);
    if (known.has(name)) seen.add(name);
    else {
      const schedules = (unknown.get(name)?.schedules ?? 0) + 1;
      unknown.set(name, { ...outcome, schedules, schedule: "" });
    }
  } while (runs < MAX_FREE_RUNS && performance.now() < untilMs);
  return {
    runs,
    unseen: endings.filter((ending) => !seen.has(nameEnd(ending))),
    unknown: [...unknown.values()].map((
      { kind, reason, final, schedules },
    ) => ({
      kind,
      reason,
      final,
      runs: schedules,
    })),
  };
}

function judgeFreely({ plan }: Walk, run: FreelyRun): RaceOutcome {
  const { end, final } = run;
  if (end === "done") {
    return judge.end(plan, final, { fault: null, waiting: [] });
  }
  const kind = end === "threw"
    ? "error"
    : end === "stuck"
    ? "deadlock"
    : "livelock";
  const reason = end === "threw"
    ? "a thread throws"
    : end === "stuck"
    ? "nobody can go on"
    : "threads go on for ever";
  return { kind, reason, final };
}

/** Ends are the same if the values are, and who waits how is not asked. */
function nameEnd({ kind, final }: RaceOutcome): string {
  const word = kind === "livelock" ? "deadlock" : kind;
  return `${word} ${writeMemory(final)}`;
}

const MAX_SCHEDULES = 8;
const MAX_STEPS = 500;
const MAX_FREE_RUNS = 40;
const MAX_FREE_MS = 300;
