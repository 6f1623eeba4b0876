/**
 * What Linux tells of processor time: text of `/proc` and `/sys` to numbers.
 *
 * Pure. Who reads the files, and what happens where there are none, is in
 * `stamp.ts`.
 * @module
 */

/** Processor time of the whole machine. Units: clock ticks, summed over all cores. */
export interface SystemTicks {
  readonly allTicks: number;
  /** Of these, spent with nothing to do or waiting for a disk. */
  readonly idleTicks: number;
}

/**
 * Reads how the machine spent its processor time.
 *
 * Source: proc_stat(5); `guest` is already counted in `user`.
 */
export function sumSystemTicks(text: string): SystemTicks {
  const line = text.slice(0, text.indexOf("\n"));
  const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const [, , , idle, ioWait] = ticks;
  if (!line.startsWith("cpu ") || idle === undefined || ioWait === undefined) {
    throw new SyntaxError(
      `Cannot read /proc/stat: "${line}" found, expected "cpu" and numbers`,
    );
  }
  return {
    allTicks: ticks.reduce((sum, tick) => sum + tick, 0),
    idleTicks: idle + ioWait,
  };
}

/** Counts the cores that `/proc/stat` tells of. */
export function countCores(text: string): number {
  return Math.max(1, text.match(/^cpu\d/gm)?.length ?? 0);
}

/**
 * Reads how much processor time a process and its ended children used.
 *
 * Source: proc_pid_stat(5), fields 14 to 17. The name of the program, in
 * parentheses, may itself hold spaces and parentheses.
 */
export function sumOwnTicks(text: string): number {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(11, 15).map(Number);
  if (ticks.length < 4 || ticks.some((tick) => !Number.isFinite(tick))) {
    throw new SyntaxError(
      `Cannot read /proc/self/stat: "${text}" found, expected 17 fields`,
    );
  }
  return ticks.reduce((sum, tick) => sum + tick, 0);
}

/**
 * Computes which part of all cores others used between two moments.
 *
 * Units: ticks in; a part of all cores, 0 to 1, out.
 */
export function otherCpuShare(
  start: SystemTicks,
  end: SystemTicks,
  ownTicks: number,
): number {
  const allTicks = end.allTicks - start.allTicks;
  const busyTicks = allTicks - (end.idleTicks - start.idleTicks);
  return allTicks > 0
    ? Math.min(1, Math.max(0, (busyTicks - ownTicks) / allTicks))
    : 0;
}

/**
 * Reads how many cores a control group of version 2 may use; `null` without a limit.
 *
 * Units: microseconds allowed, microseconds of a period.
 *
 * Source: kernel documentation, "Control Group v2", `cpu.max`.
 */
export function parseQuotaV2(text: string): number | null {
  const [quota = "", period = ""] = text.trim().split(" ");
  return quota === "max" ? null : parseQuotaV1(quota, period);
}

/** Does the same for version 1, which has a file for each number; a quota of -1 is no limit. */
export function parseQuotaV1(quota: string, period: string): number | null {
  const cores = Number(quota) / Number(period);
  return Number.isFinite(cores) && cores > 0 ? cores : null;
}
