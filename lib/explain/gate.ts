/**
 * The gate that everything passes which says more than was seen: a cause, a
 * bound, a law, or how it would be otherwise.
 *
 * Pure. A rule declares what its words rest on; what is so is in the grounds.
 * Words whose needs are not met are held back, and the reason is given where a
 * reader would miss them. The rules are one a file beside this one; findings
 * that are no rule's, as those of `lib/measure/`, pass by `say.ts`.
 * @module
 */
import {
  hadOthers,
  type HonestyStamp,
  isTaken,
  noiseOf,
} from "../base/stamp/mod.ts";
import type { SpeedUp } from "../base/record/mod.ts";
import { formatCores, formatNumber, formatPercent } from "../base/mod.ts";

/**
 * What words rest on.
 *
 * - `alone`: that others had not the cores.
 * - `calm`: that, and samples that do not scatter.
 * - `computing`: work that was on a core for nearly all of its time.
 * - `difference`: one that the samples show.
 * - `within`: a speed-up that is no more than what is called the most there can be.
 * - `points`: so many points, of different numbers of Workers or sizes.
 * - `idle`: that for no more than this part of the time something else computed.
 */
export type Need =
  | "alone"
  | "calm"
  | "computing"
  | { readonly difference: SpeedUp | null | undefined }
  | { readonly within: SpeedUp; readonly most: number }
  | { readonly points: number; readonly least: number }
  | { readonly idle: number };

export interface Grounds {
  /** Signs that others had the cores; none if nobody is known to have. */
  readonly others: readonly string[];
  /** All signs of noise, those of others among them. */
  readonly noise: readonly string[];
  /** Which part of its time the work was on a core, 0 to 1; `null` if unknown. */
  readonly computing: number | null;
}

export function groundsOf(
  stamp: HonestyStamp,
  computing: number | null = null,
): Grounds {
  const noise = noiseOf(stamp);
  return {
    noise,
    others: hadOthers(stamp) ? noise.slice(0, 1) : [],
    computing,
  };
}

/** Counts the cores that this process may use: at least 1, and part of one counts as one. */
export function countCores({ cores, quotaCores }: HonestyStamp): number {
  return Math.max(1, Math.min(cores, Math.ceil(quotaCores ?? cores)));
}

/** Lists what is not as words need it. */
export function listUnmet(
  needs: readonly Need[],
  grounds: Grounds,
): readonly string[] {
  return [
    ...new Set(needs.flatMap((need) => explainUnmet(need, grounds) ?? [])),
  ];
}

/** Says what can not be told, and why. */
export function explainUnknown(of: string, unmet: readonly string[]): string {
  return `${of} can not be told: ${unmet.join("; ")}.`;
}

function explainUnmet(need: Need, grounds: Grounds): string | null {
  const { others, noise, computing } = grounds;
  if (need === "alone") return others[0] ?? noise.find(isTaken) ?? null;
  if (need === "calm") return noise[0] ?? null;
  if (need === "computing") return explainWaiting(computing);
  if ("difference" in need) {
    return need.difference?.shown === true
      ? null
      : "the samples show no difference";
  }
  if ("within" in need) {
    const { within: { low }, most } = need;
    return low <= most
      ? null
      : `more was gained (at least ${formatNumber(low)}×) than ` +
        `${formatCores(most)} ${most === 1 ? "gives" : "give"}, so ` +
        `something else than cores was`;
  }
  if ("points" in need) {
    const { points, least } = need;
    return points >= least
      ? null
      : `it takes ${least} points or more, and there ${
        points === 1 ? "is 1" : `are ${points}`
      }`;
  }
  return need.idle <= MAX_BESIDE
    ? null
    : `for ${
      formatPercent(need.idle)
    } of the time something computed meanwhile`;
}

function explainWaiting(computing: number | null): string | null {
  if (computing === null) return "whether the work computes was not measured";
  return computing >= COMPUTES
    ? null
    : `the work was on a core for ${formatPercent(computing)} of its time only`;
}

// What waits for less than a fifth is limited by cores more than by waits.
const COMPUTES = 0.8;
const MAX_BESIDE = 0.1;
