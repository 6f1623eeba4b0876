/**
 * Explores a program: all schedules where they can be counted, else many drawn
 * at random; then some again on real threads.
 *
 * Yields plain values; `race.ts` joins them with the figure.
 * @module
 */
import { hasWorkers } from "../platform/worker.ts";
import { checkRaceOptions } from "./checks.ts";
import { describeRace, type Found } from "./findings.ts";
import { exploreStates, type Graph } from "./graph.ts";
import { countSchedules, findShortest, groupEndings } from "./paths.ts";
import { loadThreads, type Plan, readProgram } from "./program.ts";
import type { RaceProgram } from "./program.ts";
import { replayHere, type Walk } from "./replay.ts";
import type { RaceConfirmation, RaceEnding, RaceResult } from "./result.ts";
import { sampleSchedules } from "./sample.ts";
import { readSchedule } from "./schedule_text.ts";
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

/**
 * Explores a program.
 *
 * @typeParam S The cells with their values.
 * @param program Memory, threads, and what must hold.
 * @param options Limits.
 * @returns What was found.
 * @throws {TypeError} If the program cannot be read, an option has the wrong type, or there is no
 * such option.
 * @throws {RangeError} If an option is out of range.
 */
export async function explore<S extends object>(
  program: RaceProgram<S>,
  options: RaceOptions = {},
): Promise<RaceResult> {
  checkRaceOptions(options);
  const { maxRuns = 20_000, maxTurns = 1000, maxMs = 10_000 } = options;
  options.signal?.throwIfAborted();
  const plan = await readProgram(program);
  const walk: Walk = { plan, makers: await loadThreads(plan), maxTurns };
  const pause = createPause(options.signal, maxMs);
  const { graph, runs } = await exploreStates(plan, walk.makers, {
    maxRuns,
    maxTurns,
    pause: () => pause(GRAPH_SHARE),
  });
  const found = graph === null
    ? await describeSample(walk, runs, { options, maxRuns, pause })
    : await describeGraph(walk, graph, runs);
  const missing: string[] = [];
  const confirmed = plan.kind === "async" || options.workers === false
    ? null
    : await confirm(walk, [...found.failing, ...found.passing], {
      signal: options.signal,
      missing,
    });
  const judged: Found = { ...found, confirmed, spins: plan.spins };
  const { spins: _, ...result } = judged;
  return { ...result, findings: describeRace(judged), missing };
}

type Unjudged = Omit<Found, "confirmed" | "spins">;

async function describeGraph(
  walk: Walk,
  graph: Graph,
  runs: number,
): Promise<Unjudged> {
  const counts = countSchedules(graph);
  const endings: RaceEnding[] = [];
  const groups = groupEndings(graph, counts);
  const isFailure = ({ outcome }: typeof groups[number]) =>
    outcome.kind !== "passed";
  const shown = [
    ...groups.filter(isFailure).slice(0, MAX_FAILING),
    ...groups.filter((group) => !isFailure(group)).slice(0, MAX_PASSING),
  ];
  for (const { nodes, schedules } of shown) {
    const turns = findShortest(graph, nodes)!;
    endings.push({ ...await replayHere(walk, turns), schedules });
  }
  const total = counts.total[0]!;
  const sorted = sortEndings(endings);
  const { shortest } = sorted;
  return {
    ...headOf(walk.plan),
    ...sorted,
    total,
    schedules: total,
    failingSchedules: counts.failing[0]!,
    explored: runs,
    states: graph.nodes.length,
    tree: unfoldTree({
      graph,
      counts,
      shown: shortest === null
        ? null
        : readSchedule(shortest.schedule, walk.plan.threads.length),
    }, MAX_ENDS),
  };
}

interface SampleContext {
  readonly options: RaceOptions;
  readonly maxRuns: number;
  readonly pause: (share: number) => Promise<boolean>;
}

async function describeSample(
  walk: Walk,
  runs: number,
  { options, maxRuns, pause }: SampleContext,
): Promise<Unjudged> {
  const sampled = await sampleSchedules(walk, {
    maxRuns: Math.max(1, Math.round(maxRuns / 10)),
    seed: options.seed ?? 1,
    depth: Math.max(1, options.depth ?? 3),
    pause: () => pause(1),
  });
  const endings: RaceEnding[] = [];
  for (const { turns, schedules } of sampled.endings.slice(0, MAX_FAILING)) {
    endings.push({ ...await replayHere(walk, turns), schedules });
  }
  const failingSchedules = sampled.endings.filter(({ outcome }) =>
    outcome.kind !== "passed"
  ).reduce((count, { schedules }) => count + schedules, 0);
  return {
    ...headOf(walk.plan),
    ...sortEndings(endings),
    total: null,
    schedules: sampled.runs,
    failingSchedules,
    explored: runs + sampled.runs,
    states: null,
    tree: null,
  };
}

function headOf(plan: Plan): Pick<Unjudged, "title" | "kind" | "threads"> {
  const { title, kind, threads } = plan;
  return { title, kind, threads: threads.map(({ name }) => name) };
}

function sortEndings(
  endings: readonly RaceEnding[],
): Pick<Unjudged, "failing" | "passing" | "shortest"> {
  const failing = endings.filter(({ kind }) => kind !== "passed").toSorted(
    (a, b) => a.switches - b.switches || a.schedule.length - b.schedule.length,
  );
  const passing = endings.filter(({ kind }) => kind === "passed");
  return { failing, passing, shortest: failing[0] ?? null };
}

interface ConfirmOptions {
  readonly signal: AbortSignal | undefined;
  readonly missing: string[];
}

async function confirm(
  walk: Walk,
  runs: readonly RaceEnding[],
  { signal, missing }: ConfirmOptions,
): Promise<RaceConfirmation | null> {
  if (!hasWorkers()) {
    missing.push(
      "Real threads are missing: there is no Worker here, so schedules ran on one thread only; " +
        "use Deno to repeat them in Workers",
    );
    return null;
  }
  let agreed = 0;
  const chosen = runs.filter(({ steps }) => steps.length <= MAX_CONFIRMED_STEPS)
    .slice(0, MAX_CONFIRMED);
  if (chosen.length === 0) {
    missing.push(
      `Real threads are missing: no schedule has ${MAX_CONFIRMED_STEPS} steps or fewer`,
    );
    return null;
  }
  const { openTeam } = await import("./threads.ts");
  await using team = await openTeam(walk, signal);
  for (const { schedule } of chosen) {
    const turns = readSchedule(schedule, walk.plan.threads.length);
    if (await team.run(turns) === null) agreed++;
  }
  return { schedules: chosen.length, agreed };
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

/** Time that trying all schedules may take, of all there is: the rest is for drawing some. */
const GRAPH_SHARE = 0.7;
const PAUSE_MS = 30;
const MAX_FAILING = 12;
const MAX_PASSING = 3;
const MAX_ENDS = 24;
const MAX_CONFIRMED = 8;
const MAX_CONFIRMED_STEPS = 500;
