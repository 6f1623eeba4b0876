/**
 * Takes samples in rounds, and ends in time.
 *
 * In each round every arm has its turn, in random order, so that a machine that
 * gets slower does so for all.
 * @module
 */
import type { StampStart } from "../base/stamp/mod.ts";
import { checkWhole } from "../base/mod.ts";
import { takeCalmer } from "./calmer.ts";
import { createRandom, shuffle } from "../base/statistics/mod.ts";
import { checkTiming } from "./round_checks.ts";

/** When measuring has to end. */
export interface DeadlineOptions {
  /** What errors call it, such as `measure scaling of "primes"`. */
  readonly purpose: string;
  /** How long it may take, milliseconds. */
  readonly maxMs: number;
  /** Ends it before that. */
  readonly signal?: AbortSignal | undefined;
}

/** The end of measuring; dispose of it when measuring is done. */
export interface Deadline extends Disposable {
  /** Aborted when time is over, or when the caller wants it. */
  readonly signal: AbortSignal;
  /** Tells whether time is over, and the caller did not ask for an end. */
  isOver(): boolean;
  /** Time that is left, milliseconds. */
  leftMs(): number;
}

/** Sets when measuring ends. */
export function startDeadline(options: DeadlineOptions): Deadline {
  const { purpose, maxMs, signal } = options;
  checkTiming(purpose, { maxMs });
  const over = new AbortController();
  const endMs = performance.now() + maxMs;
  const timer = setTimeout(() => {
    over.abort(
      new RangeError(
        `Cannot ${purpose}: fewer than ${MIN_ROUNDS} rounds were done after ${maxMs} ms, ` +
          `expected more time or less work`,
      ),
    );
  }, maxMs);
  return {
    signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
    isOver: () => over.signal.aborted && !signal?.aborted,
    leftMs: () => endMs - performance.now(),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

/** What is measured in rounds. */
export interface RoundsPlan<Arm, Sample> {
  /** What errors call it, such as `measure scaling of "primes"`. */
  readonly purpose: string;
  /** What is compared; at least one. */
  readonly arms: readonly Arm[];
  /** Rounds that count; 3 or more. */
  readonly samples: number;
  /** Decides the order within rounds. */
  readonly seed: number;
  /** When it ends. */
  readonly deadline: Deadline;
  /** Measures an arm once; rejects soon after the signal is aborted. */
  readonly measure: (arm: Arm, signal: AbortSignal) => Promise<Sample>;
  /** Called after each round. */
  readonly afterRound?: (() => Promise<void>) | undefined;
  /** Whether all may be taken once more. @default true */
  readonly canRepeat?: boolean | undefined;
}

/** What was measured in rounds. */
export interface Rounds<Sample> {
  /** A row a round, in the order taken; a column an arm, in the order of the plan. */
  readonly rounds: readonly (readonly Sample[])[];
  /** Sentences: time was over before all rounds were done; they were taken twice. */
  readonly notes: readonly string[];
  /** For the stamp: when the rounds began. */
  readonly stampStart: StampStart;
}

/**
 * Takes one round that does not count, to load and compile, and then samples;
 * all of them once more if other programs were busy, and there is time.
 *
 * Throws a `RangeError` if fewer than 3 rounds are asked for, or done in time.
 */
export async function takeRounds<Arm, Sample>(
  plan: RoundsPlan<Arm, Sample>,
): Promise<Rounds<Sample>> {
  const { arms, samples, deadline, measure, purpose, canRepeat = true } = plan;
  checkWhole([purpose, "samples"], samples, { least: MIN_ROUNDS });
  const random = createRandom(plan.seed);
  const takeOne = async (order: readonly Arm[]) => {
    const row = new Map<Arm, Sample>();
    for (const arm of order) {
      // Lets the deadline ring, and what has just ended go, before time counts.
      await new Promise((resolve) => setTimeout(resolve, 0));
      deadline.signal.throwIfAborted();
      row.set(arm, await measure(arm, deadline.signal));
    }
    await plan.afterRound?.();
    return arms.map((arm) => row.get(arm) as Sample);
  };
  const takeAll = async () => {
    const rounds: Sample[][] = [];
    try {
      while (rounds.length < samples) {
        rounds.push(await takeOne(shuffle(arms, random)));
      }
    } catch (error) {
      // The deadline's own reason means: too few. With enough, they are what counts.
      if (!deadline.isOver() || rounds.length < MIN_ROUNDS) throw error;
      const note = `Stopped after ${rounds.length} of ${samples} rounds: ` +
        `time was over.`;
      return { rounds, notes: [note] };
    }
    return { rounds, notes: [] };
  };
  await takeOne(arms);
  const { value, stampStart, note } = await takeCalmer(takeAll, {
    isOver: () => deadline.isOver(),
    leftMs: () => canRepeat ? deadline.leftMs() : 0,
  });
  const notes = note === null ? value.notes : [...value.notes, note];
  return { rounds: value.rounds, notes, stampStart };
}

/** With fewer, neither a median nor how sure it is means anything. */
export const MIN_ROUNDS = 3;
