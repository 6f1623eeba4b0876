/**
 * How a measured job travels: values on a port of their own, so that each step
 * has its own time.
 *
 * The usual way is one message each way. It is faster, but reading the message
 * and waking up cannot be told apart in it.
 * @module
 */
import type { Worker } from "node:worker_threads";
import type { Interval } from "../parallel/guest.ts";
import { holdsShared, toShared } from "../sync/share.ts";
import { toOwnClockMs } from "../time/clock.ts";
import { currentTap } from "../trace/tap.ts";
import type { Job } from "./job.ts";
import { ORDERS, REPLIES, type Reply } from "./messages.ts";
import { loadWorkerThreads } from "./platform.ts";
import type { JobMoments } from "./timing.ts";

/** What came back of a measured job. */
export interface MeasuredOutcome {
  /** `OK`, `ERROR` or `SHARED` of `messages.ts`. */
  readonly kind: number;
  /** The value, the report of an error, or the form of a lock. */
  readonly value: unknown;
  /** When what happened. */
  readonly moments: JobMoments;
}

/** Our end of the port. */
export class MeasuringPort {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  #takenMs = 0;
  #sentMs = 0;
  #from = "main";

  /** @param worker The thread; it is given the other end. */
  constructor(worker: Worker) {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage([ORDERS.PORT, port2], [port2] as never);
    this.#worker = worker;
    this.#port = port1;
  }

  /**
   * Sends a job.
   *
   * @param job The job.
   * @returns Whether there are locks or channels among its arguments.
   */
  send({ args, code, options }: Job): boolean {
    this.#takenMs = performance.now();
    const shared = toShared(args);
    this.#port.postMessage(shared, [...options.transfer ?? []]);
    const tap = currentTap();
    const isWatched = tap !== null;
    this.#from = tap?.here?.() ?? "main";
    this.#sentMs = performance.now();
    const { id, name } = code;
    this.#worker.postMessage(
      [ORDERS.MEASURE, id, name, shared !== args, isWatched],
    );
    return shared !== args;
  }

  /**
   * Reads what came back, after the thread has said that it is there.
   *
   * @param reply What the thread said.
   * @param job The job.
   * @param clock The thread's `timeOrigin`, and when it had started by our clock.
   */
  receive(
    reply: Reply,
    job: Job,
    [originMs, readyMs]: readonly [originMs: number, readyMs: number],
  ): MeasuredOutcome {
    const heardBackMs = performance.now();
    const { receiveMessageOnPort } = loadWorkerThreads();
    const [isValue, value] = receiveMessageOnPort(this.#port as never)
      ?.message as [boolean, unknown];
    const readBackMs = performance.now();
    const own = (ms: number) => toOwnClockMs(ms, originMs);
    const [, heardMs, readMs, startMs, endMs, writingMs, writtenMs, running] =
      reply as MeasuredReply;
    const shared = holdsShared(value) ? REPLIES.SHARED : REPLIES.OK;
    return {
      kind: isValue ? shared : REPLIES.ERROR,
      value,
      moments: {
        from: this.#from,
        queuedMs: job.queuedMs,
        takenMs: this.#takenMs,
        sentMs: this.#sentMs,
        readyMs,
        heardMs: own(heardMs),
        readMs: own(readMs),
        startMs: own(startMs),
        endMs: own(endMs),
        writingMs: own(writingMs),
        writtenMs: own(writtenMs),
        heardBackMs,
        readBackMs,
        running: running?.map(([from, to]) => [own(from), own(to)]) ?? null,
      },
    };
  }

  /** Closes it. */
  close(): void {
    this.#port.close();
  }
}

type MeasuredReply = readonly [
  kind: number,
  heardMs: number,
  readMs: number,
  startMs: number,
  endMs: number,
  writingMs: number,
  writtenMs: number,
  running: readonly Interval[] | null,
];
