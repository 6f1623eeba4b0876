/**
 * What loading a function found, in sentences.
 *
 * Pure. The numbers are worked out in `load_numbers.ts`.
 * @module
 */

import { formatDuration, formatNumber, formatShort } from "../../base/mod.ts";
import { describeNoise } from "../../base/stamp/mod.ts";
import type { LoadPoint, LoadReport } from "./result.ts";

/**
 * Puts a report into words.
 *
 * @param report What was found.
 * @returns Sentences: answers first, then caveats.
 */
export function describeLoad(
  report: Omit<LoadReport, "findings">,
): readonly string[] {
  const { open, closed, firstFailure } = report;
  return [
    ...describeNoise(report.stamp),
    ...chooseTelling(open).map(describeRate),
    ...describeLimit(open),
    ...describeStick(open),
    ...describeOmission(open, closed),
    ...describeLittle(report),
    ...open.flatMap(describeLosses),
    ...(firstFailure === null ? [] : [`First failure: ${firstFailure}.`]),
    ...describeDoubts(open),
  ];
}

/** Of many rates, the lowest, the highest, and the last at which answers kept up. */
function chooseTelling(open: readonly LoadPoint[]): readonly LoadPoint[] {
  const calm = open.findLast(({ isSaturated }) => !isSaturated);
  return open.length <= MOST_RATES
    ? open
    : open.filter((point, index) =>
      index === 0 || index === open.length - 1 || point === calm
    );
}

/**
 * Puts what happened at one rate into words.
 *
 * @param point What happened.
 * @returns A sentence.
 */
export function describeRate(point: LoadPoint): string {
  const { latency, ratePerS, throughputPerS, answered } = point;
  if (answered === 0) return `At ${rate(ratePerS)}: nothing was answered.`;
  return `At ${rate(ratePerS)}: half of the answers within ${
    formatDuration(latency.p50Ms)
  }, 99 of 100 within ${formatDuration(latency.p99Ms)}, the longest ${
    formatDuration(latency.maxMs)
  }; ${formatNumber(throughputPerS)} answers a second.`;
}

function describeLimit(open: readonly LoadPoint[]): readonly string[] {
  const first = open.find(({ isSaturated }) => isSaturated);
  if (first === undefined) return [];
  const most = Math.max(...open.map(({ throughputPerS }) => throughputPerS));
  if (most === 0) return [];
  return [
    `From ${rate(first.ratePerS)} on, answers did not keep up: ${
      formatNumber(most)
    } a second is the most that was reached, and the queue grew.`,
  ];
}

function describeStick(open: readonly LoadPoint[]): readonly string[] {
  const [first, last] = [open[0], open.at(-1)];
  if (open.length < 2 || !first || !last || first.latency.p99Ms <= 0) return [];
  const loadRatio = last.ratePerS / first.ratePerS;
  const [before, after] = [first, last].map(({ latency }) =>
    formatDuration(latency.p99Ms)
  );
  return last.answered === 0 ? [] : [
    `With ${formatShort(loadRatio)} times the requests, the slowest in a ` +
    `hundred waited ${after} or longer, before ${before}.`,
  ];
}

function describeOmission(
  open: readonly LoadPoint[],
  closed: readonly LoadPoint[],
): readonly string[] {
  const pairs = closed.map((point, index): Gap => ({
    closed: point,
    open: open[index]!,
    ratio: open[index]!.latency.p99Ms / point.latency.p99Ms,
  })).filter(({ ratio }) => Number.isFinite(ratio));
  const widest = pairs.reduce<Gap | null>(
    (best, gap) => best !== null && best.ratio >= gap.ratio ? best : gap,
    null,
  );
  if (widest === null) return [];
  const { ratio } = widest;
  const [openMs, closedMs] = [widest.open, widest.closed].map(({ latency }) =>
    formatDuration(latency.p99Ms)
  );
  const where = rate(widest.open.ratePerS);
  if (ratio < SURE_GAP) {
    const agree = pairs.every((pair) =>
      pair.ratio < MIN_GAP && pair.ratio > 1 / MIN_GAP
    );
    return [
      agree
        ? `Open and closed loop agree within a tenth at all rates: nothing stalled.`
        : `Open and closed loop: no difference shown in the slowest of a hundred (at ${where}, ${openMs} against ${closedMs}).`,
    ];
  }
  return [
    `At ${where}, 99 of 100 requests that came when they were due waited ${openMs} or less; the closed loop saw ${closedMs}, as it sends nothing while it waits (coordinated omission).`,
  ];
}

interface Gap {
  readonly open: LoadPoint;
  readonly closed: LoadPoint;
  readonly ratio: number;
}

/** Where an answer takes much of the time measured, the ends of it break the law by themselves. */
function describeLittle(
  { open, durationMs }: Omit<LoadReport, "findings">,
): readonly string[] {
  const growing = open.filter(({ little, isSaturated, latency }) =>
    little?.holds === false &&
    (isSaturated || latency.meanMs <= MAX_EDGE * durationMs)
  );
  const last = growing.at(-1);
  if (!last?.little) return [];
  const rates = growing.map(({ ratePerS }) => formatShort(ratePerS));
  return [
    `Little's law does not hold at ${rates.join(", ")} a second (at ${
      rates.at(-1)
    }: ${
      formatNumber(last.little.inSystem)
    } requests in the system, answers × latency is ${
      formatNumber(last.little.expected)
    }): the queue was not steady, so waits depend on how long was measured.`,
  ];
}

function describeLosses(point: LoadPoint): readonly string[] {
  const { ratePerS, dropped, failed, arrived } = point;
  return [
    ...(dropped > 0
      ? [
        `At ${
          rate(ratePerS)
        }, ${dropped} of ${arrived} requests were dropped: too many were under way, or the time was over. Their waits are in no figure.`,
      ]
      : []),
    ...(failed > 0
      ? [`At ${rate(ratePerS)}, ${failed} of ${arrived} requests failed.`]
      : []),
  ];
}

function describeDoubts(open: readonly LoadPoint[]): readonly string[] {
  const fewest = Math.min(...open.map(({ answered }) => answered));
  const late = open.filter(({ senderLagMs, latency }) =>
    senderLagMs > 1 && senderLagMs > latency.p50Ms / 10
  );
  return [
    ...(fewest > 0 && fewest < FEW_ANSWERS
      ? [
        `With ${fewest} answers, the slowest in ${
          fewest < 100 ? "a hundred" : "a thousand"
        } is hardly more than the longest; measure longer for it.`,
      ]
      : []),
    ...(late.length > 0
      ? [
        `The sender itself was late by up to ${
          formatDuration(
            Math.max(...late.map(({ senderLagMs }) => senderLagMs)),
          )
        }: it shares its thread with what it measures.`,
      ]
      : []),
  ];
}

function rate(perS: number): string {
  return `${formatShort(perS)} a second`;
}

const MOST_RATES = 3;
const MIN_GAP = 1.1;
// The slowest of a hundred is one or two of the samples: chance moves it by as much.
const SURE_GAP = 1.5;
const MAX_EDGE = 0.05;
const FEW_ANSWERS = 1000;
