/**
 * What Linux tells of processor time: text of `/proc` and `/sys` to numbers.
 *
 * Pure. Who reads the files, and what happens where there are none, is in
 * `stamp.ts`.
 * @module
 */

/** Processor time of the whole machine. Units: clock ticks, summed over all cores. */
export interface SystemTicks {
  /** Since the machine started. */
  readonly allTicks: number;
  /** Of these, spent with nothing to do or waiting for a disk. */
  readonly idleTicks: number;
}

/**
 * Reads how the machine spent its processor time.
 *
 * Source: proc_stat(5); `guest` is already counted in `user`.
 *
 * @example The first line counts
 * ```ts
 * import assert from "node:assert/strict";
 * const ticks = sumSystemTicks("cpu  10 1 5 80 4 0 0 0 0 0\ncpu0 …");
 * assert.deepEqual(ticks, { allTicks: 100, idleTicks: 84 });
 * ```
 *
 * @param text What `/proc/stat` holds.
 * @returns The ticks of all cores together.
 * @throws {SyntaxError} If the first line is not of that form.
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

/**
 * Counts the cores that `/proc/stat` tells of.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(countCores("cpu  3 0\ncpu0 1 0\ncpu1 2 0\nintr 5\n"), 2);
 * ```
 *
 * @param text What `/proc/stat` holds.
 * @returns At least 1.
 */
export function countCores(text: string): number {
  return Math.max(1, text.match(/^cpu\d/gm)?.length ?? 0);
}

/**
 * Reads how much processor time a process and its ended children used.
 *
 * Source: proc_pid_stat(5), fields 14 to 17. The name of the program, in
 * parentheses, may itself hold spaces and parentheses.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sumOwnTicks("7 (a) b) R 1 7 7 0 -1 0 0 0 0 0 20 3 4 1 20 0"), 28);
 * ```
 *
 * @param text What `/proc/self/stat` holds.
 * @returns Ticks in user and system mode.
 * @throws {SyntaxError} If the text is not of that form.
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
 *
 * @example Half the machine was busy, and we were half of that
 * ```ts
 * import assert from "node:assert/strict";
 * const [start, end] = [{ allTicks: 0, idleTicks: 0 }, { allTicks: 100, idleTicks: 50 }];
 * assert.equal(otherCpuShare(start, end, 25), 0.25);
 * ```
 *
 * @param start The earlier reading.
 * @param end The later reading.
 * @param ownTicks What this process and its children used in between.
 * @returns The part of others, never below 0: the two counts are rounded apart.
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
 * Reads how many cores a control group of version 2 may use.
 *
 * Source: kernel documentation, "Control Group v2", `cpu.max`.
 *
 * @example Half a core
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(parseQuotaV2("50000 100000\n"), 0.5);
 * ```
 *
 * @param text What `cpu.max` holds: microseconds allowed, microseconds of a period.
 * @returns Cores, or `null` if there is no limit.
 */
export function parseQuotaV2(text: string): number | null {
  const [quota = "", period = ""] = text.trim().split(" ");
  return quota === "max" ? null : parseQuotaV1(quota, period);
}

/**
 * Reads how many cores a control group of version 1 may use.
 *
 * @example No limit
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(parseQuotaV1("-1\n", "100000\n"), null);
 * ```
 *
 * @param quota What `cpu.cfs_quota_us` holds; -1 for no limit.
 * @param period What `cpu.cfs_period_us` holds.
 * @returns Cores, or `null` if there is no limit.
 */
export function parseQuotaV1(quota: string, period: string): number | null {
  const cores = Number(quota) / Number(period);
  return Number.isFinite(cores) && cores > 0 ? cores : null;
}
