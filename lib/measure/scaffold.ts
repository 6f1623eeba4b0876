/**
 * The scaffold of all measurements: options checked, rounds taken in time, the
 * stamp, the findings, one result.
 *
 * A measurement is a folder of five files: the front with its options,
 * `engine.ts`, `result.ts`, `findings.ts` and `figure.ts`. The engine says what
 * is opened, what one sample is and what the samples mean; all else is here.
 * @module
 */
import {
  computeCpuShare,
  finishStamp,
  type HonestyStamp,
  openOwnLoad,
  type OwnLoad,
  type StampOptions,
  type StampStart,
  subtractLoad,
  sumLoads,
} from "../base/stamp/mod.ts";
import { type Call, checkCall } from "./call.ts";
import { checkRounds, type RoundOptions } from "./round_checks.ts";
import { startDeadline, takeRounds } from "./rounds.ts";

/** What every measurement yields besides its own. */
export interface Circumstances<Type extends string> {
  /** Which measurement it is of. */
  readonly type: Type;
  /** For a heading. */
  readonly title: string;
  /** The circumstances. */
  readonly stamp: HonestyStamp;
  /** Short sentences with measured numbers that say what the figure shows. */
  readonly findings: readonly string[];
}

/** A measurement before anything is said of it. */
export type Measured<T> = Omit<T, "findings" | "type">;

/** Checks the options of a measurement in rounds, its own ones too. */
export function checkRoundCall<O extends RoundOptions>(
  call: Call,
  options: O,
  own: { readonly names: readonly string[]; readonly check: () => void },
): void {
  checkCall(call, options?.signal, () => {
    checkRounds(call.purpose, options, own.names);
    own.check();
  });
}

/** What is decided before anything is measured. */
export interface Settings {
  /** What errors call it. */
  readonly purpose: string;
  /** For a heading. */
  readonly title: string;
  /** Rounds that count. */
  readonly samples: number;
  /** How long it may take, milliseconds. */
  readonly maxMs: number;
  /** Where chance begins. */
  readonly seed: number;
  /** Ends it before that. */
  readonly signal: AbortSignal | undefined;
}

/** What is measured while it is open. */
export interface Bench<Arm, Sample> extends Partial<AsyncDisposable> {
  /** What is compared; at least one. */
  readonly arms: readonly Arm[];
  /** Measures an arm once; rejects soon after the signal is aborted. */
  readonly measure: (arm: Arm, signal: AbortSignal) => Promise<Sample>;
  /** Sentences: what was left out, and why. */
  readonly notes?: readonly string[];
  /** Whether an arm has one thread of this process to itself, so that others are seen. */
  readonly isAlone?: (arm: Arm) => boolean;
  /** Called after each round. */
  readonly afterRound?: () => Promise<void>;
  /** Whether the rounds may be taken once more. @default true */
  readonly canRepeat?: boolean;
  /** Corrects what the stamp begins with, once the rounds are taken. */
  readonly correctStamp?: (start: StampStart) => StampStart;
}

/** What the rounds gave. */
export interface Taken<Arm, Sample> {
  /** A row a round, in the order taken; a column an arm. */
  readonly rounds: readonly (readonly Sample[])[];
  /** The arms. */
  readonly arms: readonly Arm[];
  /** Where chance begins, for resampling. */
  readonly seed: number;
  /** Part of its time that code alone on its thread was on a core; `null` if unknown. */
  readonly cpuShare: number | null;
}

/** A measurement in rounds, from what is opened to what is said. */
export interface Plan<Type extends string, Arm, Sample, Own extends object> {
  /** Which measurement it is. */
  readonly type: Type;
  /** What was decided before. */
  readonly settings: Settings;
  /** Opens what is measured. */
  readonly open: (
    signal: AbortSignal,
  ) => Bench<Arm, Sample> | Promise<Bench<Arm, Sample>>;
  /** Works out what the rounds mean. */
  readonly result: (taken: Taken<Arm, Sample>) => Own;
  /** What the stamp takes from that. @default that scatter is no reason for doubt */
  readonly stamp?: (
    own: Own,
    taken: Taken<Arm, Sample>,
  ) => Pick<StampOptions, "spread" | "series">;
  /** Says what it means. */
  readonly describe: (
    measured: Own & Measured<Circumstances<Type>>,
  ) => readonly string[];
}

/** Measures in rounds. */
export async function measureInRounds<
  Type extends string,
  Arm,
  Sample,
  Own extends object,
>(plan: Plan<Type, Arm, Sample, Own>): Promise<Own & Circumstances<Type>> {
  const { settings, type, open, describe } = plan;
  using deadline = startDeadline(settings);
  const bench = await open(deadline.signal);
  try {
    const readOwn = await openOwnLoad();
    const taken = await takeRounds<Arm, Watched<Sample>>({
      ...settings,
      arms: bench.arms,
      deadline,
      afterRound: bench.afterRound,
      canRepeat: bench.canRepeat,
      measure: async (arm, signal) => {
        const before = bench.isAlone?.(arm) ? readOwn() : null;
        const sample = await bench.measure(arm, signal);
        return { sample, load: before && subtractLoad(before, readOwn()) };
      },
    });
    const load = sumLoads(taken.rounds.flat().map(({ load }) => load));
    const rounds = {
      rounds: taken.rounds.map((row) => row.map(({ sample }) => sample)),
      arms: bench.arms,
      seed: settings.seed,
      cpuShare: computeCpuShare(load),
    };
    const own = plan.result(rounds);
    const correct = bench.correctStamp ?? ((start: StampStart) => start);
    return await finish({ type, title: settings.title, ...own }, {
      start: correct(taken.stampStart),
      options: {
        samples: taken.rounds.length,
        ...(plan.stamp?.(own, rounds) ?? { spread: 0 }),
        ...(bench.isAlone === undefined ? {} : { own: load, threads: 1 }),
      },
      describe,
      notes: [...bench.notes ?? [], ...taken.notes],
    });
  } finally {
    await bench[Symbol.asyncDispose]?.();
  }
}

/** A sample, and what this process had of the cores; `null` if others ran too. */
interface Watched<Sample> {
  readonly sample: Sample;
  readonly load: OwnLoad | null;
}

/** What a measurement ends with. */
export interface Ending<T> {
  /** The stamp's beginning. */
  readonly start: StampStart;
  /** What the stamp takes from the measurement. */
  readonly options: StampOptions;
  /** Says what it means. */
  readonly describe: (
    measured: T & { readonly stamp: HonestyStamp },
  ) => readonly string[];
  /** Said last: what was left out or cut short. */
  readonly notes?: readonly string[];
}

/** Ends any measurement: stamp, findings, notes. */
export async function finish<T extends object>(
  own: T,
  { start, options, describe, notes = [] }: Ending<T>,
): Promise<
  T & { readonly stamp: HonestyStamp; readonly findings: readonly string[] }
> {
  const measured = { ...own, stamp: await finishStamp(start, options) };
  return { ...measured, findings: [...describe(measured), ...notes] };
}
