/**
 * What a pool tells the tap while a trace runs: lanes, spans, arrows, and how
 * long its queue is. While none runs, nothing.
 *
 * A thread does one thing at a time, and so does its lane: what is told later
 * begins where the lane is filled to.
 * @module
 */
import {
  currentTap,
  type Lane,
  type Tap,
  type TraceState,
} from "../../base/record/mod.ts";
import { alternate, countOnCore } from "../outcome.ts";
import type { Job } from "./job.ts";
import type { Thread } from "./thread.ts";
import type { JobMoments } from "./stamps.ts";

/** Tells that something has started, and has a lane from now on. */
export function traceSpawn(
  tap: Tap,
  { id: to, kind }: Lane,
  [startMs, endMs]: readonly [number, number],
): void {
  const from = tap.here?.() ?? MAIN;
  tap.lane({ id: to, kind });
  tap.span({ lane: to, state: "starting", startMs, endMs });
  tap.link({ kind: "spawn", from, to, startMs, endMs });
}

export function traceStart(thread: Thread): void {
  const tap = currentTap();
  if (tap === null) return;
  const { askedMs, readyMs, lane: id } = thread;
  const kind = thread.kind === "process" ? "process" : "worker";
  const endMs = thread.tracedMs = readyMs ?? performance.now();
  tap.lane({ id: MAIN, kind: "main" });
  traceSpawn(tap, { id, kind }, [askedMs, endMs]);
}

/** Tells that a thread has been given jobs, or, of `null`, that it has done them. */
export function traceBusy(thread: Thread, job: Job | null): void {
  const name = job === null ? null : `job ${job.code.name}`;
  currentTap()?.busy?.(thread.lane, name);
}

export function traceQueue(length: number): void {
  currentTap()?.count("queue length", "jobs", performance.now(), length);
}

/** Tells how jobs went whose results came in one message. */
export function traceJobs(
  jobs: readonly Job[],
  moments: readonly JobMoments[],
): void {
  const tap = currentTap();
  const [job] = jobs;
  const [m] = moments;
  const thread = job?.thread ?? null;
  // A job of an earlier trace is no part of this one.
  if (tap === null || thread === null || !m || job?.tap !== tap) return;
  const label = toLabel(job);
  const lane = thread.lane;
  const add = openLane(tap, thread, label);
  const addMain = (startMs: number, endMs: number) => {
    if (endMs <= startMs) return;
    tap.span({ lane: MAIN, state: "serialising", startMs, endMs, ...label });
  };
  const from = m.from;
  // Of several messages of results, the first one tells of the jobs' own.
  if (thread.isAtFirst) {
    addMain(m.takenMs, m.sentMs);
    // A job may be sent before its thread has started.
    add("messaging", Math.max(m.sentMs, m.readyMs), m.heardMs);
    add("serialising", m.heardMs, m.readMs);
    // The first time a thread meets a function, or a lock: that is no copying.
    add("starting", m.readMs, m.loadedMs, LOADING);
    const [startMs, endMs] = [m.takenMs, m.readMs];
    tap.link({ kind: "message", from, to: lane, startMs, endMs });
  }
  for (const { startMs, endMs, running, cpu } of moments) {
    const ran = running ?? [[startMs, endMs]];
    for (
      const [isRunning, ...times] of alternate({ startMs, endMs, running: ran })
    ) {
      add(isRunning ? "running" : "waiting", ...times);
    }
    const onCore = countOnCore(cpu, thread.kind === "process");
    if (cpu !== null && onCore !== null) {
      const [startMs, endMs] = cpu;
      tap.cpu?.({ lane, startMs, endMs, ...onCore });
    }
  }
  add("serialising", m.writingMs, m.writtenMs);
  // Else it goes on with the next job meanwhile.
  if (thread.jobs.length === jobs.length) {
    add("messaging", m.writtenMs, m.heardBackMs);
  }
  addMain(m.heardBackMs, m.readBackMs);
  const [startMs, endMs] = [m.writingMs, m.readBackMs];
  tap.link({ kind: "message", from: lane, to: from, startMs, endMs });
}

/** Tells of a job that had a thread and did not come to its end. */
export function traceCut(job: Job): void {
  const tap = currentTap();
  const { thread } = job;
  if (tap === null || job.tap !== tap) return;
  if (thread === null || job.moments !== null) return;
  const endMs = performance.now();
  const add = openLane(tap, thread, toLabel(job));
  // What it did until then, only the thread would know, which is no more.
  if (thread.isReady) add("running", job.takenMs, endMs);
  else add("starting", thread.askedMs, endMs);
  const label = `${job.code.name} was cut short`;
  tap.mark({ atMs: endMs, label, lane: thread.lane });
}

type Add = (
  state: TraceState,
  startMs: number,
  endMs: number,
  reason?: string,
) => void;

/** Gives what adds spans to a thread's lane, in their order in time. */
function openLane(
  tap: Tap,
  thread: Thread,
  label: { readonly label?: string } = {},
): Add {
  const lane = thread.lane;
  tap.lane({ id: MAIN, kind: "main" });
  tap.lane({
    id: lane,
    kind: thread.kind === "process" ? "process" : "worker",
  });
  return (state, fromMs, endMs, reason) => {
    const startMs = Math.max(fromMs, thread.tracedMs);
    if (endMs <= startMs) return;
    thread.tracedMs = endMs;
    const why = reason === undefined ? {} : { reason };
    tap.span({ lane, state, startMs, endMs, ...label, ...why });
  };
}

function toLabel({ code }: Job): { readonly label?: string } {
  return code.name === "anonymous" ? {} : { label: code.name };
}

const MAIN = "main";
const LOADING = "loading code";
