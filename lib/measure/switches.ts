/**
 * `switches`: how often each thread left its core while a function ran.
 *
 * Joins the counts of `switches_source.ts` with the numbers of
 * `switches_counts.ts`; the picture in `lib/plot/switches.ts` is loaded when it
 * is first shown.
 * @module
 */

import { DISPLAY, type Displayable, makeDisplayable } from "../display.ts";
import { systemClock } from "../time/clock.ts";
import { finishStamp, startStamp } from "../time/stamp.ts";
import { countSwitches, type ThreadReading } from "./switches_counts.ts";
import { describeSwitches } from "./switches_findings.ts";
import type { SwitchesReport, ThreadSwitches } from "./switches_report.ts";
import { findSwitchSource, type SwitchSource } from "./switches_source.ts";

/** How context switches are counted. */
export interface SwitchesOptions {
  /** Heading of figures. @default the name of the function */
  readonly title?: string;
}

/** A report that a notebook shows as a figure. */
export type ShownSwitches = SwitchesReport & Displayable;

/**
 * Counts how often each thread left its core while a function runs.
 *
 * A switch is voluntary when the thread waits for something, and involuntary
 * when the system gives its core to somebody else. Threads that start meanwhile
 * count from their start. Where threads cannot be read (not Linux, or no
 * `--allow-all`), the counts are of the whole process.
 *
 * Units: numbers of switches; milliseconds of running, and of being ready
 * without a core.
 *
 * @example A function that waits
 * ```ts
 * import assert from "node:assert/strict";
 * const { threads } = await switches(() => new Promise((resolve) => setTimeout(resolve, 20)));
 * assert.ok(threads.length >= 1);
 * ```
 *
 * @param work What runs meanwhile; a promise is awaited.
 * @param options Heading.
 * @returns Counts of each thread; as a cell's value it is a figure.
 * @throws {unknown} What the function throws.
 */
export async function switches(
  work: () => unknown,
  options: SwitchesOptions = {},
): Promise<ShownSwitches> {
  const source = await findSwitchSource();
  const stampStart = await startStamp();
  const startMs = systemClock.now();
  const threads = source.type === "threads"
    ? await countThreads(work, source)
    : await countProcess(work, source);
  const durationMs = systemClock.now() - startMs;
  const stamp = await finishStamp(stampStart, { samples: 1, spread: 0 });
  const found = {
    title: options.title ?? (work.name || "Context switches"),
    durationMs,
    threads,
    missing: source.type === "process" ? [source.reason] : [],
    stamp,
  };
  const report: SwitchesReport = {
    ...found,
    findings: describeSwitches(found),
  };
  const shown = makeDisplayable(async () => {
    const { showSwitches } = await import("../plot/switches.ts");
    return await showSwitches(report)[DISPLAY]();
  });
  return Object.defineProperty({ ...report }, DISPLAY, {
    value: shown[DISPLAY],
  }) as ShownSwitches;
}

async function countThreads(
  work: () => unknown,
  { read, mainTid }: SwitchSource & { readonly type: "threads" },
): Promise<readonly ThreadSwitches[]> {
  const before = read();
  const latest = new Map<number, ThreadReading>();
  const look = () => {
    const readings = read();
    for (const reading of readings) latest.set(reading.tid, reading);
    return readings;
  };
  // A Worker that ends meanwhile takes its counts along: look now and then.
  const timer = setInterval(look, LOOK_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  const alive = new Set(look().map(({ tid }) => tid));
  const readings = [...latest.values()];
  return countSwitches({ before, latest: readings, alive, mainTid });
}

async function countProcess(
  work: () => unknown,
  { read }: SwitchSource & { readonly type: "process" },
): Promise<readonly ThreadSwitches[]> {
  const before = read();
  await work();
  const after = read();
  return [{
    name: "whole process",
    kind: "process",
    threads: 1,
    voluntary: after.voluntary - before.voluntary,
    involuntary: after.involuntary - before.involuntary,
    runMs: after.runMs - before.runMs,
    waitMs: null,
    endedEarly: false,
  }];
}

// A look costs about 0.1 ms a thread: one part in a hundred at ten threads.
const LOOK_EVERY_MS = 100;
