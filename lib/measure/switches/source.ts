/**
 * Where counts of context switches come from: `/proc`, or the process itself.
 *
 * The only file of `switches` that reads the system. Reads are synchronous:
 * asynchronous ones would wake helper threads, and so make switches of their own.
 * @module
 */

import { system } from "../../platform/mod.ts";
import { parseSchedstat, parseStatus, type ThreadReading } from "./counts.ts";

/** Reads all threads of this process, or says why it cannot. */
export type SwitchSource =
  | {
    /** Each thread by itself. */
    readonly type: "threads";
    /** Number of the main thread. */
    readonly mainTid: number;
    /** Reads all threads. */
    readonly read: () => readonly ThreadReading[];
  }
  | {
    /** The process as a whole. */
    readonly type: "process";
    /** Reads its sums. */
    readonly read: () => ProcessReading;
    /** Why there is no more. */
    readonly reason: string;
  };

/** Sums over all threads of the process, since it began. */
export interface ProcessReading {
  /** Times a core was given away. */
  readonly voluntary: number;
  /** Times a core was taken. */
  readonly involuntary: number;
  /** How long its threads ran, milliseconds. */
  readonly runMs: number;
}

/** Finds the best source there is. It never asks for a permission. */
export async function findSwitchSource(): Promise<SwitchSource> {
  const reason = await explainNoThreads();
  if (reason === null) {
    return { type: "threads", mainTid: system().pid, read: readThreads };
  }
  const { default: process } = await import("node:process");
  return {
    type: "process",
    reason,
    read: () => {
      const usage = process.resourceUsage();
      return {
        voluntary: usage.voluntaryContextSwitches,
        involuntary: usage.involuntaryContextSwitches,
        runMs: (usage.userCPUTime + usage.systemCPUTime) / 1000,
      };
    },
  };
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
const NOT_ALLOWED = "/proc is readable only with all permissions, run with " +
  "`skein run --allow-all` to get them";
