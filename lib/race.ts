/**
 * `race`: tries all schedules of a small concurrent program, and shows which fail.
 *
 * Joins the exploring in `explore.ts` with the picture in `lib/plot/`, which is
 * loaded when it is first shown.
 * @module
 */
import { addDisplay, type Displayable } from "./base/mod.ts";
import type {
  RaceOptions,
  RaceProgram,
  RaceResult,
  RaceRun,
  ReplayOptions,
} from "./race/mod.ts";

/** A result that a notebook shows as a figure. */
export type ShownRace = RaceResult & Displayable;

/** A replay that a notebook shows as a figure. */
export type ShownRaceRun = RaceRun & Displayable;

/** Explores programs, and replays single schedules of them. */
export interface Race {
  /**
   * Tries all schedules of a program.
   *
   * A step is one read or write of a cell, one atomic access, or one operation
   * on a lock; `m.x++` is two. Threads take turns step by step. Functions that
   * are asynchronous take turns at each `await` instead.
   *
   * Schedules are explored on this thread; then one of each way to end is
   * repeated on real Workers, step by step: should they do otherwise, the result
   * says so. Where there are too many schedules, some are drawn at random, and
   * the result says that too. All threads see all steps in one order (sequential
   * consistency): what processors reorder, `litmus` and `stress` may show, where
   * threads run as they please.
   *
   * Without a `check` or an `invariant` nothing is called right or wrong:
   * `endings` and the figure show all ways to end, each with a schedule to replay.
   *
   * @example Two increments, six schedules
   * ```ts
   * import assert from "node:assert/strict";
   *
   * const result = await race({
   *   shared: { x: 0 },
   *   threads: [function a(m) { m.x++; }, function b(m) { m.x++; }],
   *   check: (m) => m.x === 2,
   * });
   * assert.equal(result.total, 6);
   * assert.equal(result.failingSchedules, 4);
   * assert.equal(result.shortest?.schedule, "0110");
   * ```
   *
   * @typeParam S The cells with their values.
   * @param program Shared memory, threads, and what must hold.
   * @param options Limits, and where chance begins.
   * @returns What was found; as a cell's value it is a figure.
   * @throws {TypeError} If a thread uses chance, a clock or something from outside, or its memory
   * in a way that cannot be followed; if a condition answers neither yes nor no; or if a part or an option has the wrong type, or there is none such.
   * @throws {RangeError} If an option, or the number of threads, is out of range.
   */
  <S extends object>(
    program: RaceProgram<S>,
    options?: RaceOptions,
  ): Promise<ShownRace>;
  /**
   * Runs one schedule and tells every step.
   *
   * When its characters are used up, the same thread goes on as long as it can,
   * then the first that can: so `""` is a run without an interruption.
   *
   * @example Be the scheduler
   * ```ts
   * import assert from "node:assert/strict";
   *
   * const run = await race.replay({
   *   shared: { x: 0 },
   *   threads: (m) => { m.x++; },
   *   check: (m) => m.x === 2,
   * }, "0110");
   * assert.deepEqual(run.steps.map(({ text }) => text), [
   *   "reads x: 0", "reads x: 0", "writes x = 1", "writes x = 1",
   * ]);
   * assert.equal(run.kind, "check");
   * ```
   *
   * @typeParam S The cells with their values.
   * @param program Shared memory, threads, and what must hold.
   * @param schedule Whose turn it is, a character a turn.
   * @param options Where it runs.
   * @returns What happened; as a cell's value it is a figure.
   * @throws {TypeError} As of `race()` itself.
   * @throws {SyntaxError} If a character names no thread.
   * @throws {RangeError} If a thread cannot have a turn that the schedule gives it.
   * @throws {Error} If real threads do something else: they depend on more than their memory.
   */
  replay<S extends object>(
    program: RaceProgram<S>,
    schedule: string,
    options?: ReplayOptions,
  ): Promise<ShownRaceRun>;
}

/**
 * Tries all schedules of a small concurrent program, and shows which fail.
 *
 * @example A lock mends it
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { failingSchedules } = await race({
 *   shared: { x: 0 },
 *   threads: function add(m) {
 *     using _guard = m.lock("x");
 *     m.x++;
 *   },
 *   copies: 3,
 *   check: (m) => m.x === 3,
 * });
 * assert.equal(failingSchedules, 0);
 * ```
 *
 * @example The lock of a cell, and its text
 * ```ts
 * import assert from "node:assert/strict";
 * import { Mutex } from "./sync/mod.ts";
 *
 * const { failingSchedules } = await race({
 *   shared: { list: ["a"], gate: new Mutex() },
 *   threads: async function take(m) {
 *     using _guard = await m.gate.lock();
 *     if (m.list.length === 0) return;
 *     await Promise.resolve("working");
 *     if (m.list.pop() === undefined) throw new Error("nothing left");
 *   },
 * });
 * assert.equal(failingSchedules, 0);
 * ```
 *
 * @example Between check and act, another function comes in
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { shortest } = await race({
 *   shared: { balance: 100 },
 *   threads: async function pay(m) {
 *     if (m.balance < 80) return;
 *     await Promise.resolve("asking the bank");
 *     m.balance -= 80;
 *   },
 *   check: (m) => m.balance >= 0,
 * });
 * assert.equal(shortest?.final.balance, -60);
 * ```
 */
export const race: Race = Object.assign(exploreAndShow, {
  replay: replayAndShow,
});

async function exploreAndShow<S extends object>(
  program: RaceProgram<S>,
  options: RaceOptions = {},
): Promise<ShownRace> {
  const { explore } = await import("./race/mod.ts");
  return addDisplay(await explore(program, options), async (result) => {
    const { raceFigure } = await import("./plot/figures/schedule.ts");
    return raceFigure(result);
  });
}

async function replayAndShow<S extends object>(
  program: RaceProgram<S>,
  schedule: string,
  options: ReplayOptions = {},
): Promise<ShownRaceRun> {
  const { replaySchedule } = await import("./race/mod.ts");
  const run = await replaySchedule(program, schedule, options);
  return addDisplay(run, async (found) => {
    const { runFigure } = await import("./plot/figures/schedule.ts");
    return runFigure(found);
  });
}
