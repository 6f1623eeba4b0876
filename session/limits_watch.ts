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
import type { Permissions } from "./permissions.ts";
import type { ProcessFacts } from "./processes/census.ts";
import type { Family } from "./processes/family.ts";
import {
  countOpenFiles,
  countThreads,
  openDisk,
  readMemoryMb,
  readTotalMemoryMb,
  readWrittenMb,
} from "./processes/usage.ts";

/** What is watched, and who is told. */
export interface WatchOptions {
  /** The processes. */
  readonly family: Family;
  /** What the user lets them take, and what cells may touch. */
  readonly limits: Limits | undefined;
  readonly permissions: Permissions;
  /** A folder on the disk that they may fill. */
  readonly folder: string;
  /** Whether no cell runs: then it looks once a second. */
  readonly isIdle: () => boolean;
  /** Called when a limit was reached; then it has stopped watching. */
  readonly onBreach: (breach: Breach) => void;
}

/**
 * Watches until it is disposed of, or a limit was reached.
 *
 * @param options What is watched, and who is told.
 */
export function watchLimits(options: WatchOptions): Disposable {
  const { limits = {}, permissions, folder } = options;
  const isLimited = permissions.type !== "all" ||
    Object.keys(limits).length > 0;
  let watch: Disposable | null = null;
  let isOver = !isLimited;
  const begin = (readFreeMb: () => number | null) => {
    if (!isOver) watch = startWatch(options, readFreeMb);
  };
  if (isLimited) void openDisk(folder).then(begin);
  return {
    [Symbol.dispose]() {
      isOver = true;
      watch?.[Symbol.dispose]();
    },
  };
}

function startWatch(
  { family, limits: wanted = {}, permissions, isIdle, onBreach }: WatchOptions,
  readFreeMb: () => number | null,
): Disposable {
  const freeMb = readFreeMb();
  const memoryMb = readTotalMemoryMb();
  const limits = permissions.type === "all"
    ? wanted
    : { ...defaultLimits({ memoryMb, freeDiskMb: freeMb }), ...wanted };
  const sudden = (limits.maxProcesses ?? Infinity) / 2;
  let threads = countThreads();
  let nextMs = performance.now() + PERIOD_MS;
  const look = () => {
    const startMs = performance.now();
    const processes = family.list();
    // What multiplies has to be found before anything else is looked at.
    const breach = findBreach(count(processes), limits) ??
      findBreach(measure(processes, freeMb, readFreeMb()), limits);
    threads = countThreads();
    const tookMs = performance.now() - startMs;
    const restMs = isIdle() ? LONGEST_MS : Math.max(PERIOD_MS, tookMs * 50);
    nextMs = startMs + Math.min(restMs, LONGEST_MS);
    if (breach === null) return;
    clearInterval(timer);
    family.endAll(processes);
    onBreach(breach);
  };
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
  freeAtFirstMb: number | null,
  freeMb: number | null,
): Partial<Usage> {
  const sum = (measure: (process: ProcessFacts) => number) =>
    processes.reduce((total, process) => total + measure(process), 0);
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
