/**
 * Runs jobs in subprocesses: one `deno` a job, made for it and ended with it.
 *
 * How it is started is in `serving.ts`, how it is ended in `child.ts`; Workers are
 * in `worker.ts`.
 * @module
 */

import type { Recorder } from "../../trace/mod.ts";
import type { Span } from "../../base/record/mod.ts";
import type { TaskText } from "../here/main_thread.ts";
import { countOnCore, reviveError, toSpans } from "../outcome.ts";
import type { RemoteJobOptions } from "../worker/worker.ts";
import { coder, hearAnswer, readOutcome, startServing } from "./serving.ts";
import type { CallTimes, ReadyReport } from "./server_guest.ts";

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
  const argsLine = coder.encode(args);
  const askedMs = recorder.nowMs();
  let started: AsyncDisposable | null = null;
  await using _child = {
    [Symbol.asyncDispose]: async () => await started?.[Symbol.asyncDispose](),
  };
  const { child, ready } = await startServing(task, signal, (child) => {
    started = child;
  });
  const readyMs = recorder.nowMs();
  // The short line is there for the clock: how long the arguments take must not blur it.
  await child.send("");
  await child.send(argsLine);
  const answer = await hearAnswer(child, task);
  const done = answer.times;

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
  const outcome = readOutcome(answer);
  if (outcome.type === "error") throw reviveError(outcome.error);
  return outcome.value as R;
}

/** Times `…Ms` are ours; those inside of the reports are the child's. */
interface Conversation {
  readonly ready: ReadyReport;
  readonly done: CallTimes;
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
  const leastMs = readyMs - (done.askedMs ?? ready.sentMs);
  const toOwnMs = (ms: number) => ms + (mostMs + leastMs) / 2;
  const onCore = countOnCore(...done.onCore, true);
  const spans = toSpans({ ...done, onCore }, lane, toOwnMs);
  add("starting", askedMs, toOwnMs(ready.sentMs));
  add("messaging", toOwnMs(ready.sentMs), toOwnMs(done.startMs));
  spans.forEach((span) => recorder.add(span));
  add("messaging", toOwnMs(done.endMs), doneMs);
}
