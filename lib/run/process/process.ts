/**
 * Runs jobs in subprocesses: one `deno` a job, made for it and ended with it.
 *
 * What runs inside is in `process_guest.ts`, how it is started and ended in
 * `child.ts`; Workers are in `worker.ts`.
 * @module
 */

import type { Recorder } from "../../trace/recorder.ts";
import { readCpuTimes } from "../../trace/cpu_guest.ts";
import type { Span } from "../../base/record/mod.ts";
import { type Child, startChild } from "./child.ts";
import { describeError, runJob, watchThread } from "../guest.ts";
import { openLink } from "../link.ts";
import { type TaskText, toModuleAddress } from "../here/main_thread.ts";
import { countOnCore, reviveError, toSpans } from "../outcome.ts";
import {
  type DoneReport,
  type ProcessOrder,
  type ReadyReport,
  serveProcess,
} from "./process_guest.ts";
import { createStructuredText } from "../structured_text.ts";
import type { RemoteJobOptions } from "../worker/worker.ts";

/**
 * Runs one job in a process of its own.
 *
 * Spans: as `runInWorker()` of `worker.ts`.
 */
export async function runInProcess<R>(
  task: TaskText,
  args: readonly unknown[],
  options: RemoteJobOptions,
): Promise<R> {
  const { signal, recorder, number } = options;
  signal.throwIfAborted();
  const { encode, decode } = createStructuredText();
  const argsLine = encode(args);
  const marker = `\u001e${crypto.randomUUID()} `;
  const module = toModuleAddress(task.source);
  const order: ProcessOrder = { marker, module, name: task.name };

  const askedMs = recorder.nowMs();
  await using child = await startChild(PROGRAM, { marker, signal });
  await child.send(JSON.stringify(order));
  const ready = decode(await hear(child, task)) as ReadyReport;
  const readyMs = recorder.nowMs();
  // The short line is there for the clock: how long the arguments take must not blur it.
  await child.send("");
  await child.send(argsLine);
  const done = decode(await hear(child, task)) as DoneReport;

  const lane = {
    lane: `process ${number}`,
    kind: "process",
    label: `job ${number}`,
  } as const;
  recordProcess(
    { ready, done, askedMs, readyMs, doneMs: recorder.nowMs() },
    lane,
    recorder,
  );
  if (done.outcome.type === "error") throw reviveError(done.outcome.error);
  return done.outcome.value as R;
}

/** Times `…Ms` are ours; those inside of the reports are the child's. */
interface Conversation {
  readonly ready: ReadyReport;
  readonly done: DoneReport;
  readonly askedMs: number;
  readonly readyMs: number;
  readonly doneMs: number;
}

function recordProcess(
  { ready, done, askedMs, readyMs, doneMs }: Conversation,
  lane: Pick<Span, "lane" | "kind" | "label">,
  recorder: Recorder,
): void {
  const add = (state: Span["state"], startMs: number, endMs: number) => {
    if (endMs > startMs) recorder.add({ ...lane, state, startMs, endMs });
  };
  // Our clock is ahead of the child's by no more than a trip here seems to take,
  // and by no less than a trip there seems to, for trips take time. The middle is
  // wrong by half a round trip at most, about 0.1 ms. The child's `timeOrigin`
  // would not do: it is wall time, and drifts from a clock that has run for days.
  const mostMs = Math.min(readyMs - ready.sentMs, doneMs - done.sentMs);
  const leastMs = readyMs - done.askedMs;
  const toOwnMs = (ms: number) => ms + (mostMs + leastMs) / 2;
  const onCore = countOnCore(...done.onCore, true);
  const spans = toSpans({ ...done, onCore }, lane, toOwnMs);
  add("starting", askedMs, toOwnMs(ready.sentMs));
  add("messaging", toOwnMs(ready.sentMs), toOwnMs(done.startMs));
  spans.forEach((span) => recorder.add(span));
  add("messaging", toOwnMs(done.endMs), doneMs);
}

async function hear(child: Child, task: TaskText): Promise<string> {
  const report = await child.receive();
  if (report !== null) return report;
  throw new Error(
    `Cannot finish "${task.name}" in a process: it ${await child
      .explainEnd()}, expected a result`,
  );
}

const PROGRAM = `await (${serveProcess})({
  describeError: ${describeError},
  runJob: ${runJob},
  watchThread: ${watchThread},
  readCpuTimes: ${readCpuTimes},
}, ${createStructuredText}, ${openLink});
`;
