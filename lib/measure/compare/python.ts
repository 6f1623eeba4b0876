/**
 * Python's part of a comparison: one interpreter that runs the same jobs in
 * several ways, round by round.
 *
 * What cannot take part is told in a sentence, and the rest goes on. What runs
 * inside is in `python_guest_arms.ts`.
 * @module
 */
import type { StampStart } from "../../base/stamp/mod.ts";
import {
  type Model,
  PYTHON_MODELS,
  type PythonFacts,
  type PythonModel,
  type Span,
} from "../../base/record/mod.ts";
import {
  decodeValue,
  describePython,
  encodeValue,
  type ExceptionReport,
  findPython,
  PythonError,
  type PythonInterpreter,
  type PythonProcess,
  startPythonProcess,
} from "../../run/python/mod.ts";
import type { PythonWork } from "./compare.ts";
import { ARMS_MODULE } from "./python_guest_arms.ts";
import { JOBS_MODULE } from "./python_guest_jobs.ts";
import { type ArmJob, computeCpuShare, toArmSpans } from "./python_spans.ts";

/** Python's part. */
export interface PythonPart {
  /** What runs its models; `null` if there are none. */
  readonly arms: PythonArms | null;
  /** Says why a model cannot run. */
  explainNot(model: PythonModel): string | null;
}

export async function joinPython(
  work: string | PythonWork | undefined,
  { wanted, name, purpose, signal }: {
    readonly wanted: readonly Model[];
    readonly name: string;
    /** What errors call the comparison. */
    readonly purpose: string;
    readonly signal: AbortSignal;
  },
): Promise<PythonPart> {
  const models = PYTHON_MODELS.filter((model) => wanted.includes(model));
  if (models.length === 0) return leaveOut(null);
  if (work === undefined) {
    throw new TypeError(
      `Cannot ${purpose}: "${models[0]}" is asked for without Python code, ` +
        `expected the option "python"`,
    );
  }
  const { code, python } = typeof work === "string"
    ? { code: work, python: undefined }
    : work;
  const found = await findPython(python);
  if (found.type === "missing") {
    return leaveOut(`Python was left out. ${found.reason}`);
  }
  const noApart = found.python.subinterpreters === null
    ? `Python subinterpreters were left out: ${describePython(found.python)} ` +
      `found, 3.12 or newer expected`
    : null;
  const explainNot = (model: PythonModel) =>
    model === "python-subinterpreters" ? noApart : null;
  if (models.every((model) => explainNot(model) !== null)) {
    return leaveOut(noApart);
  }
  return {
    arms: await startArms(found.python, { code, name, signal }),
    explainNot,
  };
}

/** Counts processor time as this process's own, which a stamp took for that of others. */
export function countAsOwn(start: StampStart, usedMs: number): StampStart {
  const { cpu } = start;
  if (typeof cpu === "string") return start;
  return { cpu: { ...cpu, ownTicks: cpu.ownTicks - usedMs / TICK_MS } };
}

function leaveOut(reason: string | null): PythonPart {
  return { arms: null, explainNot: () => reason };
}

/** What one round of one model gave. */
export interface ArmRun {
  /** From asking for the first job to the end of the last, milliseconds of Python's clock. */
  readonly sampleMs: number;
  /** What happened, counted from the round's start. */
  readonly spans: readonly Span[];
  /** What the jobs returned, in the order of the inputs. */
  readonly results: readonly unknown[];
  /** Which part of its time a job's thread was on a core; `null` if unknown. */
  readonly cpuShare: number | null;
}

/** An interpreter that has loaded the function; disposing of it ends all of it. */
export interface PythonArms extends AsyncDisposable {
  readonly facts: PythonFacts;
  /** Runs all jobs once; throws a `PythonError` if one raises. */
  run(
    model: PythonModel,
    inputs: readonly (readonly unknown[])[],
  ): Promise<ArmRun>;
  /** Reads how much processor time it and its ended children took; the first reading is the zero. */
  readProcessor(): Promise<void>;
  /** Counts what they took since as our own in a stamp, see {@link countAsOwn}. */
  correctStamp(start: StampStart): StampStart;
}

async function startArms(
  python: PythonInterpreter,
  { code, name, signal }: {
    readonly code: string;
    /** Without a function of that name, it is the last that is defined. */
    readonly name: string;
    readonly signal: AbortSignal;
  },
): Promise<PythonArms> {
  await using opened = new AsyncDisposableStack();
  const process = opened.use(
    await startPythonProcess(python, {
      signal,
      modules: { "_skein_arms.py": ARMS_MODULE, "_skein_jobs.py": JOBS_MODULE },
    }),
  );
  const order = { type: "prepare", code, name, args: { o: {} } } as const;
  const report = await process.ask(order);
  if (report.error) throw new PythonError(report.error);
  opened.defer(async () => {
    if (!signal.aborted) await process.finish();
  });
  const { startMethod, isAsync } = report.value as PythonFacts;
  const { version, implementation, gil, freeThreaded } = python;
  const readingsMs: number[] = [];
  const all = opened.move();
  return {
    facts: {
      ...{ version, implementation, gil, freeThreaded },
      ...{ startMethod, isAsync, startMs: process.startMs },
    },
    run: (model, inputs) => runArm(process, model, inputs),
    async readProcessor() {
      const { value } = await process.ask({ type: "processor_time" });
      readingsMs.push(Number(value));
    },
    correctStamp(start) {
      const firstMs = readingsMs[0] ?? 0;
      // Once it has ended, the system counts all it ever took as ours.
      const lastMs = signal.aborted ? 0 : readingsMs.at(-1) ?? 0;
      return countAsOwn(start, lastMs - firstMs);
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function runArm(
  process: PythonProcess,
  model: PythonModel,
  inputs: readonly (readonly unknown[])[],
): Promise<ArmRun> {
  const report = await process.ask({
    type: "measure",
    model,
    inputs: inputs.map((args, index) =>
      encodeValue(args, `arguments of job ${index + 1}`)
    ),
  });
  const measured = report.value as MeasuredReport | undefined;
  const error = report.error ?? measured?.error;
  if (error) throw new PythonError(error);
  const { startMs, endMs, jobs } = measured as Required<MeasuredReport>;
  return {
    sampleMs: endMs - startMs,
    spans: toArmSpans(model, jobs, startMs),
    results: jobs.map(({ result }) => decodeValue(result)),
    cpuShare: computeCpuShare(jobs),
  };
}

/** What a round tells: times and jobs, or the first exception. */
interface MeasuredReport {
  readonly startMs?: number;
  readonly endMs?: number;
  readonly jobs?: readonly (ArmJob & { readonly result: unknown })[];
  readonly error?: ExceptionReport;
}

const TICK_MS = 10;
