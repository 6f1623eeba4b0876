/**
 * What `lag()` says of what it saw, loaded when it has seen it.
 *
 * The watching itself is in `lag_watch.ts`, its numbers are in `lag_ticks.ts`.
 * @module
 */

import { finishStamp, type StampStart } from "../../base/stamp/mod.ts";
import { describeLag } from "./findings.ts";
import type { LagReport } from "./result.ts";
import {
  findCliffs,
  findDelay,
  findFloor,
  type KnownWork,
  listHolds,
} from "./ticks.ts";
import type { LoopWatch } from "./watch.ts";

/** What a watch saw. */
export type Seen = ReturnType<LoopWatch["stop"]>;

/** What goes into the report besides. */
export interface WatchFacts {
  /** Heading of figures. */
  readonly title: string;
  /** What ran meanwhile, by its own account. */
  readonly works: readonly KnownWork[];
  /** The machine when watching began. */
  readonly stamp: StampStart;
}

/**
 * Works out how late the loop was, and who held it.
 *
 * @param seen What the watch saw.
 * @param facts Heading, what ran meanwhile, and the machine before.
 * @returns The report.
 */
export async function describeWatch(
  { startMs, endMs, ringsMs, isCut }: Seen,
  { title, works, stamp }: WatchFacts,
): Promise<LagReport> {
  const gapsMs = ringsMs.map((ms, i) => ms - (ringsMs[i - 1] ?? startMs));
  const { floorMs, isAssumed } = findFloor(gapsMs);
  const holds = listHolds(startMs, ringsMs, floorMs);
  const durationMs = endMs - startMs;
  const own = works.map((work) => ({
    name: work.name,
    startMs: work.startMs - startMs,
    endMs: work.endMs - startMs,
  }));
  const heldMs = holds.reduce((sum, [, ms]) => sum + ms, 0);
  const found = {
    title,
    durationMs,
    ticks: ringsMs.length,
    floorMs,
    floorIsAssumed: isAssumed,
    p50Ms: findDelay(holds, durationMs, 0.5),
    p99Ms: findDelay(holds, durationMs, 0.99),
    maxMs: findDelay(holds, durationMs, 1),
    heldShare: durationMs > 0 ? heldMs / durationMs : 0,
    cliffs: findCliffs(holds, own),
    delays: holds.filter(([, ms]) => ms >= MIN_SHOWN_MS),
    stamp: await finishStamp(stamp, {
      samples: ringsMs.length,
      spread: 0,
    }),
  };
  return {
    ...found,
    findings: describeLag(found, { isCut }),
  };
}

// Less cannot be seen in a figure.
const MIN_SHOWN_MS = 0.5;
