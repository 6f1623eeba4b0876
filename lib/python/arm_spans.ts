/**
 * What Python's jobs did, as spans on the clock of their round.
 *
 * Pure. A round's zero is Python's own reading when it was asked for the first
 * job, and all readings of the round are by the same clock of the system: no
 * clock has to be moved onto another. What Python reports is in `arms.ts`.
 * @module
 */

import type { PythonModel } from "../parallel/comparison.ts";
import { median } from "../time/stats.ts";
import type { Span } from "../trace/span.ts";

/** What one job reports. Units: milliseconds of Python's clock. */
export interface ArmJob {
  /** When it was asked for. */
  readonly askedMs: number;
  /** When its function was called. */
  readonly startMs: number;
  /** When its function was done. */
  readonly endMs: number;
  /** When its result was there; absent where there is nothing to hand over. */
  readonly gotMs?: number;
  /** Processor time of its thread; `null` where others share that. */
  readonly cpuMs: number | null;
  /** When it slept, or awaited something. */
  readonly waits: readonly (readonly [startMs: number, endMs: number])[];
}

/**
 * Turns the jobs of a round into spans.
 *
 * `waiting` is `time.sleep()` and, in coroutines, each `await` that gave the
 * event loop back. All else a function does is `running`: so is waiting for the
 * GIL, for that is wanting a core, and so are waits that nobody told of.
 *
 * @example A job that slept in its middle
 * ```ts
 * import assert from "node:assert/strict";
 * const job = { askedMs: 100, startMs: 101, endMs: 120, cpuMs: 9, waits: [[105, 115]] } as const;
 * assert.deepEqual(
 *   toArmSpans("python-threads", [job], 100).map(({ state, startMs, endMs }) => [state, startMs, endMs]),
 *   [["starting", 0, 1], ["running", 1, 5], ["waiting", 5, 15], ["running", 15, 20]],
 * );
 * ```
 *
 * @param model How the jobs were run.
 * @param jobs What they report, in the order of the inputs.
 * @param zeroMs When the round began, on Python's clock.
 * @returns Spans in the order of their starts.
 */
export function toArmSpans(
  model: PythonModel,
  jobs: readonly ArmJob[],
  zeroMs: number,
): Span[] {
  const spans = jobs.flatMap((job, index) => {
    const { lane, kind, before } = LANES[model];
    const found: Span[] = [];
    const add = (state: Span["state"], startMs: number, endMs: number) => {
      if (endMs <= startMs) return;
      found.push({
        lane: model === "python-sequential" ? lane : `${lane} ${index + 1}`,
        kind,
        label: `job ${index + 1}`,
        state,
        startMs: startMs - zeroMs,
        endMs: endMs - zeroMs,
      });
    };
    add(before, job.askedMs, job.startMs);
    let reachedMs = job.startMs;
    for (const [startMs, endMs] of job.waits) {
      add("running", reachedMs, startMs);
      add("waiting", Math.max(reachedMs, startMs), endMs);
      reachedMs = Math.max(reachedMs, endMs);
    }
    add("running", reachedMs, job.endMs);
    if (job.gotMs !== undefined) add("messaging", job.endMs, job.gotMs);
    return found;
  });
  return spans.toSorted((one, other) => one.startMs - other.startMs);
}

/**
 * Computes which part of its time a job's thread was on a core.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const job = { askedMs: 0, startMs: 0, endMs: 20, cpuMs: 5, waits: [] };
 * assert.equal(computeCpuShare([job, job]), 0.25);
 * ```
 *
 * @param jobs What the jobs report.
 * @returns The median over the jobs, 0 to 1; `null` if it is not known of any.
 */
export function computeCpuShare(jobs: readonly ArmJob[]): number | null {
  const shares = jobs.flatMap(({ startMs, endMs, cpuMs }) =>
    cpuMs === null || endMs <= startMs
      ? []
      : [Math.min(1, cpuMs / (endMs - startMs))]
  );
  return shares.length === 0 ? null : median(shares);
}

interface ArmLane {
  readonly lane: string;
  readonly kind: Span["kind"];
  /** What a job does between being asked for and being called. */
  readonly before: Span["state"];
}

const LANES: Readonly<Record<PythonModel, ArmLane>> = {
  "python-sequential": { lane: "py main", kind: "main", before: "running" },
  "python-threads": { lane: "py thread", kind: "worker", before: "starting" },
  "python-asyncio": { lane: "py task", kind: "task", before: "waiting" },
  "python-processes": {
    lane: "py process",
    kind: "process",
    before: "starting",
  },
  "python-subinterpreters": {
    lane: "py interpreter",
    kind: "worker",
    before: "starting",
  },
};
