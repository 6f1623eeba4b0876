/**
 * A recording in words: its text alternative, with the numbers, and what its
 * shape means.
 *
 * Pure: a recording in, sentences out.
 * @module
 */
import { factsOfRecording } from "../explain/recording_facts.ts";
import { applyRules, inWords } from "../explain/rules.ts";
import type { Recording, TraceState } from "../trace/recording.ts";
import { formatDuration, formatShort } from "../time/duration.ts";
import { groupLanes } from "./recording_lanes.ts";
import { TRACE_STATES } from "./recording_visual.ts";

/**
 * Says how long each lane was in each state, how much passed between lanes,
 * and how far counters went.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { POOL } from "./recording_fixtures.ts";
 * assert.match(describeRecording(POOL), /worker 1: starting 11.0 ms, running 96.0 ms/);
 * ```
 *
 * @param recording What was recorded.
 * @returns Lines of text.
 */
export function describeRecording(recording: Recording): string {
  const { spans, links, counters, marks, durationMs } = recording;
  if (spans.length + links.length + counters.length + marks.length === 0) {
    return "Nothing was recorded.";
  }
  const totals = new Map<string, Map<TraceState, number>>();
  for (const { lane, state, startMs, endMs } of spans) {
    const known = totals.get(lane) ?? new Map<TraceState, number>();
    known.set(state, (known.get(state) ?? 0) + endMs - startMs);
    totals.set(lane, known);
  }
  const lanes = groupLanes(recording);
  const lines = lanes.slice(0, MAX_TOLD).map(({ id }) => {
    const states = [...totals.get(id) ?? []].map(([state, ms]) =>
      `${TRACE_STATES[state].name} ${formatDuration(ms)}`
    );
    return `${id}: ${states.join(", ") || "nothing"}`;
  });
  const rest = lanes.length - lines.length;
  if (rest > 0) lines.push(`and ${rest} more lanes`);
  const kinds = Map.groupBy(links, ({ kind }) => kind);
  if (links.length > 0) {
    const counts = [...kinds].map(([kind, { length }]) => `${length} ${kind}`);
    lines.push(`Arrows: ${counts.join(", ")}.`);
  }
  for (const { name, unit, samples } of counters) {
    const range = samples.reduce(
      ([low, high], [, value]) => [Math.min(low, value), Math.max(high, value)],
      [Infinity, -Infinity],
    );
    if (samples.length === 0) continue;
    lines.push(
      `Counter ${name}: ${formatShort(range[0]!)} to ${
        formatShort(range[1]!)
      } ${unit}.`,
    );
  }
  for (const { atMs, label, lane } of marks.slice(0, MAX_TOLD)) {
    const where = lane === undefined ? "" : ` (${lane})`;
    lines.push(`At ${formatDuration(atMs)}: ${label}${where}.`);
  }
  for (const thread of (recording.threads ?? []).slice(0, MAX_TOLD)) {
    lines.push(
      `Counted by the system: ${nameThread(thread.lane)} on a core ${
        formatDuration(thread.runningMs)
      }, ready for one ${formatDuration(thread.runnableMs)}.`,
    );
  }
  return [`Recorded ${formatDuration(durationMs)}.`, ...lines].join("\n");
}

/**
 * Says what the shape of a recording means, and what would help: what the rules
 * in `lib/explain/` find, most telling first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LEAKED } from "./recording_fixtures.ts";
 * assert.match(findInRecording(LEAKED)[0]!, /^write audit outlives handle request/);
 * ```
 *
 * @param recording What was recorded.
 * @returns At most three entries; none if nothing stands out.
 */
export function findInRecording(recording: Recording): readonly string[] {
  return applyRules(factsOfRecording(recording)).map(inWords);
}

/**
 * Names a thread in words where the system knows it by a cut name only.
 *
 * Source: Linux keeps 15 characters of a thread's name, V8 and tokio give longer ones.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(nameThread("V8 DefaultWorke"), "V8's helpers");
 * assert.equal(nameThread("worker 1"), "worker 1");
 * ```
 *
 * @param lane Id of its lane, or the system's name of it.
 * @returns The name to show.
 */
export function nameThread(lane: string): string {
  return THREADS[lane] ?? lane;
}

// They compile code and collect garbage; they do input and output.
const THREADS: Readonly<Record<string, string>> = {
  "V8 DefaultWorke": "V8's helpers",
  "tokio-runtime-w": "Deno's helpers",
};
const MAX_TOLD = 14;
