/**
 * What the rules say of the same work on more and more Workers.
 *
 * Pure; part of the rules in `oversubscription.ts` and `not_n_times.ts`.
 * @module
 */
import { formatNumber } from "../time/duration.ts";
import type { ScaledFacts, ScalingFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { coresInWords } from "./words.ts";

/** Finds the best number of Workers, against as many times as fast. */
export function findBest(
  { best, cores, model }: ScalingFacts,
): Finding | undefined {
  if (best === null) return undefined;
  const words = countInWords(best.n, model);
  const { ratio, low, high, shown } = best.speedup;
  const interval = `95 % interval ${times(low)} to ${times(high)}`;
  const found = (sentence: string, advice: string): Finding => ({
    rule: "why not N times",
    sentence,
    advice,
    lanes: [],
  });
  if (!shown) {
    return found(
      `${words} against 1: no difference shown (${interval}).`,
      "",
    );
  }
  if (ratio < 1) {
    return found(
      `Splitting the work makes it slower: with ${words} it took ` +
        `${times(1 / ratio)} as long as with 1 (${interval} as fast).`,
      "Give each more to do at a time: what it costs to hand a job over has " +
        "to be little against the job.",
    );
  }
  const limit = best.n < cores
    ? `${times(best.ideal)} is the ideal`
    : `${coresInWords(cores)} allow ${times(best.ideal)}`;
  return found(
    `With ${words} the work was ${times(ratio)} as fast as with 1 ` +
      `(${interval}); ${limit}.`,
    high < NEARLY * best.ideal
      ? "A trace of one run shows where the rest of the time goes."
      : "",
  );
}

/** Finds what more Workers than cores bring. */
export function findBeyondCores(
  { best, beyond, cores, model }: ScalingFacts,
): Finding | undefined {
  if (beyond === null) return undefined;
  const few: Pick<ScaledFacts, "n" | "speedup"> = best ?? ONE;
  const { ratio, low, high } = beyond.speedup;
  const what = `${countInWords(beyond.n, model)} on ${coresInWords(cores)} ` +
    `gave ${times(ratio)} (${times(low)} to ${times(high)})`;
  const found = (end: string, advice: string): Finding => ({
    rule: "oversubscription",
    sentence: `${what}${end}`,
    advice,
    lanes: [],
  });
  if (high < few.speedup.low) {
    return found(
      `: slower than ${few.n}, they stand in each other's way.`,
      `Use ${few.n}.`,
    );
  }
  if (low > few.speedup.high) {
    return found(
      `, more than ${few.n} did: the jobs seem to wait for something ` +
        `besides a core.`,
      "",
    );
  }
  return found(
    `: no gain shown over ${few.n}, as a core runs one at a time.`,
    "",
  );
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

/**
 * Writes a ratio with the digits that tell speed-ups apart.
 *
 * @param ratio The ratio.
 * @returns Such as `1.91×`.
 */
export function times(ratio: number): string {
  return `${formatNumber(ratio)}×`;
}

const ONE = { n: 1, speedup: { ratio: 1, low: 1, high: 1, shown: false } };
// Nearer than this to the ideal, there is little left to look for.
const NEARLY = 0.9;
