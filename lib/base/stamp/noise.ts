/**
 * Noise: the signs that others had the cores, or that samples tell too little, as
 * a stamp holds them.
 *
 * Pure. Each sign is a part of a sentence; others come first. They are found in
 * `signs.ts`, which is loaded when a stamp is finished.
 * @module
 */
import type { HonestyStamp } from "./honesty.ts";
import { formatPercent } from "../format.ts";

export function noiseOf(stamp: HonestyStamp): readonly string[] {
  if (!stamp.noisy) return [];
  const { noise, otherCpuShare } = stamp;
  if (noise !== undefined) return noise;
  const others = listOthers(otherCpuShare);
  return others.length > 0 ? others : ["the samples scatter widely"];
}

/** Says that figures are doubtful, and why. */
export function describeNoise(stamp: HonestyStamp): readonly string[] {
  const noise = noiseOf(stamp);
  return noise.length === 0
    ? []
    : [`Noisy: ${noise.join("; ")}; take the figures as rough.`];
}

/**
 * Tells whether others had so much of the cores that figures are doubtful: known
 * of all programs, or seen by this process right after it was taken off its core.
 */
export function hadOthers(stamp: HonestyStamp): boolean {
  return noiseOf(stamp).some((sign) => OTHERS.test(sign));
}

/** The sign that others had the cores, if the system tells. */
export function listOthers(share: number | null): readonly string[] {
  return (share ?? 0) > MAX_OTHER_SHARE
    ? [`other programs used ${formatPercent(share!)} of all cores meanwhile`]
    : [];
}

/** Tells whether a sign is that of cores lost to nobody knows whom. */
export function isTaken(sign: string): boolean {
  return sign.startsWith(TAKEN);
}

/** More than this, and a second job has moved results by a tenth (measured). */
export const MAX_OTHER_SHARE = 0.06;
/** How the sign begins of cores that were lost to nobody knows whom. */
export const TAKEN = "this program was taken off its cores";
const OTHERS = /^other/;
