/**
 * A session at which cells are run one after another, each with an end: what a
 * submission and the checks have one of each.
 * @module
 */
import { Kernel, type KernelOptions } from "../kernel/mod.ts";
import type { OutgoingMessage } from "../protocol/mod.ts";
import { type CellTest, readTest, TEST_MESSAGE } from "../runner/mod.ts";

/** How a cell has ended. */
export interface CellOutcome {
  /** How. */
  readonly type: "ok" | "error" | "timeout";
  /** Name of the error; empty without one. */
  readonly ename: string;
  /** Its message. */
  readonly evalue: string;
  /** Its traceback. */
  readonly traceback: readonly string[];
  /** Whether the session has ended with it. */
  readonly isSessionLost: boolean;
  /** The tests that the cell declares. */
  readonly tests: readonly CellTest[];
}

/** What a desk is started with. */
export interface DeskOptions extends Omit<KernelOptions, "send"> {
  /** Takes what a cell asks; it is blocked until it is answered. */
  readonly onQuestion?: (prompt: string) => void;
  /** Takes messages that cells make themselves. */
  readonly onMessage?: (
    type: string,
    content: Readonly<Record<string, unknown>>,
  ) => void;
}

/** How a cell is run. */
export interface CellOptions {
  /** Names the execution. @default a random name */
  readonly id?: string;
  /** Longest time, in milliseconds. @default no limit */
  readonly timeoutMs?: number;
}

interface Running {
  readonly tests: CellTest[];
  readonly done: PromiseWithResolvers<Reply>;
}

type Reply = Readonly<Record<string, unknown>>;

/** A session at which cells are run. */
export class Desk implements AsyncDisposable {
  readonly #kernel: Kernel;
  readonly #options: DeskOptions;
  readonly #running = new Map<string, Running>();
  #closed = false;

  /** @param options What it is started with. */
  constructor(options: DeskOptions) {
    this.#options = options;
    this.#kernel = new Kernel({
      languageServer: false,
      check: "off",
      ...options,
      send: (message) => this.#take(message),
    });
  }

  /**
   * Runs a cell.
   *
   * @param code Its source.
   * @param options How.
   * @returns How it has ended.
   */
  async run(
    code: string,
    { id = crypto.randomUUID(), timeoutMs }: CellOptions = {},
  ): Promise<CellOutcome> {
    const running: Running = { tests: [], done: Promise.withResolvers() };
    this.#running.set(id, running);
    let isLate = false;
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => {
      isLate = true;
      this.interrupt();
    }, timeoutMs);
    this.#ask("execute_request", id, {
      code,
      store_history: false,
      stop_on_error: false,
      allow_stdin: true,
    });
    const reply = await running.done.promise;
    clearTimeout(timer);
    this.#running.delete(id);
    return readReply(reply, { isLate, tests: running.tests });
  }

  /** Ends what runs; variables are kept if that can be. */
  interrupt(): void {
    if (!this.#closed) this.#kernel.interrupt();
  }

  /**
   * Answers the question that a cell waits for.
   *
   * @param value The answer.
   */
  answer(value: string): void {
    if (this.#closed) return;
    this.#ask("input_reply", crypto.randomUUID(), { value }, "stdin");
  }

  /** Ends the session, and all that its cells have started. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#kernel.close();
    for (const { done } of this.#running.values()) done.resolve(CLOSED);
  }

  #ask(
    msg_type: string,
    msg_id: string,
    content: Record<string, unknown>,
    channel: "shell" | "stdin" = "shell",
  ): void {
    const header = { msg_id, msg_type, session: "grading" };
    this.#kernel.handle({ header, content }, { channel });
  }

  #take(message: OutgoingMessage): void {
    const { channel, header, parent_header, content } = message;
    const running = this.#running.get(`${parent_header.msg_id}`);
    // Cells can make messages of any type, and all of them go to iopub.
    switch (`${channel} ${header.msg_type}`) {
      case "shell execute_reply":
        running?.done.resolve(content);
        return;
      case "stdin input_request":
        this.#options.onQuestion?.(`${content.prompt}`);
        return;
      case `iopub ${TEST_MESSAGE}`:
        if (running && running.tests.length < MAX_TESTS) {
          running.tests.push(readTest(content));
        }
        return;
      default:
        if (header.msg_type.startsWith("skein_grading_")) {
          this.#options.onMessage?.(header.msg_type, content);
        }
    }
  }
}

function readReply(
  { status, ename = "", evalue = "", traceback = [] }: Reply,
  { isLate, tests }: {
    readonly isLate: boolean;
    readonly tests: readonly CellTest[];
  },
): CellOutcome {
  return {
    // What ended well after its time was interrupted, and hid that.
    type: isLate ? "timeout" : status === "ok" ? "ok" : "error",
    ename: `${ename}`.slice(0, MAX_NAME),
    evalue: `${evalue}`.slice(0, MAX_MESSAGE),
    traceback: traceback as readonly string[],
    isSessionLost: ename === "SessionEnded",
    tests,
  };
}

const CLOSED: Reply = {
  status: "error",
  ename: "SessionEnded",
  evalue: "the session was closed",
};
const MAX_TESTS = 10_000;
/** Reports are for people: a submission must not fill them. */
const MAX_NAME = 200;
const MAX_MESSAGE = 2_000;
