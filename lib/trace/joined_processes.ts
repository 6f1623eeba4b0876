/**
 * Joins what two sources told of the same process: `process()`, which knows its
 * calls, and the watch on `Deno.Command`, which knows when it was there.
 *
 * Pure. The first one knows a process by its number alone.
 * @module
 */
import type { Lane, Link, TraceSpan } from "../base/record/mod.ts";

/** What was told through the tap. */
export interface Told {
  /** Lanes. */
  readonly lanes: readonly Lane[];
  /** Spans. */
  readonly spans: readonly TraceSpan[];
  /** Arrows. */
  readonly links: readonly Link[];
}

/**
 * Puts calls of a process onto the lane of the watch.
 *
 * A process that nobody called is a command: that it ran from start to end is
 * all that was told of it, and samples know better.
 */
export function joinProcesses(
  told: Told,
  laneOfPid: ReadonlyMap<number, string>,
): Told {
  const newId = new Map(
    [...laneOfPid].map(([pid, lane]) => [`process ${pid}`, lane]),
  );
  const twice = told.lanes.filter(({ id }) => newId.has(id));
  if (twice.length === 0) return told;
  const called = new Set(
    told.links.flatMap(({ kind, to }) => kind === "message" ? [to] : []),
  );
  const rename = (id: string) => newId.get(id) ?? id;
  return {
    lanes: told.lanes.filter((lane) => !twice.includes(lane)),
    spans: told.spans.filter(({ lane }) => !newId.has(lane) || called.has(lane))
      .map((span) => ({ ...span, lane: rename(span.lane) })),
    // The watch has told who started it.
    links: told.links.filter(({ kind, to }) =>
      kind !== "spawn" || !newId.has(to)
    ).map((link) => ({
      ...link,
      from: rename(link.from),
      to: rename(link.to),
    })),
  };
}
