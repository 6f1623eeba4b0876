/**
 * What a pool tells the tap while a trace runs: lanes, spans, arrows, and how
 * long its queue is.
 * @module
 */
import type { TraceState } from "../trace/recording.ts";
import type { Tap } from "../trace/tap.ts";
import type { Job } from "./job.ts";
import { toLane } from "./lanes.ts";
import type { JobMoments } from "./timing.ts";

/**
 * Tells that a thread has started.
 *
 * @param tap Takes it.
 * @param thread Its number.
 * @param askedMs When it was asked for; it has started now.
 */
export function traceStart(tap: Tap, thread: number, askedMs: number): void {
  const lane = toLane(thread);
  const endMs = performance.now();
  tap.lane({ id: MAIN, kind: "main" });
  tap.lane({ id: lane, kind: "worker" });
  tap.span({ lane, state: "starting", startMs: askedMs, endMs });
  tap.link({
    kind: "spawn",
    from: tap.here?.() ?? MAIN,
    to: lane,
    startMs: askedMs,
    endMs,
  });
}

/** Tells how many jobs wait. */
export function traceQueue(tap: Tap, length: number): void {
  tap.count("queue length", "jobs", performance.now(), length);
}

/**
 * Tells how a job went.
 *
 * @param tap Takes it.
 * @param job The job.
 * @param moments When what happened.
 */
export function traceJob(tap: Tap, job: Job, moments: JobMoments): void {
  const lane = toLane(job.thread?.number ?? 0);
  const label = job.code.name === "anonymous" ? undefined : job.code.name;
  tap.lane({ id: MAIN, kind: "main" });
  tap.lane({ id: lane, kind: "worker" });
  const add = (
    on: string,
    state: TraceState,
    startMs: number,
    endMs: number,
  ) => {
    if (endMs <= startMs) return;
    tap.span({ lane: on, state, startMs, endMs, ...label ? { label } : {} });
  };
  const m = moments;
  add(MAIN, "serialising", m.takenMs, m.sentMs);
  add(lane, "messaging", m.sentMs, m.heardMs);
  add(lane, "serialising", m.heardMs, m.readMs);
  add(lane, "starting", m.readMs, m.startMs);
  let reachedMs = m.startMs;
  for (const [from, to] of m.running ?? [[m.startMs, m.endMs]]) {
    add(lane, "waiting", reachedMs, from);
    add(lane, "running", Math.max(reachedMs, from), to);
    reachedMs = Math.max(reachedMs, to);
  }
  add(lane, "waiting", reachedMs, m.endMs);
  add(lane, "serialising", m.writingMs, m.writtenMs);
  add(lane, "messaging", m.writtenMs, m.heardBackMs);
  add(MAIN, "serialising", m.heardBackMs, m.readBackMs);
  tap.link({
    kind: "message",
    from: m.from,
    to: lane,
    startMs: m.takenMs,
    endMs: m.readMs,
  });
  tap.link({
    kind: "message",
    from: lane,
    to: m.from,
    startMs: m.writingMs,
    endMs: m.readBackMs,
  });
}

const MAIN = "main";
