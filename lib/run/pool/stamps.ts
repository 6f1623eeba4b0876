/**
 * The stamps by which jobs are timed, and where their time went.
 *
 * They travel in the messages that carry jobs and results anyway, so a traced
 * job goes the way of any other. A message is read before its receiver hears of
 * it; so where something large may follow, an empty message knocks first, and
 * what lies between the two is reading.
 *
 * Pure.
 * @module
 */
import type { CpuNote } from "../../trace/mod.ts";
import type { Interval } from "../guest.ts";

/** What a thread notes of results. Units: milliseconds of its own `performance.now()`. */
export interface Stamps {
  /** When it heard of the jobs' message, had read it, and had loaded what it lacked. */
  readonly head: readonly [heardMs: number, readMs: number, loadedMs: number];
  /** When it began to write the results. */
  readonly writingMs: number;
  /** Of each job: when it was called, had settled, and when its code ran; `null` for all the time. */
  readonly jobs: readonly (readonly [
    startMs: number,
    endMs: number,
    running: readonly Interval[] | null,
    cpu: CpuNote | null,
  ])[];
}

/** What our side knows of a message. Units: milliseconds of `performance.now()`. */
export interface OwnStamps {
  /** Lane of whoever sent it. */
  readonly from: string;
  /** When its writing began. */
  readonly takenMs: number;
  readonly sentMs: number;
  readonly readyMs: number;
  /** When the thread had written its results; `null` if they were small. */
  readonly writtenMs: number | null;
  /** When it knocked, or else when we had read them. */
  readonly knockMs: number;
  readonly readBackMs: number;
}

/** Works out the moments of the jobs whose results came in one message. */
export function toMoments(
  stamps: Stamps,
  own: OwnStamps,
): Omit<JobMoments, "queuedMs">[] {
  const { head: [knockMs, readMs, loadedMs], writingMs, jobs } = stamps;
  const { from, takenMs, readyMs, readBackMs } = own;
  const there = splitCopy({
    takenMs,
    writtenMs: own.sentMs,
    knockMs,
    readMs,
  });
  const back = splitCopy({
    takenMs: writingMs,
    writtenMs: own.writtenMs ?? writingMs,
    knockMs: own.knockMs,
    readMs: readBackMs,
  });
  return jobs.map(([startMs, endMs, running, cpu]) => ({
    from,
    takenMs,
    sentMs: there.writtenMs,
    readyMs,
    heardMs: there.heardMs,
    readMs,
    loadedMs,
    startMs,
    endMs,
    writingMs,
    writtenMs: back.writtenMs,
    heardBackMs: back.heardMs,
    readBackMs,
    running,
    cpu,
  }));
}

/**
 * Tells writing, being on the way and reading of one message apart.
 *
 * The receiver may hear the knock while the rest is being written, and nothing
 * is read before that is done. A writer that loses its core right then notes
 * the end of its writing too late; as much time is then taken for reading as
 * for writing, which are of about the same length.
 */
function splitCopy(
  { takenMs, writtenMs, knockMs, readMs }: {
    readonly takenMs: number;
    readonly writtenMs: number;
    readonly knockMs: number;
    readonly readMs: number;
  },
): { readonly writtenMs: number; readonly heardMs: number } {
  if (writtenMs <= readMs) {
    return {
      writtenMs,
      heardMs: Math.min(readMs, Math.max(knockMs, writtenMs)),
    };
  }
  const middleMs = (Math.max(knockMs, takenMs) + readMs) / 2;
  return { writtenMs: middleMs, heardMs: middleMs };
}

/** Moves a thread's stamps to our clock. */
export function moveStamps(
  { head: [heardMs, readMs, loadedMs], writingMs, jobs }: Stamps,
  toOwn: (ms: number) => number,
): Stamps {
  return {
    head: [toOwn(heardMs), toOwn(readMs), toOwn(loadedMs)],
    writingMs: toOwn(writingMs),
    jobs: jobs.map(([startMs, endMs, running, cpu]) => [
      toOwn(startMs),
      toOwn(endMs),
      running?.map(([from, to]): Interval => [toOwn(from), toOwn(to)]) ?? null,
      cpu && [toOwn(cpu[0]), toOwn(cpu[1]), cpu[2], cpu[3]],
    ]),
  };
}

/**
 * Tells whether reading some values may take time worth a number of its own.
 *
 * Shipped into threads by its text, so it uses nothing from outside.
 */
export function mayBeLarge(values: readonly unknown[]): boolean {
  // Reading a shorter one takes less than a microsecond.
  const smallString = 1000;
  return values.some((value) =>
    typeof value === "string"
      ? value.length > smallString
      : typeof value === "object" && value !== null
  );
}

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
  readonly sentMs: number;
  /** The thread had started; long before it was sent, unless the job waited for that. */
  readonly readyMs: number;
  readonly heardMs: number;
  readonly readMs: number;
  /** It had loaded what it lacked: the function, or what locks need. */
  readonly loadedMs: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly writingMs: number;
  readonly writtenMs: number;
  readonly heardBackMs: number;
  readonly readBackMs: number;
  /** When its code ran between start and end; `null` for all the time. */
  readonly running: readonly Interval[] | null;
  /** What its thread's times on cores were, if that was asked at the job's end. */
  readonly cpu: CpuNote | null;
}

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
