/**
 * A session seen from outside: the process that evaluates a notebook's cells.
 *
 * It may crash, spin or run out of memory; whoever holds this object learns
 * what happened and goes on. Events arrive in the order in which they were
 * made. A new process is a new session: see `kernel/` for restarting.
 * @module
 */
import type { SessionCommand, SessionEvent } from "../protocol/mod.ts";
import { Activity } from "./activity.ts";
import { Beginnings, beginsOrComputes } from "./beginnings.ts";
import { CommandWriter } from "./command_writer.ts";
import { BEGAN_NONE, endByLimit, explainExit, type OwnEnd } from "./exit.ts";
import { Copies } from "./copies.ts";
import { Credibility, OWN_EVENTS } from "./credibility.ts";
import { watchLimits } from "./limits_watch.ts";
import { asInterrupted, Orders, stopComputing } from "./interrupt.ts";
import { launch } from "./launch.ts";
import type { SessionOptions } from "./options.ts";
import { OutputReader } from "./output_reader.ts";
import type { Executable, InputAnswer } from "./requests.ts";
import { fromFileUrl } from "../folder/mod.ts";
import { mayStartPrograms } from "./permissions.ts";
import { Family } from "./processes/family.ts";
import { type Lookup, type LookupAnswer, Lookups } from "./lookups.ts";
import { Watch } from "./watch.ts";
import { settlesWithin } from "./waiting.ts";

/** A running session process. */
export class Session implements AsyncDisposable {
  /** Process id. */
  readonly pid: number;
  /** Tells what lives in it and what computes. */
  readonly watch: Watch;
  readonly #options: SessionOptions;
  readonly #process: Deno.ChildProcess;
  readonly #socket: Promise<Deno.Conn>;
  readonly #reader: OutputReader;
  readonly #family: Family;
  readonly #credibility: Credibility;
  readonly #copies: Copies;
  readonly #activity = new Activity();
  readonly #beginnings = new Beginnings();
  #ownEnd: OwnEnd | null = null;
  readonly #inspectorUrl = Promise.withResolvers<string>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #ended: Promise<void>;
  readonly #commands: CommandWriter;
  readonly #orders: Orders;
  /** Settles when the last interrupt is over. */
  #interrupted: Promise<boolean> = Promise.resolve(true);
  readonly #stdin: Promise<WritableStreamDefaultWriter<Uint8Array>>;
  readonly #lookups = new Lookups();
  #exitingCode: number | null = null;
  #closed = false;

  /**
   * Starts a session process; commands may be given at once.
   *
   * @param options How, and who is told.
   */
  constructor(options: SessionOptions) {
    const { process, socket, nonce, stdin, mark, startCopy, dispose } =
      options.launched ?? launch(options);
    this.#stdin = stdin;
    stdin.catch(() => {});
    this.#options = options;
    this.#process = process;
    this.pid = process.pid;
    this.#socket = socket;
    // Who sends a command learns of a failed start from `onExit`.
    socket.catch(() => {});
    this.#commands = new CommandWriter(socket);
    this.#family = new Family(process, mark);
    this.#credibility = new Credibility(mayStartPrograms(options.permissions));
    this.#copies = new Copies({
      spawn: startCopy,
      family: this.#family,
      tell: (command) => this.#sendInTurn(command),
      show: (event) => options.onEvents([event]),
      most: options.limits?.maxProcesses ?? MAX_COPIES,
    });
    this.watch = new Watch({
      pid: this.pid,
      family: this.#family,
      send: (command) => this.#sendInTurn(command),
      expect: (id) => this.#credibility.askSurvey(id),
    });
    this.#reader = new OutputReader({
      nonce,
      credibility: this.#credibility,
      onEvents: (events) => this.#observe(events),
      printed: (copyId, number) => this.#copies.printed(copyId, number),
      onInspector: this.#inspectorUrl.resolve,
    });
    const watch = watchLimits({
      family: this.#family,
      limits: options.limits,
      permissions: options.permissions,
      folder: fromFileUrl(new URL(".", options.notebookUrl).href),
      isIdle: () => this.#activity.running().length === 0,
      onBreach: (breach) => this.#giveUp(endByLimit(breach)),
    });
    this.#ended = this.#follow(dispose).finally(() => watch[Symbol.dispose]());
    this.#orders = new Orders(
      (interruptId) => {
        this.#credibility.order(interruptId);
        this.#commands.send({ type: "interrupt", interruptId });
      },
      this.#ended,
    );
  }

  /**
   * Runs a cell; its outputs and its end arrive as events.
   *
   * @param executable The cell.
   */
  execute(executable: Executable): void {
    this.#sendInTurn({ type: "execute", ...executable });
  }

  /**
   * Passes on what a front end says in a conversation.
   *
   * @param command What it says.
   */
  tellComm(command: Extract<SessionCommand, { type: "comm" }>): void {
    this.#sendInTurn(command);
  }

  /**
   * Answers the question that a cell waits for.
   *
   * @param answer What the person said.
   */
  answerInput(answer: InputAnswer): void {
    this.#activity.answer("answered");
    this.#credibility.answer();
    this.#writeLine(answer);
  }

  /** Looks something up in the running program; `null` when a cell keeps it busy. */
  lookup(lookup: Lookup): Promise<LookupAnswer | null> {
    return this.#lookups.ask(lookup, {
      isIdle: this.#activity.running().length === 0,
      send: (command) => {
        this.#credibility.ask(command.lookupId);
        this.#sendInTurn(command);
      },
    });
  }

  /**
   * Ends what runs now; variables are kept.
   *
   * @returns Whether the session has answered; if not, only closing is left.
   */
  interrupt(): Promise<boolean> {
    this.#interrupted = this.#interrupted.then(() => this.#interrupt());
    return this.#interrupted;
  }

  /** Ends the session, and all that its cells have started. */
  async close(): Promise<void> {
    this.#closed = true;
    const socket = await this.#socket.catch(() => null);
    socket?.close();
    if (!await settlesWithin(this.#process.status, CLOSE_MS)) {
      this.#family.end();
    }
    await this.#ended;
  }

  /** Ends the session: see {@link Session.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #interrupt(): Promise<boolean> {
    const cells = this.#activity.running();
    // A cell that waits for an answer hears nothing else.
    if (this.#activity.isAsking) this.#refuseQuestion();
    const isStopped = await stopComputing({
      pid: this.pid,
      inspectorUrl: this.#inspectorUrl.promise,
      ready: this.#ready.promise,
      order: () => this.#orders.give(),
      runner: () => this.#activity.runner,
    });
    this.#orders.close();
    this.#credibility.forgetOrders();
    // Whoever ends it answers for its cells, and says what is lost.
    if (!isStopped) return false;
    // V8 may have ended what was about to start a cell: nobody answers for it.
    const lost = this.#activity.running().filter((id) => cells.includes(id));
    for (const executionId of lost) {
      this.#credibility.end(executionId);
      this.#observe([{ type: "done", executionId, outcome: "interrupted" }]);
    }
    return true;
  }

  #refuseQuestion(): void {
    this.#activity.answer("refused");
    this.#credibility.answer();
    this.#writeLine({ interrupted: true });
  }

  #writeLine(answer: InputAnswer | { readonly interrupted: true }): void {
    const line = new TextEncoder().encode(JSON.stringify(answer) + "\n");
    // A session that has ended is reported by its exit.
    this.#stdin.then((stdin) => stdin.write(line)).catch(() => {});
  }

  /** What comes during an interrupt waits: V8 is not to end it as well. */
  #sendInTurn(command: SessionCommand): void {
    void this.#interrupted.then(() => {
      if (command.type === "execute" || command.type === "comm") {
        const label = "map" in command ? command.map?.label : undefined;
        this.#reader.begin(command.executionId, label);
        this.#activity.begin(command.executionId);
        this.#credibility.begin(command.executionId);
        void this.#watchBeginning(command.executionId);
      }
      this.#commands.send(command);
    });
  }

  /** Ends a session that merely waits while a cell that it was sent does. */
  async #watchBeginning(executionId: string): Promise<void> {
    const begun = this.#beginnings.send(executionId, performance.now());
    const over = Promise.race([begun, this.#ended]);
    await Promise.race([this.#ready.promise, over]);
    const isAsked = () => !this.#orders.areOpen;
    if (!await beginsOrComputes(this.pid, { over, isAsked })) {
      this.#giveUp(BEGAN_NONE);
    }
  }

  #giveUp(reason: OwnEnd): void {
    this.#ownEnd ??= reason;
    this.#family.end();
  }

  #observe(events: readonly SessionEvent[]): void {
    // A cell may catch the interrupt and ask again: nobody is to hear of it.
    const refused = this.#orders.areOpen ? "input" : null;
    for (const event of events) {
      this.#activity.observe(event);
      this.watch.observe(event);
      this.#copies.observe(event);
      this.#beginnings.observe(event, performance.now());
      if (event.type === "ready") {
        this.#ready.resolve();
      } else if (event.type === "interrupted") {
        this.#orders.answer(event.interruptId);
      } else if (event.type === "completions" || event.type === "description") {
        this.#lookups.answer(event);
      } else if (event.type === "exiting") {
        this.#exitingCode = event.code;
      } else if (event.type === "started" || event.type === "ended") {
        this.#family.observe(event);
      } else if (event.type === "done" && event.outcome === "interrupted") {
        this.#family.endChildren(event.executionId);
        this.#copies.stopOf(event.executionId);
      }
    }
    if (events.some(({ type }) => type === refused)) this.#refuseQuestion();
    this.#options.onEvents(
      (refused === null ? events : asInterrupted(events))
        .filter(({ type }) => !OWN_EVENTS.has(type) && type !== refused),
    );
    if (this.#beginnings.hasGivenUp) this.#giveUp(BEGAN_NONE);
  }

  async #follow(dispose: () => Promise<void>): Promise<void> {
    const reading = Promise.all([
      this.#reader.readStdout(this.#process.stdout),
      this.#reader.readStderr(this.#process.stderr),
    ]);
    // A session that nobody hears must not stay.
    reading.catch(() => this.#family.end());
    const { code, signal } = await this.#process.status;
    await this.#family.endRest();
    // What has left the family, by a clean environment, may still hold the pipes.
    await settlesWithin(reading.catch(() => {}), LAST_OUTPUT_MS);
    await dispose();
    this.#options.onExit(explainExit({
      closed: this.#closed,
      exitingCode: this.#exitingCode,
      code,
      signal,
      lastStderr: this.#reader.lastStderr,
      maxHeapMb: this.#options.maxHeapMb ?? null,
      ended: this.#ownEnd,
    }));
  }
}

const MAX_COPIES = 256;
const CLOSE_MS = 300;
const LAST_OUTPUT_MS = 500;
