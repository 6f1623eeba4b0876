/**
 * Steps, runs, and what real threads did, in words.
 *
 * Pure. Sentences about a whole race are in `findings.ts`.
 * @module
 */
import type { Operation, Request } from "./operations.ts";
import type { RaceConfirmation, RaceRun } from "./result.ts";
import { writeMemory, writeValue } from "./values.ts";

/** Says what a step did. */
export function describeStep(request: Request, result: unknown): string {
  const [operation, , target, first, second] = request;
  return STEPS[operation]({
    at: operation === "await" ? "" : String(target),
    value: writeValue(result),
    first: writeValue(first),
    second: writeValue(second),
    lock: String(first),
    isSame: Object.is(result, first),
  });
}

interface Step {
  /** Cell, lock or condition. */
  readonly at: string;
  /** What the step gave. */
  readonly value: string;
  readonly first: string;
  readonly second: string;
  readonly lock: string;
  readonly isSame: boolean;
}

const STEPS: Readonly<Record<Operation, (step: Step) => string>> = {
  read: ({ at, value }) => `reads ${at}: ${value}`,
  load: ({ at, value }) => `loads ${at}: ${value}`,
  write: ({ at, first }) => `writes ${at} = ${first}`,
  store: ({ at, first }) => `stores ${at} = ${first}`,
  add: ({ at, first, value }) => `adds ${first} to ${at}, which was ${value}`,
  sub: ({ at, first, value }) => `takes ${first} off ${at}, which was ${value}`,
  and: ({ at, first, value }) => `ands ${at} with ${first}, which was ${value}`,
  or: ({ at, first, value }) => `ors ${at} with ${first}, which was ${value}`,
  xor: ({ at, first, value }) => `xors ${at} with ${first}, which was ${value}`,
  exchange: ({ at, first, value }) =>
    `sets ${at} to ${first}, which was ${value}`,
  compareExchange: ({ at, first, second, value, isSame }) =>
    isSame
      ? `changes ${at} from ${value} to ${second}`
      : `leaves ${at}: ${value} is not ${first}`,
  lock: ({ at }) => `locks ${at}`,
  relock: ({ lock }) => `wakes, locks ${lock}`,
  unlock: ({ at }) => `unlocks ${at}`,
  acquire: ({ at }) => `acquires one of ${at}`,
  release: ({ at }) => `releases one to ${at}`,
  wait: ({ at, lock }) => `unlocks ${lock}, waits for ${at}`,
  notify: ({ at }) => `notifies one that waits for ${at}`,
  notifyAll: ({ at }) => `notifies all that wait for ${at}`,
  await: ({ value }) =>
    value === "undefined" ? "goes on" : `goes on with ${value}`,
};

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
