/**
 * How long a thread was on a core while it had work, asked inside of it.
 *
 * Shipped by its own text, so it uses nothing from outside but globals. The
 * system's count goes in steps of 10 ms in Deno, and asking costs 10 µs; so it
 * is asked after 5 ms of work at most, and said of all work since it was asked
 * before. What follows from it is decided in `core_share.ts`.
 * @module
 */
import { getBuiltin } from "../platform/mod.ts";
import { CPU_STEP_MS, type Stretch, type Tap } from "../base/record/mod.ts";

/** Times on cores so far. Units: milliseconds. */
export interface CpuTimes {
  /** Of this thread, in steps of up to 20 ms; `null` if unknown. */
  readonly threadMs: number | null;
  /** Of all threads of this process, to the microsecond; `null` if unknown. */
  readonly processMs: number | null;
}

/**
 * Reads how long this thread and its process were on cores: Deno and Node tell
 * it without a permission.
 */
export function readCpuTimes(
  process: unknown = (globalThis as { readonly process?: unknown }).process,
): CpuTimes {
  type Usage = { readonly user: number; readonly system: number };
  const { cpuUsage, threadCpuUsage } = (process ?? {}) as {
    cpuUsage?: () => Usage;
    threadCpuUsage?: () => Usage;
  };
  const toMs = (read?: () => Usage) => {
    try {
      const used = read?.call(process);
      return used === undefined ? null : (used.user + used.system) / 1000;
    } catch {
      // Where the system does not tell, it stays unknown.
      return null;
    }
  };
  return { threadMs: toMs(threadCpuUsage), processMs: toMs(cpuUsage) };
}

/** From when to when a thread worked, and its times on cores then. Units: milliseconds of its own `performance.now()`. */
export type CpuNote = readonly [
  fromMs: number,
  untilMs: number,
  before: CpuTimes,
  after: CpuTimes,
];

export interface CpuWatch {
  /** Work that is of interest begins. */
  begin(): void;
  /** A piece of it has ended; tells what there is to tell, if it is time to ask. */
  end(
    endMs: number,
    ran: readonly (readonly [startMs: number, endMs: number])[],
  ): CpuNote | null;
  /** Work comes that is of no interest. */
  skip(): void;
}

/** Starts watching the thread that calls it; of each piece of work by itself, or of what is worth asking. */
export function watchCpu(read: () => CpuTimes, isEach: boolean): CpuWatch {
  const [leastWorkMs, leastGapMs] = isEach ? [0, 0] : [1, 5];
  let asked: { readonly atMs: number; readonly times: CpuTimes } | null = null;
  let workMs = 0;
  return {
    begin() {
      if (isEach) asked = null;
      asked ??= { atMs: performance.now(), times: read() };
    },
    end(endMs, ran) {
      for (const [from, to] of ran) workMs += to - from;
      const before = asked;
      if (before === null || workMs < leastWorkMs) return null;
      if (endMs - before.atMs < leastGapMs) return null;
      asked = { atMs: endMs, times: read() };
      workMs = 0;
      return [before.atMs, endMs, before.times, asked.times];
    },
    skip() {
      asked = null;
      workMs = 0;
    },
  };
}

/** Reads how long this thread and the whole process were on cores so far. */
export function readCpu(): CpuTimes {
  return readCpuTimes(getBuiltin("node:process"));
}

/** Tells the tap of the main thread; gives the time of the whole process, `null` if unknown. */
export function tellCpu(
  tap: Tap,
  start: CpuTimes,
  { startMs, endMs }: Stretch,
): number | null {
  const { threadMs, processMs } = readCpu();
  if (threadMs !== null && start.threadMs !== null) {
    const cpuMs = threadMs - start.threadMs;
    const errorMs = CPU_STEP_MS;
    tap.cpu?.({ lane: "main", startMs, endMs, cpuMs, errorMs });
  }
  return processMs === null || start.processMs === null
    ? null
    : processMs - start.processMs;
}
