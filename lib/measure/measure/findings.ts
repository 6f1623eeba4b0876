/**
 * What a measurement says, in sentences that carry the measured numbers.
 *
 * Pure. The numbers are worked out in `measure_summary.ts`.
 * @module
 */

import {
  formatDuration,
  formatInterval,
  formatNumber,
  formatPercent,
} from "../../base/mod.ts";
import { groundsOf, tell } from "../../explain/gate.ts";
import { describeNoise, type HonestyStamp } from "../../base/stamp/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import type { MeasuredFunction, Measurement } from "./result.ts";

/**
 * Puts a measurement into words.
 *
 * @param measured What was found.
 * @returns Sentences: answers first, then caveats.
 */
export function describeMeasurement(
  measured: Omit<Measurement, "findings">,
): readonly string[] {
  const { results } = measured;
  const baseline = results[0]?.name ?? "";
  return [
    ...describeNoise(measured.stamp),
    ...results.map(describeMedian),
    ...results.flatMap((result) => describeSpeedUp(result, baseline)),
    ...results.flatMap((result) => describeShape(result, measured.stamp)),
    ...results.flatMap((result) =>
      describeCallCost(result, results.length === 1)
    ),
    ...describeColdStarts(results),
    ...results.flatMap(describeWarmUp),
    ...results.flatMap(describeOutliers),
    ...results.flatMap(describeDoubts),
    ...describeRuns(measured),
  ];
}

function describeMedian(result: MeasuredFunction): string {
  const { name, summary, callsPerSample, isAsync } = result;
  const { medianMs, lowMs, highMs, minMs, count } = summary;
  const calls = Math.max(...callsPerSample);
  const least = Math.min(...callsPerSample);
  const each = calls === 1
    ? ""
    : ` of ${least === calls ? calls : `${least} to ${calls}`} calls`;
  const interval = count < 3
    ? "too few samples for an interval"
    : `${nameInterval(count)} ${formatInterval(lowMs, highMs)}`;
  return `${name}: a call takes ${formatDuration(medianMs)} (${interval}), ` +
    `at best ${formatDuration(minMs)}; ${count} ${
      count === 1 ? "sample" : "samples"
    }${each}${isAsync ? ", waits included" : ""}.`;
}

function describeSpeedUp(
  { name, speedup }: MeasuredFunction,
  baseline: string,
): readonly string[] {
  if (speedup === null) return [];
  const { ratio, low, high, shown } = speedup;
  if (!shown) {
    return [
      `No difference shown between ${name} and ${baseline}: ${
        formatNumber(ratio)
      }× (${formatNumber(low)}–${formatNumber(high)})${
        // Shown by the samples, and yet no more than the next run might undo.
        low > 1 || high < 1 ? `: it is below 2 %` : ""}.`,
    ];
  }
  const [times, from, to] = ratio >= 1
    ? [ratio, low, high]
    : [1 / ratio, 1 / high, 1 / low];
  return [
    `${name} is ${formatNumber(times)}× as ${
      ratio >= 1 ? "fast" : "slow"
    } as ${baseline} (${formatNumber(from)}–${formatNumber(to)}).`,
  ];
}

/** Where others had the core, they decide how samples lie, not the function. */
function describeShape(
  { name, shape: { modes }, shift, samplesMs }: MeasuredFunction,
  stamp: HonestyStamp,
): readonly string[] {
  const grounds = groundsOf(stamp);
  const needs = ["alone"] as const;
  if (shift !== null) {
    const { at, beforeMs, afterMs } = shift;
    const words = `The first ${at} of ${samplesMs.length} samples of ${name} ` +
      `took ${formatDuration(beforeMs)} in the median, the later ones ` +
      `${formatDuration(afterMs)}`;
    const says = afterMs < beforeMs
      ? `${words}: the warm-up went on, as when the engine compiles code ` +
        `anew late, or the processor speeds up. The figures are of the later ones.`
      : `${words}: something changed then, such as code that the engine had to ` +
        `give up, or a slower clock. One median describes neither.`;
    return tell({ says, needs, of: `${words}. Why` }, grounds);
  }
  if (modes.length < 2) return [];
  const crowds = modes.map(({ center, share }) =>
    `${formatDuration(center)} (${formatPercent(share)})`
  );
  const says = `${name} crowds around ${modes.length} times: ${
    crowds.slice(0, -1).join(", ")
  } and ${crowds.at(-1)}. One median describes none of them.`;
  const of = `Whether ${name} takes one time or several`;
  return tell({ says, needs, of }, grounds);
}

/** Of several functions, only where the line says something else than the median. */
function describeCallCost(
  { name, callCost, summary }: MeasuredFunction,
  isAlone: boolean,
): readonly string[] {
  if (callCost === null) return [];
  const { slopeMs, lowMs, highMs, rSquared } = callCost;
  const differs = Math.abs(slopeMs / summary.medianMs - 1) > 0.05;
  const isLine = rSquared >= MIN_R_SQUARED;
  const line =
    `${name}: by regression over the number of calls, one more costs ${
      formatDuration(slopeMs)
    } (${formatInterval(lowMs, highMs)}, R² ${rSquared.toFixed(3)}${
      isLine ? "" : ": disturbed, so trust the median"
    }).`;
  return [
    ...(isAlone || (differs && isLine) ? [line] : []),
    ...(summary.medianMs < REMOVED_MS
      ? [
        `${name} takes hardly longer than an empty loop: the engine may have removed its work. Return what it computes.`,
      ]
      : []),
  ];
}

function describeColdStarts(
  results: readonly MeasuredFunction[],
): readonly string[] {
  const cold = results.filter(({ coldStart }) => coldStart !== null);
  if (cold.length === 0) return [];
  const each = cold.map(({ name, coldStart }) =>
    `${formatDuration(coldStart!.firstMs)} for ${name}, later ones ${
      formatDuration(coldStart!.firstMs / coldStart!.ratio)
    } in the median`
  );
  return [
    `Cold start: the first call took ${
      each.join("; ")
    }. Code is compiled and caches are filled then.`,
  ];
}

function describeWarmUp(result: MeasuredFunction): readonly string[] {
  const { name, warmUpSettled, warmUpMs } = result;
  if (warmUpSettled) return [];
  const count = warmUpMs.length;
  return [
    count < 10
      ? `${name} had ${count} warm-up ${
        count === 1 ? "call" : "calls"
      } only, too few to tell whether its times had settled.`
      : `${name} had not settled after ${count} warm-up samples: the last 5 still differed from the 5 before by over 2 %.`,
  ];
}

function describeOutliers(result: MeasuredFunction): readonly string[] {
  const { name, outliers, samplesMs, summary } = result;
  if (outliers.length === 0) return [];
  const furthest = Math.max(...outliers.map(({ index }) => samplesMs[index]!));
  const reach = furthest > summary.medianMs
    ? `, up to ${formatDuration(furthest)}`
    : "";
  return [
    `${outliers.length} of ${samplesMs.length} samples of ${name} ${
      outliers.length === 1 ? "is an outlier" : "are outliers"
    }${reach}; none was dropped.`,
  ];
}

function describeDoubts({ name, isDependent }: MeasuredFunction) {
  return isDependent
    ? [
      `Samples of ${name} resemble the ones before them, so the true interval is wider than the one given.`,
    ]
    : [];
}

function describeRuns(
  { runShares, stamp }: Omit<Measurement, "findings">,
): readonly string[] {
  const share = stamp.otherCpuShare;
  const runs = runShares.length;
  return share === null || runs < 2 ? [] : [
    `Repeated: other programs used ${
      formatPercent(runShares[0] ?? 0)
    } of all cores in the first run, ${
      formatPercent(share)
    } in the one of ${runs} that counts.`,
  ];
}

// A loop around nothing takes about that long.
const REMOVED_MS = 0.0000015;
const MIN_R_SQUARED = 0.9;
