/**
 * Joins what several sources told of the same thread into one account.
 *
 * Pure: the record of a run in, spans out. Which of two accounts wins is the
 * order of layers here; how one is cut out of the other is in `carve.ts`.
 * @module
 */
import type { TraceRecord } from "./assemble.ts";
import { carve, repaint, unite } from "./carve.ts";
import { describeOwnLanes } from "./own_lanes.ts";
import type { LaneKind, TraceSpan, TraceState } from "./recording.ts";

/**
 * Makes the spans of all lanes but the cores: none of a thread or task overlap.
 *
 * Units: milliseconds of `performance.now()`.
 *
 * @param record What the sources collected.
 * @returns Spans, lane by lane; they may begin before the run or end after it.
 */
export function describeThreads(record: TraceRecord): TraceSpan[] {
  const ownByLane = groupByLane(describeOwnLanes(record.own, record.endMs));
  const toldByLane = groupByLane(record.spans);
  const heldByLane = groupByLane(record.holds);
  const sampledByLane = groupByLane(record.sampled?.threadSpans ?? []);
  const lifeByLane = new Map(record.lives.map((life) => [life.lane, life]));
  const kinds = new Map(record.lanes.map(({ id, kind }) => [id, kind]));
  const lanes = new Set([
    ...ownByLane.keys(),
    ...toldByLane.keys(),
    ...sampledByLane.keys(),
    ...lifeByLane.keys(),
  ]);
  return [...lanes].flatMap((lane) => {
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
    const spans = [...correctRunning(exact, sampled)];
    if (life === undefined) return spans.length > 0 ? spans : sampled;
    // In a life, samples tell what the code itself did not.
    const within = carve(sampled, [
      { startMs: -Infinity, endMs: life.startMs },
      { startMs: life.endMs, endMs: Infinity },
    ]);
    // What was sampled and not seen on a core waited.
    const state = within.length > 0 ? "waiting" : life.state;
    return layer([spans, within, [{ ...life, state }]]);
  });
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
 * saw the thread neither run nor wait for a core, a synchronous call slept.
 */
function correctRunning(
  exact: readonly TraceSpan[],
  sampled: readonly TraceSpan[],
): readonly TraceSpan[] {
  const [first, last] = [sampled[0], sampled.at(-1)];
  if (first === undefined || last === undefined) return exact;
  const [running, rest] = split(exact, ["running"]);
  // Before the first and after the last sample, nobody looked.
  const looked = [
    { startMs: -Infinity, endMs: first.startMs },
    { startMs: last.endMs, endMs: Infinity },
  ];
  const asleep = carve(carve(running!, looked), sampled)
    .filter(({ startMs, endMs }) => endMs - startMs >= MIN_SLEEP_MS);
  const runnable = sampled.filter(({ state }) => state === "runnable");
  const slept = repaint(running!, unite(asleep), {
    state: "blocked",
    reason: "a synchronous call",
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
 * Tells what a lane is that only its id is known of.
 *
 * @param id Such as `worker 1` or `lock results`.
 * @returns Its kind; a task, if the id does not say.
 */
export function guessKind(id: string): LaneKind {
  const [stem = ""] = id.split(" ");
  return KINDS.find((kind) => kind === stem) ?? "task";
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

// Several samples long, as the ends of one are known to a step only.
const MIN_SLEEP_MS = 10;

const KINDS: readonly LaneKind[] = [
  "core",
  "main",
  "worker",
  "process",
  "lock",
  "queue",
];
