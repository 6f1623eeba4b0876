/**
 * The shapes that scaling shows: why the best number of Workers is not as many
 * times as fast, and what more Workers than cores bring. Pure.
 * @module
 */
import { countOf, formatCores, formatTimes } from "../../base/mod.ts";
import {
  admit,
  type Claim,
  type Finding,
  groundsOf,
  invert,
  rangeInWords,
  ratioInWords,
} from "../../explain/mod.ts";
import type { Measured } from "../scaffold.ts";
import type { ScalePoint, Scaling } from "./scale.ts";

/** Says what shape a scaling has: the best number of Workers comes first. */
export function explainScaling(scaling: Measured<Scaling>): Finding[] {
  const { stamp, cpuShare = null } = scaling;
  return [findBest(scaling), findBeyondCores(scaling)].flatMap((claim) =>
    admit(claim, groundsOf(stamp, cpuShare)) ?? []
  );
}

/** Finds the fastest number of Workers with a core each; `undefined` if none above 1 was measured. */
export function bestWithin(
  points: readonly ScalePoint[],
): ScalePoint | undefined {
  return points.filter(({ n, beyondCores }) => n > 1 && !beyondCores)
    .toSorted((one, other) => other.speedup.ratio - one.speedup.ratio)[0];
}

type Shape = Pick<Scaling, "points" | "cores" | "model">;

/** Finds the best number of Workers, against as many times as fast. */
export function findBest({ points, cores, model }: Shape): Claim | undefined {
  const best = bestWithin(points);
  if (best === undefined) return undefined;
  const { n, speedup, ideal } = best;
  const { ratio, high, shown } = speedup;
  const words = countInWords(n, model);
  const found = {
    rule: "why not N times",
    values: { n, speedup, ideal, cores, model },
  } as const;
  if (!shown) {
    const sentence = `${words} against 1: no difference shown ` +
      `(95 % interval ${rangeInWords(speedup)}).`;
    return { ...found, sentence };
  }
  if (ratio < 1) {
    return {
      ...found,
      sentence: `With ${words} the work took ${
        ratioInWords(invert(speedup), INTERVAL, "as long as with 1")
      }.`,
      prediction: {
        needs: ["alone"],
        of: "Whether splitting the work is the reason",
        says: ": splitting it makes it slower",
        advice: "Give each more to do at a time: what it costs to hand a job " +
          "over has to be little against the job.",
      },
    };
  }
  const limit = n < cores
    ? `${formatTimes(ideal)} is the ideal`
    : `${formatCores(cores)} allow ${formatTimes(ideal)}`;
  return {
    ...found,
    sentence: `With ${words} the work was ${
      ratioInWords(speedup, INTERVAL, "as fast as with 1")
    }.`,
    prediction: {
      needs: ["computing", { within: speedup, most: ideal }],
      of: "The most that there is to gain",
      says: `; ${limit}`,
    },
    advice: high < NEARLY * ideal
      ? "A trace of one run shows where the rest of the time goes."
      : "",
  };
}

/** Finds what more Workers than cores bring. */
export function findBeyondCores(
  { points, cores, model }: Shape,
): Claim | undefined {
  const beyond = points.findLast(({ beyondCores }) => beyondCores);
  if (beyond === undefined) return undefined;
  const few = bestWithin(points) ?? { n: 1, speedup: { low: 1, high: 1 } };
  const { n, speedup } = beyond;
  const gain = speedup.high < few.speedup.low
    ? "less"
    : speedup.low > few.speedup.high
    ? "more"
    : "none";
  const { end, ...prediction } = GAINS[gain];
  return {
    rule: "oversubscription",
    values: { n, speedup, gain, few: few.n, cores, model },
    sentence: `${countInWords(n, model)} on ${formatCores(cores)} gave ${
      ratioInWords(speedup)
    }${end(few.n)}.`,
    prediction,
    advice: gain === "less" ? `Use ${few.n}.` : "",
  };
}

function countInWords(n: number, model: Shape["model"]): string {
  return model === "workers"
    ? countOf(n, "Worker")
    : countOf(n, "process", "processes");
}

/** What more Workers gain over fewer: how that is said, why it may be, and what that rests on. */
const GAINS = {
  less: {
    end: (few: number) => `, slower than ${few}`,
    says: ": they stand in each other's way",
    needs: ["alone", "computing"],
  },
  more: {
    end: (few: number) => `, more than ${few} did`,
    says: ": the jobs seem to wait for something besides a core",
    needs: ["alone"],
  },
  none: {
    end: (few: number) => `, no gain shown over ${few}`,
    says: ", as a core runs one at a time",
    needs: ["computing"],
  },
} as const;
const INTERVAL = "95 % interval ";
// Nearer than this to the ideal, there is little left to look for.
const NEARLY = 0.9;
