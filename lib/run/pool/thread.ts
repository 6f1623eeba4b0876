/**
 * What runs jobs one after another, and really ends when told to: a thread, or
 * also a Web Worker or a process.
 *
 * The inside is in `serve_guest.ts`, the way there in `line.ts`. It keeps the
 * process alive while it has jobs, and only then.
 * @module
 */
import type { ErrorReport } from "../guest.ts";
import { reviveError } from "../outcome.ts";
import { toShared, wakeSleepers } from "../../sync/mod.ts";
import { currentTap } from "../../base/record/mod.ts";
import { nameThread, toLane } from "../../trace/mod.ts";
import { trackThread } from "../../platform/mod.ts";
import { updateEstimate } from "./batching.ts";
import { cannotSend, endedEarly, OUT_OF_MEMORY } from "./endings.ts";
import type { Job } from "./job.ts";
import { type Line, openThreadLine, openWorkerLine } from "./line.ts";
import { type GuestKind, ORDERS, REPLIES, type Reply } from "./messages.ts";
import { openProcessLine } from "./process_line.ts";
import { discharge, enlist } from "./roster.ts";
import { isSendable, releaseLocksOf, reviveResult } from "./sharing.ts";
import type { ThreadOptions, ThreadOwner } from "./stats.ts";
import { TimedMessages } from "./timed_messages.ts";

export class Thread {
  readonly kind: GuestKind;
  readonly number: number;
  readonly askedMs: number = performance.now();
  readonly #owner: ThreadOwner;
  readonly #line: Line;
  #untrack = () => {};
  readonly #known = new Set<number>();
  #gone: Promise<boolean> = Promise.resolve(false);
  readonly #times = new TimedMessages();
  /** Until when its lane in a trace is filled. */
  tracedMs = 0;
  readyMs: number | null = null;
  #isOver = false;
  // As it is made: it waits for its start.
  #keepsAlive = true;
  // The jobs it was given last, how many of them have settled, and of all before.
  #jobs: readonly Job[] = NONE;
  #settled = 0;
  #doneCount = 0;
  #isFirstRun = false;
  /** Whether it has done a job that may have left something running. */
  #hasStrayed = false;
  #hasShared = false;

  constructor(owner: ThreadOwner, options: ThreadOptions) {
    const { number, kind, name } = options;
    this.kind = kind;
    this.number = number;
    this.#owner = owner;
    this.#line = OPENERS[kind]({ ...options, lane: toLane(number) }, {
      hear: (reply) =>
        this.#hear(Array.isArray(reply) ? reply as never : [REPLIES.OK, reply]),
      lose: (found) => this.#lose(found),
    });
    // Workers and processes are the host's own to watch.
    if (kind !== "thread") return;
    this.#untrack = trackThread({ name, stop: () => owner.stopped() });
    enlist(this);
  }

  get isReady(): boolean {
    return this.readyMs !== null;
  }

  /** Number of the thread, or of the process. */
  get id(): number {
    return this.#line.pid ?? this.number;
  }

  get lane(): string {
    return this.kind === "process" ? `process ${this.id}` : toLane(this.number);
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
    const { code } = jobs[0] as Job;
    this.#keepAlive(true);
    this.#times.forget();
    this.#jobs = jobs;
    this.#settled = 0;
    const [takenMs, tap] = [performance.now(), currentTap()];
    for (const job of jobs) {
      job.thread = this;
      job.takenMs = takenMs;
      job.tap = tap;
    }
    const { id, name, source } = code;
    const isKnown = this.#known.has(id);
    if (!isKnown) this.#line.post([ORDERS.CODE, id, name, source]);
    this.#known.add(id);
    this.#isFirstRun = !isKnown || !this.isReady;
    try {
      this.#send(jobs);
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
    this.#gone = this.#line.end();
    this.#untrack();
    discharge(this);
    return jobs;
  }

  /** Waits until a thread that was stopped is gone, and frees the locks it held. */
  async leave(): Promise<void> {
    const isGone = await this.#gone;
    if (isGone && this.#hasShared) await releaseLocksOf(this.lane);
  }

  #send(jobs: readonly Job[]): void {
    const { code, options, isReported } = jobs[0] as Job;
    // A process shares no memory: there, what is no plain value is refused.
    const args = jobs.map(({ args }) =>
      this.kind === "process" ? args : toShared(args)
    );
    const isShared = jobs.some((job, i) => job.args !== args[i]);
    this.#hasShared ||= isShared;
    if (isReported || currentTap() !== null) {
      return this.#times.send(this.#line, jobs, args);
    }
    const isPlain = code.isPlain && options.transfer === undefined;
    const kind = isShared
      ? ORDERS.RUN_SHARED
      : isPlain
      ? ORDERS.RUN_PLAIN
      : ORDERS.RUN;
    this.#line.post([kind, code.id, ...args], options.transfer);
  }

  /** Fails the jobs whose arguments cannot be copied, and sends the others. */
  #refuse(jobs: readonly Job[], error: unknown): void {
    const sendable = jobs.length === 1
      ? NONE
      : jobs.filter(({ args }) => isSendable(args));
    for (const job of jobs.filter((job) => !sendable.includes(job))) {
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
        return this.#start(reply);
      case REPLIES.KNOCK:
        return this.#times.knock();
      case REPLIES.WRITTEN: {
        const large = this.#times.takeLarge(reply);
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

  #start([, originMs, readyMs, threadId]: Reply): void {
    const { clock } = this.#times;
    if (this.kind === "process") {
      clock.came(readyMs as number, performance.now());
    } else {
      clock.startAt(originMs as number);
      nameThread(this.lane, threadId as number | null);
    }
    this.readyMs = clock.toOwn(readyMs as number);
    this.#keepAlive(this.#jobs !== NONE);
    this.#owner.started(this);
  }

  #hearResults(reply: Reply): void {
    const { isTimed } = this.#times;
    const last = reply.length - (isTimed ? 2 : 1);
    if (isTimed) {
      const jobs = this.jobs.slice(0, last);
      const moments = this.#times.toMoments(reply, jobs, this.readyMs ?? 0);
      this.#owner.timed(jobs, moments);
    }
    for (let index = 1; index <= last; index++) {
      const job = this.#jobs[this.#settled++] as Job;
      this.#doneCount++;
      this.#hasStrayed ||= !job.code.isPlain;
      const kind = index === last ? reply[0] : REPLIES.OK;
      this.#settle(job, kind, reply[index]);
    }
    if (this.#settled < this.#jobs.length) return;
    const { code, takenMs } = this.#jobs[0] as Job;
    // A first run has loaded the function: that says nothing about the next.
    if (!this.#isFirstRun) {
      const tookMs = (performance.now() - takenMs) / this.#jobs.length;
      code.estimateMs = updateEstimate(code.estimateMs, tookMs);
    }
    this.#free();
  }

  #settle(job: Job, kind: number, value: unknown): void {
    const owner = this.#owner;
    if (kind === REPLIES.OK) return owner.finish(job, value);
    const fail = (error: unknown) => owner.fail(job, error);
    if (kind === REPLIES.ERROR) fail(reviveError(value as ErrorReport));
    else {reviveResult(value).then((revived) =>
        owner.finish(job, revived), fail);}
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
    this.#line.keepAlive(isWanted);
    // It may have given a lock's turn just now.
    if (!isWanted) wakeSleepers();
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
  #lose(found: string | Error): void {
    if (this.#isOver) return;
    for (const job of this.stop()) {
      const error = typeof found === "string"
        ? endedEarly(job.code.name, found)
        : found;
      this.#owner.fail(job, error);
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

const OPENERS = {
  thread: openThreadLine,
  worker: openWorkerLine,
  process: openProcessLine,
};
const NONE: readonly Job[] = [];
