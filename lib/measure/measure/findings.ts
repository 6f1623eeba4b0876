/**
 * What measuring functions and commands says: rules, and their words. Pure.
 * @module
 */
import {
  countOf,
  formatDuration,
  formatInterval,
  formatPercent,
} from "../../base/mod.ts";
import type { SpeedUp } from "../../base/record/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import {
  type FoundIn,
  invert,
  rangeInWords,
  ratioInWords,
  teller,
} from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import type {
  EarlierResult,
  MeasuredFunction,
  Measurement,
} from "./measure.ts";

interface Against {
  readonly name: string;
  readonly baseline: string;
  readonly speedup: SpeedUp;
}

const WORDS = {
  median: (result: MeasuredFunction) => {
    const { name, summary, callsPerSample, isAsync, command } = result;
    const { medianMs, lowMs, highMs, minMs, count } = summary;
    const [least, calls] = [
      Math.min(...callsPerSample),
      Math.max(...callsPerSample),
    ];
    const each = calls === 1
      ? ""
      : ` of ${least === calls ? calls : `${least} to ${calls}`} calls`;
    const interval = count < 3
      ? "too few samples for an interval"
      : `${nameInterval(count)} ${formatInterval(lowMs, highMs)}`;
    return `${name}: a ${command ? "run" : "call"} takes ${
      formatDuration(medianMs)
    } (${interval}), at best ${formatDuration(minMs)}; ${
      countOf(count, "sample")
    }${each}${isAsync && !command ? ", waits included" : ""}.`;
  },
  alike: ({ name, baseline, speedup }: Against) =>
    `No difference shown between ${name} and ${baseline}: ${
      ratioInWords(speedup, "")
    }${
      // Shown by the samples, and yet no more than the next run might undo.
      speedup.low > 1 || speedup.high < 1 ? ": it is below 2 %" : ""}.`,
  differs: ({ name, baseline, speedup }: Against) =>
    `${name} is ${speedInWords(speedup, baseline)}.`,
  fasterLate: (found: Shifted) =>
    `${
      shiftInWords(found)
    }: the warm-up went on, as when the engine compiles ` +
    `code anew late, or the processor speeds up. The figures are of the later ones.`,
  slowerLate: (found: Shifted) =>
    `${shiftInWords(found)}: something changed then, such as code that the ` +
    `engine had to give up, or a slower clock. One median describes neither.`,
  whyShifted: (found: Shifted) => `${shiftInWords(found)}. Why`,
  modes: ({ name, shape: { modes } }: MeasuredFunction) => {
    const crowds = modes.map(({ center, share }) =>
      `${formatDuration(center)} (${formatPercent(share)})`
    );
    return `${name} crowds around ${modes.length} times: ${
      crowds.slice(0, -1).join(", ")
    } and ${crowds.at(-1)}. One median describes none of them.`;
  },
  oneTime: ({ name }: MeasuredFunction) =>
    `Whether ${name} takes one time or several`,
  removed: ({ name }: MeasuredFunction) =>
    `${name} takes hardly longer than an empty loop: the engine may have ` +
    `removed its work. Return what it computes.`,
  shell: ({ shellMs }: { shellMs: number }) =>
    `The shell's own start, ${
      formatDuration(shellMs)
    }, is subtracted: it was measured in turns with the commands.`,
  shorterThanShell: ({ name }: MeasuredFunction) =>
    `${name} takes hardly longer than the shell that starts it: give it as a ` +
    `list, such as ["program", "argument"], and no shell is started.`,
  cold: (results: readonly MeasuredFunction[]) =>
    `Cold start: the first ${results[0]!.command ? "run" : "call"} took ${
      results.map(({ name, coldStart }) =>
        `${formatDuration(coldStart!.firstMs)} for ${name}, later ones ${
          formatDuration(coldStart!.firstMs / coldStart!.ratio)
        } in the median`
      ).join("; ")
    }. ${
      results[0]!.command ? "Caches" : "Code is compiled and caches"
    } are filled then.`,
  shortWarmUp: ({ name, warmUpMs }: MeasuredFunction) =>
    `${name} had ${
      countOf(warmUpMs.length, "warm-up call")
    } only, too few to tell whether its times had settled.`,
  unsettled: ({ name, warmUpMs }: MeasuredFunction) =>
    `${name} had not settled after ${warmUpMs.length} warm-up samples: the ` +
    `last 5 still differed from the 5 before by over 2 %.`,
  outliers: ({ name, outliers, samplesMs, summary }: MeasuredFunction) => {
    const furthest = Math.max(
      ...outliers.map(({ index }) => samplesMs[index]!),
    );
    return `${outliers.length} of ${samplesMs.length} samples of ${name} ${
      outliers.length === 1 ? "is an outlier" : "are outliers"
    }${
      furthest > summary.medianMs ? `, up to ${formatDuration(furthest)}` : ""
    }; none was dropped.`;
  },
  dependent: ({ name }: MeasuredFunction) =>
    `Samples of ${name} resemble the ones before them, so the true interval is ` +
    `wider than the one given.`,
  earlier: ({ name, speedup, isSameMachine }: EarlierResult) =>
    `${
      speedup.shown
        ? `${name} is ${speedInWords(speedup, "in the earlier measurement")}`
        : `${name} against the earlier measurement: no difference shown (${
          rangeInWords(speedup)
        })`
    }. ${
      isSameMachine
        ? "They were not taken in turns: the machine may have changed between."
        : "That was on another machine, or with other versions."
    }`,
  repeated: (
    { runs, first, share }: { runs: number; first: number; share: number },
  ) =>
    `Repeated: other programs used ${
      formatPercent(first)
    } of all cores in the ` +
    `first run, ${formatPercent(share)} in the one of ${runs} that counts.`,
};

/** Samples that became faster or slower for good. */
interface Shifted {
  readonly name: string;
  readonly at: number;
  readonly of: number;
  readonly beforeMs: number;
  readonly afterMs: number;
}

export const describeMeasurement = teller(WORDS, findMeasurement);

type Found = Iterable<FoundIn<typeof WORDS>>;

export function* findMeasurement(measured: Measured<Measurement>): Found {
  const { results, shellMs, earlier = [] } = measured;
  for (const values of results) yield { rule: "median", values };
  const baseline = results[0]?.name ?? "";
  for (const { name, speedup } of results) {
    if (speedup === null) continue;
    const rule = speedup.shown ? "differs" : "alike";
    yield { rule, values: { name, baseline, speedup } };
  }
  for (const values of earlier) yield { rule: "earlier", values };
  for (const result of results) yield* findShape(result);
  for (const values of results) {
    if (values.summary.medianMs < REMOVED_MS) yield { rule: "removed", values };
  }
  if (shellMs !== undefined) {
    yield { rule: "shell", values: { shellMs } };
    for (const values of results) {
      const isShort = values.isLine && values.summary.medianMs < shellMs;
      if (isShort) yield { rule: "shorterThanShell", values };
    }
  }
  const cold = results.filter(({ coldStart }) => coldStart !== null);
  if (cold.length > 0) yield { rule: "cold", values: cold };
  for (const values of results) {
    const isShort = values.warmUpMs.length < LEAST_WARM_UP;
    if (values.warmUpSettled) continue;
    yield { rule: isShort ? "shortWarmUp" : "unsettled", values };
  }
  for (const values of results) {
    if (values.outliers.length > 0) yield { rule: "outliers", values };
  }
  for (const values of results) {
    if (values.isDependent) yield { rule: "dependent", values };
  }
  const { length: runs, 0: first } = measured.runShares;
  const { otherCpuShare: share } = measured.stamp;
  if (share !== null && runs > 1) {
    yield { rule: "repeated", values: { runs, first: first ?? 0, share } };
  }
}

/** Where others had the core, they decide how samples lie, not the function. */
function* findShape(result: MeasuredFunction): Found {
  const { name, shift, samplesMs, shape } = result;
  const needs = ["alone"] as const;
  if (shift !== null) {
    const values = { ...shift, name, of: samplesMs.length };
    const rule = shift.afterMs < shift.beforeMs ? "fasterLate" : "slowerLate";
    yield { rule, values, needs, of: "whyShifted" };
  } else if (shape.modes.length > 1) {
    yield { rule: "modes", values: result, needs, of: "oneTime" };
  }
}

function shiftInWords({ name, at, of, beforeMs, afterMs }: Shifted): string {
  return `The first ${at} of ${of} samples of ${name} took ${
    formatDuration(beforeMs)
  } in the median, the later ones ${formatDuration(afterMs)}`;
}

function speedInWords(speedup: SpeedUp, other: string): string {
  return speedup.ratio >= 1
    ? ratioInWords(speedup, "", `as fast as ${other}`)
    : ratioInWords(invert(speedup), "", `as slow as ${other}`);
}

// A loop around nothing takes about that long.
const REMOVED_MS = 0.0000015;
const LEAST_WARM_UP = 10;
