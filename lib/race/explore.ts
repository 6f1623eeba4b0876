/**
 * Explores a program: all schedules where they can be counted, else many drawn
 * at random; then some again on real threads. Replays one of them.
 *
 * Yields plain values; `race.ts` joins them with the figure.
 * @module
 */
import { hasWorkers } from "../platform/mod.ts";
import { checkRaceOptions, checkReplay } from "./checks.ts";
import { describeRace } from "./findings.ts";
import { exploreStates, type Graph } from "./graph.ts";
import {
  type Counts,
  countSchedules,
  findShortest,
  groupEndings,
} from "./paths.ts";
import { loadThreads, readProgram } from "./program.ts";
import type { RaceProgram } from "./program.ts";
import { replayHere, type Walk } from "./replay.ts";
import {
  isFailure,
  type RaceEnding,
  type RaceResult,
  type RaceRun,
} from "./result.ts";
import {
  type SampledEnding,
  type SampleLimits,
  sampleSchedules,
} from "./sample.ts";
import { readSchedule, writeSchedule } from "./schedule_text.ts";
import { confirm, repeatOnThreads } from "./threads.ts";
import { unfoldTree } from "./tree.ts";

/** How a program is explored. */
export interface RaceOptions {
  /**
   * How many runs there may be. If that is not enough to reach every state,
   * schedules are drawn at random, a tenth as many.
   * @default 20000
   */
  readonly maxRuns?: number;
  /** How long exploring may take, in milliseconds. @default 10000 */
  readonly maxMs?: number;
  /** Turns of one schedule; what goes on longer is taken to go on for ever. @default 1000 */
  readonly maxTurns?: number;
  /** Where chance begins, when schedules are drawn. @default 1 */
  readonly seed?: number;
  /** Of schedules drawn by priority: at how many places, plus one, priorities change. @default 3 */
  readonly depth?: number;
  /** Whether schedules are repeated on real threads, one of each way to end. @default true */
  readonly workers?: boolean;
  /** Ends exploring; its promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Explores a program. */
export async function explore<S extends object>(
  program: RaceProgram<S>,
  options: RaceOptions = {},
): Promise<RaceResult> {
  checkRaceOptions(options);
  const { maxRuns = 20_000, maxTurns = 1000, maxMs = 10_000 } = options;
  const { seed = 1, depth = 3, workers = true, signal } = options;
  signal?.throwIfAborted();
  const plan = await readProgram(program);
  const walk: Walk = { plan, makers: await loadThreads(plan), maxTurns };
  const pause = createPause(signal, maxMs);
  const { graph, runs, rests } = await exploreStates(plan, walk.makers, {
    maxRuns,
    maxTurns,
    pause: () => pause(GRAPH_SHARE),
  });
  const ways = graph && countSchedules(graph);
  const tried = graph !== null && ways !== null
    ? readGraph(graph, ways, runs)
    : await trySome(walk, runs, {
      maxRuns: Math.max(1, Math.round(maxRuns / 10)),
      seed,
      depth,
      pause: () => pause(SAMPLE_SHARE),
      pauseToShorten: () => pause(1),
    });
  const { rows, ...counts } = tried;
  const shown: RaceEnding[] = [];
  for (const { turns, schedules } of chooseShown(rows)) {
    shown.push({ ...await replayHere(walk, turns), schedules });
  }
  const failing = shown.filter(isFailure).toSorted(
    (a, b) => a.switches - b.switches || a.schedule.length - b.schedule.length,
  );
  const passing = shown.filter((ending) => !isFailure(ending));
  const missing: string[] = [];
  const confirmed = plan.kind === "async" || !workers
    ? null
    : await confirm(walk, { runs: [...failing, ...passing], signal, missing });
  const { title, kind, threads } = plan;
  const isChecked = plan.check !== null || plan.invariant !== null;
  const found = {
    title,
    kind,
    threads: threads.map(({ name }) => name),
    isChecked,
    failing,
    passing,
    shortest: failing[0] ?? null,
    ...counts,
    endings: rows.map(({ outcome, schedules, turns }) => ({
      ...outcome,
      schedules,
      schedule: writeSchedule(turns),
    })),
    tree: graph && ways && unfoldTree({
      graph,
      counts: ways,
      isChecked,
      shown: failing[0] === undefined
        ? null
        : readSchedule(failing[0].schedule, threads.length),
    }, MAX_ENDS),
    confirmed,
  };
  const findings = describeRace({ ...found, rests });
  return { ...found, findings, missing };
}

/** How a schedule is replayed. */
export interface ReplayOptions {
  /** Whether it runs on real threads; asynchronous functions never do. @default true */
  readonly workers?: boolean;
  /** Turns after which it is taken to go on for ever. @default 1000 */
  readonly maxTurns?: number;
  /** Ends replaying; its promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Runs one schedule here, and then on real threads. */
export async function replaySchedule<S extends object>(
  program: RaceProgram<S>,
  schedule: string,
  options: ReplayOptions,
): Promise<RaceRun> {
  checkReplay(schedule, options);
  const { workers = true, maxTurns = 1000, signal } = options;
  signal?.throwIfAborted();
  const plan = await readProgram(program);
  const walk: Walk = { plan, makers: await loadThreads(plan), maxTurns };
  const turns = readSchedule(schedule, plan.threads.length);
  const here = await replayHere(walk, turns);
  if (!workers || plan.kind === "async" || !hasWorkers()) return here;
  const [difference] = await repeatOnThreads(walk, [here.schedule], signal);
  if (difference === null) return { ...here, ranOn: "workers" };
  throw new Error(
    `Cannot replay "${here.schedule}" on real threads: ${difference}, ` +
      `expected the same steps as before: no chance, no clock, no outside events`,
  );
}

function readGraph(graph: Graph, counts: Counts, runs: number) {
  const groups = groupEndings(graph, counts);
  const total = counts.total[0]!;
  return {
    rows: groups.slice(0, MAX_ROWS).map((group) => ({
      ...group,
      turns: findShortest(graph, group.nodes)!,
    })),
    endingCount: groups.length,
    total,
    schedules: total,
    failingSchedules: counts.failing[0]!,
    explored: runs,
    states: graph.nodes.length,
  };
}

async function trySome(walk: Walk, runsBefore: number, limits: SampleLimits) {
  const { runs, endings } = await sampleSchedules(walk, limits);
  return {
    rows: endings.slice(0, MAX_ROWS),
    endingCount: endings.length,
    total: null,
    schedules: runs,
    failingSchedules: endings.filter(({ outcome }) => isFailure(outcome))
      .reduce((count, { schedules }) => count + schedules, 0),
    explored: runsBefore + runs,
    states: null,
  };
}

/** The endings that are told step by step: some of those that fail, few of the others. */
function chooseShown(
  endings: readonly SampledEnding[],
): readonly SampledEnding[] {
  const fails = ({ outcome }: SampledEnding) => isFailure(outcome);
  return [
    ...endings.filter(fails).slice(0, MAX_FAILING),
    ...endings.filter((ending) => !fails(ending)).slice(0, MAX_PASSING),
  ];
}

/** Makes what lets other things happen now and then, and tells when time is over. */
function createPause(
  signal: AbortSignal | undefined,
  maxMs: number,
): (share: number) => Promise<boolean> {
  const startMs = performance.now();
  let lastMs = startMs;
  return async (share) => {
    const nowMs = performance.now();
    if (nowMs - lastMs > PAUSE_MS) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      lastMs = performance.now();
    }
    signal?.throwIfAborted();
    return performance.now() - startMs > maxMs * share;
  };
}

/** When trying all schedules ends, of all time there is, and when drawing some does. */
const GRAPH_SHARE = 0.6;
const SAMPLE_SHARE = 0.8;
const PAUSE_MS = 30;
const MAX_FAILING = 12;
const MAX_PASSING = 3;
const MAX_ROWS = 60;
const MAX_ENDS = 24;
