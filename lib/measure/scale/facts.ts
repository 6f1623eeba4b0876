/**
 * What rules need to know of how work scales.
 *
 * Pure: a measurement in, facts out.
 * @module
 */
import type { Measured } from "../scaffold.ts";
import type { ScalePoint, Scaling } from "./scale.ts";
import {
  applyRules,
  countCores,
  type Facts,
  type Finding,
  groundsOf,
} from "../../explain/mod.ts";

/** Works out the facts of how work scales; its own findings are not looked at. */
export function factsOfScaling(
  { points, cores, model, stamp, cpuShare }: Measured<Scaling>,
): Facts {
  const best = bestWithin(points);
  const beyond = points.findLast(({ beyondCores }) => beyondCores);
  return {
    cores: countCores(stamp),
    isNoisy: stamp.noisy,
    otherCpuShare: stamp.otherCpuShare,
    grounds: groundsOf(stamp, cpuShare ?? null),
    scaling: { model, cores, best: best ?? null, beyond: beyond ?? null },
  };
}

/** Applies all rules; the best number of Workers comes first. */
export function explainScaling(scaling: Measured<Scaling>): Finding[] {
  // More than there are cores is told against the best, so that comes first.
  return applyRules(factsOfScaling(scaling)).toSorted((one, other) =>
    Number(other.rule === BEST) - Number(one.rule === BEST)
  );
}

/** Finds the fastest number of Workers with a core each; `undefined` if none above 1 was measured. */
export function bestWithin(
  points: readonly ScalePoint[],
): ScalePoint | undefined {
  return points.filter(({ n, beyondCores }) => n > 1 && !beyondCores)
    .reduce<ScalePoint | undefined>(
      (best, point) =>
        best === undefined || point.speedup.ratio > best.speedup.ratio
          ? point
          : best,
      undefined,
    );
}

const BEST = "why not N times";
