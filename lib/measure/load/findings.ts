/**
 * What loading a function found: rules, and their words. Pure.
 * @module
 */
import { formatDuration, formatNumber, formatShort } from "../../base/mod.ts";
import { describeNoise } from "../../base/stamp/mod.ts";
import { type FoundIn, groundsOf, say } from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import type { LoadPoint, LoadReport } from "./result.ts";

/** The slowest in a hundred, in both loops at one rate. Units: milliseconds. */
interface Gap {
  readonly ratePerS: number;
  readonly openMs: number;
  readonly closedMs: number;
}

interface Unsteady {
  readonly rates: readonly number[];
  readonly inSystem: number;
  readonly expected: number;
}

const WORDS = {
  rate: ({ ratePerS, throughputPerS, latency }: LoadPoint) =>
    `At ${rate(ratePerS)}: median ${formatDuration(latency.p50Ms)}, ` +
    `99th percentile ${formatDuration(latency.p99Ms)}, longest ${
      formatDuration(latency.maxMs)
    }; ${formatNumber(throughputPerS)} answers a second.`,
  silent: ({ ratePerS }: LoadPoint) =>
    `At ${rate(ratePerS)}: nothing was answered.`,
  limit: ({ fromPerS, mostPerS }: { fromPerS: number; mostPerS: number }) =>
    `From ${rate(fromPerS)} on, answers did not keep up: ${
      formatNumber(mostPerS)
    } a second is the most that was reached, and the queue grew.`,
  stick: (
    { ratio, fromMs, toMs }: { ratio: number; fromMs: number; toMs: number },
  ) =>
    `With ${formatShort(ratio)} times the requests, the 99th percentile went ` +
    `from ${formatDuration(fromMs)} to ${formatDuration(toMs)}.`,
  agree: () =>
    "Open and closed loop agree within a tenth at all rates: nothing stalled.",
  alike: ({ ratePerS, openMs, closedMs }: Gap) =>
    `Open and closed loop: no difference shown in the slowest of a hundred ` +
    `(at ${rate(ratePerS)}, ${formatDuration(openMs)} against ${
      formatDuration(closedMs)
    }).`,
  omission: ({ ratePerS, openMs, closedMs }: Gap) =>
    `At ${rate(ratePerS)}, 99 of 100 requests that came when they were due ` +
    `waited ${formatDuration(openMs)} or less; the closed loop saw ${
      formatDuration(closedMs)
    }, as it sends nothing while it waits (coordinated omission).`,
  unsteady: ({ rates, inSystem, expected }: Unsteady) =>
    `Little's law does not hold at ${
      rates.map(formatShort).join(", ")
    } a second (at ${formatShort(rates.at(-1)!)}: ${
      formatNumber(inSystem)
    } requests in the system, answers × latency is ${
      formatNumber(expected)
    }): the queue was not steady, so waits depend on how long was measured.`,
  dropped: ({ ratePerS, dropped, arrived }: LoadPoint) =>
    `At ${
      rate(ratePerS)
    }, ${dropped} of ${arrived} requests were dropped: too ` +
    `many were under way, or the time was over. Their waits are in no figure.`,
  failed: ({ ratePerS, failed, arrived }: LoadPoint) =>
    `At ${rate(ratePerS)}, ${failed} of ${arrived} requests failed.`,
  firstFailure: ({ message }: { message: string }) =>
    `First failure: ${message}.`,
  few: ({ answers }: { answers: number }) =>
    `With ${answers} answers, the slowest in ${
      answers < 100 ? "a hundred" : "a thousand"
    } is hardly more than the longest; measure longer for it.`,
  lateSender: ({ lateMs }: { lateMs: number }) =>
    `The sender itself was late by up to ${
      formatDuration(lateMs)
    }: it shares its thread with what it measures.`,
};

/** Says what was found: doubts first, then answers, then caveats. */
export function describeLoad(report: Measured<LoadReport>): readonly string[] {
  const { stamp } = report;
  return [
    ...describeNoise(stamp),
    ...say(WORDS, findLoad(report), groundsOf(stamp)),
  ];
}

/** Puts what happened at one rate into words. */
export function describeRate(point: LoadPoint): string {
  return point.answered === 0 ? WORDS.silent(point) : WORDS.rate(point);
}

/** Applies all rules. */
export function findLoad(
  report: Measured<LoadReport>,
): FoundIn<typeof WORDS>[] {
  const { open, closed, firstFailure: message } = report;
  return [
    ...chooseTelling(open).map((point) =>
      ({
        rule: point.answered === 0 ? "silent" : "rate",
        values: point,
      }) as const
    ),
    ...findLimit(open),
    ...findStick(open),
    ...findOmission(open, closed),
    ...findUnsteady(report),
    ...open.flatMap(findLosses),
    ...(message === null
      ? []
      : [{ rule: "firstFailure", values: { message } } as const]),
    ...findDoubts(open),
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

function findLimit(open: readonly LoadPoint[]): FoundIn<typeof WORDS>[] {
  const first = open.find(({ isSaturated }) => isSaturated);
  const mostPerS = Math.max(...open.map((point) => point.throughputPerS));
  if (first === undefined || mostPerS === 0) return [];
  return [{ rule: "limit", values: { fromPerS: first.ratePerS, mostPerS } }];
}

function findStick(open: readonly LoadPoint[]): FoundIn<typeof WORDS>[] {
  const [first, last] = [open[0], open.at(-1)];
  if (open.length < 2 || !first || !last || first.latency.p99Ms <= 0) return [];
  if (last.answered === 0) return [];
  return [{
    rule: "stick",
    values: {
      ratio: last.ratePerS / first.ratePerS,
      fromMs: first.latency.p99Ms,
      toMs: last.latency.p99Ms,
    },
  }];
}

function findOmission(
  open: readonly LoadPoint[],
  closed: readonly LoadPoint[],
): FoundIn<typeof WORDS>[] {
  const ratioOf = ({ openMs, closedMs }: Gap) => openMs / closedMs;
  const pairs = closed.map((point, index): Gap => ({
    ratePerS: open[index]!.ratePerS,
    openMs: open[index]!.latency.p99Ms,
    closedMs: point.latency.p99Ms,
  })).filter((gap) => Number.isFinite(ratioOf(gap)));
  const [widest] = pairs.toSorted((one, other) =>
    ratioOf(other) - ratioOf(one)
  );
  if (widest === undefined) return [];
  if (ratioOf(widest) >= SURE_GAP) {
    return [{ rule: "omission", values: widest }];
  }
  const areAlike = pairs.map(ratioOf).every((ratio) =>
    ratio < MIN_GAP && ratio > 1 / MIN_GAP
  );
  return areAlike
    ? [{ rule: "agree", values: null }]
    : [{ rule: "alike", values: widest }];
}

/** Where an answer takes much of the time measured, the ends of it break the law by themselves. */
function findUnsteady(
  { open, durationMs }: Measured<LoadReport>,
): FoundIn<typeof WORDS>[] {
  const growing = open.filter(({ little, isSaturated, latency }) =>
    little?.holds === false &&
    (isSaturated || latency.meanMs <= MAX_EDGE * durationMs)
  );
  const { little } = growing.at(-1) ?? {};
  if (!little) return [];
  const rates = growing.map(({ ratePerS }) => ratePerS);
  return [{ rule: "unsteady", values: { rates, ...little } }];
}

function findLosses(point: LoadPoint): FoundIn<typeof WORDS>[] {
  const { dropped, failed } = point;
  return [
    ...(dropped > 0 ? [{ rule: "dropped", values: point } as const] : []),
    ...(failed > 0 ? [{ rule: "failed", values: point } as const] : []),
  ];
}

function findDoubts(open: readonly LoadPoint[]): FoundIn<typeof WORDS>[] {
  const answers = Math.min(...open.map(({ answered }) => answered));
  const lateMs = Math.max(
    0,
    ...open.flatMap(({ senderLagMs, latency }) =>
      senderLagMs > 1 && senderLagMs > latency.p50Ms / 10 ? [senderLagMs] : []
    ),
  );
  return [
    ...(answers > 0 && answers < FEW_ANSWERS
      ? [{ rule: "few", values: { answers } } as const]
      : []),
    ...(lateMs > 0
      ? [{ rule: "lateSender", values: { lateMs } } as const]
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
