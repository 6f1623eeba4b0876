/**
 * One run in words, a line a step.
 *
 * Pure.
 * @module
 */
import type { RaceRun } from "./result.ts";
import { writeMemory } from "./values.ts";

/** Tells a run step by step. */
export function describeRun(run: RaceRun): string {
  const { schedule, steps, threads, reason, kind } = run;
  const shown = steps.slice(0, MAX_STEPS);
  return [
    `Schedule ${schedule}`,
    ...shown.map(({ thread, text, memory }, index) =>
      `${index + 1}. ${threads[thread]} ${text} (${writeMemory(memory)})`
    ),
    ...steps.length > shown.length
      ? [`… ${steps.length - shown.length} steps more`]
      : [],
    END_WORDS[kind] ?? `It fails: ${reason}.`,
  ].join("\n");
}

const END_WORDS: Partial<Record<RaceRun["kind"], string>> = {
  passed: "It passes.",
  ended: "It ends; nothing says what must hold.",
};
const MAX_STEPS = 200;
