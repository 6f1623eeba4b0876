/**
 * What lives in a session and what it does at this moment, for whoever watches.
 *
 * Workers, processes and servers are announced by the session; timers and locks
 * it tells when it is asked, unless its main thread computes: then the last
 * answer stands. What computes is counted by the system, from outside, so that
 * no cell is slower for being watched.
 * @module
 */
import type { SessionCommand, SessionEvent } from "../protocol/mod.ts";
import type { Family } from "./processes/family.ts";
import {
  type CoreTime,
  readCodeThreads,
  readProcessTime,
} from "./processes/threads.ts";

type Started = Extract<SessionEvent, { type: "started" }>;
type Survey = Extract<SessionEvent, { type: "survey" }>;

/** Something that a cell has started and that lives. */
export interface LivingThing {
  readonly what: "worker" | "process" | "server" | "timer";
  /** Its number among its kind; timers are one, all others another. */
  readonly id: number;
  readonly name: string;
  /** Which run has started it. */
  readonly executionId: string;
}

/** A thread or process, and how long it was on a core until now. */
export interface LookedAt extends CoreTime {
  /** The same each time. */
  readonly key: string;
  readonly name: string;
  readonly kind: "main" | "worker" | "process";
}

/** A lock that somebody holds or waits for. */
export type LookedLock = Survey["locks"][number];

/** One look at a session. */
export interface SessionLook {
  /** When, on the clock of `performance.now()` here. */
  readonly atMs: number;
  readonly lanes: readonly LookedAt[];
  readonly living: readonly LivingThing[];
  readonly locks: readonly LookedLock[];
}

/** What looking needs. */
export interface WatchOptions {
  readonly pid: number;
  readonly family: Family;
  /** Tells the session something. */
  readonly send: (command: SessionCommand) => void;
  /** Says that an answer is expected. */
  readonly expect: (surveyId: number) => void;
}

/** Looks at one session. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #started = new Map<number, Started>();
  /** What threads of Workers are called, as far as it is known. */
  readonly #names = new Map<number, string>();
  #survey: Pick<Survey, "timers" | "locks"> = { timers: [], locks: [] };
  #surveyId = 0;
  #isAsked = false;

  /** @param options The session. */
  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Notes what the session says. */
  observe(event: SessionEvent): void {
    if (event.type === "started") this.#started.set(event.childId, event);
    else if (event.type === "ended") this.#started.delete(event.childId);
    else if (event.type === "survey") {
      this.#isAsked = false;
      this.#survey = event;
    }
  }

  /** Looks, and asks the session for what it will say by the next time. */
  look(): SessionLook {
    if (!this.#isAsked) {
      this.#isAsked = true;
      const surveyId = ++this.#surveyId;
      this.#options.expect(surveyId);
      this.#options.send({ type: "survey", surveyId });
    }
    const started = [...this.#started.values()];
    return {
      atMs: performance.now(),
      lanes: this.#readLanes(started),
      living: [
        ...started.map(({ what, childId: id, name, executionId }) => ({
          what,
          id,
          name,
          executionId,
        })),
        ...this.#survey.timers.map((timer) => ({
          what: "timer" as const,
          id: timer.timerId,
          name: timer.repeats
            ? `every ${formatMs(timer.delayMs)}`
            : `after ${formatMs(timer.delayMs)}`,
          executionId: timer.executionId,
        })),
      ],
      locks: this.#survey.locks,
    };
  }

  /** Ends one thing. */
  stop(what: LivingThing["what"], id: number): void {
    // A process ends also while the session computes and hears nothing.
    if (what === "process") this.#options.family.endChild(id);
    const kind = what === "timer" ? "timer" : "child";
    this.#options.send({ type: "stop", what: kind, id });
  }

  #readLanes(started: readonly Started[]): LookedAt[] {
    const threads = readCodeThreads(this.#options.pid);
    const workers = started.filter(({ what }) => what === "worker");
    // Both are in the order in which they were made; while one of a pair is
    // missing, which thread is whose is not known.
    if (workers.length === threads.length - 1) {
      threads.slice(1).forEach(({ worker }, index) => {
        this.#names.set(worker, workers[index]!.name);
      });
    }
    const lanes = threads.map(({ worker, ...time }): LookedAt =>
      worker === 0
        ? { key: "main", name: "main thread", kind: "main", ...time }
        : {
          key: `worker ${worker}`,
          name: this.#names.get(worker) || `worker ${worker}`,
          kind: "worker",
          ...time,
        }
    );
    for (const { what, childId, name } of started) {
      const pid = what === "process"
        ? this.#options.family.pidOf(childId)
        : null;
      const time = pid === null ? null : readProcessTime(pid);
      if (time === null) continue;
      lanes.push({ key: `process ${childId}`, name, kind: "process", ...time });
    }
    return lanes;
  }
}

function formatMs(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${Number((ms / 1000).toPrecision(3))} s`;
}
