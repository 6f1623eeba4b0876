/**
 * Rounds in batches: as many as time allows, with pauses for everybody else; and
 * what the search says of the same program.
 * @module
 */
import { countOf } from "../../base/mod.ts";
import { finishStamp, startStamp } from "../../base/stamp/mod.ts";
import { explore } from "../explore.ts";
import type { RaceProgram } from "../program.ts";
import type { RaceResult } from "../result.ts";
import { writeMemory } from "../values.ts";
import type { RealRun } from "./result.ts";
import { openRealThreads } from "./rounds.ts";

/** When to end. */
export interface RunLimits {
  readonly maxRounds: number;
  /** Time, milliseconds. */
  readonly maxMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Rounds that ended with the same values. */
export interface RealEnding {
  readonly final: Record<string, unknown>;
  readonly count: number;
  /** The first of them, counted from 1. */
  readonly round: number;
}

/** What real threads did, and what the search found. */
export interface Ran {
  readonly run: Omit<RealRun, "findings">;
  readonly endings: readonly RealEnding[];
  /** What the search found; `null` if it can not read the program. */
  readonly found: RaceResult | null;
}

/**
 * Runs rounds until there were enough, time is over, or a batch is done in which
 * one ended so that it is enough. Batches grow as long as they are short.
 */
export async function runReal<S extends object>(
  program: RaceProgram<S>,
  { maxRounds, maxMs, signal }: RunLimits,
  { what, isEnough }: {
    /** What the heading says of it. */
    readonly what: string;
    readonly isEnough: (final: Record<string, unknown>) => boolean;
  },
): Promise<Ran> {
  using team = await openRealThreads(program, signal);
  const stamp = await startStamp();
  const startMs = performance.now();
  const endings = new Map<string, RealEnding>();
  let rounds = 0;
  let size = FIRST_BATCH;
  let fault: RealRun["fault"] = null;
  let isDone = false;
  while (
    !isDone && fault === null && rounds < maxRounds &&
    (rounds === 0 || performance.now() - startMs < maxMs)
  ) {
    const batchMs = performance.now();
    const batch = await team.run(Math.min(size, team.most, maxRounds - rounds));
    for (let i = 0; i < batch.rounds; i++) {
      const final = batch.final(i);
      const name = writeMemory(final);
      const { count, round } = endings.get(name) ??
        { count: 0, round: rounds + i + 1 };
      if (count === 0 && isEnough(final)) isDone = true;
      endings.set(name, { final, count: count + 1, round });
    }
    rounds += batch.rounds;
    if (batch.fault !== null) fault = { ...batch.fault, round: rounds + 1 };
    const tookMs = performance.now() - batchMs;
    if (tookMs < SHORT_MS) size *= 2;
    else if (tookMs > LONG_MS) size = Math.max(1, size >> 1);
  }
  const durationMs = performance.now() - startMs;
  const finished = await finishStamp(stamp, { samples: rounds, spread: 0 });
  const found = await search(program, signal);
  const { names: threads, racy } = team;
  const run = {
    title: program.title ?? `${what} of ${threads.join(", ")}`,
    threads,
    rounds,
    durationMs,
    schedules: typeof found === "string" ? null : found.total,
    racy,
    fault,
    stamp: finished,
    missing: [
      ...describeCrowd(threads.length, navigator.hardwareConcurrency),
      ...typeof found === "string" ? [`Schedules are missing: ${found}`] : [],
    ],
  };
  return {
    run,
    endings: [...endings.values()],
    found: typeof found === "string" ? null : found,
  };
}

/** Explores a program for a while; the reason in words if it can not be. */
async function search<S extends object>(
  program: RaceProgram<S>,
  signal: AbortSignal | undefined,
): Promise<RaceResult | string> {
  const options = { maxMs: SEARCH_MS, workers: false };
  try {
    return await explore(program, signal ? { ...options, signal } : options);
  } catch (error) {
    // The program runs on real threads all the same: only its schedules are unknown.
    signal?.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}

/** Says that threads could not all run at once. */
export function describeCrowd(
  threads: number,
  cores: number,
): readonly string[] {
  return threads <= cores ? [] : [
    `${countOf(threads, "thread")} had ${countOf(cores, "core")}: ` +
    "some waited while others ran, so few rounds overlap",
  ];
}

/** Few at first: a round may take long. */
const FIRST_BATCH = 50;
const SHORT_MS = 40;
const LONG_MS = 160;
const SEARCH_MS = 1500;
