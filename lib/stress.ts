/**
 * `stress` and `litmus`: real threads that run a small program over and over,
 * started together, and a histogram of how that ends.
 *
 * Fronts: options, types and words for readers. What runs is in `lib/race/real/`,
 * which loads when it is first used.
 * @module
 */
import {
  addDisplay,
  checkFunction,
  checkNumber,
  checkObject,
  checkOptions,
  checkSignal,
  checkWhole,
  type Displayable,
} from "./base/mod.ts";
import type {
  LitmusProgram,
  LitmusResult,
  RaceProgram,
  StressResult,
} from "./race/mod.ts";
import { CLASSICS, type LitmusClassics } from "./race/real/classics.ts";

/** How long real threads run. */
export interface StressOptions {
  /** Rounds after which they end. @default 200000 */
  readonly rounds?: number;
  /** Milliseconds after which they end. @default 2000 */
  readonly maxMs?: number;
  /** Ends it early; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A result that a notebook shows as a figure. */
export type ShownLitmus = LitmusResult & Displayable;

/** A result that a notebook shows as a figure. */
export type ShownStress = StressResult & Displayable;

/** Runs litmus tests; the classic ones come with it. */
export interface Litmus {
  /**
   * Runs a litmus test on real threads, and counts how rounds end.
   *
   * Each thread is a Worker. In every round all begin together, and `m.x` is one
   * plain access of memory that they share: compilers and processors may do with
   * it what they do with any. Then all schedules are tried (see `race`): an
   * outcome that none of them has is one that only reordering explains.
   *
   * Cells hold 32-bit integers, `true` and `false`. What is not seen is
   * only that: another machine, or another day, may show it.
   *
   * @example Two stores and two loads
   * ```ts
   * import assert from "node:assert/strict";
   *
   * const { rounds, outcomes } = await litmus({
   *   shared: { x: 0, y: 0, a: 0, b: 0 },
   *   threads: [
   *     (m) => { m.x = 1; m.a = m.y; },
   *     (m) => { m.y = 1; m.b = m.x; },
   *   ],
   *   observe: ["a", "b"],
   *   outcomes: { interesting: (m) => m.a === 0 && m.b === 0 },
   * }, { rounds: 1000 });
   * assert.equal(outcomes.reduce((sum, { count }) => sum + count, 0), rounds);
   * ```
   *
   * @typeParam S The cells with their values.
   * @param program Cells, threads, and what is said of ways to end.
   * @param options How long.
   * @returns How rounds ended; as a cell's value it is a figure.
   * @throws {TypeError} If a thread is asynchronous or uses something from outside, a cell holds
   * something else than integers or booleans, or a part or an option has the wrong type.
   * @throws {RangeError} If an option, or the number of threads, is out of range.
   */
  <S extends object>(
    program: LitmusProgram<S>,
    options?: StressOptions,
  ): Promise<ShownLitmus>;
  /** The classic tests, each with plain and with atomic accesses. */
  readonly classics: LitmusClassics;
}

/**
 * Runs litmus tests on real threads: which ways to end come up, and which of them
 * no order of the steps explains.
 *
 * @example A classic, with atomic accesses: one order of all steps
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { outcomes } = await litmus(litmus.classics.storeBuffering.atomic, { rounds: 1000 });
 * assert.ok(outcomes.every(({ verdict, count }) => verdict !== "forbidden" || count === 0));
 * ```
 */
export const litmus: Litmus = Object.assign(runAndShow, { classics: CLASSICS });

/**
 * Repeats a program on real threads until its check fails or time is over, and
 * says which schedule fails for sure.
 *
 * Takes the same programs as `race`, with cells of 32-bit integers and
 * booleans, and threads that are not asynchronous. That no round failed proves
 * nothing: what `race` finds then is said too.
 *
 * @example A lost update
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { schedule, first, rounds } = await stress({
 *   shared: { x: 0 },
 *   threads: function add(m) { m.x++; },
 *   check: (m) => m.x === 2,
 * }, { rounds: 1000 });
 * assert.equal(schedule, "0110");
 * assert.ok(first === null ? rounds === 1000 : first.final.x === 1);
 * ```
 *
 * @typeParam S The cells with their values.
 * @param program Cells, threads, and the check.
 * @param options How long.
 * @returns What was seen; as a cell's value it is a figure.
 * @throws {TypeError} If there is no check, a thread is asynchronous or uses something from outside,
 * a cell holds something else than integers or booleans, or something has the wrong type.
 * @throws {RangeError} If an option, or the number of threads, is out of range.
 */
export async function stress<S extends object>(
  program: RaceProgram<S>,
  options: StressOptions = {},
): Promise<ShownStress> {
  const limits = readLimits("stress program", options);
  const { runStress } = await import("./race/mod.ts");
  return addDisplay(await runStress(program, limits), async (found) => {
    const { stressFigure } = await import("./race/real/figure.ts");
    return stressFigure(found);
  });
}

async function runAndShow<S extends object>(
  program: LitmusProgram<S>,
  options: StressOptions = {},
): Promise<ShownLitmus> {
  const limits = readLimits(WHAT, options);
  checkObject([WHAT, "program"], program);
  checkOptions(WHAT, program, PARTS);
  checkObject([WHAT, "shared"], program.shared, "cells with their values");
  const { observe = listCells(program.shared), outcomes = {} } = program;
  checkCells(observe, program.shared);
  checkOptions(WHAT, outcomes, ["forbidden", "interesting", "allowed"]);
  for (const [verdict, rule] of Object.entries(outcomes)) {
    checkFunction([WHAT, `outcomes.${verdict}`], rule);
  }
  const { runLitmus } = await import("./race/mod.ts");
  const whole = { ...program, observe, outcomes };
  return addDisplay(await runLitmus(whole, limits), async (found) => {
    const { litmusFigure } = await import("./race/real/figure.ts");
    return litmusFigure(found);
  });
}

/** What has a value at the end: locks have none. */
function listCells(shared: object): readonly string[] {
  return Object.entries(shared).filter(([, value]) =>
    typeof value !== "object" || value === null || Array.isArray(value)
  ).map(([name]) => name);
}

function checkCells(observe: readonly string[], shared: object): void {
  for (const name of observe) {
    if (name in shared) continue;
    throw new RangeError(
      `Cannot ${WHAT}: observe has "${name}", expected cells: ${
        Object.keys(shared).join(", ")
      }`,
    );
  }
}

function readLimits(what: string, options: StressOptions) {
  checkOptions(what, options, ["rounds", "maxMs", "signal"]);
  const { rounds: maxRounds = 200_000, maxMs = 2000, signal } = options;
  checkWhole([what, "rounds"], maxRounds, { least: 1, most: Infinity });
  checkNumber([what, "maxMs"], maxMs, { least: 1, most: 3_600_000 });
  checkSignal(what, signal);
  signal?.throwIfAborted();
  return { maxRounds, maxMs, signal };
}

const WHAT = "run litmus test";
const PARTS = ["title", "shared", "threads", "copies", "observe", "outcomes"];
