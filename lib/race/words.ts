/**
 * Steps, runs, and what real threads did, in words.
 *
 * Pure. Sentences about a whole race are in `findings.ts`.
 * @module
 */
import type { Request } from "./operations.ts";
import type { RaceConfirmation, RaceRun } from "./result.ts";
import { writeMemory, writeValue } from "./values.ts";

/** Says what a step did. */
export function describeStep(request: Request, result: unknown): string {
  const [operation, , target, first, second] = request;
  const value = writeValue(result);
  switch (operation) {
    case "read":
      return `reads ${target}: ${value}`;
    case "load":
      return `loads ${target}: ${value}`;
    case "write":
      return `writes ${target} = ${writeValue(first)}`;
    case "store":
      return `stores ${target} = ${writeValue(first)}`;
    case "add":
      return `adds ${writeValue(first)} to ${target}, which was ${value}`;
    case "sub":
      return `takes ${writeValue(first)} off ${target}, which was ${value}`;
    case "and":
    case "or":
    case "xor":
      return `${operation}s ${target} with ${
        writeValue(first)
      }, which was ${value}`;
    case "exchange":
      return `sets ${target} to ${writeValue(first)}, which was ${value}`;
    case "compareExchange":
      return Object.is(result, first)
        ? `changes ${target} from ${value} to ${writeValue(second)}`
        : `leaves ${target}: ${value} is not ${writeValue(first)}`;
    case "lock":
      return `locks ${target}`;
    case "relock":
      return `wakes, locks ${first}`;
    case "unlock":
      return `unlocks ${target}`;
    case "acquire":
      return `acquires one of ${target}`;
    case "release":
      return `releases one to ${target}`;
    case "wait":
      return `unlocks ${first}, waits for ${target}`;
    case "notify":
      return `notifies one that waits for ${target}`;
    case "notifyAll":
      return `notifies all that wait for ${target}`;
    case "await":
      return result === undefined ? "goes on" : `goes on with ${value}`;
  }
}

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

/** Says whether real threads did what the search found. */
export function describeConfirmed(
  { schedules, agreed, differences }: RaceConfirmation,
): string {
  return agreed === schedules
    ? `${schedules} of them ${
      schedules === 1 ? "was" : "were"
    } repeated on real threads, in Workers: same steps, same values.`
    : `${
      schedules - agreed
    } of ${schedules} repeated on real threads, in Workers, ` +
      `did something else, so the threads depend on more than their memory, ` +
      `and nothing said here is sure of them (${differences[0]}).`;
}
