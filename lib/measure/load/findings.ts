/**
 * What loading a function found: rules, and their words. Pure.
 * @module
 */
import { formatDuration, formatNumber, formatShort } from "../../base/mod.ts";
import { type FoundIn, teller } from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import type { LoadPoint, LoadReport } from "./load.ts";

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

export const describeLoad = teller(WORDS, findLoad);

/** Puts what happened at one rate into words. */
export function describeRate(point: LoadPoint): string {
  return point.answered === 0 ? WORDS.silent(point) : WORDS.rate(point);
}

type Found = Iterable<FoundIn<typeof WORDS>>;

export function* findLoad(report: Measured<LoadReport>): Found {
  const { open, firstFailure: message } = report;
  for (const values of chooseTelling(open)) {
    yield { rule: values.answered === 0 ? "silent" : "rate", values };
  }
  yield* findLimits(open);
  for (const values of open) {
    if (values.dropped > 0) yield { rule: "dropped", values };
    if (values.failed > 0) yield { rule: "failed", values };
  }
  if (message !== null) yield { rule: "firstFailure", values: { message } };
  const answers = Math.min(...open.map(({ answered }) => answered));
  const isFew = answers > 0 && answers < FEW_ANSWERS;
  if (isFew) yield { rule: "few", values: { answers } };
  const lags = open.filter(({ senderLagMs, latency }) =>
    senderLagMs > 1 && senderLagMs > latency.p50Ms / 10
  ).map(({ senderLagMs }) => senderLagMs);
  const lateMs = Math.max(0, ...lags);
  if (lateMs > 0) yield { rule: "lateSender", values: { lateMs } };
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

function* findLimits(open: readonly LoadPoint[]): Found {
  const limit = open.find(({ isSaturated }) => isSaturated);
  const mostPerS = Math.max(...open.map((point) => point.throughputPerS));
  if (limit !== undefined && mostPerS > 0) {
    yield { rule: "limit", values: { fromPerS: limit.ratePerS, mostPerS } };
  }
  const [first, last] = [open[0], open.at(-1)];
  if (open.length < 2 || !first || !last?.answered) return;
  const [fromMs, toMs] = [first.latency.p99Ms, last.latency.p99Ms];
  const ratio = last.ratePerS / first.ratePerS;
  if (fromMs > 0) yield { rule: "stick", values: { ratio, fromMs, toMs } };
}

function rate(perS: number): string {
  return `${formatShort(perS)} a second`;
}

const MOST_RATES = 3;
const FEW_ANSWERS = 1000;
