/**
 * What processes take of the machine, as Linux tells; elsewhere only how many
 * they are.
 *
 * Source: proc(5), `/proc/loadavg`, `/proc/pid/status`, `/proc/pid/io`, `/proc/pid/fd`.
 * @module
 */
import type { ProcessId } from "./census.ts";

/**
 * Tells the memory of a process that it shares with no other through a file:
 * its program's own text would count once for each process.
 *
 * @param process The process.
 * @returns MiB; 0 when it has gone.
 */
export function readMemoryMb({ pid }: ProcessId): number {
  const status = read(`/proc/${pid}/status`);
  let kib = 0;
  for (const [, text] of status.matchAll(OWN_MEMORY)) kib += Number(text);
  return kib / 1024;
}

/**
 * Counts what a process has open.
 *
 * @param process The process.
 */
export function countOpenFiles({ pid }: ProcessId): number {
  const path = `/proc/${pid}/fd`;
  try {
    // Before Linux 6.2 this is 0, and they have to be counted.
    return Deno.statSync(path).size || [...Deno.readDirSync(path)].length;
  } catch {
    // It has gone, or is another user's by now.
    return 0;
  }
}

/**
 * Tells how much a process has written, to whatever it was.
 *
 * @param process The process.
 * @returns MiB.
 */
export function readWrittenMb({ pid }: ProcessId): number {
  const [, bytes = "0"] = WRITTEN.exec(read(`/proc/${pid}/io`)) ?? [];
  return Number(bytes) / MIB;
}

/**
 * Opens what tells how much space is free; Node's module for it takes 20 ms.
 *
 * @param folder A folder on the disk.
 * @returns Tells it, in MiB; `null` when that is not known.
 */
export async function openDisk(folder: string): Promise<() => number | null> {
  const { statfsSync } = await import("node:fs");
  return () => {
    try {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize / MIB;
    } catch {
      // The folder has gone, or the system has no such call.
      return null;
    }
  };
}

/** Counts the threads of all processes of the machine; cheap. */
export function countThreads(): number {
  // Such as `0.20 0.18 0.12 1/80 11206`: running ones, and all.
  return Number(read("/proc/loadavg").split(/[ /]/)[4] ?? 0);
}

/** Tells how much memory there is for all programs, in MiB. */
export function readTotalMemoryMb(): number {
  const { total } = Deno.systemMemoryInfo();
  // A container may have less than its machine.
  const limits = CGROUP_LIMITS.map((path) => Number.parseInt(read(path)))
    .filter((bytes) => bytes > 0);
  return Math.min(total, ...limits) / MIB;
}

function read(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    // Not there, or not for us to see.
    return "";
  }
}

const MIB = 2 ** 20;
const OWN_MEMORY = /^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm;
const WRITTEN = /^wchar: (\d+)$/m;
const CGROUP_LIMITS = [
  "/sys/fs/cgroup/memory.max",
  "/sys/fs/cgroup/memory/memory.limit_in_bytes",
];
