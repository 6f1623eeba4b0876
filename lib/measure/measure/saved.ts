/**
 * Measurements that are kept in a file, and what later ones gain on them.
 *
 * What a file holds is checked: anybody may have written it.
 * @module
 */
import { system } from "../../platform/mod.ts";
import { computeSpeedUp } from "../summary.ts";
import type { HonestyStamp } from "../../base/stamp/mod.ts";
import type {
  EarlierResult,
  MeasuredFunction,
  Measurement,
} from "./measure.ts";

/** What is needed of an earlier measurement. */
export type Earlier = Pick<Measurement, "results" | "stamp">;

export async function saveMeasurement(
  path: string,
  measurement: Measurement,
): Promise<void> {
  await system().writeTextFile(
    path,
    `${JSON.stringify(measurement, null, 1)}\n`,
  );
}

/** Reads what {@link saveMeasurement} kept. */
export async function readMeasurement(path: string): Promise<Earlier> {
  const text = await system().readTextFile(path);
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(refuse(path, "it is no JSON"), { cause });
  }
  const { type, results, stamp } = Object(found) as Partial<Measurement>;
  if (type !== "measurement" || !Array.isArray(results)) {
    throw new TypeError(refuse(path, "it is something else"));
  }
  for (const { name, samplesMs } of results.map(Object)) {
    const isFine = typeof name === "string" && Array.isArray(samplesMs) &&
      samplesMs.length > 0 &&
      samplesMs.every((ms) =>
        typeof ms === "number" && ms > 0 && ms < Infinity
      );
    if (!isFine) throw new TypeError(refuse(path, "its samples are no times"));
  }
  return { results, stamp: Object(stamp) as HonestyStamp };
}

/** Compares results with earlier ones of the same name. */
export function compareWithEarlier(
  results: readonly MeasuredFunction[],
  stamp: HonestyStamp,
  { results: earlier, stamp: before }: Earlier,
  seed: number,
): readonly EarlierResult[] {
  const isSame = SAME.every((key) => stamp[key] === before[key]);
  return results.flatMap(({ name, samplesMs }) => {
    const old = earlier.find((result) => result.name === name);
    if (old === undefined) return [];
    const speedup = computeSpeedUp(old.samplesMs, samplesMs, seed);
    return [{ name, speedup, isSameMachine: isSame }];
  });
}

function refuse(path: string, found: string): string {
  return `Cannot read measurement "${path}": ${found}, ` +
    `expected what the option "save" of measure() wrote`;
}

const SAME = ["cores", "quotaCores", "os", "arch", "deno", "v8"] as const;
