/**
 * Loops: when one more round would change nothing.
 *
 * What a loop does that can be followed depends on memory, and on variables that
 * it tells of. A round that changed no cell and no variable, and all of whose
 * accesses would give the same now, can be left out of a schedule: the thread
 * rests until one of those cells is different.
 * Which loops are of this kind is decided in `syntax.ts`. No effects but on the
 * thread that is given.
 * @module
 */
import type { Note, Request } from "./operations.ts";
import {
  type Intern,
  type Loop,
  type Seen,
  type Thread,
  writeKey,
} from "./thread.ts";

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
