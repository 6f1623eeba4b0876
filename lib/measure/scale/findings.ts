/**
 * How work scales: rules, and their words.
 *
 * Pure. Known shapes are found in `best.ts`; a rule says nothing rather than
 * something the samples do not show.
 * @module
 */
import { formatPercent, formatTimes } from "../../base/mod.ts";
import { describeNoise } from "../../base/stamp/mod.ts";
import { nameInterval } from "../../base/statistics/mod.ts";
import {
  type FoundIn,
  groundsOf,
  inWords,
  type Need,
  say,
} from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import { bestWithin, explainScaling } from "./best.ts";
import type { Part, ScaleModel, Scaling } from "./scale.ts";

/** A part that seems serial, at a number of Workers. */
interface At {
  readonly n: number;
  readonly part: number;
}

const WORDS = {
  serial: ({ part, low, high, rounds }: Part & { rounds: number }) => {
    const limit = low > LEAST_SURE
      ? `; then no number of cores would give more than ${
        formatTimes(1 / part)
      } (${formatTimes(1 / high)} to ${formatTimes(1 / low)})`
      : "; none at all is possible as well";
    return `By Amdahl's law ${formatPercent(part)} of the work is serial (${
      nameInterval(rounds)
    } ${formatPercent(low)} to ${formatPercent(high)})${limit}.`;
  },
  notSerial: () =>
    "Amdahl's law does not describe this: it knows of no cost of splitting.",
  serialStarts: () =>
    `${SERIAL} is not looked for: starting the processes would count as serial.`,
  serialUnknown: () => SERIAL,
  rises: (range: Range) =>
    `The part that seems serial rises (${inRange(range)}): working together ` +
    `costs more the more take part.`,
  falls: (range: Range) =>
    `The part that seems serial falls (${inRange(range)}): a cost that is ` +
    `paid once is spread over more.`,
  steady: (range: Range) =>
    `The part that seems serial shows no rise (${inRange(range)}): of a cost ` +
    `that grows with their number, these samples tell nothing.`,
  uneven: (
    { jobs, model, ideals }: {
      jobs: number;
      model: ScaleModel;
      ideals: readonly { n: number; ideal: number }[];
    },
  ) =>
    `${jobs} jobs of equal length cannot be split evenly over every number of ` +
    `${model === "workers" ? "Workers" : "processes"}: at best ${
      ideals.map(({ n, ideal }) => `${formatTimes(ideal)} with ${n}`).join(", ")
    }. A multiple of all numbers is fairer.`,
  warm: () =>
    "The Workers were started before the clock ran: their start is not in these times.",
  cold: () => "Starting the processes is part of these times.",
};

/** Says what was measured; doubts first, then what matters most. */
export function describeScaling(measured: Measured<Scaling>): string[] {
  const { stamp, cpuShare = null } = measured;
  return [
    ...describeNoise(stamp),
    ...explainScaling(measured).map(inWords),
    ...say(WORDS, findScaling(measured), groundsOf(stamp, cpuShare)),
  ];
}

type Found = Iterable<FoundIn<typeof WORDS>>;

/** Applies all rules but those of `lib/explain/`. */
export function* findScaling(measured: Measured<Scaling>): Found {
  const { points, jobs, model } = measured;
  // A law is read off speed-ups of work that computes, undisturbed.
  const needs: readonly Need[] = [
    "calm",
    "computing",
    { difference: bestWithin(points)?.speedup },
  ];
  const within = points.filter(({ beyondCores }) => !beyondCores);
  yield findSerial(measured, needs);
  const parts = within.flatMap(({ n, karpFlatt }) =>
    karpFlatt === null ? [] : [{ n, ...karpFlatt }]
  );
  const [first, last] = [parts[0], parts.at(-1)];
  if (first !== undefined && last !== undefined && first !== last) {
    const rule = isAbove(last, first)
      ? "rises"
      : isAbove(first, last)
      ? "falls"
      : "steady";
    yield { rule, values: [first, last], needs };
  }
  const ideals = within.filter(({ n, ideal }) => ideal < n - 1e-9);
  if (ideals.length > 0) {
    yield { rule: "uneven", values: { jobs, model, ideals } };
  }
  yield { rule: model === "workers" ? "warm" : "cold", values: null };
}

type Range = readonly [first: At, last: At];

function findSerial(
  { amdahl, points, stamp, model }: Measured<Scaling>,
  needs: readonly Need[],
): FoundIn<typeof WORDS> {
  if (model === "processes") return { rule: "serialStarts", values: null };
  const used = points.filter(({ n, beyondCores }) => n > 1 && !beyondCores);
  // Any one point fits the law; without one, what is needed is not met.
  const enough = {
    needs: [...needs, { points: used.length, least: 2 }],
    of: "serialUnknown",
  } as const;
  if (amdahl === null) return { rule: "notSerial", values: null, ...enough };
  if (amdahl.part >= 1) {
    return { rule: "notSerial", values: null, needs: enough.needs };
  }
  const values = { ...amdahl, rounds: stamp.samples };
  return { rule: "serial", values, ...enough };
}

function isAbove(one: Part, other: Part): boolean {
  return one.low > other.high;
}

function inRange([first, last]: Range): string {
  const [from, to] = [first, last].map(({ n, part }) =>
    `${formatPercent(part)} with ${n}`
  );
  return `Karp–Flatt: ${from}, ${to}`;
}

const SERIAL = "The serial part of Amdahl's law";
const LEAST_SURE = 0.005;
