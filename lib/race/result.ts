/**
 * What exploring a race yields, as plain values.
 *
 * Pure: types, and the one question that all ask of them. `explore.ts` fills them in, `findings.ts` puts them into
 * words, and `lib/plot/schedule*.ts` draws them.
 * @module
 */
import type { Operation } from "./operations.ts";

/** One step of a replay. */
export interface RaceStep {
  /** Which thread made it, counted from 0. */
  readonly thread: number;
  /** Which character of the schedule it belongs to; several steps of an asynchronous function share one. */
  readonly turn: number;
  /** What it did. */
  readonly operation: Operation;
  /** Cell, lock or condition; empty for `await`. */
  readonly target: string;
  /** The step in words, such as `reads x: 0`. */
  readonly text: string;
  /** Line within the thread's function, counted from 1. */
  readonly line: number;
  /** Column, counted from 1. */
  readonly column: number;
  /** That line. */
  readonly source: string;
  /** All cells after the step. */
  readonly memory: Readonly<Record<string, unknown>>;
  /** Which thread holds which lock after the step, by name. */
  readonly locks: Readonly<Record<string, string>>;
}

/**
 * Why a schedule fails.
 *
 * - `check`, `invariant`: the program's own condition does not hold.
 * - `deadlock`: every thread that is not done waits for another.
 * - `livelock`: threads go round in loops and nothing comes of it.
 * - `error`: a thread threw.
 */
export type FailureKind =
  | "check"
  | "invariant"
  | "deadlock"
  | "livelock"
  | "error";

/** How a schedule ends. */
export interface RaceOutcome {
  /** `passed`; `ended` where the program does not say what must hold; or why it failed. */
  readonly kind: "passed" | "ended" | FailureKind;
  /** Why it failed, as a sentence; empty if it did not. */
  readonly reason: string;
  /** All cells at the end. */
  readonly final: Readonly<Record<string, unknown>>;
}

/** One schedule, run step by step. */
export interface RaceRun extends RaceOutcome {
  /** Whose turn it was, a character a turn: `0` to `9`, then `a` to `z`. */
  readonly schedule: string;
  /** How often another thread than before had its turn. */
  readonly switches: number;
  /** What happened. */
  readonly steps: readonly RaceStep[];
  /** How many steps it took to break the invariant; `null` if it was never broken. */
  readonly brokenAfter: number | null;
  /** Names of the threads. */
  readonly threads: readonly string[];
  /** Heading. */
  readonly title: string;
  /** Where it ran: each thread in a Worker, or all on the thread that asked. */
  readonly ranOn: "workers" | "one thread";
}

/** Schedules that end alike: for the same reason, with the same values. */
export interface RaceEnding extends RaceRun {
  /** How many schedules end so; of those tried, if not all were. */
  readonly schedules: number;
}

/** A row of the table of endings. */
export interface RaceEndingRow extends RaceOutcome {
  /** How many schedules end so; of those tried, if not all were. */
  readonly schedules: number;
  /** One of them, the shortest where all are known, for `race.replay()`. */
  readonly schedule: string;
}

/** Tells whether a schedule failed. */
export function isFailure({ kind }: Pick<RaceOutcome, "kind">): boolean {
  return kind !== "passed" && kind !== "ended";
}

/** A stretch of the tree of schedules. */
export interface RaceTree {
  /** Whose turns lead here from the branch before, as in a schedule. */
  readonly turns: string;
  /** How many schedules go through here. */
  readonly schedules: number;
  /** How many of them fail. */
  readonly failing: number;
  /** How it goes on; empty at an end, and where the rest is left out. */
  readonly branches: readonly RaceTree[];
  /** How it ends; `null` where it branches, or where several ends are left out. */
  readonly end: RaceOutcome | null;
}

/** What came of running schedules again on real threads. */
export interface RaceConfirmation {
  /** Schedules that were run in Workers. */
  readonly schedules: number;
  /** How many of them did the same, step by step and value by value. */
  readonly agreed: number;
  /** What the others did: the schedule, and the first thing that was different. */
  readonly differences: readonly string[];
}

/** All that exploring a program found. */
export interface RaceResult {
  /** Heading. */
  readonly title: string;
  /** Threads in Workers, or asynchronous functions on one thread. */
  readonly kind: "threads" | "async";
  /** Names of the threads, in the order of their characters. */
  readonly threads: readonly string[];
  /** How many schedules there are; `null` if not all were explored. Above 2^53 it is rounded. */
  readonly total: number | null;
  /** How many schedules were judged: all, or those drawn at random. */
  readonly schedules: number;
  /** How many of those fail. */
  readonly failingSchedules: number;
  /** How many runs that took; those that only repeat others in another order are left out. */
  readonly explored: number;
  /** How many different states were met; `null` if not all were explored. */
  readonly states: number | null;
  /** Ways to fail, each with its shortest schedule: fewest switches, then fewest turns. */
  readonly failing: readonly RaceEnding[];
  /** Ways to pass, or to end where nothing says what must hold, alike. */
  readonly passing: readonly RaceEnding[];
  /** Whether the program says what must hold; without that, only being stuck or an error is a failure. */
  readonly isChecked: boolean;
  /** The different ways to end, the most frequent first; the first sixty of them. */
  readonly endings: readonly RaceEndingRow[];
  /** How many different ways to end there are; of the schedules tried, if not all were. */
  readonly endingCount: number;
  /** The first of `failing`, `null` if nothing fails. */
  readonly shortest: RaceEnding | null;
  /** The tree of all schedules, large parts of it left out; `null` if not all were explored. */
  readonly tree: RaceTree | null;
  /** What real threads did; `null` if none ran. */
  readonly confirmed: RaceConfirmation | null;
  /** What the figure shows, in sentences. */
  readonly findings: readonly string[];
  /** What could not be done, and why. */
  readonly missing: readonly string[];
}
