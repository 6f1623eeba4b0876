/**
 * Rounds in batches: as many as time allows, with pauses for everybody else.
 * @module
 */
import { countOf } from "../../base/mod.ts";
import { finishStamp, startStamp } from "../../base/stamp/mod.ts";
import type { RealRun } from "./result.ts";
import type { Batch, RealThreads } from "./rounds.ts";

/** When to end. */
export interface RepeatLimits {
  readonly maxRounds: number;
  /** Time, milliseconds. */
  readonly maxMs: number;
}

/** What is known of the rounds as such. */
export type Repeated = Pick<
  RealRun,
  "threads" | "rounds" | "durationMs" | "racy" | "fault" | "stamp" | "missing"
>;

/**
 * Runs rounds until there were enough, time is over, or `look` has seen enough
 * of a batch. Batches grow as long as they are short.
 */
export async function repeatRounds(
  team: RealThreads,
  { maxRounds, maxMs }: RepeatLimits,
  look: (batch: Batch, before: number) => boolean,
): Promise<Repeated> {
  const stamp = await startStamp();
  const startMs = performance.now();
  let rounds = 0;
  let size = FIRST_BATCH;
  let fault: Repeated["fault"] = null;
  let isEnough = false;
  while (
    !isEnough && fault === null && rounds < maxRounds &&
    (rounds === 0 || performance.now() - startMs < maxMs)
  ) {
    const batchMs = performance.now();
    const batch = await team.run(Math.min(size, team.most, maxRounds - rounds));
    isEnough = look(batch, rounds);
    rounds += batch.rounds;
    if (batch.fault !== null) fault = { ...batch.fault, round: rounds + 1 };
    const tookMs = performance.now() - batchMs;
    if (tookMs < SHORT_MS) size *= 2;
    else if (tookMs > LONG_MS) size = Math.max(1, size >> 1);
  }
  return {
    threads: team.names,
    rounds,
    durationMs: performance.now() - startMs,
    racy: team.racy,
    fault,
    stamp: await finishStamp(stamp, { samples: rounds, spread: 0 }),
    missing: describeCrowd(team.names.length, navigator.hardwareConcurrency),
  };
}

/** Says that threads could not all run at once. */
export function describeCrowd(
  threads: number,
  cores: number,
): readonly string[] {
  return threads <= cores ? [] : [
    `${countOf(threads, "thread")} had ${
      countOf(cores, "core")
    }: some waited while others ` +
    "ran, so few rounds overlap",
  ];
}

/** Few at first: a round may take long. */
const FIRST_BATCH = 50;
const SHORT_MS = 40;
const LONG_MS = 160;
