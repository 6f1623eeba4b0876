/**
 * What comes back from a Worker or subprocess: errors and spans, made ours.
 *
 * Pure. The other side of `guest.ts`, which turned them into plain values.
 * @module
 */

import { CPU_STEP_MS, judgeShare, type Span } from "../base/record/mod.ts";
import type { CpuNote, CpuTimes } from "../trace/mod.ts";
import type { ErrorReport, JobReport } from "./guest.ts";

export function reviveError(report: ErrorReport): Error {
  const options = report.cause ? { cause: reviveError(report.cause) } : {};
  const StandardError = STANDARD_ERRORS.find(({ name }) =>
    name === report.name
  );
  const error = new (StandardError ?? Error)(report.message, options);
  if (!StandardError) {
    Object.defineProperty(error, "name", { value: report.name });
  }
  if (report.stack) {
    Object.defineProperty(error, "stack", { value: report.stack });
  }
  return error;
}

/** How long a job's thread was on a core. Units: milliseconds. */
export interface OnCore {
  readonly cpuMs: number;
  /** By how much it may be wrong. */
  readonly errorMs: number;
  /** It was not more: that is what all threads of its process had; `null` if unknown. */
  readonly mostMs: number | null;
}

/**
 * Compares two readings of a job's times on cores: of its process, if all of that
 * is the job's at most (`isAlone`), else of its thread; `null` if that is not known.
 */
export function countOnCore(
  note: CpuNote | null,
  isAlone: boolean,
): OnCore | null {
  if (note === null) return null;
  const [, , before, after] = note;
  const differenceOf = (key: keyof CpuTimes) => {
    const [from, to] = [before[key], after[key]];
    return from === null || to === null ? null : to - from;
  };
  const mostMs = differenceOf("processMs");
  const cpuMs = isAlone ? mostMs : differenceOf("threadMs");
  if (cpuMs === null) return null;
  return { cpuMs, errorMs: isAlone ? 1 : CPU_STEP_MS, mostMs };
}

/**
 * Turns a job's report into spans that follow each other without a gap.
 *
 * Units: milliseconds, moved by `toOwnMs` onto the clock of the recorder.
 */
export function toSpans(
  report: Pick<JobReport, "startMs" | "endMs" | "running"> & {
    readonly onCore: OnCore | null;
  },
  lane: Pick<Span, "lane" | "kind" | "label">,
  toOwnMs: (foreignMs: number) => number = (ms) => ms,
): Span[] {
  const running = judge(report);
  return alternate(report).map(([isRunning, startMs, endMs]) => ({
    ...lane,
    ...isRunning ? running : WAITING,
    startMs: toOwnMs(startMs),
    endMs: toOwnMs(endMs),
  }));
}

/** The stretches in which a job's code ran, and those in between in which it waited. */
export function alternate(
  { startMs, endMs, running }: Pick<
    JobReport,
    "startMs" | "endMs" | "running"
  >,
): (readonly [isRunning: boolean, startMs: number, endMs: number])[] {
  let reachedMs = startMs;
  const stretches = [...running, [endMs, endMs] as const].flatMap(
    ([fromMs, toMs]) => {
      const beforeMs = reachedMs;
      reachedMs = Math.max(reachedMs, toMs);
      return [
        [false, beforeMs, fromMs] as const,
        [true, Math.max(beforeMs, fromMs), toMs] as const,
      ];
    },
  );
  return stretches.filter(([, fromMs, toMs]) => toMs > fromMs);
}

/** What a job's code did: it may have slept in a call, or shared a core with others. */
function judge(
  { running, onCore }: {
    readonly running: JobReport["running"];
    readonly onCore: OnCore | null;
  },
): Pick<Span, "state" | "share"> {
  const busyMs = running.reduce((sum, [from, to]) => sum + to - from, 0);
  if (onCore === null) return UNKNOWN;
  const { mostMs } = onCore;
  const judged = judgeShare({ busyMs, ...onCore });
  const isTold = judged.state === "running" || judged.share !== undefined;
  if (isTold || mostMs === null) return judged;
  // Too short for the system's steps. Its process's count has none: where that
  // says that all together had little, so had the job, between none and that.
  const half = mostMs / 2;
  return judgeShare({ busyMs, cpuMs: half, errorMs: half });
}

const UNKNOWN = { state: "alive" } as const;
const WAITING = { state: "waiting" } as const;

const STANDARD_ERRORS: readonly ErrorConstructor[] = [
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
];
