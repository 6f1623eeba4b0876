/**
 * The classic litmus tests, each with plain and with atomic accesses.
 *
 * Pure: programs. Source of the names: Alglave, Maranget, Sarkar, Sewell,
 * "Litmus: running tests against hardware" (2011).
 * @module
 */
import type { RaceMemory } from "../memory.ts";
import type { LitmusProgram } from "./result.ts";

/** A test in both ways. */
export interface LitmusPair<S extends object> {
  /** With plain accesses, which compilers and processors may reorder. */
  readonly plain: LitmusProgram<S>;
  /** With atomic accesses, for which there is one order of all steps. */
  readonly atomic: LitmusProgram<S>;
}

/** The classic tests. */
export interface LitmusClassics {
  /** Each thread writes one cell and reads the other: may both read the old value? */
  readonly storeBuffering: LitmusPair<LitmusCells>;
  /** One writes a message and then a flag: may the other see the flag and not the message? */
  readonly messagePassing: LitmusPair<LitmusCells>;
  /** Each thread reads one cell and writes the other: may both read what comes later? */
  readonly loadBuffering: LitmusPair<LitmusCells>;
  /** Both add one: may an addition be lost? */
  readonly lostUpdate: LitmusPair<{ x: number }>;
}

/** Two cells that threads share, and what each of them saw. */
export interface LitmusCells {
  /** The first. */
  x: number;
  /** The second. */
  y: number;
  /** What the first thread saw. */
  a: number;
  /** What the second thread saw. */
  b: number;
}

const CELLS = { x: 0, y: 0, a: 0, b: 0 };
const SEEN = ["a", "b"] as const;

/** See {@link LitmusClassics}. */
export const CLASSICS: LitmusClassics = {
  storeBuffering: pair("Store buffering", CELLS, {
    observe: SEEN,
    isIt: (m) => m.a === 0 && m.b === 0,
    plain: [
      function first(m) {
        m.x = 1;
        m.a = m.y;
      },
      function second(m) {
        m.y = 1;
        m.b = m.x;
      },
    ],
    atomic: [
      function first(m) {
        m.atomics.store("x", 1);
        m.a = m.atomics.load("y") as number;
      },
      function second(m) {
        m.atomics.store("y", 1);
        m.b = m.atomics.load("x") as number;
      },
    ],
  }),
  messagePassing: pair("Message passing", CELLS, {
    observe: SEEN,
    isIt: (m) => m.a === 1 && m.b === 0,
    plain: [
      function sender(m) {
        m.x = 1;
        m.y = 1;
      },
      function receiver(m) {
        m.a = m.y;
        m.b = m.x;
      },
    ],
    atomic: [
      function sender(m) {
        m.atomics.store("x", 1);
        m.atomics.store("y", 1);
      },
      function receiver(m) {
        m.a = m.atomics.load("y") as number;
        m.b = m.atomics.load("x") as number;
      },
    ],
  }),
  loadBuffering: pair("Load buffering", CELLS, {
    observe: SEEN,
    isIt: (m) => m.a === 1 && m.b === 1,
    plain: [
      function first(m) {
        m.a = m.x;
        m.y = 1;
      },
      function second(m) {
        m.b = m.y;
        m.x = 1;
      },
    ],
    atomic: [
      function first(m) {
        m.a = m.atomics.load("x") as number;
        m.atomics.store("y", 1);
      },
      function second(m) {
        m.b = m.atomics.load("y") as number;
        m.atomics.store("x", 1);
      },
    ],
  }),
  lostUpdate: pair("Lost update", { x: 0 }, {
    observe: ["x"],
    isIt: (m) => m.x !== 2,
    plain: [
      function first(m) {
        m.x++;
      },
      function second(m) {
        m.x++;
      },
    ],
    atomic: [
      function first(m) {
        m.atomics.add("x", 1);
      },
      function second(m) {
        m.atomics.add("x", 1);
      },
    ],
  }),
};

interface Parts<S> {
  readonly observe: readonly string[];
  /** Whether a way to end is what the test is about. */
  readonly isIt: (memory: Readonly<S>) => boolean;
  readonly plain: readonly ((memory: RaceMemory<S>) => void)[];
  readonly atomic: readonly ((memory: RaceMemory<S>) => void)[];
}

/** With plain accesses the outcome is worth a look; with atomic ones it must not be. */
function pair<S extends object>(
  name: string,
  shared: S,
  { observe, isIt, plain, atomic }: Parts<S>,
): LitmusPair<S> {
  const make = (
    kind: "plain" | "atomic",
    threads: typeof plain,
    verdict: "interesting" | "forbidden",
  ): LitmusProgram<S> => ({
    title: `${name}, ${kind} accesses`,
    shared,
    threads,
    observe,
    outcomes: { [verdict]: isIt, allowed: (m) => !isIt(m) },
  });
  return {
    plain: make("plain", plain, "interesting"),
    atomic: make("atomic", atomic, "forbidden"),
  };
}
