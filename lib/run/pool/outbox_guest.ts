/**
 * What a thread has to say of its jobs: results and errors, several in one
 * message, in the order of the jobs.
 *
 * Shipped by its own text, as `lib/run/guest.ts`. Who fills it is
 * `serve_guest.ts`; what timed jobs note is described in `stamps.ts`.
 * @module
 */
import type { describeError, Interval } from "../guest.ts";
import type { toShared } from "../../sync/mod.ts";
import type { CpuNote } from "../../trace/mod.ts";
import type { REPLIES } from "./messages.ts";
import type { mayBeLarge, Stamps } from "./stamps.ts";

export interface OutboxGuest {
  readonly describeError: typeof describeError;
  readonly mayBeLarge: typeof mayBeLarge;
}

export interface Outbox {
  /** Finds locks and channels inside of values; `null` before there are any. */
  toShared: typeof toShared | null;
  /** Says which jobs come next, and what is noted of their message; `null` if nothing is. */
  begin(name: string, head: Stamps["head"] | null): void;
  /** Notes how a job went, before its result or error is taken. */
  note(
    startMs: number,
    endMs: number,
    running: readonly Interval[] | null,
    cpu: CpuNote | null,
  ): void;
  succeed(value: unknown): void;
  fail(error: unknown): void;
  /** Posts what has not been posted; the last one may be an error or shareable. */
  flush(kind?: number): void;
}

export function openOutbox(
  guest: OutboxGuest,
  replies: typeof REPLIES,
  post: (message: unknown) => void,
): Outbox {
  const { describeError, mayBeLarge } = guest;
  const { OK, ERROR, SHARED, KNOCK, WRITTEN } = replies;
  const share = Symbol.for("Skein.share");
  let results: unknown[] = [OK];
  let head: Stamps["head"] | null = null;
  let jobs: Stamps["jobs"][number][] = [];
  let jobName = "";

  function flush(kind: number = OK): void {
    if (results.length === 1) return;
    const [message, told] = [results, jobs];
    [results, jobs] = [[OK], []];
    message[0] = kind;
    try {
      if (head === null) {
        // By itself, unless it could be taken for a message.
        const isAlone = message.length === 2 && kind === OK &&
          !Array.isArray(message[1]);
        post(isAlone ? message[1] : message);
      } else postTimed(message, told);
    } catch (error) {
      if (message.length === 2) {
        const refused = [ERROR, describeError(refuse(error), 5)];
        post(head === null ? refused : [...refused, stamp(told)]);
        return;
      }
      // One of them cannot be copied: each by itself, in the same order.
      for (let index = 1; index < message.length; index++) {
        results.push(message[index]);
        if (head !== null) jobs.push(told[index - 1]!);
        flush(index === message.length - 1 ? kind : OK);
      }
    }
  }

  /** Posts results with their stamps; where they may be large, says when they were written. */
  function postTimed(message: readonly unknown[], told: Stamps["jobs"]): void {
    const isLarge = mayBeLarge(message);
    if (isLarge) post([KNOCK]);
    try {
      post([...message, stamp(told)]);
    } finally {
      if (isLarge) post([WRITTEN, performance.now()]);
    }
  }

  function stamp(jobs: Stamps["jobs"]): Stamps {
    return { head: head!, writingMs: performance.now(), jobs };
  }

  function refuse(error: unknown): TypeError {
    const found = error instanceof Error ? error.message : String(error);
    const [what] = found.replace("Cannot copy value: ", "").split(", expected");
    return new TypeError(
      `Cannot return result of "${jobName}": ${what}, expected plain values`,
    );
  }

  /** Gives a lock or channel its form to travel in; inside of a value if it may be there. */
  function pack(value: unknown): unknown {
    if (outbox.toShared !== null) return outbox.toShared(value);
    if (typeof value !== "object" || value === null) return value;
    const toForm = (value as Record<symbol, unknown>)[share];
    return typeof toForm === "function" ? toForm.call(value) : value;
  }

  const outbox: Outbox = {
    toShared: null,
    begin(name, newHead) {
      [jobName, head] = [name, newHead];
    },
    note(startMs, endMs, running, cpu) {
      if (jobs.length < results.length) {
        jobs.push([startMs, endMs, running, cpu]);
      }
    },
    succeed(value) {
      const packed = pack(value);
      results.push(packed);
      if (packed !== value) flush(SHARED);
    },
    fail(error) {
      results.push(describeError(error, 5));
      flush(ERROR);
    },
    flush,
  };
  return outbox;
}
