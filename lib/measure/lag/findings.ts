/**
 * What watching the event loop found, in sentences.
 *
 * Pure. The numbers are worked out in `lag_ticks.ts`.
 * @module
 */

import type { LagReport } from "./result.ts";
import { groundsOf, listUnmet } from "../../explain/gate.ts";
import { formatDuration, formatPercent } from "../../base/mod.ts";
import { describeNoise } from "../../base/stamp/mod.ts";

/** What is known besides the report. */
export interface LagNotes {
  /** Whether rings were left out, as there were too many. */
  readonly isCut: boolean;
}

/**
 * Puts a report into words.
 *
 * @param report What was found.
 * @param notes What is known besides.
 * @returns Sentences: answers first, then caveats.
 */
export function describeLag(
  report: Omit<LagReport, "findings">,
  notes: LagNotes,
): readonly string[] {
  const { cliffs, p50Ms, p99Ms, maxMs, heldShare, durationMs } = report;
  const longest = cliffs.reduce<LagReport["cliffs"][number] | null>(
    (best, cliff) =>
      best !== null && best.heldMs >= cliff.heldMs ? best : cliff,
    null,
  );
  return [
    ...describeNoise(report.stamp),
    `What became due at a random moment waited ${
      formatDuration(p50Ms)
    } or less ` +
    `in half of all moments, ${formatDuration(p99Ms)} or less in 99 of 100, ` +
    `and ${formatDuration(maxMs)} at worst.`,
    ...(heldShare >= 0.01
      ? [
        `The event loop was held for ${formatPercent(heldShare)} of ${
          formatDuration(durationMs)
        }.`,
      ]
      : []),
    ...(longest === null
      ? ["No hold of 50 ms or more: nothing that people would notice."]
      : [
        describeCliff(longest, {
          count: cliffs.length,
          isAlone: listUnmet(["alone"], groundsOf(report.stamp)).length === 0,
        }),
      ]),
    ...describeFloor(report),
    ...(notes.isCut
      ? ["Watching stopped early: there was room for no more rings."]
      : []),
  ];
}

function describeCliff(
  { startMs, heldMs, holder }: LagReport["cliffs"][number],
  { count, isAlone }: { readonly count: number; readonly isAlone: boolean },
): string {
  const longest = count === 1 ? "One hold" : `The longest of ${count} holds`;
  const who = holder === null
    ? "who held it is unknown: give lag() the work as a function to learn whether it did"
    : `${holder} ran then, and gave the loop no turn` +
      (isAlone ? "" : ", or others had its core");
  return `${longest} took ${formatDuration(heldMs)}, from ${
    formatDuration(startMs)
  } on; ${who}.`;
}

function describeFloor(
  { floorMs, floorIsAssumed }: Omit<LagReport, "findings">,
): readonly string[] {
  const floor = formatDuration(floorMs);
  return [
    floorIsAssumed
      ? `The loop was never free, so the timer's own time was taken to be ${floor}.`
      : `The timer's own ${floor} are subtracted, so a hold may have been as much longer.`,
  ];
}
