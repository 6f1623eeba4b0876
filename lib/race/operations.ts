/**
 * The words of a race: values of cells, and what a thread may do in one step.
 *
 * Pure: types, tables, and what tells the two kinds of words apart. `instrument.ts` turns source into steps, `machine.ts`
 * says what each does, `memory.ts` is what authors of programs see.
 * @module
 */

/** What a cell can hold when threads are real threads: memory shares no objects. */
export type CellValue = number | string | boolean | null | undefined;

/**
 * What a step does.
 *
 * - `read`, `write`: a plain access, as by `m.x` and `m.x = 1`.
 * - `load` to `compareExchange`: an atomic access; reads and writes at once.
 * - `lock`, `unlock`; `acquire`, `release`: a lock; a counter that never falls below zero.
 * - `wait`, `notify`, `notifyAll`: a condition; `relock`: a woken thread takes its lock again.
 * - `await`: of an async function: it goes on behind an `await`.
 */
export type Operation =
  | "read"
  | "write"
  | AtomicOperation
  | BlockingOperation
  | "unlock"
  | "release"
  | "notify"
  | "notifyAll";

/** An access that nobody can come between. */
export type AtomicOperation =
  | "load"
  | "store"
  | "add"
  | "sub"
  | "and"
  | "or"
  | "xor"
  | "exchange"
  | "compareExchange";

/** A step that may have to wait for others. */
export type BlockingOperation =
  | "lock"
  | "acquire"
  | "wait"
  | "relock"
  | "await";

/** A step that a thread asks for, as its instrumented code yields it. */
export type Request = readonly [
  operation: Operation,
  /** Which place in the source asks, an index of the thread's sites. */
  site: number,
  /** Cell, lock or condition; the awaited value of `await`. */
  target?: unknown,
  ...values: unknown[],
];

/**
 * What a thread tells without making a step; the number says which loop or statement.
 *
 * - `enter`, `round`, `leave`: it comes to a loop that can be followed, begins a round of it, and
 *   has left it; with a round come the variables that the loop changes.
 * - `keep`: a statement begins that leaves nothing behind but in memory.
 * - `forget`: that statement has ended; what was read for it no longer matters.
 */
export type Note = readonly [
  note: "enter" | "round" | "leave" | "keep" | "forget",
  place: number | readonly [place: number, ...variables: unknown[]],
];

/** Tells what is only said from what is asked for: a request names its target as well. */
export function isNote(asked: Request | Note): asked is Note {
  return asked.length === 2;
}

/** A thread's instrumented code. */
export type Steps = Generator<Request | Note, unknown, unknown>;

/** What a thread's module gives: it makes the steps from the memory's stand-in and a number. */
export type MakeSteps = (
  tick: () => void,
  console: unknown,
  setTimeout: unknown,
) => (memory: unknown, id: number) => Steps;

/** A place in the source of a thread where a step is made. */
export interface Site {
  /** Line, counted from 1 within the function. */
  readonly line: number;
  readonly column: number;
  /** The whole line, spaces around it removed. */
  readonly source: string;
}

/** The atomic operations, as methods of `m.atomics`. */
export const ATOMICS: ReadonlySet<string> = new Set<AtomicOperation>([
  "load",
  "store",
  "add",
  "sub",
  "and",
  "or",
  "xor",
  "exchange",
  "compareExchange",
]);

/** The methods of `m` itself that are steps. */
export const METHODS: ReadonlySet<string> = new Set<Operation>(
  ["lock", "unlock", "acquire", "release", "wait", "notify", "notifyAll"],
);

/** Operations at which an async function gives the thread to others. */
export const SWITCHES: ReadonlySet<string> = new Set<BlockingOperation>(
  ["lock", "acquire", "wait", "relock", "await"],
);
