/**
 * Fixed reports for the gallery of `lag.ts`.
 *
 * For tests only; nothing else imports this file. Pure.
 * @module
 */

import { describeLag } from "../../measure/lag/findings.ts";
import type { LagReport } from "../../measure/lag/lag.ts";
import { findCliffs, findDelay, type Hold } from "../../measure/lag/engine.ts";
import { STAMP } from "./gallery_data.ts";

/** A loop that is held twice by the function that was watched, and once before. */
export const HELD: LagReport = makeReport(
  "Sorting on the main thread",
  [[40, 6], [120, 250], [395, 62], [560, 148], [740, 3], [810, 9]],
  { startMs: 115, endMs: 465 },
);

/** A loop that nobody holds. */
export const CALM: LagReport = makeReport(
  "A calm loop",
  Array.from({ length: 60 }, (_, i) => [i * 16.4, 0.5 + (i * 7 % 11) / 9]),
);

/** Many holds, close to one another. */
export const CROWDED: LagReport = makeReport(
  "Twenty long callbacks",
  Array.from({ length: 20 }, (_, i) => [10 + i * 49, 46.5 - (i % 5) + i / 2]),
);

function makeReport(
  title: string,
  holds: readonly Hold[],
  work?: { readonly startMs: number; readonly endMs: number },
): LagReport {
  const durationMs = 1000;
  const heldMs = holds.reduce((sum, [, ms]) => sum + ms, 0);
  const found = {
    type: "lag" as const,
    title,
    durationMs,
    ticks: 470,
    floorMs: 2.12,
    floorIsAssumed: false,
    p50Ms: findDelay(holds, durationMs, 0.5),
    p99Ms: findDelay(holds, durationMs, 0.99),
    maxMs: findDelay(holds, durationMs, 1),
    heldShare: heldMs / durationMs,
    cliffs: findCliffs(
      holds,
      work === undefined ? [] : [{ name: "sortAll", ...work }],
    ),
    delays: holds,
    stamp: { ...STAMP, samples: 470 },
  };
  return { ...found, findings: describeLag(found) };
}
