/**
 * What watching an event loop, or Python, found: rules, and their words. Pure.
 * @module
 */
import { formatDuration, formatPercent } from "../../base/mod.ts";
import {
  type FoundIn,
  groundsOf,
  listUnmet,
  teller,
} from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import type { Cliff, LagReport } from "./lag.ts";

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

export const describeLag = teller(WORDS, findLag);

export function* findLag(
  report: Measured<LagReport>,
): Iterable<FoundIn<typeof WORDS>> {
  const { cliffs, heldShare: share, durationMs, floorMs, python } = report;
  yield { rule: python ? "pythonDelays" : "delays", values: report };
  if (share >= LEAST_SHARE) {
    const rule = python ? "pythonHeld" : "held";
    yield { rule, values: { share, durationMs } };
  }
  const [longest] = cliffs.toSorted((one, other) => other.heldMs - one.heldMs);
  if (longest === undefined) yield { rule: "calm", values: null };
  else {
    const unmet = listUnmet(["alone"], groundsOf(report.stamp));
    const isAlone = unmet.length === 0;
    const rule = longest.holder === null ? "unknownHolder" : "holder";
    yield { rule, values: { ...longest, count: cliffs.length, isAlone } };
  }
  const hasWaited = share >= LEAST_SHARE;
  if (python?.gil && hasWaited) yield { rule: "gil", values: python };
  const floor = report.floorIsAssumed ? "assumedFloor" : "floor";
  yield { rule: floor, values: { floorMs } };
  if (report.isCut) yield { rule: "cut", values: null };
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
