/**
 * What watching an event loop, or Python, found: rules, and their words. Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import { describeNoise } from "../../base/stamp/mod.ts";
import { type FoundIn, groundsOf, listUnmet, say } from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import type { Cliff, LagReport } from "./result.ts";

interface Delays {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

interface Hold extends Cliff {
  readonly count: number;
  /** Whether others are known not to have had the cores. */
  readonly isAlone: boolean;
}

const WORDS = {
  delays: (delays: Delays) => `Delay of the event loop: ${inWords(delays)}.`,
  pythonDelays: (delays: Delays) =>
    `Delay of another thread of Python: ${inWords(delays)}.`,
  held: ({ share, durationMs }: { share: number; durationMs: number }) =>
    `The event loop was held for ${formatPercent(share)} of ${
      formatDuration(durationMs)
    }.`,
  pythonHeld: ({ share, durationMs }: { share: number; durationMs: number }) =>
    `For ${formatPercent(share)} of ${
      formatDuration(durationMs)
    } another thread of Python had to wait.`,
  calm: () => "No hold of 50 ms or more: nothing that people would notice.",
  unknownHolder: (hold: Hold) =>
    `${holdInWords(hold)}; who held it is unknown: give lag() the work as a ` +
    `function to learn whether it did.`,
  holder: (hold: Hold) =>
    `${
      holdInWords(hold)
    }; ${hold.holder} ran then, and gave no turn to others` +
    `${hold.isAlone ? "" : ", or others had its core"}.`,
  gil: ({ intervalMs }: { intervalMs: number }) =>
    `This Python has a GIL: a thread that is ready asks the running one for it ` +
    `after ${formatDuration(intervalMs)} (sys.setswitchinterval()).`,
  assumedFloor: ({ floorMs }: { floorMs: number }) =>
    `It was never free, so the timer's own time was taken to be ${
      formatDuration(floorMs)
    }.`,
  floor: ({ floorMs }: { floorMs: number }) =>
    `The timer's own ${
      formatDuration(floorMs)
    } are subtracted, so a hold may have been as much longer.`,
  cut: () => "Watching stopped early: there was room for no more rings.",
};

/** Says what was seen: doubts first, then answers, then caveats. */
export function describeLag(report: Measured<LagReport>): readonly string[] {
  const { stamp } = report;
  return [
    ...describeNoise(stamp),
    ...say(WORDS, findLag(report), groundsOf(stamp)),
  ];
}

/** Applies all rules. */
export function findLag(report: Measured<LagReport>): FoundIn<typeof WORDS>[] {
  const { cliffs, heldShare: share, durationMs, floorMs, python } = report;
  const isPython = python !== undefined;
  return [
    { rule: isPython ? "pythonDelays" : "delays", values: report },
    ...share < LEAST_SHARE ? [] : [
      {
        rule: isPython ? "pythonHeld" : "held",
        values: { share, durationMs },
      } as const,
    ],
    findHold(cliffs, report),
    ...python?.gil === true && share >= LEAST_SHARE
      ? [{ rule: "gil", values: python } as const]
      : [],
    {
      rule: report.floorIsAssumed ? "assumedFloor" : "floor",
      values: { floorMs },
    },
    ...report.isCut ? [{ rule: "cut", values: null } as const] : [],
  ];
}

function findHold(
  cliffs: readonly Cliff[],
  { stamp }: Measured<LagReport>,
): FoundIn<typeof WORDS> {
  const [longest] = cliffs.toSorted((one, other) => other.heldMs - one.heldMs);
  if (longest === undefined) return { rule: "calm", values: null };
  const isAlone = listUnmet(["alone"], groundsOf(stamp)).length === 0;
  const values = { ...longest, count: cliffs.length, isAlone };
  return {
    rule: longest.holder === null ? "unknownHolder" : "holder",
    values,
  };
}

function inWords({ p50Ms, p99Ms, maxMs }: Delays): string {
  return `median ${formatDuration(p50Ms)}, 99th percentile ${
    formatDuration(p99Ms)
  }, longest ${formatDuration(maxMs)}`;
}

function holdInWords({ startMs, heldMs, count }: Hold): string {
  const which = count === 1 ? "One hold" : `The longest of ${count} holds`;
  return `${which} took ${formatDuration(heldMs)}, from ${
    formatDuration(startMs)
  } on`;
}

const LEAST_SHARE = 0.01;
