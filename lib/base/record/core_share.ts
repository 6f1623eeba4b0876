/**
 * Which part of its time a thread was on a core while its code ran: what is
 * drawn as running, and what as alive.
 *
 * Pure. Code that was called and has not returned may compute, sleep in a call,
 * or wait for a core or for an interpreter's lock; only the system knows. Its
 * counts come from `cpu_guest.ts`, from samples, and from the whole process. A
 * small share says nothing of why: others may have had the cores.
 * @module
 */
import { carve, keepWithin, type Stretch, sumMs } from "./carve.ts";
import type { TraceSpan } from "./recording.ts";

/** A thread's time on a core in a stretch. Units: milliseconds. */
export interface CpuReading extends Stretch {
  readonly lane: string;
  readonly cpuMs: number;
  /** By how much that may be wrong. */
  readonly errorMs: number;
}

/** What code did for a while that was called and had not returned. */
export type Judged =
  | { readonly state: "running" }
  | { readonly state: "alive"; readonly share?: number };

export function judgeShare(
  { busyMs, cpuMs, errorMs }: {
    readonly busyMs: number;
    readonly cpuMs: number;
    readonly errorMs: number;
  },
): Judged {
  if (errorMs > MAX_ERROR * busyMs) return { state: "alive" };
  const share = Math.min(1, Math.max(0, cpuMs) / busyMs);
  if (share >= NEARLY_ALL) return { state: "running" };
  return { state: "alive", share };
}

/**
 * Gives running spans of one lane the state that the counts show.
 *
 * Neighbouring counts are joined until their error is small against the time
 * they are of.
 */
export function shareOut(
  spans: readonly TraceSpan[],
  readings: readonly CpuReading[],
  isKnown: boolean,
): TraceSpan[] {
  const groups = joinReadings(spans, readings);
  const untold = carve(spans, groups.flatMap(({ within }) => within));
  const toUntold = (span: TraceSpan): TraceSpan =>
    isKnown ? span : { ...span, state: "alive" };
  const told = groups.flatMap((group) => {
    const judged = judgeShare(group);
    return keepWithin(spans, group.within).map((span): TraceSpan => {
      if (judged.state === "running") return span;
      const { share } = judged;
      if (share === undefined) return toUntold(span);
      return { ...span, state: "alive", share };
    });
  });
  return [...untold.map(toUntold), ...told]
    .sort((one, other) => one.startMs - other.startMs);
}

interface ReadingGroup {
  readonly within: Stretch[];
  busyMs: number;
  cpuMs: number;
  errorMs: number;
}

function joinReadings(
  spans: readonly TraceSpan[],
  readings: readonly CpuReading[],
): readonly ReadingGroup[] {
  const groups: ReadingGroup[] = [];
  for (const reading of readings) {
    const busyMs = sumMs(keepWithin(spans, [reading]));
    if (busyMs === 0) continue;
    const last = groups.at(-1);
    if (last !== undefined && last.errorMs > MAX_ERROR * last.busyMs) {
      add(last, reading, busyMs);
    } else {
      const group = { within: [], busyMs: 0, cpuMs: 0, errorMs: 0 };
      groups.push(group);
      add(group, reading, busyMs);
    }
  }
  // What is left over alone is too short to be told.
  const [last, previous] = [groups.at(-1), groups.at(-2)];
  if (last && previous && last.errorMs > MAX_ERROR * last.busyMs) {
    groups.pop();
    previous.within.push(...last.within);
    previous.busyMs += last.busyMs;
    previous.cpuMs += last.cpuMs;
  }
  return groups;
}

/** Counts that follow each other go in steps of one count: the error stays that of one. */
function add(group: ReadingGroup, reading: CpuReading, busyMs: number): void {
  group.within.push(reading);
  group.busyMs += busyMs;
  group.cpuMs += reading.cpuMs;
  group.errorMs = Math.max(group.errorMs, reading.errorMs);
}

/** How far the runtime's count may be off: user's and system's time go in steps of 10 ms each. */
export const CPU_STEP_MS = 20;

// A third: with more, not even half and all can be told apart.
const MAX_ERROR = 1 / 3;
const NEARLY_ALL = 0.9;
