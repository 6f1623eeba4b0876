/**
 * Says in short sentences how work scales, with the measured numbers.
 *
 * Pure: one rule a kind of sentence. A rule says nothing rather than something
 * the samples do not show. Known shapes are found by `lib/explain/`; the words of
 * other costs are beside what measures them.
 * @module
 */

import { formatPercent, formatTimes } from "../../base/mod.ts";
import { groundsOf, type Need, tell, type Told } from "../../explain/gate.ts";
import { inWords } from "../../explain/rules.ts";
import { bestWithin, explainScaling } from "./facts.ts";
import { describeNoise } from "../../base/stamp/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import type { Part, Scaling } from "./result.ts";

/** A measurement before anything is said of it. */
export type MeasuredScaling = Omit<Scaling, "findings">;

/**
 * Applies all rules.
 *
 * @param measured The measurement.
 * @returns Sentences; doubts first, then what matters most.
 */
export function describeScaling(measured: MeasuredScaling): string[] {
  const grounds = groundsOf(measured.stamp, measured.cpuShare ?? null);
  // A law is read off speed-ups of work that computes, undisturbed.
  const needs: readonly Need[] = [
    "calm",
    "computing",
    { difference: bestWithin(measured.points)?.speedup },
  ];
  return [
    ...describeNoise(measured.stamp),
    ...explainScaling(measured).map(inWords),
    ...findSerial(measured, needs).flatMap((told) => tell(told, grounds)),
    ...findTrend(measured, needs).flatMap((told) => tell(told, grounds)),
    ...findLaw(measured, needs).flatMap((told) => tell(told, grounds)),
    ...findUneven(measured),
    measured.model === "workers"
      ? "The Workers were started before the clock ran: their start is not in these times."
      : "Starting the processes is part of these times.",
  ];
}

function findSerial(
  { amdahl, points, stamp, model }: MeasuredScaling,
  needs: readonly Need[],
): readonly Told[] {
  const used = points.filter(({ n, beyondCores }) => n > 1 && !beyondCores);
  const of = "The serial part of Amdahl's law";
  // Any one point fits the law.
  const enough = [...needs, { points: used.length, least: 2 }] as const;
  if (model === "processes") {
    return [{
      says:
        `${of} is not looked for: starting the processes would count as serial.`,
      needs: [],
    }];
  }
  // Without a point between, there is no law to tell of, and what is needed is not met.
  if (amdahl === null) return [{ says: "", needs: enough, of }];
  const { part, low, high } = amdahl;
  if (part >= 1) {
    return [{
      says:
        "Amdahl's law does not describe this: it knows of no cost of splitting.",
      needs: enough,
    }];
  }
  const interval = `${nameInterval(stamp.samples)} ${formatPercent(low)} to ${
    formatPercent(high)
  }`;
  const limit = low > 0.005
    ? `; then no number of cores would give more than ${
      formatTimes(1 / part)
    } ` +
      `(${formatTimes(1 / high)} to ${formatTimes(1 / low)})`
    : "; none at all is possible as well";
  return [{
    says: `By Amdahl's law ${
      formatPercent(part)
    } of the work is serial (${interval})${limit}.`,
    needs: enough,
    of,
  }];
}

function findTrend(
  { points }: MeasuredScaling,
  needs: readonly Need[],
): readonly Told[] {
  const parts = points.filter(({ beyondCores }) => !beyondCores)
    .flatMap(({ n, karpFlatt }) =>
      karpFlatt === null ? [] : [{ n, karpFlatt }]
    );
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  const range = `${formatPercent(first.karpFlatt.part)} with ${first.n}, ` +
    `${formatPercent(last.karpFlatt.part)} with ${last.n}`;
  if (isAbove(last.karpFlatt, first.karpFlatt)) {
    return [{
      says:
        `The part that seems serial rises (Karp–Flatt: ${range}): working ` +
        `together costs more the more take part.`,
      needs,
    }];
  }
  if (isAbove(first.karpFlatt, last.karpFlatt)) {
    return [{
      says:
        `The part that seems serial falls (Karp–Flatt: ${range}): a cost that ` +
        `is paid once is spread over more.`,
      needs,
    }];
  }
  return [{
    says:
      `The part that seems serial shows no rise (Karp–Flatt: ${range}): of a cost ` +
      `that grows with their number, these samples tell nothing.`,
    needs,
  }];
}

function findLaw(
  { usl, points, stamp }: MeasuredScaling,
  needs: readonly Need[],
): readonly Told[] {
  if (usl.type === "refused") return [{ says: usl.reason, needs: [] }];
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
  return [{
    says:
      `By the Universal Scalability Law, contention is ${
        formatPercent(contention)
      } ` +
      `and coherency ${coherency.toPrecision(2)}: ${peak}.`,
    needs,
    of: "What the Universal Scalability Law makes of it",
  }];
}

function findUneven({ points, jobs, model }: MeasuredScaling): string[] {
  const uneven = points.filter(({ n, ideal, beyondCores }) =>
    !beyondCores && ideal < n - 1e-9
  );
  if (uneven.length === 0) return [];
  const list = uneven.map(({ n, ideal }) => `${formatTimes(ideal)} with ${n}`);
  return [
    `${jobs} jobs of equal length cannot be split evenly over every number of ` +
    `${model === "workers" ? "Workers" : "processes"}: at best ${
      list.join(", ")
    }. A multiple of all numbers is fairer.`,
  ];
}

function isAbove(one: Part, other: Part): boolean {
  return one.low > other.high;
}
