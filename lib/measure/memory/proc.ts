/**
 * What Linux tells of a process's memory: text to numbers.
 *
 * Pure. Who reads the files is in `memory_reader.ts`.
 * @module
 */

/** Memory of a process. Units: bytes. */
export interface ProcessMemory {
  /** What is in memory, shared pages counted whole. */
  readonly rssBytes: number;
  /** What is in memory, shared pages divided by those who share them. */
  readonly pssBytes: number;
  /** What nobody else uses. */
  readonly privateBytes: number;
}

/**
 * Reads the sum of a process's mappings.
 *
 * Units: kilobytes of 1024 bytes in, bytes out.
 * Source: kernel documentation, "The /proc Filesystem", `smaps_rollup`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = "0-f ---p 0 0:0 0 [rollup]\nRss: 30 kB\nPss: 20 kB\nPrivate_Clean: 1 kB\n" +
 *   "Private_Dirty: 9 kB\n";
 * assert.equal(parseSmapsRollup(text).privateBytes, 10 * 1024);
 * ```
 *
 * @param text What `/proc/<pid>/smaps_rollup` holds.
 * @returns The sums.
 * @throws {SyntaxError} If one is missing.
 */
export function parseSmapsRollup(text: string): ProcessMemory {
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
