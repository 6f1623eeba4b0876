/**
 * Plans when requests arrive, and sends them when they are due.
 *
 * Time, waiting and chance are handed in, so that a test can move them. What the
 * notes say is worked out in `numbers.ts`.
 * @module
 */
import type { Clock } from "../../base/mod.ts";
import { createRandom } from "../../base/statistics/mod.ts";
import { isThenable } from "../wait.ts";

export interface ArrivalOptions {
  /** How many each second, on average. */
  readonly ratePerS: number;
  readonly durationMs: number;
  /** One by one at equal distances, or independently of one another. */
  readonly arrivals: "poisson" | "even";
  /** What chance is drawn from. */
  readonly seed: number;
}

/**
 * Plans when requests are due.
 *
 * Units: milliseconds since the start.
 */
export function planArrivals(options: ArrivalOptions): readonly number[] {
  const { ratePerS, durationMs, arrivals, seed } = options;
  const gapMs = 1000 / ratePerS;
  if (arrivals === "even") {
    const count = Math.ceil(durationMs / gapMs - 1e-9);
    return Array.from({ length: count }, (_, index) => index * gapMs);
  }
  const random = createRandom(seed);
  const plan: number[] = [];
  // Independent arrivals: the time to the next is exponential, whatever came before.
  let atMs = -Math.log(1 - random()) * gapMs;
  while (atMs < durationMs) {
    plan.push(atMs);
    atMs -= Math.log(1 - random()) * gapMs;
  }
  return plan;
}

/** What became of one request. Units: milliseconds on the clock handed in. */
export interface RequestNote {
  readonly dueMs: number;
  readonly sentMs: number;
  /** When its answer was there. */
  doneMs: number;
  failed: boolean;
}

/** What sending needs of the world. */
export interface SendTools {
  readonly clock: Clock;
  /** Waits until a moment has come, at least one turn of the loop; a signal ends it early. */
  readonly waitUntil: (atMs: number, signal: AbortSignal) => Promise<void>;
}

export interface SendRequest {
  /** When requests are due, milliseconds since the start. */
  readonly plan: readonly number[];
  readonly send: () => unknown;
  /** No more than so many are under way at once. */
  readonly mostInFlight: number;
  /** When to send no more, milliseconds on the clock. */
  readonly endMs: number;
  readonly signal: AbortSignal;
}

export interface SendNotes {
  /** When it began, milliseconds on the clock. */
  readonly startMs: number;
  /** Requests that were sent. */
  readonly notes: readonly RequestNote[];
  /** How many were not. */
  readonly dropped: number;
  /** The first failure; `null` if there was none. */
  readonly firstFailure: unknown;
}

/**
 * Sends requests when they are due, answered or not: like people, who do not know
 * how busy a server is. To wait for the answer before would ask a server that
 * stalls less, and not see who waits.
 */
export async function sendRequests(
  request: SendRequest,
  tools: SendTools,
): Promise<SendNotes> {
  const log = openLog(request, tools);
  const { plan, mostInFlight, endMs, signal } = request;
  const pending = new Set<Promise<void>>();
  for (const offsetMs of plan) {
    const dueMs = log.startMs + offsetMs;
    do {
      // At least one turn of the loop each, so that answers are noted when they come.
      await tools.waitUntil(dueMs, signal);
      signal.throwIfAborted();
    } while (tools.clock.now() < dueMs);
    const isFull = pending.size >= mostInFlight;
    if (isFull || tools.clock.now() > endMs) {
      log.drop();
      continue;
    }
    const one = log.send(dueMs);
    pending.add(one);
    one.then(() => pending.delete(one));
  }
  // Answers that never come are not waited for beyond the end.
  const done = new AbortController();
  Promise.all(pending).then(() => done.abort());
  await tools.waitUntil(endMs + 1, AbortSignal.any([signal, done.signal]));
  signal.throwIfAborted();
  return log.finish();
}

/** Notes what is sent and answered. */
function openLog({ send: ask }: SendRequest, { clock }: SendTools) {
  const startMs = clock.now();
  const notes: RequestNote[] = [];
  const failures: unknown[] = [];
  let dropped = 0;
  return {
    startMs,
    drop: () => void dropped++,
    /** Settles when the request is answered or has failed; it never rejects. */
    send(dueMs: number): Promise<void> {
      const note = { dueMs, sentMs: clock.now(), doneMs: NaN, failed: false };
      notes.push(note);
      const done = () => void (note.doneMs = clock.now());
      const fail = (error: unknown) => {
        done();
        note.failed = true;
        failures.push(error);
      };
      try {
        const answer = ask();
        // What is no promise is answered now, not a turn later.
        if (!isThenable(answer)) return Promise.resolve(done());
        return Promise.resolve(answer).then(done, fail);
      } catch (error) {
        return Promise.resolve(fail(error));
      }
    },
    finish(): SendNotes {
      // Copied, so that an answer that comes later changes nothing.
      const answered = notes.filter(({ doneMs }) => !Number.isNaN(doneMs))
        .map((note) => ({ ...note }));
      return {
        startMs,
        notes: answered,
        dropped: dropped + notes.length - answered.length,
        firstFailure: failures.length > 0 ? failures[0] : null,
      };
    },
  };
}
