/**
 * Runs the cells of one notebook: queue, kernel, outputs.
 *
 * The kernel belongs to the notebook, not to a page. What cells show is gathered
 * and told thirty times a second at most, however fast they print.
 * @module
 */
import type { Kernel } from "../kernel/mod.ts";
import { OutputCollector } from "../nbformat/mod.ts";
import type { CodeCell } from "../nbformat/mod.ts";
import type { OutgoingMessage } from "../protocol/mod.ts";

import { type Ask, Asks } from "./asks.ts";
import type { KernelState, ServerMessage } from "./protocol.ts";
import {
  beginNext,
  cancel,
  endRun,
  enqueue,
  newSession,
  NO_RUNS,
  type Ran,
  type Run,
  type RunState,
  statusOf,
} from "./runs.ts";

/** What an engine is given. */
export interface EngineOptions {
  /** Starts a kernel that sends its messages here. */
  readonly startKernel: (
    send: (message: OutgoingMessage) => void,
  ) => Promise<Kernel>;
  /** Tells all pages. */
  readonly send: (message: ServerMessage) => void;
  /** Puts what a cell shows into the document. */
  readonly show: (
    cellId: string,
    shown: Partial<Pick<CodeCell, "outputs" | "execution_count">>,
  ) => void;
}

/** A cell that is to run. */
export type Wanted = Pick<
  Run,
  "cellId" | "source" | "metadata" | "textVersion"
>;

/** Runs cells. */
export class Engine implements AsyncDisposable {
  readonly #options: EngineOptions;
  readonly #collector = new OutputCollector();
  readonly #touched = new Set<string>();
  readonly #asks = new Asks();
  #kernel: Promise<Kernel> | null = null;
  #runs: RunState = NO_RUNS;
  #state: KernelState = "none";
  #note: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #question: Extract<ServerMessage, { type: "question" }> | null = null;
  #interruptedMs: number | null = null;

  /** @param options How it runs, and whom it tells. */
  constructor(options: EngineOptions) {
    this.#options = options;
  }

  get state(): RunState {
    return this.#runs;
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
    if (running === undefined || this.#kernel === null) {
      this.#note = "Nothing is running, so there was nothing to interrupt";
      return this.#tellState();
    }
    this.#interruptedMs = performance.now();
    (await this.#kernel).interrupt();
  }

  /** Ends the session and begins another. */
  async restart(): Promise<void> {
    const old = this.#kernel;
    const [running] = this.#runs.queue;
    if (running !== undefined) this.#end(running.executionId, "interrupted");
    this.#runs = newSession(this.#runs);
    this.#question = null;
    this.#kernel = null;
    this.#note = old === null
      ? null
      : "Restarted: variables are gone, and what cells had started was stopped";
    this.#state = "starting";
    this.#tellState();
    this.#asks.giveUp();
    await (await old)?.close();
    await this.#wake();
  }

  /** Answers the question that a cell asks. */
  async answer(value: string): Promise<void> {
    if (this.#question === null || this.#kernel === null) return;
    this.#question = null;
    const header = {
      msg_id: crypto.randomUUID(),
      session: SESSION,
      msg_type: "input_reply",
    };
    const kernel = await this.#kernel;
    kernel.handle({ header, content: { value } }, { channel: "stdin" });
  }

  /** Asks what could stand, or what stands, at a place in a source. */
  async ask(ask: Ask): Promise<unknown> {
    return await this.#asks.ask(await this.#wake(), ask);
  }

  /** What pages have to know of what runs. */
  describe(): ServerMessage {
    const now = performance.now();
    return {
      type: "kernel",
      state: this.#state,
      session: this.#runs.session,
      note: this.#note,
      runs: this.#runs.queue.map(({ cellId, startedMs }) => ({
        cellId,
        elapsedMs: startedMs === null ? null : now - startedMs,
      })),
    };
  }

  /** Questions that wait for an answer. */
  openQuestions(): ServerMessage[] {
    return this.#question === null ? [] : [this.#question];
  }

  /** A cell's outputs were cleared: what comes begins anew. */
  forget(cellId: string): void {
    this.#collector.forget(cellId);
    this.#touched.delete(cellId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    const kernel = this.#kernel;
    this.#kernel = null;
    await (await kernel)?.close();
    this.#flush();
  }

  #wake(): Promise<Kernel> {
    if (this.#kernel !== null) return this.#kernel;
    this.#state = "starting";
    const kernel = this.#options.startKernel((message) => {
      if (this.#kernel === kernel) this.#take(message);
    });
    this.#kernel = kernel;
    kernel.then(() => {
      if (this.#kernel !== kernel) return;
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

  #advance(): void {
    void this.#wake().then((kernel) => {
      const { state, run } = beginNext(this.#runs, performance.now());
      this.#runs = state;
      if (run !== null) {
        this.#collector.forget(run.cellId);
        this.#options.show(run.cellId, { outputs: [], execution_count: null });
        kernel.handle({
          header: {
            msg_id: run.executionId,
            session: SESSION,
            msg_type: "execute_request",
          },
          metadata: run.metadata,
          content: { code: run.source, allow_stdin: true },
        }, { channel: "shell" });
        this.#state = "busy";
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
        return this.#options.show(cellId, {
          execution_count: content.execution_count as number,
        });
      case "execute_reply":
        if (content.ename === "SessionEnded") {
          this.#runs = { ...this.#runs, session: this.#runs.session + 1 };
        }
        return this.#end(parent, statusOf(message));
      case "input_request":
        this.#question = {
          type: "question",
          cellId,
          prompt: String(content.prompt ?? ""),
          isSecret: content.password === true,
        };
        return this.#options.send(this.#question);
      default: {
        for (const touched of this.#collector.touchedBy(cellId, message)) {
          this.#touched.add(String(touched));
        }
        this.#collector.take(cellId, message);
        this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS);
      }
    }
  }

  #end(executionId: string, status: Ran["status"]): void {
    const before = this.#runs;
    this.#runs = endRun(before, executionId, {
      nowMs: performance.now(),
      status,
    });
    this.#question = null;
    this.#flush();
    for (const [cellId, ran] of this.#runs.ran) {
      if (before.ran.get(cellId) !== ran) {
        this.#options.send({ type: "ran", cellId, ran });
      }
    }
    if (this.#interruptedMs !== null) {
      const ms = Math.round(performance.now() - this.#interruptedMs);
      this.#interruptedMs = null;
      this.#note = status === "interrupted"
        ? `Interrupted after ${ms} ms; variables are kept`
        : status === "ok"
        ? "The cell ended by itself before the interrupt reached it"
        : null;
    }
    if (this.#runs.queue.length === 0) {
      this.#state = "idle";
      this.#tellState();
    } else this.#advance();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const cellId of this.#touched) {
      this.#options.show(cellId, { outputs: this.#collector.of(cellId) });
    }
    this.#touched.clear();
  }

  #tellState(): void {
    this.#options.send(this.describe());
  }
}

const SESSION = "page";
const BATCH_MS = 33;
