/**
 * Where the time of a job went.
 *
 * Pure. The moments are noted by `thread.ts` and `thread_guest.ts`; here they
 * become lengths.
 * @module
 */
import type { Interval } from "../guest.ts";
import type { CpuNote } from "./stamps.ts";

/** Where the time of a job went. Units: milliseconds; all others add up to `totalMs`. */
export interface JobTiming {
  /** It waited for a thread that was ready: the start of one, and loading the function, are included. */
  readonly queueMs: number;
  /** Values were written: the arguments on this side, the result on the other. */
  readonly serialiseMs: number;
  /** A message was there and the thread was not yet: both ways. */
  readonly wakeMs: number;
  /** The function ran, or awaited something. */
  readonly runMs: number;
  /** Values were read: the arguments on the other side, the result on this one. */
  readonly deserialiseMs: number;
  /** From the call to its result. */
  readonly totalMs: number;
}

/** The moments of a job. Units: milliseconds of `performance.now()` of this isolate. */
export interface JobMoments {
  /** Lane of whoever sent it: `main`, or a task of a trace. */
  readonly from: string;
  /** It was asked for. */
  readonly queuedMs: number;
  /** A thread was free for it. */
  readonly takenMs: number;
  /** Its arguments were written. */
  readonly sentMs: number;
  /** The thread had started; long before it was sent, unless the job waited for that. */
  readonly readyMs: number;
  /** The thread heard of it. */
  readonly heardMs: number;
  /** The thread had read its arguments. */
  readonly readMs: number;
  /** It had loaded what it lacked: the function, or what locks need. */
  readonly loadedMs: number;
  /** It called the function. */
  readonly startMs: number;
  /** It had settled. */
  readonly endMs: number;
  /** The thread began to write the result. */
  readonly writingMs: number;
  /** The thread had written the result. */
  readonly writtenMs: number;
  /** We heard of it. */
  readonly heardBackMs: number;
  /** We had read the result. */
  readonly readBackMs: number;
  /** When its code ran between start and end; `null` for all the time. */
  readonly running: readonly Interval[] | null;
  /** What its thread's time on a core was, if it was asked at the job's end. */
  readonly cpu: CpuNote | null;
}

/** Works out where the time went. */
export function toTiming(moments: JobMoments): JobTiming {
  const startedMs = Math.max(moments.sentMs, moments.readyMs);
  return {
    queueMs: (moments.takenMs - moments.queuedMs) +
      (startedMs - moments.sentMs) + (moments.startMs - moments.readMs),
    serialiseMs: (moments.sentMs - moments.takenMs) +
      (moments.writtenMs - moments.writingMs),
    wakeMs: (moments.heardMs - startedMs) +
      (moments.heardBackMs - moments.writtenMs),
    runMs: moments.writingMs - moments.startMs,
    deserialiseMs: (moments.readMs - moments.heardMs) +
      (moments.readBackMs - moments.heardBackMs),
    totalMs: moments.readBackMs - moments.queuedMs,
  };
}
