/**
 * What a trace holds: lanes, spans on them, arrows between them, counters.
 *
 * Pure: types only. Recordings are made by `trace.ts` from what is reported
 * through `tap.ts`, and drawn by the views in `lib/plot/`. A simple run of
 * jobs needs spans only, see `span.ts`; a span is a span of both.
 * @module
 */
import type { HonestyStamp } from "../stamp/honesty.ts";
import type { Span } from "./span.ts";

/** What a lane stands for. */
export type LaneKind =
  | "core"
  | "main"
  | "worker"
  | "process"
  | "task"
  | "lock"
  | "queue";

/**
 * What happens on a lane during a span.
 *
 * - `starting`, `running`, `alive`, `waiting`, `messaging`: as in `span.ts`;
 *   `waiting` is by the lane's own wish.
 * - `runnable`: ready to run, and waiting for a core.
 * - `blocked`: waiting for somebody else; `reason` names the lock or queue.
 * - `serialising`: copying a value for another isolate, or from it.
 * - `held`: of a lock: somebody holds it; `label` says who.
 */
export type TraceState =
  | Span["state"]
  | "runnable"
  | "blocked"
  | "serialising"
  | "held";

/** A row of a trace. */
export interface Lane {
  /** Its name, unique in the recording, such as `worker 2` or `lock results`. */
  readonly id: string;
  /** What it stands for. */
  readonly kind: LaneKind;
  /** The lane that it belongs to: the thread of a task, the parent of a task. */
  readonly parent?: string;
}

/** An interval on a lane. Units: milliseconds since the recording's start. */
export interface TraceSpan {
  /** Id of the lane. */
  readonly lane: string;
  /** What happened. */
  readonly state: TraceState;
  /** When it began. */
  readonly startMs: number;
  /** When it ended; never before `startMs`. */
  readonly endMs: number;
  /** Short text shown where there is room. */
  readonly label?: string;
  /** Of `alive`: which part of it was on a core, 0 to 1; absent if not known. */
  readonly share?: number;
  /** Why it waited or was blocked, such as `lock results` or `message`. */
  readonly reason?: string;
  /** Which line of the cell or script caused it, such as `cell_3.ts:4`. */
  readonly source?: string;
  /** Whether it comes from sampling, so its ends are known to a sampling step only. */
  readonly sampled?: boolean;
}

/** An arrow from one lane to another. Units: milliseconds since the recording's start. */
export interface Link {
  /** What passed: a value, a wake-up, the start of something new, a lock's next turn. */
  readonly kind: "message" | "wake" | "spawn" | "lock";
  /** Id of the lane it leaves. */
  readonly from: string;
  /** Id of the lane it reaches. */
  readonly to: string;
  /** When it left. */
  readonly startMs: number;
  /** When it arrived. */
  readonly endMs: number;
  /** Size of a message, bytes, where known. */
  readonly bytes?: number;
  /** Short text. */
  readonly label?: string;
}

/** A number that changes over time. */
export interface Counter {
  /** Its name, such as `queue length`. */
  readonly name: string;
  /** Its unit, such as `tasks` or `MiB`. */
  readonly unit: string;
  /** Moments, milliseconds since the recording's start, and values from then on. */
  readonly samples: readonly (readonly [atMs: number, value: number])[];
}

/** A moment worth a line. */
export interface Mark {
  /** When, milliseconds since the recording's start. */
  readonly atMs: number;
  /** What happened. */
  readonly label: string;
  /** Where; on all lanes when left out. */
  readonly lane?: string;
}

/** Who holds a lock and who waits for it, at one moment. */
export interface LockSnapshot {
  /** Id of the lock's lane, such as `lock results`. */
  readonly lock: string;
  /** What it is of, such as `Mutex`; it decides whom a waiter waits for. */
  readonly kind?: string;
  /** Permits of a semaphore, parties of a barrier, places of a channel. */
  readonly capacity?: number;
  /** Lanes that hold it. */
  readonly holders: readonly string[];
  /** Lanes that wait for it, longest first. */
  readonly waiters: readonly string[];
}

/** Lanes that had not come to their end when a run was ended from outside. */
export interface Stuck {
  /** Who. */
  readonly lanes: readonly string[];
  /** For what they waited, such as `barrier gate`, or a reason that the program told; absent if unknown. */
  readonly at?: string;
  /** The job that a thread of a pool has and has not done; it may be at work. */
  readonly job?: string;
  /** More of it, such as `held by main`. */
  readonly more?: string;
}

/**
 * How long one thread was on a core, and how long it was ready for one.
 *
 * Units: milliseconds. Counted by the system, not sampled: exact sums.
 */
export interface ThreadTime {
  /** Id of its lane, or the system's name of a thread that has none. */
  readonly lane: string;
  /** On a core. */
  readonly runningMs: number;
  /** Ready to run, while other threads had the cores. */
  readonly runnableMs: number;
}

/**
 * A stretch in which the main thread gave no timer, message or other task its
 * turn, and whose code had it. Units: milliseconds since the recording's start.
 */
export interface LoopHold {
  /** When a timer was due that did not get its turn; the code began a little before. */
  readonly startMs: number;
  /** When the loop was free again. */
  readonly endMs: number;
  /** Lane of the task that had the thread longest meanwhile, or `main`. */
  readonly lane: string;
  /** Label of its span, if it had one. */
  readonly label?: string;
  /** Where that task or span, or the trace, was called, such as `cell_3.ts:9`. */
  readonly site?: string;
  /** Name of the function that most samples found, where the thread could be sampled. */
  readonly code?: string;
  /** Where that function was, such as `cell_3.ts:4`; without a line where lines are not the source's. */
  readonly source?: string;
  /** Part of the samples that found it, 0 to 1. */
  readonly share?: number;
}

/**
 * What ran without the event loop having its turn: a callback, a reaction of a
 * promise, a microtask. Units: milliseconds since the recording's start.
 */
export interface LoopRun {
  /** What it was. */
  readonly kind:
    | "script"
    | "timer"
    | "immediate"
    | "message"
    | "nextTick"
    | "microtask"
    | "promise";
  /** What it is called, such as `ring`, or `work, after await`. */
  readonly label: string;
  /** Where it was asked for, such as `cell_3.ts:9`; absent if unknown. */
  readonly site?: string;
  /** Lane of the task that it belongs to, or `main`. */
  readonly lane: string;
  /** When it began. */
  readonly startMs: number;
  /** When it gave the thread back. */
  readonly endMs: number;
}

/** A turn of the event loop, and all that ran before the loop had its next. */
export interface LoopTurn {
  /**
   * What the loop did: `start` called the traced function, `I/O` had a file, a
   * request or another call of the system done.
   */
  readonly cause: "start" | "timer" | "immediate" | "message" | "I/O";
  /** What ran, in the order in which it did; never empty. */
  readonly runs: readonly LoopRun[];
}

/** All that one trace found. */
export interface Recording {
  /** Heading. */
  readonly title: string;
  /** How long it was, milliseconds. */
  readonly durationMs: number;
  /** Lanes, in the order in which they are shown. */
  readonly lanes: readonly Lane[];
  /** Spans, in the order of their starts. */
  readonly spans: readonly TraceSpan[];
  /** Arrows, in the order of their starts. */
  readonly links: readonly Link[];
  /** Counters. */
  readonly counters: readonly Counter[];
  /** Moments. */
  readonly marks: readonly Mark[];
  /** Locks as they were found last; a cycle among them is a deadlock. */
  readonly locks: readonly LockSnapshot[];
  /** Who waited for what when time was over; empty unless the run was ended from outside. */
  readonly stuck?: readonly Stuck[];
  /** Lanes of tasks, Workers and processes that were still there when the traced function returned. */
  readonly left?: readonly string[];
  /** Sentences: what could not be recorded, and why. */
  readonly missing: readonly string[];
  /** Sentences: what is worth knowing of the recording itself, such as its own cost. */
  readonly notes?: readonly string[];
  /** Times of threads, where the system tells them; the recording's own thread left out. */
  readonly threads?: readonly ThreadTime[];
  /** What ran in each turn of the event loop; of traces with `turns` only. */
  readonly turns?: readonly LoopTurn[];
  /** When the event loop was held for more than 50 ms. */
  readonly holds?: readonly LoopHold[];
  /** The circumstances. */
  readonly stamp: HonestyStamp;
}
