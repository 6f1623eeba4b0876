/**
 * Joins what several sources told of the same thread into one account.
 * Pure: which account wins is the order of layers here.
 * @module
 */
import type { TraceRecord } from "./assemble.ts";
import {
  carve,
  type CpuReading,
  keepWithin,
  lengthOf,
  repaint,
  shareOut,
  type Stretch,
  sumMs,
  type TraceSpan,
  type TraceState,
  unite,
} from "../base/record/mod.ts";
import type { CountedStretch } from "./core_samples.ts";
import { guessKind } from "./facts/lanes.ts";
import { describeOwnLanes } from "./own_lanes.ts";

/**
 * Makes the spans of all lanes but the cores: none of a thread or task overlap.
 *
 * Units: milliseconds of `performance.now()`.
 */
export function describeThreads(record: TraceRecord): TraceSpan[] {
  const ownByLane = groupByLane(describeOwnLanes(record.own, record.endMs));
  const toldByLane = groupByLane(record.spans);
  const heldByLane = groupByLane(record.holds);
  const sampledByLane = groupByLane(record.sampled?.threadSpans ?? []);
  const lifeByLane = new Map(record.lives.map((life) => [life.lane, life]));
  const kinds = new Map(record.lanes.map(({ id, kind }) => [id, kind]));
  const readingsByLane = Map.groupBy(record.readings, ({ lane }) => lane);
  const isAllOnCores = areAllOnCores(record);
  const countedByLane = record.sampled?.counted;
  const lanes = new Set([
    ...ownByLane.keys(),
    ...toldByLane.keys(),
    ...sampledByLane.keys(),
    ...lifeByLane.keys(),
  ]);
  // The main thread comes first: what it did in a call, its tasks did.
  const slept: TraceSpan[] = [];
  const order = [...lanes].sort((one, other) =>
    Number(kinds.get(other) === "main") - Number(kinds.get(one) === "main")
  );
  return order.flatMap((lane) => {
    const told = toldByLane.get(lane) ?? [];
    // Several lanes can be at a lock at once.
    const kind = kinds.get(lane) ?? guessKind(lane);
    if (kind === "lock" || kind === "queue") return told;
    const own = ownByLane.get(lane);
    const held = heldByLane.get(lane) ?? [];
    const exact = layer(
      own === undefined
        ? [held, ...split(told, ["blocked"], ...ACTIVE, ["running"])]
        : orderOwn(held, told, own),
    );
    const sampled = sampledByLane.get(lane) ?? [];
    const life = lifeByLane.get(lane);
    const counted = countedByLane?.get(lane);
    const seen = counted === undefined
      ? exact
      : correctRunning(exact, sampled, counted);
    const spans = kind === "task" ? followMain(seen) : judge(seen, lane);
    if (kind === "main") slept.push(...spans.filter(isNoRunning));
    if (life === undefined) {
      return spans.length > 0 ? spans : isUpkeep(sampled) ? [] : sampled;
    }
    // In a life, samples tell what the code itself did not.
    const within = carve(sampled, [
      { startMs: -Infinity, endMs: life.startMs },
      { startMs: life.endMs, endMs: Infinity },
    ]);
    // What was sampled and not seen on a core waited.
    const state = within.length > 0 ? "waiting" : life.state;
    return layer([spans, within, [{ ...life, state }]]);
  });

  /** A task runs on the main thread, and was on a core when that was. */
  function followMain(spans: readonly TraceSpan[]): TraceSpan[] {
    const [running, rest] = split(spans, ["running"]);
    let followed = [...running!];
    for (const { state, share, reason, startMs, endMs } of slept) {
      const change = {
        state,
        ...(share === undefined ? {} : { share }),
        ...(reason === undefined ? {} : { reason }),
      };
      followed = repaint(followed, [{ startMs, endMs }], change);
    }
    return [...rest!, ...followed];
  }

  /** Looks at what the code says was running: was it on a core? */
  function judge(spans: readonly TraceSpan[], lane: string): TraceSpan[] {
    const [running, rest] = split(spans, ["running"]);
    const counted = countedByLane?.get(lane) ?? [];
    const isCovered = sumMs(keepWithin(running!, counted)) >=
      COVERED * sumMs(running!);
    // The last that a thread did before it ended, samples have missed.
    const readings = isCovered
      ? sumCounted(lane, counted)
      : readingsByLane.get(lane) ?? [];
    const isKnown = isAllOnCores && kinds.get(lane) !== "process";
    return [...rest!, ...shareOut(running!, readings, isKnown)];
  }
}

/** A pool's thread that had nothing to do in this run, and looked after itself now and then. */
function isUpkeep(sampled: readonly TraceSpan[]): boolean {
  const [running] = split(sampled, ["running"]);
  return sumMs(running!) < MIN_WORK_MS;
}

/** Called and not returned, and yet not on a core all the time. */
function isNoRunning({ state, reason }: TraceSpan): boolean {
  return state === "alive" || reason === IN_CALL;
}

/** All that was counted of a thread, as one count. */
function sumCounted(
  lane: string,
  counted: readonly CountedStretch[],
): CpuReading[] {
  const [first, last] = [counted[0], counted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const cpuMs = counted.reduce((sum, { runMs }) => sum + runMs, 0);
  const [{ startMs }, { endMs }] = [first, last];
  return [{ lane, startMs, endMs, cpuMs, errorMs: SAMPLED_ERROR_MS }];
}

/** Whether the process was on cores for as long as code of all its threads ran. */
function areAllOnCores({ processCpuMs, spans, own }: TraceRecord): boolean {
  if (processCpuMs === null) return false;
  const told = spans.filter(({ lane, state }) =>
    state === "running" && !lane.startsWith("process ")
  );
  const ranMs = sumMs([...told, ...own.segments]);
  return ranMs - processCpuMs <= Math.max(SLACK_MS, SLACK * ranMs);
}

/** While somebody awaits a lock, the thread may well run others: that is seen exactly. */
function orderOwn(
  held: readonly TraceSpan[],
  told: readonly TraceSpan[],
  own: readonly TraceSpan[],
): readonly (readonly TraceSpan[])[] {
  const parts = split(told, ...ACTIVE, ["running"]);
  const [running, waiting] = split(own, ["running"]);
  return [held, ...parts.slice(0, -1), running!, parts.at(-1)!, waiting!];
}

/** Sorts spans into those of each set of states, and the rest. */
function split(
  spans: readonly TraceSpan[],
  ...sets: readonly (readonly TraceState[])[]
): readonly (readonly TraceSpan[])[] {
  const parts = sets.map((set) =>
    spans.filter(({ state }) => set.includes(state))
  );
  const rest = spans.filter(({ state }) =>
    !sets.some((set) => set.includes(state))
  );
  return [...parts, rest];
}

/** Of two layers that tell of the same time, the first one wins; of two spans, the earlier. */
function layer(layers: readonly (readonly TraceSpan[])[]): TraceSpan[] {
  const spans: TraceSpan[] = [];
  for (const next of layers) {
    let reachedMs = -Infinity;
    for (const span of carve(next, spans)) {
      const startMs = Math.max(span.startMs, reachedMs);
      if (startMs >= span.endMs) continue;
      reachedMs = span.endMs;
      spans.push({ ...span, startMs });
    }
  }
  return spans;
}

/**
 * Running code that the system saw waiting for a core was runnable; where it
 * counted the thread neither on a core nor ready for one, a synchronous call
 * slept.
 */
function correctRunning(
  exact: readonly TraceSpan[],
  sampled: readonly TraceSpan[],
  counted: readonly CountedStretch[],
): readonly TraceSpan[] {
  const [running, rest] = split(exact, ["running"]);
  const runnable = sampled.filter(({ state }) => state === "runnable");
  const slept = repaint(running!, findSleep(running!, sampled, counted), {
    state: "blocked",
    reason: IN_CALL,
    sampled: true,
  });
  const [awake, blocked] = split(slept, ["running"]);
  return [
    ...rest!,
    ...blocked!,
    ...repaint(awake!, unite(runnable), { state: "runnable", sampled: true }),
  ];
}

/**
 * Where code had not returned and its thread slept: as long as the counts leave,
 * and where nothing was drawn.
 *
 * The system counts a wait for a core when it is over. So what one stretch has
 * too much was waited for in those before, and of the last one nothing is known.
 */
function findSleep(
  running: readonly TraceSpan[],
  sampled: readonly TraceSpan[],
  counted: readonly CountedStretch[],
): readonly Stretch[] {
  const undrawn = carve(running, sampled);
  const asleep: Stretch[] = [];
  let beforeMs = 0;
  for (const [i, stretch] of [...counted.entries()].reverse()) {
    const neededMs = stretch.runMs + stretch.waitMs + beforeMs;
    beforeMs = Math.max(0, neededMs - lengthOf(stretch));
    if (i === counted.length - 1) continue;
    let leftMs = Math.min(
      sumMs(keepWithin(running, [stretch])),
      lengthOf(stretch) - neededMs,
    );
    const pieces = keepWithin(undrawn, [stretch])
      .toSorted((one, other) => lengthOf(other) - lengthOf(one));
    for (const { startMs, endMs } of pieces) {
      const lengthMs = Math.min(endMs - startMs, leftMs);
      if (lengthMs < MIN_SLEEP_MS) break;
      leftMs -= lengthMs;
      asleep.push({ startMs, endMs: startMs + lengthMs });
    }
  }
  return asleep;
}

function groupByLane(spans: readonly TraceSpan[]): Map<string, TraceSpan[]> {
  return Map.groupBy(spans, ({ lane }) => lane);
}

// What arrives while a thread starts waits for that: it is starting.
const ACTIVE: readonly (readonly TraceState[])[] = [
  ["serialising"],
  ["starting"],
  ["messaging"],
  ["runnable"],
];

// A step long and more, as ends are known to a step only.
const MIN_SLEEP_MS = 10;

const MIN_WORK_MS = 5;

const COVERED = 0.9;
const IN_CALL = "a synchronous call";

// Two steps of the sampler, at the start and at the end.
const SAMPLED_ERROR_MS = 10;
// Less may be the clocks'.
const SLACK = 0.05;
const SLACK_MS = 3;
