/**
 * Tells by evidence whether a session computes, merely waits, or is deaf.
 *
 * V8 must not be told to end code while the session waits: the next code to
 * run would be our own, and its loss would cost all variables. How long the
 * session takes to answer proves nothing on a busy machine; what its main
 * thread did in that time does. Elsewhere than on Linux only time is left.
 *
 * Source: proc(5), `/proc/pid/syscall` and, of `/proc/pid/task/tid`, `schedstat`,
 * `stat`, `status` and `io`.
 * @module
 */

/** What a main thread was seen doing. */
export interface ThreadEvidence {
  /** Processor time it has used so far, in nanoseconds. */
  readonly cpuNs: number;
  /** The system call it sleeps in; `null` when it runs or wants to run. */
  readonly syscall: number | null;
  /**
   * How often it has waited, read, written, or touched new memory so far: a loop
   * does nothing of it, and nearly all that libraries do does; `null` when the
   * system does not tell.
   */
  readonly stirs: number | null;
}

/** What was seen until now: see {@link judge}. */
export interface Watch {
  /** Processor time when the session was told to stop, in nanoseconds. */
  readonly startNs: number;
  /** Processor time when it was last seen to stir, in nanoseconds. */
  readonly stirredNs: number;
  /** How often it had stirred by then. */
  readonly stirs: number | null;
  /** How often in a row it was seen to sleep in something but the event loop. */
  readonly blocked: number;
  /** How often in a row it was seen to sleep in the event loop. */
  readonly asleep: number;
}

/** Whose code it likely is that runs in a session, which tells how to treat it. */
export type Runner =
  /** A cell, which is to end. */
  | "cell"
  /** Callbacks of cells that have ended, or we ourselves. */
  | "nobody"
  /** We ourselves, and what libraries do when a cell is interrupted. */
  | "upkeep";

/** What a session was found to do, that does not answer. */
export type Verdict =
  /** It computes, or blocks inside a call. */
  | "busy"
  /** It waits for events, and yet does not hear: nobody listens any more. */
  | "deaf"
  /** Nobody needs to know any more. */
  | "over";

/** What {@link watchSession} asks again and again. */
export interface WatchQuestions {
  /** True when nobody needs to know any more. */
  readonly isOver: () => boolean;
  /** Whose code it likely is that runs. */
  readonly runner: () => Runner;
  /**
   * How often V8 has ended code before, in vain as it seems: after the first
   * time most likely the session has not come to its answer yet, and must not be
   * hit once more; after more it swallows the blows.
   */
  readonly timesEnded: number;
}

/** What has to be seen before a session is called busy. */
export interface Patience {
  /** Processor time, in nanoseconds. */
  readonly cpuNs: number;
  /** Processor time in which it does not stir. @default it does not count */
  readonly unstirredNs?: number;
  /** How often in a row it sleeps in something but the event loop. */
  readonly blocked: number;
}

/**
 * Chooses how much has to be seen. Pure.
 *
 * @param runner Whose code it likely is.
 * @param timesEnded How often V8 has ended code before.
 */
export function choosePatience(runner: Runner, timesEnded: number): Patience {
  const first = PATIENCE[runner];
  if (timesEnded === 0 || runner === "upkeep") return first;
  return timesEnded === 1 ? AFTER_AN_END : AFTER_MORE;
}

/**
 * Judges whether a session computes, blocks inside a call, or is deaf. Pure.
 *
 * @param watch What was seen before.
 * @param seen What is seen now.
 * @param patience How much has to be seen.
 * @returns The judgement, if there is one yet, and what to remember.
 */
export function judge(
  watch: Watch,
  { cpuNs, syscall, stirs }: ThreadEvidence,
  patience: Patience,
): { readonly verdict: Verdict | null; readonly watch: Watch } {
  const isAsleep = syscall !== null && EVENT_LOOP_CALLS.has(syscall);
  const isBlocked = syscall !== null && !isAsleep;
  const blocked = isBlocked ? watch.blocked + 1 : 0;
  const asleep = isAsleep ? watch.asleep + 1 : 0;
  const isStill = stirs !== null && stirs === watch.stirs;
  const stirredNs = isStill ? watch.stirredNs : cpuNs;
  const isBusy = blocked >= patience.blocked ||
    cpuNs - watch.startNs > patience.cpuNs ||
    cpuNs - stirredNs > (patience.unstirredNs ?? Infinity);
  return {
    verdict: isBusy ? "busy" : asleep >= ASLEEP_SAMPLES ? "deaf" : null,
    watch: { ...watch, stirredNs, stirs, blocked, asleep },
  };
}

/**
 * Watches a session that was told to stop until it is clear why it does not.
 *
 * @param pid The session's process.
 * @param questions What to ask meanwhile.
 */
export async function watchSession(
  pid: number,
  { isOver, runner, timesEnded }: WatchQuestions,
): Promise<Verdict> {
  const first = read(pid);
  if (first === null) {
    await pause(UNSEEN_WAIT_MS);
    if (!isOver() && runner() !== "cell") await pause(UNSEEN_OURS_MS);
    return isOver() ? "over" : "busy";
  }
  let watch: Watch = {
    startNs: first.cpuNs,
    stirredNs: first.cpuNs,
    stirs: first.stirs,
    blocked: 0,
    asleep: 0,
  };
  while (!isOver()) {
    const seen = read(pid);
    if (seen === null) return "over";
    const judgement = judge(watch, seen, choosePatience(runner(), timesEnded));
    if (judgement.verdict !== null) return judgement.verdict;
    watch = judgement.watch;
    await pause(SAMPLE_MS);
  }
  return "over";
}

/**
 * Tells whether a session is seen to wait for events; true where nobody sees it.
 *
 * @param pid The session's process.
 */
export function isIdle(pid: number): boolean {
  const seen = read(pid);
  return seen === null ||
    (seen.syscall !== null && EVENT_LOOP_CALLS.has(seen.syscall));
}

function read(pid: number): ThreadEvidence | null {
  try {
    const thread = `/proc/${pid}/task/${pid}`;
    const [cpuNs] = Deno.readTextFileSync(`${thread}/schedstat`).split(" ");
    const [call] = Deno.readTextFileSync(`/proc/${pid}/syscall`).split(" ");
    const number = Number(call);
    return {
      cpuNs: Number(cpuNs),
      // Text, when it runs; -1, when it sleeps outside of any call.
      syscall: Number.isNaN(number) || number < 0 ? null : number,
      stirs: countStirs(thread),
    };
  } catch {
    // Not Linux, or not for us to see, or the process has gone.
    return null;
  }
}

function countStirs(thread: string): number | null {
  try {
    const stat = Deno.readTextFileSync(`${thread}/stat`);
    // The name in it may hold anything; minor and major faults come after it.
    const fields = stat.slice(stat.lastIndexOf(")")).split(" ");
    const texts = ["status", "io"].map((name) =>
      Deno.readTextFileSync(`${thread}/${name}`)
    ).join("\n");
    const counts = [...texts.matchAll(STIRS)].map(([, count]) => Number(count));
    return counts.length < STIR_KINDS
      ? null
      : [...counts, Number(fields[8]), Number(fields[10])]
        .reduce((sum, count) => sum + count);
  } catch {
    // Some systems keep it to themselves.
    return null;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** `epoll_wait`, `epoll_pwait`, `epoll_pwait2`: of x86-64, and of ARM64. */
const EVENT_LOOP_CALLS = new Set([232, 281, 441, 22]);
/**
 * To take a command and answer needs a fraction of it; and a cell that does not
 * loop comes to an `await`, where it ends without harm to what a library was
 * about to do.
 */
const PATIENCE: Readonly<Record<Runner, Patience>> = {
  // To start a process takes 20 ms on a busy machine, in Deno's own code; but it
  // stirs. What a cell's end takes of ours, without a stir, is below one.
  cell: { cpuNs: 30e6, unstirredNs: 8e6, blocked: 30 },
  nobody: { cpuNs: 50e6, blocked: 50 },
  // A pool may have a million jobs to refuse.
  upkeep: { cpuNs: 3e9, blocked: 1000 },
};
const AFTER_AN_END: Patience = { cpuNs: 200e6, blocked: 200 };
const AFTER_MORE: Patience = { cpuNs: 5e6, blocked: 200 };
const STIRS = /^(?:voluntary_ctxt_switches|syscr|syscw):\s+(\d+)$/gm;
const STIR_KINDS = 3;
/** Whoever listens takes a command in the next turn of the event loop. */
const ASLEEP_SAMPLES = 200;
const SAMPLE_MS = 1;
const UNSEEN_WAIT_MS = 50;
const UNSEEN_OURS_MS = 200;
