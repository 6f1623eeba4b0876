/**
 * What a process with a function tells the tap while a trace runs.
 * @module
 */
import { currentTap } from "../../base/record/mod.ts";
import { countOnCore } from "../outcome.ts";
import type { CallTimes } from "../process/server_guest.ts";

/** A call that is over. Units: milliseconds; those inside of `times` by the child's clock. */
export interface TracedCall {
  readonly pid: number;
  readonly name: string;
  /** When we sent it. */
  readonly sentMs: number;
  /** When we heard of its end. */
  readonly heardMs: number;
  /** What the child tells. */
  readonly times: CallTimes;
}

/** Tells the tap that a process has started, and has loaded its function. */
export function traceProcessStart(pid: number, startMs: number): void {
  const tap = currentTap();
  if (tap === null) return;
  const lane = `process ${pid}`;
  const endMs = performance.now();
  tap.lane({ id: lane, kind: "process" });
  tap.span({ lane, state: "starting", startMs, endMs });
  const from = tap.here?.() ?? "main";
  tap.link({ kind: "spawn", from, to: lane, startMs, endMs });
}

/**
 * Tells the tap of a call.
 *
 * The clocks of two processes differ. Both ways are taken to be equally long,
 * which is wrong by half of what both take together, about 0.1 ms.
 */
export function traceCall(call: TracedCall): void {
  const tap = currentTap();
  if (tap === null) return;
  const { pid, sentMs, heardMs, times } = call;
  const lane = `process ${pid}`;
  const from = tap.here?.() ?? "main";
  const label = call.name;
  tap.lane({ id: lane, kind: "process" });
  const insideMs = times.readMs + (times.endMs - times.startMs) + times.writeMs;
  const wayMs = Math.max(0, (heardMs - sentMs - insideMs) / 2);
  const shiftMs = sentMs + wayMs + times.readMs - times.startMs;
  const startMs = times.startMs + shiftMs;
  const endMs = times.endMs + shiftMs;
  // It does one thing at a time: each span begins where the lane is filled to.
  let filledMs = sentMs;
  const add = (
    state: "messaging" | "serialising" | "running" | "waiting",
    fromMs: number,
    endMs: number,
  ) => {
    const startMs = Math.max(fromMs, filledMs);
    if (endMs <= startMs) return;
    filledMs = endMs;
    tap.span({ lane, state, startMs, endMs, label });
  };
  add("messaging", sentMs, sentMs + wayMs);
  add("serialising", sentMs + wayMs, startMs);
  let reachedMs = startMs;
  for (const [from, to] of times.running) {
    add("waiting", reachedMs, from + shiftMs);
    add("running", from + shiftMs, to + shiftMs);
    reachedMs = Math.max(reachedMs, to + shiftMs);
  }
  add("waiting", reachedMs, endMs);
  // All of the process's time is the call's.
  const onCore = countOnCore(...times.onCore, true);
  if (onCore !== null) tap.cpu?.({ lane, startMs, endMs, ...onCore });
  add("serialising", endMs, endMs + times.writeMs);
  add("messaging", endMs + times.writeMs, heardMs);
  tap.link({
    kind: "message",
    from,
    to: lane,
    startMs: sentMs,
    endMs: startMs,
  });
  tap.link({
    kind: "message",
    from: lane,
    to: from,
    startMs: endMs,
    endMs: heardMs,
  });
}
