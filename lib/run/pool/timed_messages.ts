/**
 * Our end of timed jobs: sends them, and notes when which message came.
 *
 * What the stamps mean is worked out in `stamps.ts`; one thread has one of these.
 * @module
 */
import type { Worker } from "node:worker_threads";
import { toShared } from "../../sync/mod.ts";
import { toOwnClockMs } from "../../base/mod.ts";
import { currentTap } from "../../base/record/mod.ts";
import type { Job } from "./job.ts";
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
  #sent: Pick<OwnStamps, "from" | "takenMs" | "sentMs"> | null = null;
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

  /** Sends jobs of one function. */
  send(worker: Worker, jobs: readonly Job[]): boolean {
    const { code, options } = jobs[0] as Job;
    const tap = currentTap();
    const args = jobs.map(({ args }) => toShared(args));
    const isShared = jobs.some((job, i) => job.args !== args[i]);
    const order = [ORDERS.TIMED, code.id, isShared, tap !== null];
    const from = tap?.here?.() ?? "main";
    if (jobs.some(({ args }) => mayBeLarge(args))) {
      worker.postMessage([ORDERS.KNOCK]);
    }
    const takenMs = performance.now();
    worker.postMessage(
      [...order, ...args],
      [...options.transfer ?? []] as never,
    );
    this.#sent = { from, takenMs, sentMs: performance.now() };
    return isShared;
  }

  /** Notes that large results may follow. */
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
  takeLarge(told: Reply, originMs: number): Reply | null {
    const writtenMs = toOwnClockMs(told[1] as number, originMs);
    const [large, knockMs] = [this.#large, this.#knockMs];
    this.#large = this.#knockMs = null;
    if (large === null || knockMs === null) return null;
    const { reply, readMs: readBackMs } = large;
    this.#came = { writtenMs, knockMs, readBackMs };
    return reply;
  }

  /** Works out the moments of jobs whose results have come. */
  toMoments(
    reply: Reply,
    jobs: readonly Job[],
    { originMs, readyMs }: {
      readonly originMs: number;
      readonly readyMs: number;
    },
  ): JobMoments[] {
    const nowMs = performance.now();
    const own: OwnStamps = {
      ...this.#sent!,
      readyMs,
      ...this.#came ??
        { writtenMs: null, knockMs: nowMs, readBackMs: nowMs },
    };
    this.#came = null;
    const moved = moveStamps(
      reply.at(-1) as Stamps,
      (ms) => toOwnClockMs(ms, originMs),
    );
    return toMoments(moved, own)
      .map((one, i) => ({ ...one, queuedMs: jobs[i]!.queuedMs }));
  }
}
