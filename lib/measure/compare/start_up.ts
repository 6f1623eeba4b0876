/**
 * The rule of the start-up: starting a thread or process for each job costs
 * more than it brings.
 *
 * Pure. Below the figure of a comparison the same stands in short, said by
 * `lib/measure/compare/findings.ts`; so only `explain()` asks this one.
 * @module
 */
import type {
  Comparison,
  Model,
  ModelResult,
  SpeedUp,
} from "../../base/record/mod.ts";
import {
  computeRunningMs,
  computeStartMs,
  findResult,
  listRemote,
} from "./evidence.ts";
import { formatDuration, formatTimes } from "../../base/mod.ts";
import type { Finding, Words } from "../../explain/mod.ts";

/** Finds models that are slower than `sequential` because of what they start. */
export function findStartUps(
  { results }: Pick<Comparison, "results">,
): Finding[] {
  const sequential = findResult(results, "sequential");
  const aloneMs = sequential ? computeRunningMs(sequential) : null;
  if (aloneMs === null) return [];
  const found = listRemote(results).flatMap((result) =>
    findStartUp(result, aloneMs) ?? []
  );
  // What helps is the same for both models, and said once.
  return found.map((one, i) => i === 0 ? one : { ...one, advice: "" });
}

function findStartUp(
  result: ModelResult,
  aloneMs: number,
): Finding | undefined {
  const { model, speedup } = result;
  const startMs = computeStartMs(result) ?? 0;
  if (!speedup?.shown || speedup.ratio > SLOWER || startMs < aloneMs) {
    return undefined;
  }
  const values = { model, speedup, startMs, aloneMs };
  return { rule: "start-up", values, lanes: [], ...say(values) };
}

interface StartUp {
  readonly model: Model;
  readonly speedup: SpeedUp;
  readonly startMs: number;
  /** How long a job takes alone. */
  readonly aloneMs: number;
}

function say({ model, speedup, startMs, aloneMs }: StartUp): Words {
  const { ratio, low, high } = speedup;
  const times = formatTimes(1 / ratio);
  const interval = `${formatTimes(1 / high)} to ${formatTimes(1 / low)}`;
  const [start, alone] = [formatDuration(startMs), formatDuration(aloneMs)];
  const [all, one] = model === "workers"
    ? ["Workers", "Worker"]
    : ["Processes", "process"];
  return {
    sentence: `${all} took ${times} as long as sequential (95 % interval ` +
      `${interval}): starting a ${one} took ${start}, and all that it does ` +
      `then takes ${alone} alone.`,
    advice:
      "Start it once and keep it for many jobs, as pool(), worker() and " +
      "process() do, or give each more to do; crossover() finds how much.",
    evidence: [
      {
        what: `time of ${model} against sequential`,
        value: `${times} (${interval})`,
        from: "medians of the rounds",
      },
      {
        what: "start, and work of a job",
        value: `${start}, ${alone}`,
        from: "spans of the round nearest the median, median of the jobs",
      },
    ],
  };
}

const SLOWER = 0.9;
