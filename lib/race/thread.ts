/**
 * One thread of an execution: its state, and when one more round of a loop would
 * change nothing.
 *
 * What a loop does that can be followed depends on memory, and on variables that
 * it tells of. A round that changed no cell and no variable, and all of whose
 * accesses would give the same now, can be left out of a schedule: the thread
 * rests until one of those cells is different. Which loops are of this kind is
 * decided in `looks.ts`. No effects but on the thread that is given.
 * @module
 */
import type { Note, Request, Steps } from "./operations.ts";

/** Gives the same number for the same text. */
export type Intern = (text: string) => number;

/** A thread while it runs. */
export interface Thread {
  readonly id: number;
  readonly steps: Steps;
  /** The step that it asks for; `null` if it is done. */
  request: Request | null;
  /** The loops that it is in, the innermost last. */
  loops: Loop[];
  /** What it saw in a round that changed nothing: it goes on once one of these is not so any more. */
  watched: readonly Seen[] | null;
  /** Whether that round let others in, at an `await`. */
  letsIn: boolean;
  /** What came of the promise that it awaits. */
  awaited: Awaited | null;
  /** Stands for all that its steps gave. */
  history: number;
  /** The history when the statement began that leaves nothing behind. */
  kept: number;
}

/** A cell, and what it held when a step of the thread was over. */
export type Seen = readonly [cell: string, value: unknown];

/** A loop whose rounds depend on memory and on variables that it tells of, and on nothing else. */
export interface Loop {
  readonly place: number;
  /** The history when the thread came to it. */
  readonly before: number;
  /** The variables that it changes, as they were when this round began. */
  variables: readonly unknown[];
  /** What the thread has seen in this round; `null` before the first. */
  seen: Seen[] | null;
  /** Whether this round has changed nothing yet. */
  isIdle: boolean;
  /** Whether this round has let others in, at an `await`. */
  letsIn: boolean;
}

/** What came of a promise. */
export type Awaited =
  | { readonly type: "pending" }
  | { readonly type: "value" | "error"; readonly value: unknown };

/** Watches what a thread awaits. */
export function watchPromise(value: unknown, thread: Thread): Awaited {
  const isThenable = typeof value === "object" && value !== null &&
    "then" in value && typeof value.then === "function";
  if (!isThenable) return { type: "value", value };
  const { request } = thread;
  const settle = (type: "value" | "error") => (settled: unknown) => {
    if (thread.request === request) thread.awaited = { type, value: settled };
  };
  Promise.resolve(value).then(settle("value"), settle("error"));
  return { type: "pending" };
}

/**
 * Writes a value so that equal ones read alike.
 *
 * Objects are like no other: what is in them may change without a step.
 */
export function writeKey(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  const isObject = typeof value === "object" && value !== null ||
    typeof value === "function";
  return isObject ? `object ${++objects}` : String(value);
}

/** Takes a thread's word for where it is. */
export function takeNote(
  thread: Thread,
  [note, told]: Note,
  intern: Intern | null,
): void {
  const [place, ...variables] = typeof told === "number" ? [told] : told;
  const history = (text: string) => intern?.(text) ?? 0;
  const { loops } = thread;
  const loop = loops.find((one) => one.place === place);
  switch (note) {
    case "keep":
      thread.kept = thread.history;
      break;
    case "forget":
      // What a loop around has seen still matters for it.
      if (loops.length === 0) thread.history = history(`${thread.kept}:done`);
      break;
    case "enter": {
      closeLoops(loops, place);
      const fresh = { variables: [], seen: null, isIdle: true, letsIn: false };
      loops.push({ place, before: thread.history, ...fresh });
      break;
    }
    case "round":
      if (loop) beginRound(thread, loop, { variables, history });
      break;
    case "leave":
      closeLoops(loops, place);
      // What it made of its variables stays.
      if (loop?.variables.length === 0 && loops.length === 0) {
        thread.history = history(`${loop.before}:left`);
      }
  }
}

/** Notes what a step has done, for every loop that the thread is in. */
export function noteStep(
  loops: readonly Loop[],
  [operation, , target]: Request,
  [before, after]: readonly [before: unknown, after: unknown],
): string {
  const isAccess = !OTHERS.has(operation);
  for (const loop of loops) {
    if (isAccess) loop.seen?.push([String(target), after]);
    const changes = isAccess ? !Object.is(before, after) : operation !== AWAIT;
    if (changes) loop.isIdle = false;
    if (operation === AWAIT) loop.letsIn = true;
  }
  return writeIdle(loops);
}

/** Tells whether all that was seen is still so. */
export function isStill(
  seen: readonly Seen[],
  cells: ReadonlyMap<string, unknown>,
): boolean {
  return seen.length > 0 &&
    seen.every(([cell, value]) => Object.is(cells.get(cell), value));
}

/** What is known when a round begins. */
interface Round {
  /** The variables that the loop changes. */
  readonly variables: readonly unknown[];
  readonly history: (text: string) => number;
}

/** One round is over, another begins: nothing is left of it but what it saw. */
function beginRound(
  thread: Thread,
  loop: Loop,
  { variables, history }: Round,
): void {
  const { loops } = thread;
  const { seen, isIdle, before } = loop;
  closeLoops(loops, loop.place + 1);
  if (seen !== null) {
    const isFruitless = isIdle &&
      variables.every((one, i) => Object.is(one, loop.variables[i]));
    thread.watched = isFruitless && seen.length > 0 ? seen : null;
    thread.letsIn = loop.letsIn;
    // For the loops around, a round of this one that came to nothing has not been.
    for (const outer of loops) {
      if (outer === loop || outer.seen === null || !isFruitless) continue;
      outer.seen.length -= seen.length;
    }
  }
  const watched = thread.watched?.map(([cell, value]) =>
    `${cell}=${writeKey(value)}`
  );
  const state = [writeIdle(loops), variables.map(writeKey), watched ?? ""];
  thread.history = history(`${before}:${loop.place}:${state.join(":")}`);
  loop.variables = variables;
  [loop.seen, loop.isIdle, loop.letsIn] = [[], true, false];
}

function writeIdle(loops: readonly Loop[]): string {
  return loops.map(({ isIdle }) => isIdle ? "i" : "b").join("");
}

/** Ends the loops from a place on: those inside come later in the source. */
function closeLoops(loops: Loop[], place: number): void {
  const first = loops.findIndex((one) => one.place >= place);
  if (first !== -1) loops.splice(first);
}

/** Operations on what is no cell. */
const OTHERS: ReadonlySet<string> = new Set(
  ["lock", "unlock", "wait", "relock", "notify", "notifyAll", "await"],
);
const AWAIT = "await";
let objects = 0;
