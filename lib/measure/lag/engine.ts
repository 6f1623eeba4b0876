/**
 * What `lag()` makes of what it saw, loaded when it has seen it.
 *
 * The event loop is watched in `watch.ts`, Python in `python.ts`; the numbers are
 * worked out in `ticks.ts`.
 * @module
 */
import type { StampStart } from "../../base/stamp/mod.ts";
import { finish } from "../scaffold.ts";
import { describeLag } from "./findings.ts";
import type { LagReport, WatchedPython } from "./result.ts";
import {
  findCliffs,
  findDelay,
  findFloor,
  type Floor,
  type KnownWork,
  listHolds,
} from "./ticks.ts";
import type { Rings } from "./watch.ts";

/** What goes into the report besides. */
export interface WatchFacts {
  /** Heading of figures. */
  readonly title: string;
  /** What ran meanwhile, by its own account. */
  readonly works: readonly KnownWork[];
  /** The machine when watching began. */
  readonly stamp: StampStart;
  /** What the timer takes when nobody holds it. @default found among the rings */
  readonly floor?: Floor;
  /** The interpreter, where Python was watched. */
  readonly python?: WatchedPython;
}

/** Works out how late things were, and who was the reason. */
export async function describeWatch(
  { startMs, endMs, ringsMs, isCut }: Rings,
  { title, works, stamp, floor, python }: WatchFacts,
): Promise<LagReport> {
  const gapsMs = ringsMs.map((ms, i) => ms - (ringsMs[i - 1] ?? startMs));
  const { floorMs, isAssumed } = floor ?? findFloor(gapsMs);
  const holds = listHolds(startMs, ringsMs, floorMs);
  const durationMs = endMs - startMs;
  const own = works.map((work) => ({
    name: work.name,
    startMs: work.startMs - startMs,
    endMs: work.endMs - startMs,
  }));
  const heldMs = holds.reduce((sum, [, ms]) => sum + ms, 0);
  return await finish({
    type: "lag",
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
    ...(isCut ? { isCut } : {}),
    ...(python === undefined ? {} : { python }),
  }, {
    start: stamp,
    options: { samples: ringsMs.length, spread: 0 },
    describe: describeLag,
  });
}

// Less cannot be seen in a figure.
const MIN_SHOWN_MS = 0.5;
