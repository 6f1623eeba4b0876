/**
 * Runs one schedule from its first turn to its end, and keeps every step.
 *
 * On this thread; in Workers it is run by `threads.ts`, and both give the same.
 * @module
 */
import { Execution } from "./execution.ts";
import type { MakeSteps } from "./operations.ts";
import type { Plan } from "./program.ts";
import type { FailureKind, RaceOutcome, RaceRun } from "./result.ts";
import { countSwitches, writeSchedule } from "./schedule_text.ts";

/** What an execution is run with. */
export interface Walk {
  readonly plan: Plan;
  readonly makers: readonly MakeSteps[];
  /** Turns after which a program that goes on is taken to go on for ever. */
  readonly maxTurns: number;
}

/** What came of a walk. */
export interface Walked {
  readonly turns: readonly number[];
  readonly outcome: RaceOutcome;
  /** Steps made when the invariant was first broken; `null` if it never was. */
  readonly brokenAfter: number | null;
  /** The execution, which holds the steps if they were kept. */
  readonly execution: Execution;
}

/** Chooses who has the next turn. */
export type Choose = (
  enabled: readonly number[],
  turns: readonly number[],
) => number;

/**
 * Runs a program to its end.
 *
 * From `maxTurns` on everybody has a turn in order, and nothing else is chosen:
 * a loop that only waits for others then ends. If it still goes on after as
 * many turns again, it is a livelock.
 */
export async function walk(
  { plan, makers, maxTurns }: Walk,
  choose: Choose,
  isTraced = false,
): Promise<Walked> {
  const execution = new Execution(plan, makers, { isTraced });
  const turns: number[] = [];
  let broken: RaceOutcome | null = null;
  let brokenAfter: number | null = null;
  for (;;) {
    if (plan.kind === "async") await execution.settle();
    const violation = broken === null ? execution.violation : null;
    if (violation !== null) {
      broken = failure("invariant", violation);
      brokenAfter = execution.steps.length;
    }
    const { enabled } = execution;
    const isEndless = turns.length >= 2 * maxTurns;
    if (enabled.length === 0 || isEndless) {
      const outcome = broken ??
        (enabled.length === 0 ? execution.outcome : failure(
          "livelock",
          `after ${turns.length} turns it still goes on`,
        ));
      return { turns, outcome, brokenAfter, execution };
    }
    const wanted = turns.length < maxTurns
      ? choose(enabled, turns)
      : enabled.find((thread) => thread > turns.at(-1)!) ?? enabled[0]!;
    turns.push(wanted);
    execution.takeTurn(wanted);
  }

  function failure(kind: FailureKind, reason: string): RaceOutcome {
    return { kind, reason, final: execution.memory };
  }
}

/**
 * Runs a schedule and keeps its steps.
 *
 * When its characters are used up, the same thread goes on as long as it can,
 * then the first that can: a schedule may be cut short.
 */
export async function replayHere(
  options: Walk,
  schedule: readonly number[],
): Promise<RaceRun> {
  const { plan } = options;
  const { turns, outcome, brokenAfter, execution } = await walk(
    options,
    followSchedule(plan, schedule),
    true,
  );
  return {
    title: plan.title,
    threads: plan.threads.map(({ name }) => name),
    schedule: writeSchedule(turns),
    switches: countSwitches(turns),
    ...outcome,
    brokenAfter,
    steps: execution.steps,
    ranOn: "one thread",
  };
}

function followSchedule(plan: Plan, schedule: readonly number[]): Choose {
  return (enabled, turns) => {
    const wanted = schedule[turns.length];
    if (wanted === undefined) return continueOrFirst(enabled, turns);
    if (enabled.includes(wanted)) return wanted;
    const nameOf = (id: number) => plan.threads[id]?.name;
    throw new RangeError(
      `Cannot replay schedule "${writeSchedule(schedule)}": turn ${
        turns.length + 1
      } is for "${nameOf(wanted)}", which cannot go on then, ` +
        `expected one of ${enabled.map(nameOf).join(", ")}`,
    );
  };
}

/** Lets the same thread go on as long as it can, then the first that can. */
export function continueOrFirst(
  enabled: readonly number[],
  turns: readonly number[],
): number {
  const last = turns.at(-1);
  return last !== undefined && enabled.includes(last) ? last : enabled[0]!;
}
