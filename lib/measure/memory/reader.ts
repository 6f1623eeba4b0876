/**
 * Reads how much memory processes take, as well as the system lets.
 * @module
 */
import type { MemoryCount, MemoryReading } from "./memory.ts";

/** A process to be read. */
export interface MemorySubject {
  /** Its id. */
  readonly pid: number;
  /** What it says of itself: resident bytes. */
  readonly rssBytes: () => number | Promise<number>;
}

/** Reads memory, always by the same count. */
export interface MemoryReader {
  /** How it counts. */
  readonly count: MemoryCount;
  /** Sentences: why it does not count better. */
  readonly missing: readonly string[];
  /** Reads the sum over some processes. */
  read(subjects: readonly MemorySubject[]): Promise<MemoryReading>;
}

/** Finds how memory can be read here; it never prompts the user. */
export async function openMemoryReader(): Promise<MemoryReader> {
  const reason = await explainNoRollup();
  if (reason === null) {
    return { count: "pss", missing: [], read: readRollups };
  }
  return {
    count: "rss",
    missing: [
      `Proportional and private memory are missing: ${reason}. Resident memory ` +
      `(RSS) was counted instead, in which pages that processes share count ` +
      `for each of them.`,
    ],
    async read(subjects) {
      const sizes = await Promise.all(
        subjects.map((subject) => subject.rssBytes()),
      );
      return {
        bytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
        privateBytes: null,
      };
    },
  };
}

async function explainNoRollup(): Promise<string | null> {
  if (Deno.build.os !== "linux") {
    return `/proc is found on Linux only, this is ${Deno.build.os}`;
  }
  const path = "/proc/self/smaps_rollup";
  // Asked first: reading without permission would stop and prompt the user.
  const { state } = await Deno.permissions.query({ name: "read", path });
  if (state !== "granted") return UNREADABLE;
  try {
    parseSmapsRollup(await Deno.readTextFile(path));
    return null;
  } catch (error) {
    // Old kernels have no such file; and --allow-read alone does not cover it.
    return error instanceof Deno.errors.NotFound
      ? "/proc/self/smaps_rollup is absent"
      : UNREADABLE;
  }
}

async function readRollups(
  subjects: readonly MemorySubject[],
): Promise<MemoryReading> {
  let [bytes, privateBytes] = [0, 0];
  for (const { pid } of subjects) {
    const text = await Deno.readTextFile(`/proc/${pid}/smaps_rollup`);
    const memory = parseSmapsRollup(text);
    bytes += memory.pssBytes;
    privateBytes += memory.privateBytes;
  }
  return { bytes, privateBytes };
}

/**
 * Reads the sums of a process's mappings: all, shared pages divided, and what
 * nobody else uses.
 *
 * Units: kilobytes of 1024 bytes in, bytes out.
 * Source: kernel documentation, "The /proc Filesystem", `smaps_rollup`.
 */
export function parseSmapsRollup(text: string): {
  readonly rssBytes: number;
  readonly pssBytes: number;
  readonly privateBytes: number;
} {
  const read = (name: string): number => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text);
    if (found !== null) return Number(found[1]) * 1024;
    throw new SyntaxError(
      `Cannot read smaps_rollup: "${name}" is missing, expected kilobytes`,
    );
  };
  return {
    rssBytes: read("Rss"),
    pssBytes: read("Pss"),
    privateBytes: read("Private_Clean") + read("Private_Dirty"),
  };
}

const UNREADABLE = "/proc is readable only with all permissions, run with " +
  "`skein run --allow-all` to get them";
