/**
 * What real threads did, as plain values.
 *
 * Pure: types. `verdicts.ts` fills them in, `findings.ts` puts them
 * into words, and `figure.ts` draws them.
 * @module
 */
import type { HonestyStamp } from "../../base/stamp/mod.ts";
import type { RaceProgram } from "../program.ts";

/** What a program says of a way to end. */
export type Verdict = "allowed" | "interesting" | "forbidden";

/** A litmus test: a few accesses of each thread, and what is said of ways to end. */
export interface LitmusProgram<S extends object>
  extends Pick<RaceProgram<S>, "title" | "shared" | "threads" | "copies"> {
  /** The cells whose values tell ways to end apart. @default all cells */
  readonly observe?: readonly string[];
  /**
   * Which ways to end are forbidden, interesting or allowed; the first that holds counts.
   * @default nothing is said of any
   */
  readonly outcomes?: Readonly<
    Partial<Record<Verdict, (memory: Readonly<S>) => boolean>>
  >;
}

/** A way in which rounds ended. */
export interface LitmusOutcome {
  /** The cells that are observed, with their values. */
  readonly values: Readonly<Record<string, unknown>>;
  /** How many rounds ended so; 0 for one that only the search knows. */
  readonly count: number;
  /** What the program says of it; `null` if it says nothing. */
  readonly verdict: Verdict | null;
  /** A schedule of `race` that ends so; `null` if none is known. */
  readonly schedule: string | null;
  /**
   * Whether steps that all threads see in one order can end so; `null` if not all orders could
   * be tried. If not, the compiler or the processor has changed the order of plain accesses.
   */
  readonly isOrdered: boolean | null;
}

/** What is known of any run on real threads. */
export interface RealRun {
  /** Heading. */
  readonly title: string;
  /** Names of the threads. */
  readonly threads: readonly string[];
  /** How often they ran. */
  readonly rounds: number;
  /** How long that took, milliseconds. */
  readonly durationMs: number;
  /** How many schedules the search tried; `null` if it could not try all. */
  readonly schedules: number | null;
  /** Cells that a thread uses by plain accesses, and another one uses too. */
  readonly racy: readonly string[];
  /** What ended the rounds early: a thread that threw, or one that never came to its end. */
  readonly fault: {
    readonly thread: string;
    readonly kind: "error" | "stuck";
    readonly reason: string;
    readonly round: number;
  } | null;
  /** On what machine. */
  readonly stamp: HonestyStamp;
  /** What the figure shows, in sentences. */
  readonly findings: readonly string[];
  /** What is not known, and why. */
  readonly missing: readonly string[];
}

/** How rounds of a litmus test ended. */
export interface LitmusResult extends RealRun {
  /** What kind of result it is. */
  readonly type: "litmus";
  /** The ways to end, the most frequent first; then those that were not seen. */
  readonly outcomes: readonly LitmusOutcome[];
}

/** What repeating a program until it fails came to. */
export interface StressResult extends RealRun {
  /** What kind of result it is. */
  readonly type: "stress";
  /** How many rounds failed. */
  readonly failures: number;
  /** The first that did; `null` if none did. */
  readonly first: {
    /** Which round, counted from 1. */
    readonly round: number;
    /** All cells at its end. */
    readonly final: Readonly<Record<string, unknown>>;
  } | null;
  /** How rounds ended, the most frequent first; the first sixty ways. */
  readonly endings: readonly {
    readonly final: Readonly<Record<string, unknown>>;
    readonly count: number;
    readonly fails: boolean;
  }[];
  /** The program's condition, as it is written. */
  readonly check: string;
  /** A schedule of `race` that fails for sure; `null` if none is known. */
  readonly schedule: string | null;
  /** How many schedules fail, of all or of those drawn; `null` if none were tried. */
  readonly failingSchedules: number | null;
}
