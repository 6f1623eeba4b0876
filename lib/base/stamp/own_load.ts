/**
 * How much of a core this process had, and how often it was taken off one: what
 * the system tells every process of itself, without a permission.
 *
 * Reads the system's counts; what they mean is worked out in `noise.ts`.
 * @module
 */

/** What a process had of the cores while something ran. */
export interface OwnLoad {
  readonly wallMs: number;
  /** Time on cores, all threads together, milliseconds; child processes are not counted. */
  readonly cpuMs: number;
  /** How often a thread that wanted to go on was taken off its core; `null` if unknown. */
  readonly preemptions: number | null;
}

export type OwnReading = OwnLoad;

export async function readOwnLoad(): Promise<OwnReading | null> {
  return (await openOwnLoad())();
}

/** Tells what the process had between two readings. */
export function subtractLoad(
  start: OwnReading | null,
  end: OwnReading | null,
): OwnLoad | null {
  if (start === null || end === null) return null;
  const isCounted = start.preemptions !== null && end.preemptions !== null;
  return {
    wallMs: end.wallMs - start.wallMs,
    cpuMs: end.cpuMs - start.cpuMs,
    preemptions: isCounted ? end.preemptions! - start.preemptions! : null,
  };
}

/**
 * Adds up what the process had in several stretches, such as those in which its
 * threads were known.
 */
export function sumLoads(loads: readonly (OwnLoad | null)[]): OwnLoad | null {
  return loads.reduce((sum, more) => {
    if (sum === null || more === null) return sum ?? more;
    const isCounted = sum.preemptions !== null && more.preemptions !== null;
    return {
      wallMs: sum.wallMs + more.wallMs,
      cpuMs: sum.cpuMs + more.cpuMs,
      preemptions: isCounted ? sum.preemptions! + more.preemptions! : null,
    };
  }, null);
}

/**
 * Estimates for how long others had the core of a process with one thread that
 * has work: as far as it was taken off that, for a turn each time. What it lost
 * in longer pieces, it slept.
 *
 * Units: milliseconds.
 */
export function estimateTakenMs(
  { wallMs, cpuMs, preemptions }: OwnLoad,
): number {
  const lostMs = Math.max(0, wallMs - cpuMs);
  return Math.min(lostMs, (preemptions ?? 0) * LONGEST_TURN_MS);
}

/**
 * Computes which part of its time code of one thread computed, others' turns
 * left out.
 */
export function computeCpuShare(load: OwnLoad | null): number | null {
  if (load === null || load.wallMs <= 0) return null;
  const ownMs = load.wallMs - estimateTakenMs(load);
  return Math.min(1, load.cpuMs / Math.max(ownMs, Number.MIN_VALUE));
}

/** Makes what reads the counts without waiting. */
export async function openOwnLoad(): Promise<() => OwnReading | null> {
  const { default: process } = await import("node:process");
  return () => {
    try {
      const { userCPUTime, systemCPUTime, involuntaryContextSwitches } = process
        .resourceUsage();
      return {
        wallMs: performance.now(),
        cpuMs: (userCPUTime + systemCPUTime) / 1000,
        preemptions: process.platform === "win32"
          ? null
          : involuntaryContextSwitches,
      };
    } catch {
      // A runtime without these counts: nothing is known then.
      return null;
    }
  };
}

/**
 * Looks which part of a core others have now: computes for 40 ms without a pause
 * on this thread. What its process did not get of that, somebody else did.
 */
export async function lookForOthers(): Promise<number | null> {
  const read = await openOwnLoad();
  const start = read();
  const endMs = performance.now() + LOOK_MS;
  while (performance.now() < endMs);
  const load = subtractLoad(start, read());
  return load === null ? null : Math.max(0, 1 - load.cpuMs / load.wallMs);
}

// Several turns of others, which are 3 to 6 ms long.
const LOOK_MS = 40;
// Linux gives others the core for 3 to 6 ms at a time, where all are alike.
const LONGEST_TURN_MS = 12;
