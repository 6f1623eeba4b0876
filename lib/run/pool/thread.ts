/**
 * A thread that runs jobs one after another, and that really ends when told to.
 *
 * What runs inside is in `thread_guest.ts`; which jobs it gets is decided in
 * `pool.ts`. It keeps the process alive while it has jobs, and only then.
 * @module
 */
import type { Worker } from "node:worker_threads";
import type { ErrorReport } from "../guest.ts";
import { reviveError } from "../outcome.ts";
import { toShared, wakeSleepers } from "../../sync/mod.ts";
import { toOwnClockMs } from "../../base/mod.ts";
import { currentTap } from "../../base/record/mod.ts";
import { nameThread, toLane } from "../../trace/mod.ts";
import { trackThread } from "../../platform/mod.ts";
import { updateEstimate } from "./batching.ts";
import {
  cannotSend,
  ENDED,
  endedEarly,
  explain,
  OUT_OF_MEMORY,
} from "./endings.ts";
import type { Job } from "./job.ts";
import {
  nameLifeLock,
  startThreadProgram,
  waitForEnd,
} from "./thread_program.ts";
import { ORDERS, REPLIES, type Reply } from "./messages.ts";
import { discharge, enlist } from "./roster.ts";
import { isSendable, releaseLocksOf, reviveResult } from "./sharing.ts";
import type { ThreadOptions, ThreadOwner } from "./thread_owner.ts";
import { TimedMessages } from "./timed_messages.ts";

/** A thread. */
export class Thread {
  readonly number: number;
  readonly askedMs: number = performance.now();
  readonly #owner: ThreadOwner;
  readonly #worker: Worker;
  readonly #lockName = nameLifeLock();
  readonly #untrack: () => void;
  readonly #known = new Set<number>();
  #terminated: Promise<unknown> = Promise.resolve();
  readonly #times = new TimedMessages();
  /** Until when its lane in a trace is filled. */
  tracedMs = 0;
  #originMs = 0;
  /** When it has started; `null` before. */
  readyMs: number | null = null;
  #isOver = false;
  // So it is made; it waits for the thread to start.
  #keepsAlive = true;
  // The jobs it was given last, how many of them have settled, and of all before.
  #jobs: readonly Job[] = NONE;
  #settled = 0;
  #doneCount = 0;
  #sentMs = 0;
  #isFirstRun = false;
  /** Whether it has done a job that may have left something running. */
  #hasStrayed = false;
  #hasShared = false;

  /** Starts a thread; this blocks for 20 to 30 ms. */
  constructor(owner: ThreadOwner, options: ThreadOptions) {
    this.number = options.number;
    this.#owner = owner;
    this.#worker = startThreadProgram(this.#lockName, options);
    this.#worker.on("message", (reply: unknown) => {
      this.#hear(Array.isArray(reply) ? reply as never : [REPLIES.OK, reply]);
    });
    this.#worker.on("error", (error) => this.#lose(explain(error)));
    this.#worker.on("messageerror", () => this.#lose("a result is unreadable"));
    // What the thread said last may come after its end.
    this.#worker.on("exit", () => {
      if (!this.#isOver) setTimeout(() => this.#lose(ENDED), LAST_WORDS_MS);
    });
    const { name } = options;
    this.#untrack = trackThread({ name, stop: () => owner.stopped() });
    enlist(this);
  }

  /** Whether its code is loaded. */
  get isReady(): boolean {
    return this.readyMs !== null;
  }

  /** The jobs it has that are not settled; the first has begun, if any has. */
  get jobs(): readonly Job[] {
    return this.#jobs.slice(this.#settled);
  }

  /** Whether none of the jobs that it was given last has settled. */
  get isAtFirst(): boolean {
    return this.#settled === 0;
  }

  /** Gives it jobs of one function; it must have none. What cannot be sent fails. */
  run(jobs: readonly Job[]): void {
    const { code, isReported } = jobs[0] as Job;
    this.#keepAlive(true);
    this.#times.forget();
    this.#jobs = jobs;
    this.#settled = 0;
    this.#sentMs = performance.now();
    for (const job of jobs) {
      job.thread = this;
      job.takenMs = this.#sentMs;
      job.tap = currentTap();
    }
    const { id, name, source } = code;
    const isKnown = this.#known.has(id);
    if (!isKnown) this.#worker.postMessage([ORDERS.CODE, id, name, source]);
    this.#known.add(id);
    this.#isFirstRun = !isKnown || !this.isReady;
    try {
      if (isReported || currentTap() !== null) {
        const isShared = this.#times.send(this.#worker, jobs);
        this.#hasShared ||= isShared;
      } else this.#send(jobs);
    } catch (error) {
      this.#refuse(jobs, error);
    }
  }

  /** Ends it now, whatever it does; gives the jobs it had. */
  stop(): readonly Job[] {
    const { jobs } = this;
    if (this.#isOver) return jobs;
    this.#isOver = true;
    this.#jobs = NONE;
    this.#settled = 0;
    this.#terminated = this.#worker.terminate();
    this.#untrack();
    discharge(this);
    return jobs;
  }

  /** Waits until a thread that was stopped is gone, and frees the locks it held. */
  async leave(): Promise<void> {
    const isGone = await waitForEnd(this.#lockName, this.#terminated);
    if (isGone && this.#hasShared) await releaseLocksOf(toLane(this.number));
  }

  #send(jobs: readonly Job[]): void {
    const { code, options } = jobs[0] as Job;
    const isPlain = code.isPlain && options.transfer === undefined;
    const kind = isPlain ? ORDERS.RUN_PLAIN : ORDERS.RUN;
    const order: unknown[] = [kind, code.id];
    for (const { args } of jobs) {
      const shared = toShared(args);
      if (shared !== args) {
        order[0] = ORDERS.RUN_SHARED;
        this.#hasShared = true;
      }
      order.push(shared);
    }
    if (options.transfer === undefined) this.#worker.postMessage(order);
    else this.#worker.postMessage(order, options.transfer as never);
  }

  /** Fails the jobs whose arguments cannot be copied, and sends the others. */
  #refuse(jobs: readonly Job[], error: unknown): void {
    const sendable = jobs.length === 1
      ? NONE
      : jobs.filter(({ args }) => isSendable(args));
    for (const job of jobs) {
      if (sendable.includes(job)) continue;
      this.#owner.fail(job, cannotSend(job.code.name, error));
    }
    this.#jobs = sendable;
    if (sendable.length > 0) return this.#send(sendable);
    // Later: the pool may be about to hand out more.
    queueMicrotask(() => {
      if (!this.#isOver) this.#free();
    });
  }

  #hear(reply: Reply): void {
    if (this.#isOver) return;
    switch (reply[0]) {
      case REPLIES.READY:
        this.#originMs = reply[1] as number;
        this.readyMs = toOwnClockMs(reply[2] as number, this.#originMs);
        nameThread(toLane(this.number), reply[3] as number | null);
        this.#keepAlive(this.#jobs !== NONE);
        return this.#owner.started(this);
      case REPLIES.KNOCK:
        return this.#times.knock();
      case REPLIES.WRITTEN: {
        const large = this.#times.takeLarge(reply, this.#originMs);
        return large === null ? undefined : this.#hearResults(large);
      }
      case REPLIES.CRASHED:
        return this.#crash(reply);
      case REPLIES.LEFT:
        return this.#break(`it ended its thread with code ${reply[1]}`);
      case REPLIES.NO_MEMORY:
        return this.#break(OUT_OF_MEMORY);
      default:
        if (!this.#times.keepsLarge(reply)) this.#hearResults(reply);
    }
  }

  #hearResults(reply: Reply): void {
    const { isTimed } = this.#times;
    const last = reply.length - (isTimed ? 2 : 1);
    if (isTimed) {
      const jobs = this.jobs.slice(0, last);
      const clock = { originMs: this.#originMs, readyMs: this.readyMs ?? 0 };
      this.#owner.timed(jobs, this.#times.toMoments(reply, jobs, clock));
    }
    for (let index = 1; index <= last; index++) {
      const job = this.#jobs[this.#settled++] as Job;
      this.#doneCount++;
      this.#hasStrayed ||= !job.code.isPlain;
      const kind = index === last ? reply[0] : REPLIES.OK;
      this.#settle(job, kind, reply[index]);
    }
    if (this.#settled < this.#jobs.length) return;
    const { code } = this.#jobs[0] as Job;
    // A first run has loaded the function: that says nothing about the next.
    if (!this.#isFirstRun) {
      const tookMs = (performance.now() - this.#sentMs) / this.#jobs.length;
      code.estimateMs = updateEstimate(code.estimateMs, tookMs);
    }
    this.#free();
  }

  #settle(job: Job, kind: number, value: unknown): void {
    const owner = this.#owner;
    if (kind === REPLIES.OK) owner.finish(job, value);
    else if (kind === REPLIES.ERROR) {
      owner.fail(job, reviveError(value as ErrorReport));
    } else {
      reviveResult(value).then(
        (revived) => owner.finish(job, revived),
        (error) => owner.fail(job, error),
      );
    }
  }

  #free(): void {
    this.#jobs = NONE;
    this.#settled = 0;
    this.#keepAlive(false);
    this.#owner.free(this);
  }

  /** Says whether the process is to wait for this thread. */
  #keepAlive(isWanted: boolean): void {
    // Asked twice, runtimes differ in whether that counts twice.
    if (isWanted === this.#keepsAlive) return;
    this.#keepsAlive = isWanted;
    if (isWanted) return this.#worker.ref();
    this.#worker.unref();
    // It may have given a lock's turn just now.
    wakeSleepers();
  }

  /** It cannot go on, and all that came before the first job it has is told. */
  #break(found: string, options?: ErrorOptions): void {
    const [begun, ...unbegun] = this.stop();
    if (begun) {
      this.#owner.fail(begun, endedEarly(begun.code.name, found, options));
    }
    this.#owner.ended(this, unbegun);
  }

  /** It is gone, and which of its jobs were done is unknown: none may be done twice. */
  #lose(found: string): void {
    if (this.#isOver) return;
    for (const job of this.stop()) {
      this.#owner.fail(job, endedEarly(job.code.name, found));
    }
    this.#owner.ended(this, NONE);
  }

  /** Something was thrown that nothing awaits, by the code of a job, if that is known. */
  #crash([, report, job]: Reply): void {
    const cause = reviveError(report as ErrorReport);
    // What only the engine calls, such as a listener of `AbortSignal.timeout()`, is
    // nobody's: then a job is to blame only if no other can have left it behind.
    const isOfJob = this.#settled < this.#jobs.length &&
      (job === null ? !this.#hasStrayed : job as number >= this.#doneCount);
    if (isOfJob) {
      return this.#break(`it threw where nothing awaits it: ${cause.message}`, {
        cause,
      });
    }
    // deno-lint-ignore no-console -- Its job has returned: nobody waits.
    console.error("Uncaught in a thread, beside any job:", cause);
    // Without a job, the thread may be broken, and a new one costs nobody anything.
    if (job === null && this.#jobs === NONE) this.#break("");
  }
}

const NONE: readonly Job[] = [];
const LAST_WORDS_MS = 20;
