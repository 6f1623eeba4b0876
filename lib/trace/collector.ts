/**
 * Collects what is reported through the tap while one trace runs.
 *
 * Bounded: what comes after a million spans is counted and left out. What is
 * made of it is in `assemble.ts`.
 * @module
 */
import type {
  CpuReading,
  Lane,
  Link,
  Mark,
  Tap,
  TraceSpan,
} from "../base/record/mod.ts";

/** A counter as it was reported. Units: milliseconds of `performance.now()`. */
export interface CountedValues {
  readonly name: string;
  readonly unit: string;
  readonly samples: (readonly [atMs: number, value: number])[];
}

/** Takes reports until it is closed. Units: milliseconds of `performance.now()`. */
export class Collector implements Tap {
  /** Lanes by their ids, in the order in which they were first told of. */
  readonly lanes: Map<string, Lane> = new Map();
  readonly spans: TraceSpan[] = [];
  readonly links: Link[] = [];
  readonly marks: Mark[] = [];
  readonly counters: Map<string, CountedValues> = new Map();
  /** Counts of threads' time on a core, as they came. */
  readonly readings: CpuReading[] = [];
  /** What threads of pools have been given and have not done, by their lanes. */
  readonly jobs: Map<string, string> = new Map();
  /** How many reports found no room. */
  dropped = 0;
  here: () => string = () => "main";
  /** Calls what belongs to nobody's code. */
  outside: <R>(fn: () => R) => R = (fn) => fn();
  /** Hears of each new Worker or process; set by the run that samples them. */
  onThread: () => void = () => {};
  readonly #counts = new Map<string, { count: number }>();
  #isClosed = false;
  #size = 0;

  lane(lane: Lane): void {
    if (this.#isClosed || this.lanes.has(lane.id)) return;
    this.lanes.set(lane.id, lane);
    if (lane.kind === "worker" || lane.kind === "process") this.onThread();
  }

  span(span: TraceSpan): void {
    if (this.#hasRoom()) this.spans.push(span);
  }

  link(link: Link): void {
    if (this.#hasRoom()) this.links.push(link);
  }

  mark(mark: Mark): void {
    if (this.#hasRoom()) this.marks.push(mark);
  }

  busy(lane: string, name: string | null): void {
    if (name === null) this.jobs.delete(lane);
    else if (!this.#isClosed) this.jobs.set(lane, name);
  }

  cpu(reading: CpuReading): void {
    if (this.#hasRoom()) this.readings.push(reading);
  }

  count(name: string, unit: string, atMs: number, value: number): void {
    if (!this.#hasRoom()) return;
    const key = `${name}\n${unit}`;
    const known = this.counters.get(key);
    if (known !== undefined) known.samples.push([atMs, value]);
    else this.counters.set(key, { name, unit, samples: [[atMs, value]] });
  }

  /** Finds an id that no lane has yet. */
  freeId(wanted: string): string {
    if (!this.lanes.has(wanted)) return wanted;
    // A thousand tasks may want one name: counting goes on where it stopped.
    let counter = this.#counts.get(wanted);
    if (counter === undefined) {
      counter = { count: 1 };
      this.#counts.set(wanted, counter);
    }
    let id: string;
    do id = `${wanted} (${++counter.count})`; while (this.lanes.has(id));
    return id;
  }

  /** Takes nothing more: what ends later is not part of the run. */
  close(): void {
    this.#isClosed = true;
  }

  #hasRoom(): boolean {
    if (this.#isClosed) return false;
    if (this.#size < MAX_REPORTS) return ++this.#size > 0;
    this.dropped++;
    return false;
  }
}

const MAX_REPORTS = 1_000_000;
