/**
 * Runs tasks on this thread, from the same text that is shipped elsewhere.
 * What runs elsewhere is in `lib/run/pool/`.
 * @module
 */

import { readCpu, type Recorder } from "../../trace/mod.ts";
import type { Span } from "../../base/record/mod.ts";
import {
  type JobReport,
  type JobWatch,
  type MakeTask,
  runJob,
  watchThread,
} from "../guest.ts";
import { countOnCore, toSpans } from "../outcome.ts";

/** What is needed of a task to run it: its name for errors, its text. */
export interface TaskText {
  readonly name: string;
  /** The module that makes its function. */
  readonly source: string;
}

export interface WatchedJob {
  /** Watches the job; jobs that run at the same time share a thread's watch. */
  readonly watch: JobWatch;
  readonly recorder: Recorder;
  /** Lane, kind and label of the spans. */
  readonly lane: Pick<Span, "lane" | "kind" | "label">;
}

export function toModuleAddress(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

export async function loadTask(task: TaskText): Promise<MakeTask> {
  const module: { readonly default: MakeTask } = await import(
    toModuleAddress(task.source)
  );
  return module.default;
}

/** Runs a job on this thread and records when it ran and waited. */
export async function runWatched<R>(
  makeTask: MakeTask,
  args: readonly unknown[],
  options: WatchedJob,
): Promise<R> {
  const before = readCpu();
  const report = await runJob(makeTask, args, options.watch);
  const note = [report.startMs, report.endMs, before, readCpu()] as const;
  const onCore = countOnCore(note, true);
  for (const span of toSpans({ ...report, onCore }, options.lane)) {
    options.recorder.add(span);
  }
  return takeValue<R>(report);
}

export async function runHere<R>(
  task: TaskText,
  args: readonly unknown[],
): Promise<R> {
  return takeValue<R>(
    await runJob(await loadTask(task), args, watchThread()()),
  );
}

function takeValue<R>({ outcome }: JobReport): R {
  if (outcome.type === "error") throw outcome.error;
  return outcome.value as R;
}
