/**
 * A timeline in words: its text alternative, with the numbers.
 *
 * Pure: panels in, sentences out.
 * @module
 */

import { type Lane, lanes } from "../../trace/lanes.ts";
import type { SpanState } from "../../base/record/mod.ts";
import { formatDuration } from "../../base/mod.ts";
import type { TimelinePanel } from "../../trace/timeline_groups.ts";
import { shareInWords, STATES } from "../core/visual.ts";

/**
 * Says what a timeline shows: one line a panel, with how long each lane was in
 * each state.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const span = { lane: "a", kind: "main", state: "running" } as const;
 * const spans = [{ ...span, startMs: 0, endMs: 5 }];
 * assert.equal(
 *   describePanels([{ title: "async", model: "async", spans, wallMs: 5 }]),
 *   "async, 5.00 ms: a running 5.00 ms.",
 * );
 * ```
 *
 * @param panels What is shown.
 * @returns Lines of text.
 */
export function describePanels(panels: readonly TimelinePanel[]): string {
  return panels.map(describePanel).join("\n");
}

function describePanel(panel: TimelinePanel): string {
  const { title, spans, wallMs } = panel;
  if (spans.length === 0) {
    return `${title || "Timeline"}: nothing was recorded.`;
  }
  const heading = `${title || "Timeline"}, ${formatDuration(wallMs)}: `;
  const found = lanes(spans);
  const told = found.slice(0, MAX_TOLD).map(describeLane);
  const rest = found.length - told.length;
  if (rest > 0) told.push(`and ${rest} more lanes`);
  return `${heading}${told.join("; ")}.`;
}

function describeLane({ name, rows }: Lane): string {
  const totalMs = new Map<SpanState, number>();
  let [knownMs, ranMs] = [0, 0];
  for (const { state, startMs, endMs, share } of rows.flat()) {
    totalMs.set(state, (totalMs.get(state) ?? 0) + endMs - startMs);
    if (share === undefined) continue;
    knownMs += endMs - startMs;
    ranMs += share * (endMs - startMs);
  }
  const share = knownMs > 0 ? ranMs / knownMs : undefined;
  const states = [...totalMs].map(([state, ms]) =>
    `${STATES[state].name} ${formatDuration(ms)}` +
    (state === "alive" ? ` (${shareInWords(share)})` : "")
  );
  return `${name} ${states.join(", ")}`;
}

const MAX_TOLD = 12;
