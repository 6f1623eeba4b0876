/**
 * One run of a trace: opens all sources, closes them, joins what they found.
 *
 * The thin, impure part; what is made of it is decided in `assemble.ts`.
 * @module
 */
import { finishStamp, startStamp } from "../base/stamp/mod.ts";
import {
  assemble,
  joinProcesses,
  type Life,
  type TraceRecord,
} from "./assemble.ts";
import { Collector } from "./collector.ts";
import type { Context, NamedWait } from "./own_lanes.ts";
import {
  type CoreSampler,
  describePrice,
  MAX_SAMPLED_MS,
  numberLanes,
  SAMPLING_ENDED,
  startCoreSampler,
  stopSampler,
} from "./core_sampler.ts";
import type { SampledThreads } from "./core_samples.ts";
import type { Profile } from "./line_samples.ts";
import { type LineSampler, startLineSampler } from "./line_sampler.ts";
import { describeHolds, nameHold } from "./loop_holds.ts";
import { watchLoop } from "./loop_watch.ts";
import {
  type LockSnapshot,
  type LoopHold,
  openTap,
  type Recording,
  type Stuck,
  type TraceSpan,
} from "../base/record/mod.ts";
import { readCpu, tellCpu } from "./cpu_guest.ts";
import { RunWatch } from "./run_watch.ts";
import { listOpen, listStuck } from "./facts/stuck.ts";
import { TurnWatch } from "./turn_watch.ts";
import { createTracer, describeThrown, type Tracer } from "./tracer.ts";
import { beginWait, watchProcesses } from "./watched_process.ts";
import { watchWorkers } from "./watched_worker.ts";

/** How a run is recorded. */
export interface RunOptions {
  /** Heading. */
  readonly title: string;
  /** Whether cores are sampled. */
  readonly cores: boolean;
  /** Whether the main thread's code is sampled. */
  readonly lines: boolean;
  /** Whether turns of the event loop are noted. */
  readonly turns: boolean;
  /** Where the trace was asked for: its stack is read only if it is needed. */
  readonly site: Error;
  /** Pause between two samples. Units: milliseconds. */
  readonly sampleMs: number;
  /** Aborted when the run is. */
  readonly signal: AbortSignal;
}

export interface TraceRun {
  readonly tracer: Tracer;
  /** Calls the traced function as the run's own code. */
  start<R>(fn: () => R): R;
  /** Finds lanes that wait for each other's locks now, in a circle with the locks. */
  findDeadlock(): Promise<readonly string[] | null>;
  /** Notes who waits for what now, as the run is ended from outside. */
  findStuck(): Promise<readonly Stuck[]>;
  /** Ends all sources; the recording is made of what they had by then. Who returned is to leave nothing behind. */
  finish(hasReturned: boolean): Promise<Recording>;
  /** Makes a recording of a part while the run goes on: of what is known by then. */
  cut(title: string, startMs: number, endMs: number): Promise<Recording>;
}

export async function startTraceRun(options: RunOptions): Promise<TraceRun> {
  const missing: string[] = [];
  const notes: string[] = [];
  const stampStart = await startStamp();
  let sampler: CoreSampler | null = null;
  if (options.cores) {
    const started = await startCoreSampler(options.sampleMs, MAX_SAMPLED_MS);
    if (typeof started === "string") missing.push(started);
    else sampler = started;
  }
  await using sources = new AsyncDisposableStack();
  // Should a source not open, the samplers must not read on.
  sources.defer(async () => void await sampler?.stop(() => undefined));
  const lines: LineSampler | null = options.lines
    ? await startLineSampler()
    : null;
  sources.defer(async () => void await lines?.stop());
  const collector = new Collector();
  const watch = sources.use(await RunWatch.open());
  const tap = sources.use(openTap(collector));
  collector.here = () => watch.context?.lane ?? MAIN;
  collector.outside = (fn) => watch.outside(fn);
  collector.onThread = () => {
    sampler?.lookAgain();
    lines?.abandon();
  };
  collector.lane({ id: MAIN, kind: "main" });
  const root: Context & { startMs: number } = {
    lane: MAIN,
    parent: null,
    startMs: performance.now(),
    endMs: Infinity,
    site: options.site,
  };
  const contexts: Context[] = [root];
  const waits: NamedWait[] = [];
  const turns = options.turns ? sources.use(await TurnWatch.open(watch)) : null;
  const holds: TraceSpan[] = [];
  const host = {
    tap: collector,
    hold: (span: TraceSpan) => void holds.push(span),
    wait: (reason: string) => beginWait(waits, watch.context ?? root, reason),
    freeId: (wanted: string) => collector.freeId(wanted),
    laneHere: collector.here,
    enterCallback: (from: string) => {
      watch.enterCallback(root);
      // Before all that the handlers queue.
      if (turns !== null) queueMicrotask(turns.message(from));
    },
    beforeWorker: () => lines?.abandon(),
  };
  const workers = await watchWorkers(host);
  const processes = watchProcesses(host);
  const loop = watchLoop(collector);
  sources.move();
  const tracer = createTracer({
    collector,
    watch,
    root,
    contexts,
    waits,
    signal: options.signal,
  });
  root.startMs = performance.now();
  const cpuStart = readCpu();
  let processCpuMs: number | null = null;
  let lives: readonly Life[] = [];
  let sampled: SampledThreads | null = null;
  let locks: readonly LockSnapshot[] = [];
  let loopHolds: readonly LoopHold[] | null = null;
  const left: string[] = [];
  let stuck: readonly Stuck[] = [];

  const listWorkers = () =>
    [...collector.lanes.values()].filter(({ kind }) => kind === "worker");

  /** Locks tell of their lanes; without one, none was used, and none need be loaded. */
  async function loadSync() {
    const hasLocks = [...collector.lanes.values()]
      .some(({ kind }) => kind === "lock" || kind === "queue");
    return hasLocks ? await import("../sync/mod.ts") : null;
  }

  async function readLocks(): Promise<void> {
    try {
      const sync = await loadSync();
      missing.push(...sync?.drainSyncEvents(collector) ?? []);
      locks = sync?.snapshotFollowed(collector) ?? [];
    } catch (error) {
      // A thread may have died inside of a lock; the rest is worth showing.
      missing.push(`Locks are missing: ${describeThrown(error)}`);
    }
  }

  /** Names who held the event loop, and marks it. */
  function readHolds(profile: Profile | null): readonly LoopHold[] {
    const holds = describeHolds(loop.holds, watch.segments, profile);
    for (const hold of holds) {
      const { startMs: atMs, lane } = hold;
      collector.mark({ atMs, label: nameHold(hold), lane });
    }
    if (holds.length > 0 && options.lines) {
      if (lines === null) missing.push(NO_LINES);
      if (lines?.isAbandoned) missing.push(LINES_ABANDONED);
    }
    return holds;
  }

  async function cut(
    title: string,
    startMs: number,
    endMs: number,
  ): Promise<Recording> {
    const record: TraceRecord = {
      title,
      startMs,
      endMs,
      own: { contexts, segments: watch.segments, waits },
      holds,
      loopHolds: loopHolds ??
        describeHolds(loop.holds, watch.segments, null),
      turns: turns?.turns ?? null,
      ...joinProcesses(
        {
          lanes: [...collector.lanes.values()],
          spans: collector.spans,
          links: collector.links,
        },
        numberLanes(processes.processes),
      ),
      marks: collector.marks,
      counters: [...collector.counters.values()],
      lives,
      sampled,
      readings: collector.readings,
      processCpuMs,
      locks,
      left,
      stuck,
      missing,
      notes,
      stamp: await finishStamp(stampStart, {
        samples: 1,
        spread: 0,
        // Each on a core of its own, unless there are too few.
        threads: Math.max(1, listWorkers().length),
        // A part of a run that goes on is not to be held up.
        mayLook: sampled !== null || root.endMs !== Infinity,
      }),
    };
    return assemble(record);
  }

  return {
    tracer,
    cut: async (title, startMs, endMs) => {
      const part = await cut(title, startMs, endMs);
      return { ...part, missing: [...part.missing, CUT] };
    },
    async findDeadlock() {
      const sync = await loadSync();
      // Of locks that other runs have left, this one knows nothing.
      return sync?.findDeadlock(sync.snapshotFollowed(collector)) ?? null;
    },
    async findStuck() {
      const sync = await loadSync();
      const locks = sync?.snapshotFollowed(collector) ?? [];
      return stuck = listStuck(locks, contexts, waits, collector.jobs);
    },
    start: (fn) =>
      watch.run(root, () => turns === null ? fn() : turns.start(fn)),
    async finish(hasReturned) {
      if (hasReturned) left.push(...listOpen(contexts));
      root.endMs = performance.now();
      processCpuMs = tellCpu(collector, cpuStart, root);
      const seen = workers.stop();
      missing.push(...seen.missing);
      lives = [...seen.lives, ...processes.stop()];
      // What lasts on has no end yet.
      const open = lives.filter(({ endMs }) => endMs === Infinity);
      if (hasReturned) left.push(...open.map(({ lane }) => lane));
      loop[Symbol.dispose]();
      turns?.[Symbol.dispose]();
      watch[Symbol.dispose]();
      try {
        await readLocks();
      } finally {
        // Whatever else fails: the next trace must find the tap closed.
        tap[Symbol.dispose]();
      }
      loopHolds = readHolds(await lines?.stop() ?? null);
      collector.close();
      if (sampler !== null) {
        sampled = await stopSampler(sampler, processes.processes, missing);
      }
      if (sampled !== null) {
        notes.push(describePrice(sampled, options.sampleMs));
        const isCut = root.endMs - root.startMs > MAX_SAMPLED_MS;
        if (isCut) missing.push(SAMPLING_ENDED);
      }
      const dropped = collector.dropped + watch.dropped + (turns?.dropped ?? 0);
      if (dropped > 0) {
        missing.push(
          `${dropped} spans and marks are missing: there were too many`,
        );
      }
      return await cut(options.title, root.startMs, root.endMs);
    },
  };
}

const CUT =
  "Cores, locks and the insides of Workers are in the recording of the outer trace only";
const NO_LINES =
  "Which function held the event loop is missing: it is told only with a " +
  "permission, run with `skein run --allow-sys`";
const LINES_ABANDONED =
  "Which function held the event loop is missing: a Worker was made, and " +
  "sampling would have made its messages late";
const MAIN = "main";
