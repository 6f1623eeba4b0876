/**
 * Watches what a session and its processes take, and tells when it is too much.
 *
 * Looks a few times a second, which takes 1 to 2 % of a core; and at once when
 * the machine has many more threads of a sudden, since programs that start
 * themselves again and again soon leave no time to look.
 * @module
 */
import {
  type Breach,
  defaultLimits,
  findBreach,
  type Limits,
  type Usage,
} from "./limits.ts";
import { fromFileUrl } from "./paths.ts";
import type { Permissions } from "./permissions.ts";
import type { ProcessFacts } from "./processes/census.ts";
import type { Family } from "./processes/family.ts";
import {
  countOpenFiles,
  countThreads,
  readFreeDiskMb,
  readMemoryMb,
  readTotalMemoryMb,
  readWrittenMb,
} from "./processes/usage.ts";

/** What is watched, and who is told. */
export interface WatchOptions {
  /** The processes. */
  readonly family: Family;
  /** What they may take. */
  readonly limits: Limits;
  /** A folder on the disk that they may fill. */
  readonly folder: string;
  /** Whether no cell runs: then it looks once a second. */
  readonly isIdle: () => boolean;
  /** Called when a limit was reached; then it has stopped watching. */
  readonly onBreach: (breach: Breach) => void;
}

/**
 * Chooses the limits of a session.
 *
 * @param options What the user wants, and what cells may touch.
 */
export function chooseLimits(
  { limits = {}, permissions, notebookUrl }: {
    readonly limits?: Limits;
    readonly permissions: Permissions;
    readonly notebookUrl: string;
  },
): Limits {
  if (permissions.type === "all") return limits;
  const folder = fromFileUrl(new URL(".", notebookUrl).href);
  return {
    ...defaultLimits({
      memoryMb: readTotalMemoryMb(),
      freeDiskMb: readFreeDiskMb(folder),
    }),
    ...limits,
  };
}

/**
 * Watches until it is disposed of, or a limit was reached.
 *
 * @param options What is watched, and who is told.
 */
export function watchLimits(options: WatchOptions): Disposable {
  const { family, limits, folder, isIdle, onBreach } = options;
  const freeMb = readFreeDiskMb(folder);
  const sudden = (limits.maxProcesses ?? Infinity) / 2;
  let threads = countThreads();
  let nextMs = performance.now() + PERIOD_MS;
  const look = () => {
    const startMs = performance.now();
    const processes = family.list();
    // What multiplies has to be found before anything else is looked at.
    const breach = findBreach(count(processes), limits) ??
      findBreach(measure(processes, folder, freeMb), limits);
    threads = countThreads();
    const tookMs = performance.now() - startMs;
    const restMs = isIdle() ? LONGEST_MS : Math.max(PERIOD_MS, tookMs * 50);
    nextMs = startMs + Math.min(restMs, LONGEST_MS);
    if (breach === null) return;
    clearInterval(timer);
    family.endAll(processes);
    onBreach(breach);
  };
  if (Object.keys(limits).length === 0) return { [Symbol.dispose]() {} };
  const timer = setInterval(() => {
    const isSudden = countThreads() - threads > sudden;
    if (isSudden || performance.now() >= nextMs) look();
  }, GLANCE_MS);
  // It is no reason for the program to go on.
  Deno.unrefTimer(timer);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

function count(processes: readonly ProcessFacts[]): Partial<Usage> {
  return {
    maxProcesses: processes.length,
    maxThreads: processes.reduce((sum, { threads }) => sum + threads, 0),
  };
}

function measure(
  processes: readonly ProcessFacts[],
  folder: string,
  freeAtFirstMb: number | null,
): Partial<Usage> {
  const sum = (measure: (process: ProcessFacts) => number) =>
    processes.reduce((total, process) => total + measure(process), 0);
  const freeMb = readFreeDiskMb(folder);
  const goneMb = freeAtFirstMb === null || freeMb === null
    ? 0
    : freeAtFirstMb - freeMb;
  return {
    maxMemoryMb: sum(readMemoryMb),
    maxOpenFiles: sum(countOpenFiles),
    // Others fill the disk as well, and not all that is written stays there.
    maxDiskMb: goneMb <= 0 ? 0 : Math.min(goneMb, sum(readWrittenMb)),
  };
}

const GLANCE_MS = 50;
const PERIOD_MS = 200;
const LONGEST_MS = 1000;
