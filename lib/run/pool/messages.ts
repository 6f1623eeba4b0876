/**
 * What a thread and its maker say to each other.
 *
 * Pure: types and numbers. Messages are arrays, as they cost half of what
 * objects cost to copy; the first item says which one it is. What is no array
 * is the result of the one job, as it is: that costs half of an array again.
 * Jobs have no numbers: results come back in the order of the jobs. Of timed
 * jobs, the last item of `OK`, `ERROR` and `SHARED` are the stamps of `stamps.ts`.
 * @module
 */

/** What a thread is told. */
export const ORDERS = {
  /** `[CODE, id, name, source]`: a function to come. */
  CODE: 0,
  /** `[RUN, id, args, args, …]`: jobs of one function. */
  RUN: 1,
  /** The same, of a function that leaves nothing behind; see `isPlain()` of `task.ts`. */
  RUN_PLAIN: 2,
  /** The same, with locks or channels among the arguments. */
  RUN_SHARED: 3,
  /** `[KNOCK]`: something large may follow, which takes time to read. */
  KNOCK: 4,
  /** `[TIMED, id, isShared, isWatched, args, args, …]`: jobs whose steps are timed. */
  TIMED: 5,
} as const;

/** What a thread says. */
export const REPLIES = {
  /** `[OK, value, value, …]`: jobs have returned. */
  OK: 0,
  /** `[ERROR, value, …, report]`: the last of them has thrown. */
  ERROR: 1,
  /** `[SHARED, value, …, form]`: the last of them has returned something with locks. */
  SHARED: 2,
  /** `[READY, originMs, readyMs, threadId]`: the thread has started. */
  READY: 3,
  /** `[KNOCK]`: results follow that may be large; after them comes `WRITTEN`. */
  KNOCK: 4,
  /** `[CRASHED, report, job]`: something was thrown that no job awaits, by the code of which job. */
  CRASHED: 5,
  /** `[LEFT, code]`: a job ends the thread or Worker. */
  LEFT: 6,
  /** `[NO_MEMORY]`: V8 has ended a job that filled the memory. */
  NO_MEMORY: 7,
  /** `[WRITTEN, writtenMs]`: when the large results had been written. */
  WRITTEN: 8,
} as const;

/** One message from a thread that is more than a result. */
export type Reply = readonly [kind: number, ...content: unknown[]];

/** What is at the other end: a thread, a Web Worker, or a process. */
export type GuestKind = "thread" | "worker" | "process";

/** What the other end is told first. */
export interface Setup {
  readonly kind: GuestKind;
  readonly lane: string;
  /** Of a thread the lock that it holds as long as it lives; of a process what precedes its messages. */
  readonly secret: string;
  readonly syncUrl: string;
  readonly orders: typeof ORDERS;
  readonly replies: typeof REPLIES;
}
