/**
 * Small programs for the tests of this folder, and trying every schedule of
 * one in the plainest way: no state is ever recognised, no order left out.
 * @module
 */
import { loadThreads, type Plan, readProgram } from "./program.ts";
import type { RaceProgram, RaceThread } from "./program.ts";
import { walk } from "./replay.ts";
import { isFailure, type RaceOutcome } from "./result.ts";
import { writeSchedule } from "./schedule_text.ts";
import { writeMemory } from "./values.ts";

/** Cells of any program. */
export type Shared = Record<string, unknown>;

/** What all schedules of a program came to. */
export interface BruteForce {
  /** How many there are. */
  readonly total: number;
  /** How many fail. */
  readonly failing: number;
  /** How they end, sorted, each once. */
  readonly ends: readonly string[];
}

/** A thread from its source, whose lines then stay as they are. */
export function makeThread(source: string): RaceThread<Shared> {
  return new Function(`return (${source});`)() as RaceThread<Shared>;
}

/** How an outcome is compared with others. */
export function nameEnd({ kind, reason, final }: RaceOutcome): string {
  return `${kind}|${reason}|${writeMemory(final)}`;
}

/** Runs every schedule from its first turn to its end. */
export async function tryAll(
  program: RaceProgram<Shared>,
): Promise<BruteForce> {
  const plan: Plan = await readProgram(program);
  const makers = await loadThreads(plan);
  const seen = new Set<string>();
  const ends = new Set<string>();
  let failing = 0;
  const open: (readonly number[])[] = [[]];
  for (let prefix = open.pop(); prefix; prefix = open.pop()) {
    const wanted = prefix;
    const { turns, outcome } = await walk(
      { plan, makers, maxTurns: 200 },
      (enabled, taken) => {
        if (taken.length < wanted.length) return wanted[taken.length]!;
        for (const other of enabled.slice(1)) open.push([...taken, other]);
        return enabled[0]!;
      },
    );
    seen.add(writeSchedule(turns));
    ends.add(nameEnd(outcome));
    if (isFailure(outcome)) failing++;
  }
  return { total: seen.size, failing, ends: [...ends].sort() };
}
