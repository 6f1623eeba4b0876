/**
 * What a run did, from one look at its session to the next: a strip for the
 * page while it runs, and a recording for the figure. Pure.
 *
 * Between two looks the system tells how long a thread was on a core, not when:
 * so most of a step counts, and what is in between is drawn as its share.
 * @module
 */
import type { LookedAt, SessionLook } from "../kernel/mod.ts";
import type { Recording } from "../mod.ts";
import type { ShownLane, ShownLock } from "./protocol.ts";

type Span = Recording["spans"][number];
type Lane = Recording["lanes"][number];

/** What the system counted of a lane in one step. */
interface Step {
  readonly startMs: number;
  readonly endMs: number;
  /** Parts of the step, 0 to 1 and, of a process with threads, more. */
  readonly run: number;
  readonly ready: number;
}

interface LaneSteps extends Pick<LookedAt, "kind"> {
  /** It may become known later than the lane. */
  name: string;
  last: LookedAt;
  lastMs: number;
  readonly steps: Step[];
}

/** Keeps the looks at one run. */
export class RunRecorder {
  readonly #lanes = new Map<string, LaneSteps>();
  readonly #locks = new Map<string, Span[]>();
  #strip: string[][] = [];
  #lookMs: number[] = [];
  #isFull = false;

  /** @param startMs When the run began, on the clock of the looks. */
  constructor(readonly startMs: number) {}

  /** How many looks there were. */
  get looks(): number {
    return this.#lookMs.length;
  }

  /** Takes the next look. */
  add({ atMs, lanes, locks }: SessionLook): void {
    const signs: string[] = [];
    const order = [...this.#lanes.keys()];
    for (const seen of lanes) {
      let known = this.#lanes.get(seen.key);
      if (known === undefined) {
        if (this.#lanes.size >= MAX_LANES) continue;
        known = { ...seen, last: seen, lastMs: atMs, steps: [] };
        this.#lanes.set(seen.key, known);
        order.push(seen.key);
        continue;
      }
      const step = compare(known, seen, atMs);
      known.name = seen.name;
      known.last = seen;
      known.lastMs = atMs;
      if (step === null) continue;
      signs[order.indexOf(seen.key)] = signOf(step);
      this.#keep(known, step);
    }
    this.#strip = [...this.#strip, signs].slice(-STRIP_LENGTH);
    this.#lookMs.push(atMs);
    for (const { lock, holders } of locks) this.#hold(lock, holders, atMs);
  }

  /** The last steps of each lane, as signs: see {@link ShownLane}. */
  strip(): readonly ShownLane[] {
    return [...this.#lanes.values()].map(({ name, kind }, index) => ({
      name,
      kind,
      strip: this.#strip.map((signs) => signs[index] ?? " ").join(""),
    })).filter(({ kind, strip }) => kind === "main" || strip.trim() !== "");
  }

  /** How long the strip is. Units: milliseconds. */
  get stripMs(): number {
    const shown = this.#lookMs.slice(-STRIP_LENGTH - 1);
    return (shown.at(-1) ?? 0) - (shown[0] ?? 0);
  }

  /** Makes the recording of what was seen. */
  finish({ title, endMs, stamp }: {
    readonly title: string;
    readonly endMs: number;
    readonly stamp: Recording["stamp"];
  }): Recording {
    const lanes: Lane[] = [];
    const spans: Span[] = [];
    const ids = new Set<string>();
    for (const { name, kind, steps } of this.#lanes.values()) {
      let id = name;
      for (let number = 2; ids.has(id); number++) id = `${name} (${number})`;
      ids.add(id);
      lanes.push({ id, kind });
      spans.push(...joinSteps(id, steps, this.startMs));
    }
    for (const [id, held] of this.#locks) {
      lanes.push({ id, kind: "lock" });
      spans.push(...held);
    }
    const first = this.#lookMs[0] ?? this.startMs;
    return {
      title,
      durationMs: endMs - this.startMs,
      lanes,
      spans: spans.toSorted((a, b) => a.startMs - b.startMs),
      links: [],
      counters: [],
      marks: [],
      locks: [],
      missing: [
        ...first - this.startMs > 1
          ? [
            `The first ${
              Math.round(first - this.startMs)
            } ms were not looked at.`,
          ]
          : [],
        ...this.#isFull ? ["Of so long a run only the beginning is kept."] : [],
        "Seen from outside, a few times a second: for exact spans, messages and waits, put the work into trace().",
      ],
      stamp,
    };
  }

  #keep({ steps }: LaneSteps, step: Step): void {
    const last = steps.at(-1);
    if (last !== undefined && stateOf(last) === stateOf(step)) {
      const [one, other] = [last, step].map((s) => s.endMs - s.startMs);
      const mean = (a: number, b: number) =>
        (a * one! + b * other!) / (one! + other!);
      const isNear = Math.abs(last.run - step.run) < 0.15 ||
        stateOf(step) !== "alive";
      if (isNear && last.endMs === step.startMs) {
        steps[steps.length - 1] = {
          startMs: last.startMs,
          endMs: step.endMs,
          run: mean(last.run, step.run),
          ready: mean(last.ready, step.ready),
        };
        return;
      }
    }
    if (steps.length < MAX_STEPS) steps.push(step);
    else this.#isFull = true;
  }

  #hold(lock: string, holders: readonly string[], atMs: number): void {
    if (holders.length === 0) return;
    const endMs = atMs - this.startMs;
    const label = holders.join(", ");
    const spans = this.#locks.get(lock) ?? [];
    this.#locks.set(lock, spans);
    const last = spans.at(-1);
    const before = (this.#lookMs.at(-2) ?? atMs) - this.startMs;
    if (last?.label === label && last.endMs >= before) {
      spans[spans.length - 1] = { ...last, endMs };
    } else if (spans.length < MAX_STEPS) {
      const startMs = Math.max(0, Math.min(before, endMs));
      spans.push({
        lane: lock,
        state: "held",
        startMs,
        endMs,
        label,
        sampled: true,
      });
    }
  }
}

/** Who is at locks, for the page. */
export function describeLocks(look: SessionLook): readonly ShownLock[] {
  return look.locks.map(({ lock, holders, waiters }) => ({
    lock,
    holders,
    waiters: waiters.length,
  }));
}

function compare(
  { last, lastMs }: LaneSteps,
  now: LookedAt,
  atMs: number,
): Step | null {
  const passedMs = atMs - lastMs;
  if (passedMs <= 0) return null;
  return {
    startMs: lastMs,
    endMs: atMs,
    run: Math.max(0, now.runMs - last.runMs) / passedMs,
    ready: Math.max(0, now.readyMs - last.readyMs) / passedMs,
  };
}

function signOf({ run, ready }: Step): string {
  const tenths = Math.min(9, Math.round(run * 10));
  return ready > 0.2 ? "abcdefghij"[tenths]! : String(tenths);
}

function stateOf({ run, ready }: Step): Span["state"] {
  if (run >= 0.9) return "running";
  if (run < 0.05) return ready >= 0.5 ? "runnable" : "waiting";
  return "alive";
}

function joinSteps(
  lane: string,
  steps: readonly Step[],
  originMs: number,
): Span[] {
  return steps.map((step) => {
    const state = stateOf(step);
    return {
      lane,
      state,
      startMs: Math.max(0, step.startMs - originMs),
      endMs: Math.max(0, step.endMs - originMs),
      sampled: true,
      ...(state === "alive" ? { share: Math.min(1, step.run) } : {}),
    };
  });
}

const STRIP_LENGTH = 60;
const MAX_LANES = 60;
const MAX_STEPS = 2000;
