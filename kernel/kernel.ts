/**
 * The kernel: Jupyter requests in, Jupyter messages out.
 *
 * One loop: an event arrives, `reduce` decides, the actions are carried out,
 * their results come back as events. No door, be it ZeroMQ, a browser or the
 * headless runner, knows how a cell runs; no cell can stop this loop, since
 * cells run in the session, a process of their own. An event that can not be
 * taken in, or an action that fails, fails alone: see `failures.ts`.
 * @module
 */
import { codeFrame, originalColumn } from "../language/mod.ts";
import { parseRequest } from "../protocol/mod.ts";
import { findAnswer, type Question } from "./answers.ts";
import { CELL_MODULES } from "./cell_modules.ts";
import { CellLanguage } from "./cell_language.ts";
import { type Addressed, type Letter, seal } from "./envelope.ts";
import { blameAction, type Blamed, blameEvent, NOBODY } from "./failures.ts";
import { type HistoryStore, MemoryHistory } from "./history.ts";
import type { KernelOptions, RequestOrigin } from "./options.ts";
import { reduce } from "./reduce.ts";
import { SessionKeeper } from "./session_keeper.ts";
import { listRunning } from "./shells.ts";
import {
  type Action,
  type Asker,
  INITIAL_STATE,
  type KernelEvent,
  type KernelState,
  publishStatus,
} from "./state.ts";
import { UsageMeter } from "./usage.ts";
import { KernelView } from "./view.ts";

type ActionOf<Type> = Extract<Action, { type: Type }>;

/**
 * Answers Jupyter requests about one notebook.
 *
 * @example Run a cell
 * ```ts
 * const { promise, resolve } = Promise.withResolvers<void>();
 * await using kernel = new Kernel({
 *   notebookUrl: import.meta.url,
 *   permissions: { type: "all" },
 *   send: ({ header }) => header.msg_type === "execute_reply" && resolve(),
 * });
 * const header = { msg_id: "1", session: "s", msg_type: "execute_request" };
 * kernel.handle({ header, content: { code: "1 + 1" } }, { channel: "shell" });
 * await promise;
 * ```
 */
export class Kernel implements AsyncDisposable {
  /** What of it is no message. */
  readonly view: KernelView;
  readonly #options: KernelOptions;
  readonly #sessionId = crypto.randomUUID();
  readonly #history: HistoryStore;
  #state: KernelState;
  readonly #session: SessionKeeper;
  readonly #language: CellLanguage;
  readonly #usage = new UsageMeter();
  /** Events are handled one after another, also when handling makes new ones. */
  #inbox: KernelEvent[] = [];
  #isReducing = false;

  /** @param options How it runs cells, and where messages go. */
  constructor(options: KernelOptions) {
    this.#options = options;
    this.#state = { ...INITIAL_STATE, cells: options.cells ?? "typescript" };
    this.#history = options.history ?? new MemoryHistory();
    this.#language = new CellLanguage({
      ...options,
      runtime: async (question) =>
        await this.#session.current?.lookup(question) ?? null,
      push: (event) => this.#push(event),
    });
    this.#session = new SessionKeeper({
      ...options,
      modules: CELL_MODULES,
      onStart: () => this.#language.forget(),
      onEvent: (event) => this.#push({ type: "session", event }),
      onEnded: (exit) => {
        this.#language.forget();
        this.#push({ type: "session-ended", exit });
        if (exit.type !== "closed") options.onSessionEnded?.(exit.message);
      },
    });
    const look = () => this.#state;
    this.view = new KernelView(look, this.#session, this.#language);
    this.#session.start();
  }

  /**
   * Takes a request.
   *
   * @param message The decoded message; its signature holds.
   * @param origin Where it came from.
   * @throws {TypeError} If it is no message.
   */
  handle(message: unknown, { channel, route }: RequestOrigin): void {
    const request = parseRequest(message, { channel, route });
    this.#push({ type: "request", request });
  }

  /** Waits until errors of type were looked for in all cells that ran. */
  checked(): Promise<void> {
    return this.#language.checked();
  }

  /**
   * Gets ready for cells that have to be parsed, if that was put off until its
   * door is open: see `translator` of its options.
   */
  prepare(): void {
    this.#language.prepare();
  }

  /** Ends what runs, for whoever can not send a request. */
  interrupt(): void {
    const ids = { msg_id: crypto.randomUUID(), session: this.#sessionId };
    const header = { ...ids, msg_type: "interrupt_request" };
    this.handle({ header, content: {} }, { channel: "control" });
  }

  /** Ends the session and all that cells have started. */
  async close(): Promise<void> {
    this.#session.flush();
    await Promise.all([
      this.#session.take()?.close(),
      this.#language[Symbol.asyncDispose](),
    ]);
  }

  /** Ends the kernel: see {@link Kernel.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #push(event: KernelEvent): void {
    this.#inbox.push(event);
    if (this.#isReducing) return;
    this.#isReducing = true;
    try {
      for (let next; (next = this.#inbox.shift());) this.#handle(next);
    } finally {
      this.#isReducing = false;
    }
  }

  #handle(event: KernelEvent): void {
    let actions: readonly Action[] = [];
    try {
      const decision = reduce(this.#state, event, TOOLS);
      this.#state = decision.state;
      actions = decision.actions;
    } catch (error) {
      this.#onFailed(event.type, blameEvent(event), error);
    }
    // What is said of a failure may fail as well: that is only logged.
    const isLast = event.type === "failed";
    for (const action of actions) this.#attempt(action, isLast);
    if (listRunning(this.#state).length === 0) this.#language.rest();
  }

  #attempt(action: Action, isLast = false): void {
    const isTelling = action.type === "publish" || action.type === "reply";
    const blamed = isLast && isTelling ? NOBODY : blameAction(action);
    const onError = (error: unknown) =>
      this.#onFailed(action.type, blamed, error);
    try {
      this.#carryOut(action)?.catch(onError);
    } catch (error) {
      onError(error);
    }
  }

  #onFailed(what: string, blamed: Blamed, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    const reason = `Cannot carry out ${what}: ${text.slice(0, MAX_REASON)}`;
    this.#options.log?.(reason);
    this.#push({ type: "failed", blamed, reason });
  }

  #carryOut(action: Action): Promise<void> | void {
    switch (action.type) {
      case "publish":
        this.#send({ ...action, channel: "iopub" });
        return;
      case "reply":
        this.#reply(action.asker, action);
        return;
      case "translate":
        return this.#language.translate(action);
      case "execute":
        this.#session.use().execute(action.executable);
        return;
      case "learn":
        this.#language.learn(action);
        return;
      case "interrupt":
        return this.#interrupt(action.asker);
      case "lookup":
      case "judge-completeness":
      case "find-history":
      case "measure-usage":
        return this.#findAnswer(action);
      case "comm":
        this.#session.use().tellComm(action.command);
        return;
      case "ask-input":
        this.#askInput(action);
        return;
      case "answer-input":
        this.#session.current?.answerInput(action.answer);
        return;
      case "keep-source":
        this.#history.append({ ...action, output: null });
        return;
      case "keep-output":
        this.#history.setOutput(action.line, action.output);
        return;
      case "shutdown":
        return this.#shutdown(action.asker, action.restart);
      default:
        action satisfies never;
    }
  }

  async #findAnswer(question: Question): Promise<void> {
    const { messageType, content } = await findAnswer(question, {
      language: this.#language,
      history: this.#history,
      usage: this.#usage,
      pids: [this.#session.current?.pid ?? [], this.#language.pids].flat(),
    });
    this.#answer(question.asker, messageType, content);
  }

  async #interrupt(asker: Asker): Promise<void> {
    this.#language.interrupt();
    const session = this.#session.current;
    const isStopped = await session?.interrupt() ?? true;
    // One that has ended meanwhile was told of already.
    if (session !== null && !isStopped && session === this.#session.current) {
      // It does not even answer V8: only ending it is left.
      await this.#session.take()?.close();
      this.#push({
        type: "session-ended",
        exit: {
          type: "killed",
          code: 1,
          signal: "SIGKILL",
          message:
            "the session did not answer the interrupt and was ended; its variables are lost",
        },
      });
    }
    this.#answer(asker, "interrupt_reply", { status: "ok" });
  }

  async #shutdown(asker: Asker, restart: boolean): Promise<void> {
    await this.#session.take()?.close();
    if (restart) {
      this.#history.beginSession();
      this.#session.start();
    }
    this.#answer(asker, "shutdown_reply", { status: "ok", restart });
  }

  #answer(
    asker: Asker,
    messageType: string,
    content: Letter["content"],
  ): void {
    this.#attempt({ type: "reply", asker, messageType, content });
    this.#attempt(publishStatus(asker.header, "idle"));
  }

  #reply({ channel, header, route }: Asker, letter: Letter): void {
    // Whoever has interrupted by a signal waits for no reply.
    if (header.session === this.#sessionId) return;
    this.#send({ ...letter, channel, parent: header, route });
  }

  #send(letter: Addressed): boolean | void {
    return this.#options.send(seal(letter, this.#sessionId));
  }

  #askInput({ asker, content }: ActionOf<"ask-input">): void {
    const isSent = this.#send({
      channel: "stdin",
      parent: asker.header,
      route: asker.route,
      messageType: "input_request",
      content,
    });
    // Whoever asked has gone: nobody will ever answer.
    if (isSent === false) this.#session.current?.answerInput({ value: null });
  }
}

const TOOLS = { codeFrame, originalColumn };
const MAX_REASON = 1000;
