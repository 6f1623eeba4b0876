/**
 * Takes the samples of functions: warms up, interleaves, repeats when disturbed.
 *
 * Where time, stamps and chance come from is handed in. When to stop is in
 * `rules.ts`, and what samples say in `summary.ts`.
 * @module
 */

import type { Clock } from "../../base/mod.ts";
import type { finishStamp } from "../../base/stamp/mod.ts";
import { createRandom, median, shuffle } from "../../base/statistics/mod.ts";
import { type Readings, takeCalmest } from "../calmer.ts";
import { orAbort } from "../jobs.ts";
import { summarize, widestSpread } from "../summary.ts";
import {
  chooseCalls,
  findClockStep,
  isEnough,
  isTooShort,
  isWarm,
  makeProbe,
  type Probe,
  type SamplingRule,
} from "./probe.ts";
import type { Measurement } from "./measure.ts";
import { type RawSamples, summarizeFunctions } from "./summary.ts";

/** What measuring needs of the world. */
export interface MeasureTools extends Readings {
  readonly clock: Clock;
  readonly finishStamp: typeof finishStamp;
  /** Gives the thread to whoever waits for it, for one turn. */
  readonly yieldThread: () => Promise<void>;
}

/** What is measured, and how long. */
export interface MeasureRequest extends SamplingRule {
  /** The functions by name, in order; the first is what others are compared with. */
  readonly functions: readonly (readonly [name: string, fn: () => unknown])[];
  readonly title: string;
  /** How long all of it may take, milliseconds. */
  readonly maxMs: number;
  /** Decides the order of calls, and the resampling. */
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Tells whether it ended because the time is over, so that what is done counts. */
  readonly isOver: () => boolean;
  /** Changes samples before they are described. @default no change */
  readonly adjust?: (raw: readonly RawSamples[]) => readonly RawSamples[];
}

/** Measures functions; what it means is said by who asks. */
export async function runMeasurement(
  request: MeasureRequest,
  tools: MeasureTools,
): Promise<Omit<Measurement, "findings">> {
  const { clock } = tools;
  const clockStepMs = findClockStep(clock);
  const endMs = clock.now() + request.maxMs;
  const bench: Bench = { request, tools, clockStepMs, endMs, freeMs: 0 };

  const arms: Arm[] = [];
  for (const [name, fn] of request.functions) {
    arms.push(await warmUp(makeProbe(name, fn, clock), bench));
  }
  const { value: raw, stampStart, shares } = await takeCalmest(
    () => takeRun(arms, bench),
    {
      isOver: request.isOver,
      leftMs: () => endMs - clock.now(),
      most: MAX_REPEATS,
      nowMs: () => clock.now(),
    },
    tools,
  );
  const { title, seed, adjust = (raw) => raw } = request;
  const results = summarizeFunctions(adjust(raw), seed);
  const stamp = await tools.finishStamp(stampStart, {
    samples: results[0]!.summary.count,
    // What was of another kind before is no scatter.
    spread: widestSpread(
      results.map(({ samplesMs, shift }) =>
        summarize(samplesMs.slice(shift?.at ?? 0))
      ),
    ),
    // What became faster late is a warm-up, and told as such.
    series: results.filter(({ shift }) => shift === null)
      .map(({ samplesMs }) => samplesMs),
    ...results.every(({ isAsync }) => !isAsync) ? { threads: 1 } : {},
  });
  const runShares = shares;
  return { type: "measurement", title, results, clockStepMs, runShares, stamp };
}

interface Bench {
  readonly request: MeasureRequest;
  readonly tools: MeasureTools;
  readonly clockStepMs: number;
  readonly endMs: number;
  /** When others last had the thread. */
  freeMs: number;
}

/** A function, ready to be sampled. */
interface Arm {
  readonly probe: Probe;
  calls: number;
  readonly warmUpMs: number[];
  readonly warmUpSettled: boolean;
}

/** Calls until the times stop changing; every time is kept, to be drawn. */
async function warmUp(probe: Probe, bench: Bench): Promise<Arm> {
  const { clock } = bench.tools;
  const capMs = Math.min(bench.endMs, clock.now() + WARM_UP_MS);
  const warmUpMs: number[] = [];
  let calls = 1;
  let steady: number[] = [];
  do {
    const tookMs = await take(probe, calls, bench);
    warmUpMs.push(tookMs / calls);
    if (isTooShort(tookMs, bench.clockStepMs) && calls < MAX_CALLS) {
      // Twice as many until the clock can tell; what was before says little.
      calls *= 2;
      steady = [];
    } else {
      steady.push(tookMs / calls);
    }
  } while (
    clock.now() < capMs && !isWarm(steady) && warmUpMs.length < MAX_WARM_UP
  );
  const callMs = median(warmUpMs.slice(-5));
  return {
    probe,
    calls: chooseCalls(callMs, bench.clockStepMs),
    warmUpMs,
    warmUpSettled: isWarm(steady),
  };
}

/** Rounds in which every function has its turn, in random order. */
async function takeRun(
  arms: readonly Arm[],
  bench: Bench,
): Promise<readonly RawSamples[]> {
  const { request, tools: { clock }, endMs } = bench;
  const random = createRandom(request.seed);
  const samples = arms.map((arm) => ({
    arm,
    samplesMs: [] as number[],
    callsPerSample: [] as number[],
  }));
  const own = samples.map(({ samplesMs }) => samplesMs);
  const startMs = clock.now();
  const isDone = () =>
    clock.now() >= endMs || isEnough(own, clock.now() - startMs, request);
  try {
    do {
      for (const { arm, ...taken } of shuffle(samples, random)) {
        const { samplesMs, callsPerSample } = taken;
        const sample = await takeSample(arm, bench);
        samplesMs.push(sample.callMs);
        callsPerSample.push(sample.calls);
      }
    } while (!isDone());
  } catch (error) {
    const hasSome = own.every(({ length }) => length > 0);
    if (!request.isOver() || !hasSome) throw error;
  }
  return samples.map((
    { arm: { probe, warmUpMs, warmUpSettled }, ...taken },
  ) => ({
    name: probe.name,
    isAsync: probe.isAsync,
    warmUpMs: [...warmUpMs],
    warmUpSettled,
    ...taken,
  }));
}

/** Code gets faster after the warm-up too: a sample too short for the clock is one more of that. */
async function takeSample(arm: Arm, bench: Bench) {
  for (;;) {
    const { calls } = arm;
    const tookMs = await take(arm.probe, calls, bench);
    const callMs = tookMs / calls;
    const isRefused = isTooShort(tookMs, bench.clockStepMs) &&
      calls < MAX_CALLS;
    if (!isRefused) return { callMs, calls };
    arm.warmUpMs.push(callMs);
    arm.calls = Math.max(2 * calls, chooseCalls(callMs, bench.clockStepMs));
  }
}

async function take(
  probe: Probe,
  calls: number,
  bench: Bench,
): Promise<number> {
  const { request: { signal }, tools: { clock, yieldThread } } = bench;
  // A kernel wants to hear of an interrupt, and a page to be drawn.
  if (clock.now() - bench.freeMs > MAX_HELD_MS) {
    await yieldThread();
    bench.freeMs = clock.now();
  }
  signal.throwIfAborted();
  const taken = probe.take(calls);
  return typeof taken === "number" ? taken : await orAbort(taken, signal);
}

const WARM_UP_MS = 1000;
const MAX_WARM_UP = 300;
const MAX_CALLS = 2 ** 24;
const MAX_HELD_MS = 20;
const MAX_REPEATS = 3;
