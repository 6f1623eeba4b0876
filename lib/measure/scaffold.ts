/**
 * The scaffold of all measurements: rounds taken in time, the stamp, the
 * findings, one result. Options are settled in `options.ts`.
 *
 * The engine says what is opened, what one sample is and what the samples mean;
 * all else is here.
 * @module
 */
import {
  computeCpuShare,
  finishStamp,
  type HonestyStamp,
  openOwnLoad,
  type StampOptions,
  type StampStart,
  subtractLoad,
  sumLoads,
} from "../base/stamp/mod.ts";
import { type Call, MIN_ROUNDS, type Settings } from "./options.ts";
import { type Arms, startDeadline, takeRounds } from "./rounds.ts";

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

/** What is measured while it is open. */
export interface Bench<Arm, Sample>
  extends Arms<Arm, Sample>, Partial<AsyncDisposable> {
  /** Sentences: what was left out, and why. */
  readonly notes?: readonly string[];
  /** Whether an arm has one thread of this process to itself, so that others are seen. */
  readonly isAlone?: (arm: Arm) => boolean;
  /** Corrects what the stamp begins with, once the rounds are taken. */
  readonly correctStamp?: ((start: StampStart) => StampStart) | undefined;
}

/** What the rounds gave. */
export interface Taken<Arm, Sample> {
  /** A row a round, in the order taken; a column an arm. */
  readonly rounds: readonly (readonly Sample[])[];
  readonly arms: readonly Arm[];
  readonly samplesOf: (arm: Arm) => readonly Sample[];
  /** Where chance begins, for resampling. */
  readonly seed: number;
  /** Part of its time that code alone on its thread was on a core; `null` if unknown. */
  readonly cpuShare: number | null;
}

/** A measurement in rounds, from what is opened to what is said. */
export interface Plan<Type extends string, Arm, Sample, Own extends object> {
  /** Which measurement it is of. */
  readonly type: Type;
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
  const { purpose, title, maxMs, seed, signal } = settings;
  const late = `Cannot ${purpose}: fewer than ${MIN_ROUNDS} rounds were done ` +
    `after ${maxMs} ms, expected more time or less work`;
  using deadline = startDeadline(maxMs, late, signal);
  const bench = await open(deadline.signal);
  try {
    const readOwn = await openOwnLoad();
    const measure = async (arm: Arm, signal: AbortSignal) => {
      const before = bench.isAlone?.(arm) ? readOwn() : null;
      const sample = await bench.measure(arm, signal);
      return { sample, load: before && subtractLoad(before, readOwn()) };
    };
    const { rounds: all, notes, stampStart } = await takeRounds(
      { ...bench, measure },
      settings,
      deadline,
    );
    const load = sumLoads(all.flat().map(({ load }) => load));
    const { arms } = bench;
    const rounds = all.map((row) => row.map(({ sample }) => sample));
    const samplesOf = (arm: Arm) =>
      rounds.map((row) => row[arms.indexOf(arm)] as Sample);
    const taken = {
      rounds,
      arms,
      samplesOf,
      seed,
      cpuShare: computeCpuShare(load),
    };
    const own = plan.result(taken);
    return await finish({ type, title, ...own }, {
      start: bench.correctStamp?.(stampStart) ?? stampStart,
      options: {
        samples: rounds.length,
        ...(plan.stamp?.(own, taken) ?? { spread: 0 }),
        ...(bench.isAlone === undefined ? {} : { own: load, threads: 1 }),
      },
      describe,
      notes: [...bench.notes ?? [], ...notes],
    });
  } finally {
    await bench[Symbol.asyncDispose]?.();
  }
}

/** What a measurement ends with. */
export interface Ending<T> {
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

/** Takes what can be done here, in the order of `all`; the rest is left out, with the reason. */
export async function chooseAble<Kind>(
  { purpose, all, wanted, none }: Pick<Call, "purpose"> & {
    readonly all: readonly Kind[];
    readonly wanted: readonly Kind[];
    /** What is said if nothing is left, such as `no model can run`. */
    readonly none: string;
  },
  explainNot: (kind: Kind) => Promise<string | null> | string | null,
): Promise<{ readonly able: readonly Kind[]; readonly notes: string[] }> {
  const able: Kind[] = [];
  const notes: string[] = [];
  for (const kind of all.filter((kind) => wanted.includes(kind))) {
    const reason = await explainNot(kind);
    const note = `${reason?.replace(/\.$/, "")}.`;
    if (reason === null) able.push(kind);
    else if (!notes.includes(note)) notes.push(note);
  }
  if (able.length > 0) return { able, notes };
  const found = [`${none}, expected at least one`, ...notes].join(". ");
  throw new RangeError(`Cannot ${purpose}: ${found.replace(/\.$/, "")}`);
}
