/**
 * How much a session may take of the machine, with all that its cells start:
 * V8's own limit sees neither array buffers nor WASM, Workers or processes.
 *
 * Pure: facts in, decisions and sentences out. Who looks is `limits_watch.ts`.
 * @module
 */

/** Limits of a session and its processes, taken together. */
export interface Limits {
  /** Memory of their own, in MiB. @default no limit */
  readonly maxMemoryMb?: number;
  /** Processes. @default no limit */
  readonly maxProcesses?: number;
  /** Threads. @default no limit */
  readonly maxThreads?: number;
  /** Open files, sockets and pipes. @default no limit */
  readonly maxOpenFiles?: number;
  /** What they write into files, in MiB. @default no limit */
  readonly maxDiskMb?: number;
}

/** What the machine has. */
export interface Machine {
  /** Memory, in MiB. */
  readonly memoryMb: number;
  /** Free space where the notebook is, in MiB; `null` when that is not known. */
  readonly freeDiskMb: number | null;
}

/** What a session and its processes take. */
export type Usage = Readonly<Record<keyof Limits, number>>;

/** A limit that was reached. */
export interface Breach {
  /** Which. */
  readonly limit: keyof Limits;
  /** What was found. */
  readonly found: number;
  /** What is allowed. */
  readonly allowed: number;
}

/**
 * Chooses limits that leave the machine usable, for a notebook that nobody
 * vouches for.
 *
 * @param machine What the machine has.
 */
export function defaultLimits({ memoryMb, freeDiskMb }: Machine): Limits {
  return {
    maxMemoryMb: Math.floor(memoryMb * MEMORY_SHARE),
    maxProcesses: MAX_PROCESSES,
    maxThreads: MAX_THREADS,
    maxOpenFiles: MAX_OPEN_FILES,
    ...freeDiskMb === null
      ? {}
      : { maxDiskMb: Math.floor(freeDiskMb * DISK_SHARE) },
  };
}

/**
 * Looks for a limit that was reached.
 *
 * @param usage What is taken.
 * @param limits What is allowed.
 * @returns The first that was; `null` when none was.
 */
export function findBreach(
  usage: Partial<Usage>,
  limits: Limits,
): Breach | null {
  for (const limit of Object.keys(WORDS) as (keyof Limits)[]) {
    const allowed = limits[limit];
    const found = usage[limit];
    if (allowed !== undefined && found !== undefined && found > allowed) {
      return { limit, found, allowed };
    }
  }
  return null;
}

/**
 * Says what was reached, and which option changes it.
 *
 * @param breach The limit.
 */
export function describeBreach({ limit, found, allowed }: Breach): string {
  const { what, unit, option } = WORDS[limit];
  // "1 threads" is no English; what is counted is known by then.
  const most = unit === MEBI ? `${allowed}${unit}` : `${allowed}`;
  return `the cells and all they have started ${what} ${
    Math.round(found)
  }${unit}, the limit is ${most} (--${option})`;
}

const MEBI = " MiB";
const WORDS: Readonly<
  Record<
    keyof Limits,
    { readonly what: string; readonly unit: string; readonly option: string }
  >
> = {
  maxMemoryMb: {
    what: "took a memory of",
    unit: MEBI,
    option: "max-memory-mb",
  },
  maxProcesses: {
    what: "were",
    unit: " processes",
    option: "max-processes",
  },
  maxThreads: { what: "had", unit: " threads", option: "max-threads" },
  maxOpenFiles: {
    what: "held",
    unit: " open files and sockets",
    option: "max-open-files",
  },
  maxDiskMb: {
    what: "filled the disk with",
    unit: MEBI,
    option: "max-disk-mb",
  },
};

const MEMORY_SHARE = 0.75;
const DISK_SHARE = 0.5;
const MAX_PROCESSES = 256;
const MAX_THREADS = 4096;
const MAX_OPEN_FILES = 16_384;
