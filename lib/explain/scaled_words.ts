/**
 * What the rules say of the same work on more and more Workers.
 *
 * Pure; part of the rules in `oversubscription.ts` and `not_n_times.ts`.
 * @module
 */
import { formatCores, formatTimes } from "../base/mod.ts";
import type { SpeedUp } from "../base/record/mod.ts";
import type { ScaledFacts, ScalingFacts } from "./facts.ts";
import { type Claim, claim, type Words } from "./finding.ts";
import type { Need } from "./gate.ts";

/** Finds the best number of Workers, against as many times as fast. */
export function findBest(
  { best, cores, model }: ScalingFacts,
): Claim | undefined {
  if (best === null) return undefined;
  const { speedup, ideal } = best;
  return claim("why not N times", sayBest, { ...best, cores, model }, {
    predicts: speedup.ratio < 1
      ? ["alone"]
      : ["computing", { within: speedup, most: ideal }],
  });
}

type Best = ScaledFacts & Pick<ScalingFacts, "cores" | "model">;

function sayBest({ n, speedup, ideal, cores, model }: Best): Words {
  const words = countInWords(n, model);
  const { ratio, low, high, shown } = speedup;
  const isSlower = ratio < 1;
  const [value, interval] = isSlower
    ? [
      formatTimes(1 / ratio),
      `${formatTimes(1 / high)} to ${formatTimes(1 / low)}`,
    ]
    : [formatTimes(ratio), `${formatTimes(low)} to ${formatTimes(high)}`];
  const evidence = [{
    what: `${words} against 1`,
    value: `${value} as ${isSlower ? "long" : "fast"} (${interval})`,
    from: "medians of the rounds",
  }];
  if (!shown) {
    return {
      sentence: `${words} against 1: no difference shown (95 % interval ${
        formatTimes(low)
      } to ${formatTimes(high)}).`,
      ...{ advice: "", evidence },
    };
  }
  if (isSlower) {
    return {
      sentence: `With ${words} the work took ${value} as long as with 1 ` +
        `(95 % interval ${interval}).`,
      prediction: {
        of: "Whether splitting the work is the reason",
        says: ": splitting it makes it slower",
        advice: "Give each more to do at a time: what it costs to hand a job " +
          "over has to be little against the job.",
      },
      ...{ advice: "", evidence },
    };
  }
  const limit = n < cores
    ? `${formatTimes(ideal)} is the ideal`
    : `${formatCores(cores)} allow ${formatTimes(ideal)}`;
  return {
    sentence: `With ${words} the work was ${value} as fast as with 1 ` +
      `(95 % interval ${interval}).`,
    prediction: { of: "The most that there is to gain", says: `; ${limit}` },
    advice: high < NEARLY * ideal
      ? "A trace of one run shows where the rest of the time goes."
      : "",
    evidence,
  };
}

/** Finds what more Workers than cores bring. */
export function findBeyondCores(
  { best, beyond, cores, model }: ScalingFacts,
): Claim | undefined {
  if (beyond === null) return undefined;
  const few: Pick<ScaledFacts, "n" | "speedup"> = best ?? ONE;
  const { n, speedup } = beyond;
  const gain = speedup.high < few.speedup.low
    ? "less"
    : speedup.low > few.speedup.high
    ? "more"
    : "none";
  const values = { n, speedup, gain, few: few.n, cores, model } as const;
  return claim("oversubscription", sayBeyond, values, {
    predicts: NEEDS[gain],
  });
}

interface Beyond extends Pick<ScalingFacts, "cores" | "model"> {
  readonly n: number;
  readonly speedup: SpeedUp;
  /** What it gains over fewer. */
  readonly gain: keyof typeof NEEDS;
  readonly few: number;
}

function sayBeyond({ n, speedup, gain, few, cores, model }: Beyond): Words {
  const words = countInWords(n, model);
  const value = `${formatTimes(speedup.ratio)} (95 % interval ${
    formatTimes(speedup.low)
  } to ${formatTimes(speedup.high)})`;
  const [end, says] = {
    less: [`, slower than ${few}`, `: they stand in each other's way`],
    more: [
      `, more than ${few} did`,
      `: the jobs seem to wait for something besides a core`,
    ],
    none: [`, no gain shown over ${few}`, `, as a core runs one at a time`],
  }[gain] as [string, string];
  return {
    sentence: `${words} on ${formatCores(cores)} gave ${value}${end}.`,
    prediction: { says },
    advice: gain === "less" ? `Use ${few}.` : "",
    evidence: [{
      what: `${words} against 1`,
      value,
      from: "medians of the rounds",
    }],
  };
}

/** Writes a number of Workers or processes. */
export function countInWords(
  n: number,
  model: ScalingFacts["model"],
): string {
  const [one, many] = model === "workers"
    ? ["Worker", "Workers"]
    : ["process", "processes"];
  return `${n} ${n === 1 ? one : many}`;
}

/** What the reason rests on. */
const NEEDS = {
  less: ["alone", "computing"],
  more: ["alone"],
  none: ["computing"],
} as const satisfies Readonly<Record<string, readonly Need[]>>;
const ONE = { n: 1, speedup: { ratio: 1, low: 1, high: 1, shown: false } };
// Nearer than this to the ideal, there is little left to look for.
const NEARLY = 0.9;
