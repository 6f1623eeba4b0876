/**
 * A recording in words: its text alternative, with the numbers, and what its
 * shape means.
 *
 * Pure: a recording in, sentences out.
 * @module
 */
import { factsOfRecording } from "../../explain/recording_facts.ts";
import { applyRules, inWords } from "../../explain/rules.ts";
import type {
  Recording,
  TraceSpan,
  TraceState,
} from "../../base/record/mod.ts";
import { formatDuration, formatShort } from "../../base/mod.ts";
import { groupLanes } from "./recording_lanes.ts";
import { TRACE_STATES } from "./recording_visual.ts";
import { shareInWords } from "../core/visual.ts";

/**
 * Says how long each lane was in each state, how much passed between lanes,
 * and how far counters went.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { POOL } from "../gallery/recording_fixtures.ts";
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
  const spansOf = Map.groupBy(spans, ({ lane }) => lane);
  const lanes = groupLanes(recording);
  const lines = lanes.slice(0, MAX_TOLD).map(({ id }) => {
    const states = [...Map.groupBy(spansOf.get(id) ?? [], stateOf)].map(
      ([state, spans]) => {
        const ms = spans.reduce((sum, one) => sum + lengthOf(one), 0);
        const told = `${TRACE_STATES[state].name} ${formatDuration(ms)}`;
        return state === "alive" ? `${told} (${tellShare(spans)})` : told;
      },
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

/** Says how much of code that shared a core was on one. */
function tellShare(spans: readonly TraceSpan[]): string {
  const known = spans.filter(({ share }) => share !== undefined);
  const ms = known.reduce((sum, span) => sum + lengthOf(span), 0);
  const ran = known.reduce(
    (sum, span) => sum + (span.share ?? 0) * lengthOf(span),
    0,
  );
  return shareInWords(ms > 0 ? ran / ms : undefined);
}

function stateOf({ state }: TraceSpan): TraceState {
  return state;
}

function lengthOf({ startMs, endMs }: TraceSpan): number {
  return endMs - startMs;
}

/**
 * Says what the shape of a recording means, and what would help: what the rules
 * in `lib/explain/` find, most telling first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LEAKED } from "../gallery/recording_fixtures.ts";
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
