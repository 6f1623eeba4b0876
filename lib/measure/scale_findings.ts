/**
 * Says in short sentences how work scales, with the measured numbers.
 *
 * Pure: one rule a kind of sentence. A rule says nothing rather than something
 * the samples do not show. Known shapes are found by `lib/explain/`; the words of
 * other costs are beside what measures them.
 * @module
 */

import { inWords } from "../explain/rules.ts";
import { times } from "../explain/scaled_words.ts";
import { bestWithin, explainScaling } from "../explain/scaling_facts.ts";
import { coresInWords } from "../explain/words.ts";
import { percent } from "../parallel/evidence.ts";
import type { HonestyStamp } from "../parallel/comparison.ts";
import { nameInterval } from "../time/order_interval.ts";
import type { Part, Scaling } from "./scale_result.ts";

/** A measurement before anything is said of it. */
export type MeasuredScaling = Omit<Scaling, "findings">;

/**
 * Applies all rules.
 *
 * @param measured The measurement.
 * @returns Sentences; doubts first, then what matters most.
 */
export function describeScaling(measured: MeasuredScaling): string[] {
  return [
    ...findNoise(measured.stamp),
    ...explainScaling(measured).map(inWords),
    ...findSerial(measured),
    ...findTrend(measured),
    ...findLaw(measured),
    ...findUneven(measured),
    measured.model === "workers"
      ? "The Workers were started before the clock ran: their start is not in these times."
      : "Starting the processes is part of these times.",
  ];
}

/**
 * Finds that others were busy, or that samples scatter.
 *
 * @param stamp The circumstances.
 * @returns A sentence, or none.
 */
export function findNoise(stamp: HonestyStamp): string[] {
  if (!stamp.noisy) return [];
  const share = stamp.otherCpuShare ?? 0;
  const reason = share > 0.06
    ? `other programs used ${percent(share)} of all cores meanwhile`
    : "the samples scatter widely";
  return [`Noisy: ${reason}; take the figures as rough.`];
}

function findSerial(
  { amdahl, points, cores, stamp }: MeasuredScaling,
): string[] {
  if (amdahl === null) {
    return [
      `A serial part cannot be told: no number of Workers between 2 and the ` +
      `${coresInWords(cores)} was measured.`,
    ];
  }
  const { part, low, high } = amdahl;
  if (part >= 1) {
    // Said only where the slow-down itself is shown.
    return bestWithin(points)?.speedup.shown
      ? [
        "Amdahl's law does not describe this: it knows of no cost of splitting.",
      ]
      : [];
  }
  const used = points.filter(({ n, beyondCores }) => n > 1 && !beyondCores);
  const interval = `${nameInterval(stamp.samples)} ${percent(low)} to ${
    percent(high)
  }`;
  const limit = low > 0.005
    ? `; then no number of cores would give more than ${times(1 / part)} ` +
      `(${times(1 / high)} to ${times(1 / low)})`
    : "; none at all is possible as well";
  const doubt = used.length === 1
    ? `. It rests on ${
      used[0]!.n
    } Workers alone, and any one point fits the law`
    : "";
  return [
    `By Amdahl's law ${percent(part)} of the work is serial (${interval})` +
    `${limit}${doubt}.`,
  ];
}

function findTrend({ points }: MeasuredScaling): string[] {
  const parts = points.filter(({ beyondCores }) => !beyondCores)
    .flatMap(({ n, karpFlatt }) =>
      karpFlatt === null ? [] : [{ n, karpFlatt }]
    );
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const range = `${percent(first.karpFlatt.part)} with ${first.n}, ` +
    `${percent(last.karpFlatt.part)} with ${last.n}`;
  if (isAbove(last.karpFlatt, first.karpFlatt)) {
    return [
      `The part that seems serial rises (Karp–Flatt: ${range}): working ` +
      `together costs more the more take part.`,
    ];
  }
  if (isAbove(first.karpFlatt, last.karpFlatt)) {
    return [
      `The part that seems serial falls (Karp–Flatt: ${range}): a cost that ` +
      `is paid once is spread over more.`,
    ];
  }
  return [
    `The part that seems serial shows no rise (Karp–Flatt: ${range}): of a cost ` +
    `that grows with their number, these samples tell nothing.`,
  ];
}

function findLaw({ usl, points, stamp }: MeasuredScaling): string[] {
  if (usl.type === "refused") return [usl.reason];
  const { contention, coherency, peakN, peakLow, peakHigh } = usl;
  const most = Math.max(
    ...points.flatMap(({ n, beyondCores }) => beyondCores ? [] : [n]),
  );
  const isSure = peakN !== null && peakHigh !== null;
  const interval = peakLow === undefined || typeof peakHigh !== "number"
    ? ""
    : ` (${nameInterval(stamp.samples)} ${Math.round(peakLow)} to ${
      Math.round(peakHigh)
    })`;
  const beyond = (peakN ?? 0) > most ? `, past the ${most} measured` : "";
  const peak = isSure
    ? `about ${Math.round(peakN)} Workers would be fastest${interval}${beyond}`
    : "that more Workers ever slow it down is not shown";
  return [
    `By the Universal Scalability Law, contention is ${percent(contention)} ` +
    `and coherency ${coherency.toPrecision(2)}: ${peak}.`,
  ];
}

function findUneven({ points, jobs, model }: MeasuredScaling): string[] {
  const uneven = points.filter(({ n, ideal, beyondCores }) =>
    !beyondCores && ideal < n - 1e-9
  );
  if (uneven.length === 0) return [];
  const list = uneven.map(({ n, ideal }) => `${times(ideal)} with ${n}`);
  return [
    `${jobs} jobs cannot be split evenly over every number of ` +
    `${model === "workers" ? "Workers" : "processes"}: at best ${
      list.join(", ")
    }. A multiple of all numbers is fairer.`,
  ];
}

function isAbove(one: Part, other: Part): boolean {
  return one.low > other.high;
}
