/**
 * Our end of timed jobs: sends them, and notes when which message came.
 *
 * What the stamps mean is worked out in `stamps.ts`; one thread has one of these.
 * @module
 */
import { toOwnClockMs } from "../../base/mod.ts";
import { currentTap } from "../../base/record/mod.ts";
import type { Job } from "./job.ts";
import type { Line } from "./line.ts";
import { ORDERS, type Reply } from "./messages.ts";
import {
  type JobMoments,
  mayBeLarge,
  moveStamps,
  type OwnStamps,
  type Stamps,
  toMoments,
} from "./stamps.ts";

/** Messages of timed jobs to one thread, and from it. */
export class TimedMessages {
  readonly clock: OtherClock = new OtherClock();
  #sent:
    | Pick<OwnStamps, "from" | "takenMs" | "sentMs"> & { knockedMs: number }
    | null = null;
  /** When it knocked, as it is about to give large results. */
  #knockMs: number | null = null;
  /** Large results, until it says when it had written them. */
  #large: { readonly reply: Reply; readonly readMs: number } | null = null;
  #came: Pick<OwnStamps, "writtenMs" | "knockMs" | "readBackMs"> | null = null;

  /** Whether the jobs that the thread has are timed. */
  get isTimed(): boolean {
    return this.#sent !== null;
  }

  /** Other jobs come, which are not timed unless they are sent here. */
  forget(): void {
    this.#sent = null;
  }

  /** Sends jobs of one function; `args` as they travel. */
  send(line: Line, jobs: readonly Job[], args: readonly unknown[]): void {
    const { code, options, isWatched } = jobs[0] as Job;
    const tap = currentTap();
    const isShared = jobs.some((job, i) => job.args !== args[i]);
    const order = [ORDERS.TIMED, code.id, isShared, isWatched || tap !== null];
    const from = tap?.here?.() ?? "main";
    const knockedMs = performance.now();
    if (jobs.some(({ args }) => mayBeLarge(args))) line.post([ORDERS.KNOCK]);
    const takenMs = performance.now();
    line.post([...order, ...args], options.transfer);
    this.#sent = { from, knockedMs, takenMs, sentMs: performance.now() };
  }

  knock(): void {
    this.#knockMs = performance.now();
  }

  /** Keeps results that followed a knock; `false` if none did. */
  keepsLarge(reply: Reply): boolean {
    if (this.#knockMs === null) return false;
    this.#large = { reply, readMs: performance.now() };
    return true;
  }

  /**
   * Gives the results of which the thread says when it had written them; `null`
   * if they could not be written: then an error follows.
   */
  takeLarge(told: Reply): Reply | null {
    const writtenMs = told[1] as number;
    const [large, knockMs] = [this.#large, this.#knockMs];
    this.#large = this.#knockMs = null;
    if (large === null || knockMs === null) return null;
    const { reply, readMs: readBackMs } = large;
    this.#came = { writtenMs, knockMs, readBackMs };
    return reply;
  }

  toMoments(
    reply: Reply,
    jobs: readonly Job[],
    readyMs: number,
  ): JobMoments[] {
    const nowMs = performance.now();
    const stamps = reply.at(-1) as Stamps;
    const sent = this.#sent!;
    // To what has not started nothing is sent yet.
    this.clock.heard(stamps.head[0], Math.max(sent.knockedMs, readyMs));
    this.clock.came(stamps.writingMs, this.#came?.readBackMs ?? nowMs);
    const { writtenMs, knockMs, readBackMs } = this.#came ??
      { writtenMs: null, knockMs: nowMs, readBackMs: nowMs };
    const own: OwnStamps = {
      ...sent,
      readyMs,
      writtenMs: writtenMs && this.clock.toOwn(writtenMs),
      knockMs,
      readBackMs,
    };
    this.#came = null;
    return toMoments(moveStamps(stamps, this.clock.toOwn), own)
      .map((one, i) => ({ ...one, queuedMs: jobs[i]!.queuedMs }));
  }
}

/**
 * The clock of the other end. Threads of this process have ours from another
 * zero. That of a process is ahead by no more than a message from there seems to
 * take, and by no less than one to there seems to, as messages take time: the
 * middle is wrong by half of both at most, about 0.1 ms. (Its `timeOrigin` would
 * not do: it is wall time, and drifts from a clock that has run for days.)
 */
export class OtherClock {
  #shiftMs = 0;
  #leastMs = -Infinity;
  #mostMs = Infinity;

  /** It is of this process, and began then. */
  startAt(originMs: number): void {
    this.#shiftMs = toOwnClockMs(0, originMs);
    this.#leastMs = this.#mostMs = this.#shiftMs;
  }

  /** Something has come that was sent then by that clock. */
  came(sentMs: number, nowMs: number): void {
    this.#mostMs = Math.min(this.#mostMs, nowMs - sentMs);
    this.#settle();
  }

  /** There it was heard then of what we had sent. */
  heard(heardMs: number, sentMs: number): void {
    this.#leastMs = Math.max(this.#leastMs, sentMs - heardMs);
    this.#settle();
  }

  readonly toOwn = (ms: number): number => ms + this.#shiftMs;

  #settle(): void {
    this.#shiftMs = this.#leastMs === -Infinity
      ? this.#mostMs
      : (this.#leastMs + this.#mostMs) / 2;
  }
}
