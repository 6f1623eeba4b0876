/**
 * Takes samples in rounds, and ends in time.
 *
 * In each round every arm has its turn, in random order, so that a machine that
 * gets slower does so for all.
 * @module
 */
import { createRandom, shuffle } from "../base/statistics/mod.ts";
import type { StampStart } from "../base/stamp/mod.ts";
import { formatPercent } from "../base/mod.ts";
import { type Calmest, takeCalmest } from "./calmer.ts";
import { MIN_ROUNDS, type Settings } from "./options.ts";

/** The end of measuring; dispose of it when measuring is done. */
export interface Deadline extends Disposable {
  /** Aborted when time is over, or when the caller wants it. */
  readonly signal: AbortSignal;
  /** Tells whether time is over, and the caller did not ask for an end. */
  isOver(): boolean;
  /** Time that is left, milliseconds. */
  leftMs(): number;
}

/** Sets when measuring ends, and what is thrown if too little was done by then. */
export function startDeadline(
  maxMs: number,
  late: string,
  signal: AbortSignal | undefined,
): Deadline {
  const over = new AbortController();
  const endMs = performance.now() + maxMs;
  const timer = setTimeout(() => over.abort(new RangeError(late)), maxMs);
  return {
    signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
    isOver: () => over.signal.aborted && !signal?.aborted,
    leftMs: () => endMs - performance.now(),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

/** What is measured in rounds. */
export interface Arms<Arm, Sample> {
  readonly arms: readonly Arm[];
  /** Measures an arm once; rejects soon after the signal is aborted. */
  readonly measure: (arm: Arm, signal: AbortSignal) => Promise<Sample>;
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
 * Throws what the deadline says if fewer than 3 rounds are done in time.
 */
export async function takeRounds<Arm, Sample>(
  { arms, measure, afterRound, canRepeat = true }: Arms<Arm, Sample>,
  { samples, seed }: Pick<Settings, "samples" | "seed">,
  deadline: Deadline,
): Promise<Rounds<Sample>> {
  const random = createRandom(seed);
  const takeOne = async (order: readonly Arm[]) => {
    const row = new Map<Arm, Sample>();
    for (const arm of order) {
      // Lets the deadline ring, and what has just ended go, before time counts.
      await new Promise((resolve) => setTimeout(resolve, 0));
      deadline.signal.throwIfAborted();
      row.set(arm, await measure(arm, deadline.signal));
    }
    await afterRound?.();
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
  const calmest = await takeCalmest(takeAll, {
    isOver: () => deadline.isOver(),
    leftMs: () => canRepeat ? deadline.leftMs() : 0,
  });
  const { rounds, notes } = calmest.value;
  return {
    rounds,
    notes: [...notes, ...describeRepeat(calmest)],
    stampStart: calmest.stampStart,
  };
}

/** Says that it was measured twice, if it was. */
export function describeRepeat(
  { shares, kept }: Omit<Calmest<unknown>, "value">,
): readonly string[] {
  if (shares.length < 2) return [];
  const [first, second] = shares.map((share) =>
    share === null ? "an unknown part" : formatPercent(share)
  );
  return [
    `Measured twice, as others were busy: they used ${first} of all cores the ` +
    `first time and ${second} the second; the ${
      ["first", "second"][kept]
    } is shown.`,
  ];
}
