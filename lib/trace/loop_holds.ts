/**
 * Names whose code held the event loop: the task that had the thread longest,
 * and the function in it, where samples tell.
 *
 * Pure: what the sources told in, holds out. They are noticed in `loop_watch.ts`.
 * @module
 */
import type { LoopHold, Stretch } from "../base/record/mod.ts";
import type { Context, Segment } from "./own_lanes.ts";
import { findHolder, isOwnCode, type Profile } from "./line_samples.ts";

/**
 * Names the code of each hold.
 *
 * Units: milliseconds of `performance.now()`.
 */
export function describeHolds(
  holds: readonly Stretch[],
  segments: readonly Segment[],
  profile: Profile | null,
): LoopHold[] {
  return holds.map(({ startMs, endMs }) => {
    const context = findContext(segments, { startMs, endMs });
    const holder = profile === null
      ? null
      : findHolder(profile, { startMs, endMs });
    const site = findSite(context?.site?.stack ?? "");
    return {
      startMs,
      endMs,
      lane: context?.lane ?? "main",
      ...(context?.label === undefined ? {} : { label: context.label }),
      ...(site === null ? {} : { site }),
      ...holder,
    };
  });
}

/** Finds the first place in a stack that is not of this library, such as `Cell [3]:4`. */
export function findSite(stack: string): string | null {
  for (const line of stack.split("\n")) {
    const place = /^ +at (?:.*\()?(Cell \[\d+\]|\S+?):(\d+):\d+\)?$/.exec(line);
    if (place === null) continue;
    const [, address, number] = place;
    if (isOwnCode(address!)) continue;
    return `${address!.split(/[?#]/, 1)[0]!.split("/").at(-1)}:${number}`;
  }
  return null;
}

/** Says a hold in few words, for a mark. */
export function nameHold(
  { startMs, endMs, code, source }: LoopHold,
): string {
  const held = `event loop held ${(endMs - startMs).toFixed(0)} ms`;
  if (code === undefined) return held;
  return `${held} by ${code}${source === undefined ? "" : ` (${source})`}`;
}

function findContext(
  segments: readonly Segment[],
  { startMs, endMs }: Stretch,
): Context | undefined {
  const timeOf = new Map<Context, number>();
  for (const segment of segments) {
    if (segment.startMs >= endMs) break;
    const fromMs = Math.max(segment.startMs, startMs);
    const lengthMs = Math.min(segment.endMs, endMs) - fromMs;
    if (lengthMs <= 0) continue;
    const { context } = segment;
    timeOf.set(context, (timeOf.get(context) ?? 0) + lengthMs);
  }
  return [...timeOf].sort(([, one], [, other]) => other - one)[0]?.[0];
}
