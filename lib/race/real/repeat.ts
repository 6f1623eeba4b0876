/**
 * Rounds in batches: as many as time allows, with pauses for everybody else.
 * @module
 */
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
  "threads" | "rounds" | "durationMs" | "racy" | "fault" | "stamp"
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
  };
}

/** Few at first: a round may take long. */
const FIRST_BATCH = 50;
const SHORT_MS = 40;
const LONG_MS = 160;
