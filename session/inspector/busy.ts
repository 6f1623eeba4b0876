/**
 * Tells by evidence whether a session computes or merely waits.
 *
 * V8 must not be told to end code while the session waits: the next code to
 * run would be our own, and its loss would cost all variables. How long the
 * session takes to answer proves nothing on a busy machine; what its main
 * thread did in that time does. Elsewhere than on Linux only time is left.
 *
 * Source: proc(5), `/proc/pid/syscall` and `/proc/pid/task/tid/schedstat`.
 * @module
 */

/** What a main thread was seen doing. */
export interface ThreadEvidence {
  /** Processor time it has used so far, in nanoseconds. */
  readonly cpuNs: number;
  /** The system call it sleeps in; `null` when it runs or wants to run. */
  readonly syscall: number | null;
}

/** What speaks for computing: see {@link judge}. */
export interface Watch {
  /** Processor time when the session was told to stop, in nanoseconds. */
  readonly startNs: number;
  /** How often in a row it was seen to sleep in something but the event loop. */
  readonly blocked: number;
}

/** How much has to be seen before a session is called busy. */
export interface Patience {
  /** Processor time, in nanoseconds. */
  readonly cpuNs: number;
  /** How often in a row it sleeps in something but the event loop. */
  readonly blocked: number;
}

/**
 * A session needs a fraction of it to take a command and answer; a cell that
 * does not loop comes to an `await` in it, where it ends without harm to what
 * a library was about to do.
 */
export const WITH_CELLS: Patience = { cpuNs: 10e6, blocked: 2 };
/** Our own code has more to do, and must not be ended. */
export const WITH_OURSELVES: Patience = { cpuNs: 50e6, blocked: 50 };

/** What {@link untilBusy} asks again and again. */
export interface BusyQuestions {
  /** True when nobody needs to know any more. */
  readonly isOver: () => boolean;
  /** Whether it is likely our own code that computes in the session. */
  readonly isOurs: () => boolean;
}

/**
 * Judges whether a session computes, or blocks inside a call. Pure.
 *
 * @param watch What was seen before.
 * @param seen What is seen now.
 * @param patience How much it takes.
 * @returns The judgement, and what to remember.
 */
export function judge(
  watch: Watch,
  { cpuNs, syscall }: ThreadEvidence,
  patience: Patience,
): { readonly isBusy: boolean; readonly watch: Watch } {
  const sleepsElsewhere = syscall !== null && !EVENT_LOOP_CALLS.has(syscall);
  const blocked = sleepsElsewhere ? watch.blocked + 1 : 0;
  return {
    isBusy: blocked >= patience.blocked ||
      cpuNs - watch.startNs > patience.cpuNs,
    watch: { ...watch, blocked },
  };
}

/**
 * Waits until a session is seen to compute, or to block inside a call.
 *
 * @param pid The session's process.
 * @param questions What to ask meanwhile.
 * @returns Whether it was seen; false when it is over.
 */
export async function untilBusy(
  pid: number,
  { isOver, isOurs }: BusyQuestions,
): Promise<boolean> {
  const first = read(pid);
  if (first === null) {
    await pause(UNSEEN_WAIT_MS);
    if (!isOver() && isOurs()) await pause(UNSEEN_OURS_MS);
    return !isOver();
  }
  let watch: Watch = { startNs: first.cpuNs, blocked: 0 };
  while (!isOver()) {
    const seen = read(pid);
    if (seen === null) return false;
    const patience = isOurs() ? WITH_OURSELVES : WITH_CELLS;
    const judgement = judge(watch, seen, patience);
    if (judgement.isBusy) return true;
    watch = judgement.watch;
    await pause(SAMPLE_MS);
  }
  return false;
}

function read(pid: number): ThreadEvidence | null {
  try {
    const [cpuNs] = Deno.readTextFileSync(`/proc/${pid}/task/${pid}/schedstat`)
      .split(" ");
    const [call] = Deno.readTextFileSync(`/proc/${pid}/syscall`).split(" ");
    const number = Number(call);
    return {
      cpuNs: Number(cpuNs),
      // Text, when it runs; -1, when it sleeps outside of any call.
      syscall: Number.isNaN(number) || number < 0 ? null : number,
    };
  } catch {
    // Not Linux, or not for us to see, or the process has gone.
    return null;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** `epoll_wait`, `epoll_pwait`, `epoll_pwait2`: of x86-64, and of ARM64. */
const EVENT_LOOP_CALLS = new Set([232, 281, 441, 22]);
const SAMPLE_MS = 1;
const UNSEEN_WAIT_MS = 50;
const UNSEEN_OURS_MS = 200;
