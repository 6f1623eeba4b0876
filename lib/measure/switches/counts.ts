/**
 * From what Linux tells of threads to what each did meanwhile: text of `/proc` to
 * numbers, and differences of numbers; else what the process tells of itself.
 *
 * Reads are synchronous: asynchronous ones would wake helper threads, and so make
 * switches of their own.
 * @module
 */
import { system } from "../../platform/mod.ts";
import type { ThreadKind, ThreadSwitches } from "./switches.ts";

/** What is known of a thread at one moment. */
export interface ThreadReading {
  readonly tid: number;
  /** Its name as the system has it, at most 15 characters. */
  readonly name: string;
  /** Times it gave its core away, since it began. */
  readonly voluntary: number;
  /** Times its core was taken from it, since it began. */
  readonly involuntary: number;
  /** How long it ran, nanoseconds; `null` if unknown. */
  readonly runNs: number | null;
  /** How long it waited for a core, nanoseconds; `null` if unknown. */
  readonly waitNs: number | null;
}

/** Reads how often a thread left its core. Source: proc_pid_status(5). */
export function parseStatus(
  text: string,
): Pick<ThreadReading, "name" | "voluntary" | "involuntary"> {
  const [, name, voluntary, involuntary] = STATUS.exec(text) ?? [];
  if (name === undefined) {
    throw new SyntaxError(
      `Cannot read thread status: "${
        text.slice(0, 40)
      }" found, expected a name and two counts of switches`,
    );
  }
  return {
    name,
    voluntary: Number(voluntary),
    involuntary: Number(involuntary),
  };
}

/**
 * Reads how long a thread ran, and how long it waited for a core. Source: kernel
 * documentation, "Scheduler Statistics", `/proc/<pid>/schedstat`.
 */
export function parseSchedstat(
  text: string,
): Pick<ThreadReading, "runNs" | "waitNs"> {
  const [run, wait] = text.trim().split(/\s+/).map(Number);
  const isKnown = run !== undefined && wait !== undefined && run + wait > 0;
  return { runNs: isKnown ? run : null, waitNs: isKnown ? wait : null };
}

/** Readings of one piece of work. */
export interface ThreadReadings {
  /** All threads before it. */
  readonly before: readonly ThreadReading[];
  /** The last that is known of each thread, ended ones included. */
  readonly latest: readonly ThreadReading[];
  /** Numbers of the threads that are there at the end. */
  readonly alive: ReadonlySet<number>;
  /** Number of the main thread; `null` if all is of the whole process. */
  readonly mainTid: number | null;
}

/**
 * Works out what each thread did between two moments. Helper threads of the engine
 * and the runtime are put together: no learner started them.
 */
export function countSwitches(
  { before, latest, alive, mainTid }: ThreadReadings,
): readonly ThreadSwitches[] {
  const earlier = new Map(before.map((reading) => [reading.tid, reading]));
  const threads = latest.map((reading): ThreadSwitches => {
    const from = earlier.get(reading.tid);
    const kind = kindOf(reading, mainTid);
    return {
      name: kind === "main" ? "main thread" : reading.name,
      kind,
      threads: 1,
      voluntary: reading.voluntary - (from?.voluntary ?? 0),
      involuntary: reading.involuntary - (from?.involuntary ?? 0),
      runMs: toMs(reading.runNs, from?.runNs),
      waitMs: toMs(reading.waitNs, from?.waitNs),
      endedEarly: !alive.has(reading.tid),
    };
  });
  const [helpers = [], others = []] = [true, false].map((isHelper) =>
    threads.filter(({ kind }) => (kind === "helper") === isHelper)
  );
  return [
    // The main thread has no number in its name.
    ...others.toSorted((one, other) =>
      numberOf(one.name) - numberOf(other.name)
    ),
    ...(helpers.length > 0 ? [sumHelpers(helpers)] : []),
  ];
}

function sumHelpers(helpers: readonly ThreadSwitches[]): ThreadSwitches {
  const sum = (pick: (thread: ThreadSwitches) => number | null) =>
    helpers.reduce<number | null>((total, thread) => {
      const value = pick(thread);
      return total === null || value === null ? null : total + value;
    }, 0);
  return {
    name: `${helpers.length} helpers`,
    kind: "helper",
    threads: helpers.length,
    voluntary: sum(({ voluntary }) => voluntary) ?? 0,
    involuntary: sum(({ involuntary }) => involuntary) ?? 0,
    runMs: sum(({ runMs }) => runMs),
    waitMs: sum(({ waitMs }) => waitMs),
    endedEarly: helpers.some(({ endedEarly }) => endedEarly),
  };
}

function kindOf(
  { tid, name }: ThreadReading,
  mainTid: number | null,
): ThreadKind {
  if (mainTid === null) return "process";
  if (tid === mainTid) return "main";
  return /^worker-\d+$/.test(name) ? "worker" : "helper";
}

function numberOf(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? -1);
}

function toMs(
  ns: number | null,
  fromNs: number | null | undefined,
): number | null {
  return ns === null || fromNs === null ? null : (ns - (fromNs ?? 0)) / 1e6;
}

/** What counts switches here. */
export interface SwitchSource {
  /** Reads all threads of this process; or it as a whole, as if it were one. */
  readonly read: () => readonly ThreadReading[];
  /** Number of the main thread; `null` if all is of the whole process. */
  readonly mainTid: number | null;
  /** Sentences: why there is no more. */
  readonly missing: readonly string[];
}

/** Finds the best source there is. It never asks for a permission. */
export async function findSwitchSource(): Promise<SwitchSource> {
  const reason = await explainNoThreads();
  if (reason === null) {
    return { read: readThreads, mainTid: system().pid, missing: [] };
  }
  const { default: process } = await import("node:process");
  const read = () => {
    const usage = process.resourceUsage();
    return [{
      tid: 0,
      name: "whole process",
      voluntary: usage.voluntaryContextSwitches,
      involuntary: usage.involuntaryContextSwitches,
      runNs: (usage.userCPUTime + usage.systemCPUTime) * 1000,
      waitNs: null,
    }];
  };
  return { read, mainTid: null, missing: [reason] };
}

/** Says why threads cannot be read, after what is missing then; `null` if they can. */
export async function explainNoThreads(
  all = "Counts of each thread are missing",
): Promise<string | null> {
  const { build, permissions } = system();
  if (build.os !== "linux") {
    return `${all}: /proc is found on Linux only, this is ${build.os}.`;
  }
  const { state } = await permissions.query({
    name: "read",
    path: FOLDER,
  });
  if (state !== "granted") return `${all}: ${NOT_ALLOWED}.`;
  try {
    readThreads();
    return null;
  } catch {
    // Deno gives /proc under --allow-all only, whatever a query says.
    return `${all}: ${NOT_ALLOWED}.`;
  }
}

/** Reads all threads of this process. */
export function readThreads(): readonly ThreadReading[] {
  return [...system().readDirSync(FOLDER)].flatMap(
    ({ name }): ThreadReading[] => {
      try {
        const status = system().readTextFileSync(`${FOLDER}/${name}/status`);
        return [{
          tid: Number(name),
          ...parseStatus(status),
          ...parseSchedstat(readOrEmpty(`${FOLDER}/${name}/schedstat`)),
        }];
      } catch (error) {
        // A thread that ended while the list was read is not there any more.
        if (isGone(error)) return [];
        throw error;
      }
    },
  );
}

function readOrEmpty(path: string): string {
  try {
    return system().readTextFileSync(path);
  } catch (error) {
    // A kernel without scheduler statistics has no such file.
    if (isGone(error)) return "";
    throw error;
  }
}

/** Reading a thread that has just ended fails with ESRCH, which has no class of its own. */
function isGone(error: unknown): boolean {
  return error instanceof system().errors.NotFound ||
    (error instanceof Error && /os error 3\b/.test(error.message));
}

const FOLDER = "/proc/self/task";
const STATUS =
  /^Name:\t(.*)$[^]*^voluntary_ctxt_switches:\s*(\d+)$\s*^nonvoluntary_ctxt_switches:\s*(\d+)$/m;
const NOT_ALLOWED = "/proc is readable only with all permissions, run with " +
  "`skein run --allow-all` to get them";
