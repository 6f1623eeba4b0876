/**
 * Python's part of a comparison: one interpreter that runs the same jobs in
 * several ways, round by round.
 *
 * What runs inside is in `guest_arms.ts`; who decides what runs when is
 * `lib/measure/compare/engine.ts`.
 * @module
 */

import type { PythonFacts, PythonModel, Span } from "../../base/record/mod.ts";
import {
  type ArmJob,
  computeCpuShare,
  toArmSpans,
} from "./python_arm_spans.ts";
import {
  decodeValue,
  encodeValue,
  type ExceptionReport,
  PythonError,
  type PythonInterpreter,
  type PythonProcess,
  startPythonProcess,
} from "../../run/python/mod.ts";
import { ARMS_MODULE } from "./python_guest_arms.ts";
import { JOBS_MODULE } from "./python_guest_jobs.ts";

/** What Python's part is made of. */
export interface ArmsOptions {
  /** Python code that defines the function. */
  readonly code: string;
  /** Name of the function; without one of that name, it is the last that is defined. */
  readonly name: string;
  /** Ends everything. */
  readonly signal: AbortSignal;
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
  /** What it is. */
  readonly facts: PythonFacts;
  /**
   * Runs all jobs once.
   * @throws {PythonError} If a job raises.
   */
  run(
    model: PythonModel,
    inputs: readonly (readonly unknown[])[],
  ): Promise<ArmRun>;
  /** Reads the processor time of it and its ended children so far, milliseconds. */
  readProcessorMs(): Promise<number>;
}

/** Starts an interpreter and has it load a function. */
export async function startArms(
  python: PythonInterpreter,
  options: ArmsOptions,
): Promise<PythonArms> {
  const { code, name, signal } = options;
  const process = await startPythonProcess(python, {
    signal,
    modules: { "_skein_arms.py": ARMS_MODULE, "_skein_jobs.py": JOBS_MODULE },
  });
  try {
    const order = { type: "prepare", code, name, args: { o: {} } } as const;
    const report = await process.ask(order);
    if (report.error) throw new PythonError(report.error);
    const loaded = report.value as LoadedReport;
    const { version, implementation, gil, freeThreaded } = python;
    return {
      facts: {
        version,
        implementation,
        gil,
        freeThreaded,
        startMs: process.startMs,
        startMethod: loaded.startMethod,
        isAsync: loaded.isAsync,
      },
      run: (model, inputs) => runArm(process, model, inputs),
      async readProcessorMs() {
        const { value } = await process.ask({ type: "processor_time" });
        return Number(value);
      },
      async [Symbol.asyncDispose]() {
        try {
          if (!signal.aborted) await process.finish();
        } finally {
          await process[Symbol.asyncDispose]();
        }
      },
    };
  } catch (error) {
    await process[Symbol.asyncDispose]();
    throw error;
  }
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

/** What loading the code tells. */
interface LoadedReport {
  readonly startMethod: string;
  readonly isAsync: boolean;
}

/** What a round tells: times and jobs, or the first exception. */
interface MeasuredReport {
  readonly startMs?: number;
  readonly endMs?: number;
  readonly jobs?: readonly (ArmJob & { readonly result: unknown })[];
  readonly error?: ExceptionReport;
}
