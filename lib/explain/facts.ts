/**
 * What rules look at, the same for a recording, a comparison, and the rest.
 *
 * Pure: types only. Facts are worked out in `recording_facts.ts`, and in the
 * `facts.ts` of measurements.
 * @module
 */
import type {
  Counter,
  Lane,
  LoopHold,
  Model,
  SpeedUp,
  Stuck,
  TraceSpan,
} from "../base/record/mod.ts";
import type { Grounds } from "./gate.ts";
import type { DeadlockStep } from "../sync/mod.ts";

/** What is known of something that was run. */
export interface Facts {
  /** Cores that may be used, at least 1; part of one counts as one. */
  readonly cores: number;
  /** Whether others were busy meanwhile, or samples scatter: ends and gaps may be theirs. */
  readonly isNoisy: boolean;
  /** Part of all cores that other programs used, 0 to 1; `null` if unknown. */
  readonly otherCpuShare: number | null;
  /** What words may rest on that say more than was seen; nothing is known if it is left out. */
  readonly grounds?: Grounds;
  /** One run, seen from inside. */
  readonly run?: RunFacts;
  readonly arm?: ArmFacts;
  /** Jobs, and what it cost to hand them over; one entry a thread. */
  readonly trips?: readonly TripFacts[];
}

/** One run. Units: milliseconds since its start. */
export interface RunFacts {
  /** How a sentence begins that could be of several runs, such as `Workers: `; else empty. */
  readonly prefix: string;
  readonly durationMs: number;
  readonly main: readonly LaneFacts[];
  /** Workers and processes that did something: what can be on several cores at once. */
  readonly threads: readonly LaneFacts[];
  /** Whether all threads are known to have been asked for at once. */
  readonly areAskedAtOnce?: boolean;
  readonly tasks: readonly LaneFacts[];
  /** Whether the system was asked which thread was on a core. */
  readonly isSampled: boolean;
  /** Locks, most waited for first. */
  readonly locks: readonly LockUse[];
  /** Who waits for whom for ever. */
  readonly circles: readonly (readonly DeadlockStep[])[];
  /** Who waited for whom until something from outside ended it. */
  readonly broken?: BrokenCircle;
  /** Who waited for what when time was over. */
  readonly stuck: readonly Stuck[];
  /** How many values channels held, and when conditions called nobody, by the counters' names. */
  readonly counters: ReadonlyMap<string, Counter["samples"]>;
  /** When the event loop was held. */
  readonly holds: readonly LoopHold[];
  /** Who went on after who had started it. */
  readonly leaks: readonly Leak[];
}

export interface LaneFacts {
  readonly id: string;
  readonly kind: Lane["kind"];
  /** The lane that it belongs to. */
  readonly parent?: string;
  /** Its spans, in the order of their starts. */
  readonly spans: readonly TraceSpan[];
}

/** Lanes that waited for one another, for a while. Units: milliseconds. */
export interface BrokenCircle {
  /** Who waited for what. */
  readonly circle: readonly DeadlockStep[];
  /** From when all of them waited. */
  readonly startMs: number;
  /** When the first of them went on. */
  readonly endMs: number;
}

/** How a lock was used. Units: milliseconds. */
export interface LockUse {
  readonly lock: string;
  /** What it is of, such as `Semaphore`; absent if unknown. */
  readonly kind?: string;
  /** Permits, parties or places; absent if unknown. */
  readonly capacity?: number;
  /** When lanes waited for it, by start. */
  readonly waits: readonly TraceSpan[];
  /** When it was held, by start. */
  readonly holds: readonly TraceSpan[];
  readonly heldMs: number;
  /** Time waited, of all waiters together. */
  readonly waitedMs: number;
  /** Most waiters at once. */
  readonly most: number;
  /** How often in a row it went from one to the next while others waited. */
  readonly convoy: number;
}

/** A task, job, Worker or process that outlived who started it. Units: milliseconds. */
export interface Leak {
  readonly child: string;
  /** What it is called, if that is not its lane: a job is one of several on its thread. */
  readonly name?: string;
  readonly parent: string;
  readonly fromMs: number;
  /** For how long it went on. */
  readonly leakMs: number;
  /** Whether it was still there when the traced function returned. */
  readonly isLeft: boolean;
}

/** Jobs that one thread was sent, one after the other. */
export interface TripFacts {
  readonly lane: string;
  /** How long each job's code took. Units: milliseconds. */
  readonly worksMs: readonly number[];
  /** How long the thread had to wait for each: messages there and back. Units: milliseconds. */
  readonly costsMs: readonly number[];
}

/** One model of a comparison, against one after another. */
export interface ArmFacts {
  readonly model: Model;
  readonly jobs: number;
  readonly speedup: SpeedUp | null;
  /** Part of its time that a job waits when it is alone, 0 to 1; `null` if unknown. */
  readonly waitingShare: number | null;
  /** How long a job's code runs alone, milliseconds; `null` if unknown. */
  readonly aloneMs: number | null;
  /** How long it runs here, milliseconds; `null` if unknown. */
  readonly sharedMs: number | null;
}
