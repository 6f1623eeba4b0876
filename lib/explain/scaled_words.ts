/**
 * What the rules say of the same work on more and more Workers.
 *
 * Pure; part of the rules in `oversubscription.ts` and `not_n_times.ts`.
 * @module
 */
import { formatCores, formatTimes } from "../base/mod.ts";
import type { ScaledFacts, ScalingFacts } from "./facts.ts";
import type { Claim, Prediction } from "./finding.ts";

/** Finds the best number of Workers, against as many times as fast. */
export function findBest(
  { best, cores, model }: ScalingFacts,
): Claim | undefined {
  if (best === null) return undefined;
  const words = countInWords(best.n, model);
  const { ratio, low, high, shown } = best.speedup;
  const isSlower = ratio < 1;
  const [value, interval] = isSlower
    ? [
      formatTimes(1 / ratio),
      `${formatTimes(1 / high)} to ${formatTimes(1 / low)}`,
    ]
    : [formatTimes(ratio), `${formatTimes(low)} to ${formatTimes(high)}`];
  const base = {
    rule: "why not N times",
    advice: "",
    lanes: [],
    evidence: [{
      what: `${words} against 1`,
      value: `${value} as ${isSlower ? "long" : "fast"} (${interval})`,
      from: "medians of the rounds",
    }],
  } as const;
  if (!shown) {
    return {
      ...base,
      sentence:
        `${words} against 1: no difference shown (95 % interval ${
          formatTimes(low)
        } ` +
        `to ${formatTimes(high)}).`,
    };
  }
  if (isSlower) {
    return {
      ...base,
      sentence: `With ${words} the work took ${value} as long as with 1 ` +
        `(95 % interval ${interval}).`,
      prediction: {
        of: "Whether splitting the work is the reason",
        says: ": splitting it makes it slower",
        needs: ["alone"],
        advice: "Give each more to do at a time: what it costs to hand a job " +
          "over has to be little against the job.",
      },
    };
  }
  const limit = best.n < cores
    ? `${formatTimes(best.ideal)} is the ideal`
    : `${formatCores(cores)} allow ${formatTimes(best.ideal)}`;
  return {
    ...base,
    sentence: `With ${words} the work was ${value} as fast as with 1 ` +
      `(95 % interval ${interval}).`,
    prediction: {
      of: "The most that there is to gain",
      says: `; ${limit}`,
      needs: ["computing", { within: best.speedup, most: best.ideal }],
    },
    advice: high < NEARLY * best.ideal
      ? "A trace of one run shows where the rest of the time goes."
      : "",
  };
}

/** Finds what more Workers than cores bring. */
export function findBeyondCores(
  { best, beyond, cores, model }: ScalingFacts,
): Claim | undefined {
  if (beyond === null) return undefined;
  const few: Pick<ScaledFacts, "n" | "speedup"> = best ?? ONE;
  const { ratio, low, high } = beyond.speedup;
  const value = `${formatTimes(ratio)} (95 % interval ${formatTimes(low)} to ${
    formatTimes(high)
  })`;
  const words = countInWords(beyond.n, model);
  const found = (
    end: string,
    prediction: Prediction,
    advice = "",
  ): Claim => ({
    rule: "oversubscription",
    sentence: `${words} on ${formatCores(cores)} gave ${value}${end}.`,
    prediction,
    advice,
    lanes: [],
    evidence: [{
      what: `${words} against 1`,
      value,
      from: "medians of the rounds",
    }],
  });
  if (high < few.speedup.low) {
    return found(`, slower than ${few.n}`, {
      says: `: they stand in each other's way`,
      needs: ["alone", "computing"],
    }, `Use ${few.n}.`);
  }
  if (low > few.speedup.high) {
    return found(`, more than ${few.n} did`, {
      says: `: the jobs seem to wait for something besides a core`,
      needs: ["alone"],
    });
  }
  return found(`, no gain shown over ${few.n}`, {
    says: `, as a core runs one at a time`,
    needs: ["computing"],
  });
}

/**
 * Writes a number of Workers or processes.
 *
 * @param n How many.
 * @param model Of what.
 * @returns Such as `3 Workers`.
 */
export function countInWords(
  n: number,
  model: ScalingFacts["model"],
): string {
  const [one, many] = model === "workers"
    ? ["Worker", "Workers"]
    : ["process", "processes"];
  return `${n} ${n === 1 ? one : many}`;
}

const ONE = { n: 1, speedup: { ratio: 1, low: 1, high: 1, shown: false } };
// Nearer than this to the ideal, there is little left to look for.
const NEARLY = 0.9;
