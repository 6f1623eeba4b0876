/**
 * What Python's jobs did, as spans on the clock of their round.
 *
 * Pure. A round's zero is Python's own reading when it was asked for the first
 * job, and all readings of the round are by the same clock of the system: no
 * clock has to be moved onto another.
 * @module
 */
import {
  judgeShare,
  type PythonModel,
  type Span,
} from "../../base/record/mod.ts";
import { median } from "../../base/statistics/mod.ts";

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
 * event loop back. All else a function does is `running` if its thread was on a
 * core meanwhile, and `alive` with its share if it was so in turns: as threads
 * are that wait for the GIL.
 */
export function toArmSpans(
  model: PythonModel,
  jobs: readonly ArmJob[],
  zeroMs: number,
): Span[] {
  const spans = jobs.flatMap((job, index) => {
    const { lane, kind, before } = LANES[model];
    const found: Span[] = [];
    const own = judgeJob(job);
    const add = (state: Span["state"], startMs: number, endMs: number) => {
      if (endMs <= startMs) return;
      found.push({
        ...(state === "alive" && own.share !== undefined
          ? { share: own.share }
          : {}),
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
      add(own.state, reachedMs, startMs);
      add("waiting", Math.max(reachedMs, startMs), endMs);
      reachedMs = Math.max(reachedMs, endMs);
    }
    add(own.state, reachedMs, job.endMs);
    if (job.gotMs !== undefined) add("messaging", job.endMs, job.gotMs);
    return found;
  });
  return spans.toSorted((one, other) => one.startMs - other.startMs);
}

/** Python's count of a thread's time is exact; a task has none of its own, yet the event loop. */
function judgeJob(
  { startMs, endMs, waits, cpuMs }: ArmJob,
): Pick<Span, "state" | "share"> {
  if (cpuMs === null) return { state: "running" };
  const waitedMs = waits.reduce((sum, [from, to]) => sum + to - from, 0);
  const busyMs = endMs - startMs - waitedMs;
  if (busyMs < LEAST_MS) return { state: "running" };
  return judgeShare({ busyMs, cpuMs, errorMs: CLOCK_STEP_MS });
}

/** Computes which part of its time a job's thread was on a core. */
export function computeCpuShare(jobs: readonly ArmJob[]): number | null {
  const shares = jobs.flatMap(({ startMs, endMs, cpuMs }) =>
    cpuMs === null || endMs <= startMs
      ? []
      : [Math.min(1, cpuMs / (endMs - startMs))]
  );
  return shares.length === 0 ? null : median(shares);
}

// Below, nobody sees a difference.
const LEAST_MS = 0.5;
const CLOCK_STEP_MS = 0.1;

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
