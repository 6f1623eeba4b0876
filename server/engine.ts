/**
 * Runs the cells of one notebook: queue, kernel, outputs.
 *
 * The kernel belongs to the notebook, not to a page or another front end.
 * @module
 */
import type { Kernel } from "../kernel/mod.ts";
import type { OutgoingMessage } from "../protocol/mod.ts";
import { Activity } from "./activity.ts";
import { type Ask, Asks } from "./asks.ts";
import { Shown } from "./shown.ts";
import type { EngineOptions, Listener, Wanted } from "./engine_options.ts";
import type { KernelState, ServerMessage } from "./protocol.ts";
import { makeQuestion, type Question } from "./question.ts";
import {
  begin,
  beginNext,
  cancel,
  endRun,
  enqueue,
  follow,
  newSession,
  NO_RUNS,
  type Ran,
  type Run,
  type RunState,
  showRuns,
  statusOf,
  wordInterrupt,
} from "./runs.ts";
import { Widgets } from "./widgets.ts";

/** Runs cells. */
export class Engine implements AsyncDisposable {
  readonly #options: EngineOptions;
  readonly #shown: Shown;
  readonly #asks = new Asks();
  /** Widgets that its cells have made. */
  readonly widgets: Widgets;
  readonly #listeners = new Set<Listener>();
  /** What the session does, for pages to see. */
  readonly activity: Activity;
  #kernel: Promise<Kernel> | null = null;
  #started: Kernel | null = null;
  #runs: RunState = NO_RUNS;
  #state: KernelState = "none";
  #note: string | null = null;
  #question: Question | null = null;
  #interruptedMs: number | null = null;

  /** @param options How it runs, and whom it tells. */
  constructor(options: EngineOptions) {
    this.#options = options;
    this.#shown = new Shown(options.show);
    this.activity = new Activity({
      kernel: () => this.#started,
      send: options.send,
      runs: () => this.#runs,
    });
    this.widgets = new Widgets(this, options.send, () => this.#tellState());
  }

  get state(): RunState {
    return this.#runs;
  }

  /** Whether there is a kernel. */
  get isAlive(): boolean {
    return this.#kernel !== null;
  }

  /** Runs cells, one after another. */
  run(wanted: readonly Wanted[]): void {
    this.#note = null;
    const runs = wanted.map((one) => ({
      ...one,
      executionId: crypto.randomUUID(),
      startedMs: null,
    }));
    this.#runs = enqueue(this.#runs, runs);
    this.#advance();
  }

  /** Takes a cell out of those that wait. */
  cancel(cellId: string): void {
    this.#runs = cancel(this.#runs, cellId);
    this.#tellState();
  }

  /** Ends the cell that runs; says so if none does. */
  async interrupt(): Promise<void> {
    const [running] = this.#runs.queue;
    if (!running && !this.widgets.isBusy || this.#kernel === null) {
      this.#note = "Nothing is running, so there was nothing to interrupt";
      return this.#tellState();
    }
    if (running !== undefined) this.#interruptedMs = performance.now();
    (await this.#kernel).interrupt();
  }

  /** Ends the session and begins another. */
  async restart(): Promise<void> {
    await this.#leave(`Restarted: ${LOST}`, "starting");
    await this.wake();
  }

  /** Ends the session; the next run begins another. */
  async shutDown(): Promise<void> {
    await this.#leave(`Shut down: ${LOST}`, "none");
  }

  /** Lets somebody hear the kernel; gives what ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Notes that another front end runs a cell: what it shows is the document's. */
  follow(run: Wanted & Pick<Run, "executionId">): void {
    this.#runs = follow(this.#runs, run);
    this.#tellState();
  }

  /** Answers the question that a cell asks. */
  async answer(value: string): Promise<void> {
    if (this.#question === null || this.#kernel === null) return;
    this.#question = null;
    const msg_id = crypto.randomUUID();
    const header = { msg_id, session: SESSION, msg_type: "input_reply" };
    const kernel = await this.#kernel;
    kernel.handle({ header, content: { value } }, { channel: "stdin" });
  }

  /** Asks what could stand, or what stands, at a place in a source. */
  async ask(ask: Ask): Promise<unknown> {
    return await this.#asks.ask(await this.wake(), ask);
  }

  /** What a page that comes has to know of what runs, and is asked. */
  describe(): ServerMessage[] {
    return [
      this.#showState(),
      this.widgets.describe(),
      ...this.#question === null ? [] : [this.#question],
    ];
  }

  /** A cell's outputs were cleared: what comes begins anew. */
  forget(cellId: string): void {
    this.#shown.forget(cellId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.activity[Symbol.dispose]();
    const kernel = this.#kernel;
    this.#kernel = this.#started = null;
    await (await kernel)?.close();
    this.#shown.flush();
  }

  /** Gives the kernel; starts one if there is none. */
  wake(): Promise<Kernel> {
    if (this.#kernel !== null) return this.#kernel;
    this.#state = "starting";
    const kernel = this.#options.startKernel((message) => {
      if (this.#kernel !== kernel) return;
      this.#take(message);
      for (const { onMessage } of this.#listeners) onMessage(message);
    });
    this.#kernel = kernel;
    kernel.then((started) => {
      if (this.#kernel !== kernel) return;
      this.#started = started;
      if (this.#state === "starting") this.#state = "idle";
      this.#tellState();
      this.#advance();
    }, (error) => {
      this.#state = "gone";
      this.#note = `The kernel did not start: ${(error as Error).message}`;
      this.#kernel = null;
      this.#tellState();
    });
    return kernel;
  }

  async #leave(note: string, state: KernelState): Promise<void> {
    const old = this.#kernel;
    const [running] = this.#runs.queue;
    if (running !== undefined) this.#end(running.executionId, "interrupted");
    this.#runs = newSession(this.#runs);
    this.#question = null;
    this.#kernel = this.#started = null;
    this.activity.reset();
    this.#note = old === null ? null : note;
    this.#state = state;
    this.#tellState();
    this.#asks.giveUp();
    await (await old)?.close();
    for (const { onEnd } of this.#listeners) onEnd(state === "starting");
  }

  #advance(): void {
    void this.wake().then((kernel) => {
      const { state, run } = beginNext(this.#runs, performance.now());
      this.#runs = state;
      if (run !== null) {
        this.#shown.begin(run.cellId);
        this.activity.begin(run.cellId);
        this.#state = "busy";
        const { executionId: msg_id, source: code, metadata } = run;
        const header = {
          msg_id,
          session: SESSION,
          msg_type: "execute_request",
        };
        const content = { code, allow_stdin: true };
        kernel.handle({ header, metadata, content }, { channel: "shell" });
      }
      this.#tellState();
    }, () => {});
  }

  #take(message: OutgoingMessage): void {
    const { header, parent_header, content } = message;
    const parent = String(parent_header.msg_id ?? "");
    if (this.#asks.take(message)) return;
    const cellId = this.#runs.cellOf.get(parent);
    if (cellId === undefined) return;
    switch (header.msg_type) {
      case "execute_input":
        this.#begin(parent, cellId);
        return this.#options.show(cellId, {
          execution_count: content.execution_count as number,
        });
      case "execute_reply":
        if (content.ename === "SessionEnded") {
          this.#runs = { ...this.#runs, session: this.#runs.session + 1 };
        }
        return this.#end(parent, statusOf(message));
      case "input_request":
        this.#question = makeQuestion(cellId, content);
        return this.#options.send(this.#question);
      default:
        this.#shown.take(cellId, message);
    }
  }

  /** The kernel has begun what another front end sent. */
  #begin(executionId: string, cellId: string): void {
    const runs = begin(this.#runs, executionId, performance.now());
    if (runs === this.#runs) return;
    this.#runs = runs;
    this.#shown.begin(cellId);
    this.activity.begin(cellId);
    this.#state = "busy";
    this.#tellState();
  }

  #end(executionId: string, status: Ran["status"]): void {
    const before = this.#runs;
    this.#runs = endRun(before, executionId, {
      nowMs: performance.now(),
      status,
    });
    this.#question = null;
    this.activity.end();
    this.#shown.flush();
    for (const [cellId, ran] of this.#runs.ran) {
      if (before.ran.get(cellId) !== ran) {
        this.#options.send({ type: "ran", cellId, ran });
      }
    }
    if (this.#interruptedMs !== null) {
      this.#note = wordInterrupt(
        status,
        performance.now() - this.#interruptedMs,
      );
      this.#interruptedMs = null;
    }
    if (this.#runs.queue.length === 0) {
      this.#state = "idle";
      this.#tellState();
    } else this.#advance();
  }

  #tellState(): void {
    this.#options.send(this.#showState());
  }

  #showState(): ServerMessage {
    const { session } = this.#runs;
    const runs = showRuns(this.#runs, performance.now());
    const state = this.widgets.isBusy ? "busy" : this.#state;
    return { type: "kernel", state, session, note: this.#note, runs };
  }
}

const SESSION = "page";
const LOST = "variables are gone, and what cells had started was stopped";
