/**
 * Works out from samples which thread ran on which core, and who waited for one.
 *
 * Pure: numbers in, spans out. They are read in `core_guest.ts`.
 * @module
 */
import type {
  Stretch,
  ThreadTime,
  TraceSpan,
  TraceState,
} from "../base/record/mod.ts";
import type { SeenThread } from "./core_guest.ts";

/** What was read, on the main thread's clock; see `Samples` in `core_guest.ts`. */
export interface ThreadSamples {
  readonly ticksMs: ArrayLike<number>;
  readonly threads: readonly SeenThread[];
  /** Five numbers a record: reading, thread, core, nanoseconds on a core, nanoseconds ready. */
  readonly records: ArrayLike<number>;
  readonly ownTid: number;
}

export interface SampledThreads {
  readonly coreIds: readonly string[];
  /** Who ran on each core; the sampler is left out. */
  readonly cores: readonly TraceSpan[];
  /** What each thread did that has a lane. */
  readonly threadSpans: readonly TraceSpan[];
  /** Of each lane whose thread was looked at: what the system counted from reading to reading. */
  readonly counted: ReadonlyMap<string, readonly CountedStretch[]>;
  /** Sums of each thread that ran at all. */
  readonly threads: readonly ThreadTime[];
  /** Part of one core that sampling itself took, 0 to 1. */
  readonly ownShare: number;
}

/** What the system counted of a thread between two readings. Units: milliseconds. */
export interface CountedStretch extends Stretch {
  readonly runMs: number;
  readonly waitMs: number;
}

export interface NamingOptions {
  /** Gives the id of the lane of a thread; `undefined` if it has none. */
  readonly laneOf: (thread: SeenThread) => string | undefined;
  /** How many cores there are at least: an idle one is shown too. */
  readonly cores: number;
}

/**
 * Works out what samples say.
 *
 * Between two readings the system tells how long a thread ran and how long it
 * was ready, not when: it is drawn as ready first, then running, up to the
 * later reading. The system may tell late (it counts when its own timer ticks),
 * so time that is longer than the step reaches back. Less than a tenth of a
 * step is not drawn, yet is in the sums.
 *
 * Units: milliseconds of `performance.now()`.
 */
export function describeSamples(
  samples: ThreadSamples,
  options: NamingOptions,
): SampledThreads {
  const { ticksMs, threads, records, ownTid } = samples;
  const lanes = threads.map(options.laneOf);
  const cores = new Map<string, Painter>();
  for (let core = 0; core < options.cores; core++) {
    cores.set(`core ${core}`, new Painter(`core ${core}`));
  }
  const painters = new Map<string, Painter>();
  const sums = new Map<string, { runMs: number; waitMs: number }>();
  const counted = new Map<string, CountedStretch[]>(
    lanes.flatMap((lane) => lane === undefined ? [] : [[lane, []]]),
  );
  let ownMs = 0;
  for (let at = 0; at < records.length;) {
    const tick = records[at]!;
    const all = readStep(records, at);
    at += all.length * RECORD_LENGTH;
    const endMs = ticksMs[tick];
    const startMs = ticksMs[tick - 1];
    if (startMs === undefined || endMs === undefined) continue;
    const least = MIN_SHARE * (endMs - startMs);
    const step = all.filter((reading) => {
      const isOwn = threads[reading.thread]!.tid === ownTid;
      if (isOwn) ownMs += reading.runMs;
      return !isOwn;
    });
    const reached = new Map<string, number>();
    for (const { thread, core, runMs, waitMs } of step) {
      const lane = lanes[thread];
      const name = lane ?? threads[thread]!.name;
      const sum = take(sums, name, () => ({ runMs: 0, waitMs: 0 }));
      sum.runMs += runMs;
      sum.waitMs += waitMs;
      if (lane !== undefined) {
        // It is read again only when something has changed.
        const own = counted.get(lane)!;
        const fromMs = own.at(-1)?.endMs ?? ticksMs[0]!;
        own.push({ startMs: fromMs, endMs, runMs, waitMs });
        const painter = take(painters, lane, () => new Painter(lane));
        const ranMs = endMs - runMs;
        const waited = { startMs: ranMs - waitMs, endMs: ranMs };
        if (waitMs >= least) painter.paint("runnable", waited);
        if (runMs >= least) painter.paint("running", { startMs: ranMs, endMs });
      }
      if (runMs < least) continue;
      // Two threads on one core in one step: the longer ran last.
      const id = `core ${core}`;
      const untilMs = reached.get(id) ?? endMs;
      reached.set(id, untilMs - runMs);
      take(cores, id, () => new Painter(id))
        .keep({ startMs: untilMs - runMs, endMs: untilMs, label: name });
    }
    for (const painter of cores.values()) painter.paintKept();
  }
  const durationMs = (ticksMs[ticksMs.length - 1] ?? 0) - (ticksMs[0] ?? 0);
  return {
    coreIds: [...cores.keys()],
    cores: [...cores.values()].flatMap(({ spans }) => spans),
    threadSpans: [...painters.values()].flatMap(({ spans }) => spans),
    counted,
    threads: [...sums].map(([lane, { runMs, waitMs }]) => ({
      lane,
      runningMs: runMs,
      runnableMs: waitMs,
    })).filter(({ runningMs }) => runningMs >= MIN_LISTED_MS),
    ownShare: durationMs > 0 ? ownMs / durationMs : 0,
  };
}

interface Reading {
  readonly thread: number;
  readonly core: number;
  readonly runMs: number;
  readonly waitMs: number;
}

/** The records of one reading, which follow each other; who ran longest first. */
function readStep(records: ArrayLike<number>, at: number): Reading[] {
  const step: Reading[] = [];
  for (let i = at; i < records.length; i += RECORD_LENGTH) {
    if (records[i] !== records[at]) break;
    step.push({
      thread: records[i + 1]!,
      core: records[i + 2]!,
      runMs: records[i + 3]! / NS_PER_MS,
      waitMs: records[i + 4]! / NS_PER_MS,
    });
  }
  return step.sort((one, other) => other.runMs - one.runMs);
}

/** Draws one lane from left to right, and joins what says the same. */
class Painter {
  readonly spans: TraceSpan[] = [];
  readonly #lane: string;
  readonly #kept: Stroke[] = [];

  constructor(lane: string) {
    this.#lane = lane;
  }

  /** Draws, but for what is drawn already. */
  paint(state: TraceState, stroke: Stroke): void {
    const last = this.spans.at(-1);
    const startMs = Math.max(stroke.startMs, last?.endMs ?? -Infinity);
    if (startMs >= stroke.endMs) return;
    const joins = last?.state === state && last.label === stroke.label &&
      startMs - last.endMs < JOIN_MS;
    if (joins) {
      this.spans[this.spans.length - 1] = { ...last, endMs: stroke.endMs };
    } else {
      const span = { ...stroke, lane: this.#lane, state, startMs };
      this.spans.push({ ...span, sampled: true });
    }
  }

  keep(stroke: Stroke): void {
    this.#kept.push(stroke);
  }

  paintKept(): void {
    for (const stroke of this.#kept.reverse()) this.paint("running", stroke);
    this.#kept.length = 0;
  }
}

type Stroke = Pick<TraceSpan, "startMs" | "endMs" | "label">;

function take<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

const NS_PER_MS = 1e6;
const RECORD_LENGTH = 5;
const MIN_SHARE = 0.1;
const JOIN_MS = 0.5;
const MIN_LISTED_MS = 0.5;
