/**
 * What a kernel knows, and what can happen to it. Pure: types and the start.
 *
 * `kernel.ts` takes one event at a time, and carries out what `reduce.ts` says.
 * @module
 */
import type {
  CellProblem,
  CellScript,
  CellSyntaxError,
} from "../language/mod.ts";
import type {
  CommCommand,
  LookupCommand as Lookup,
  MessageHeader,
  Request,
  RequestOf,
  SessionEvent,
  SessionExit,
  UnknownRequest,
} from "../protocol/mod.ts";
import type { Executable, InputAnswer } from "../session/mod.ts";
import type { CheckMode } from "./check_mode.ts";
import type { Blamed } from "./failures.ts";
import type { HistoryQuery } from "./history.ts";
import { Ledger } from "./ledger.ts";
import type { TextBudget } from "./text_budget.ts";
import type { ValueBudget } from "./value_budget.ts";

/** A request to run a cell. */
export type ExecuteRequest = RequestOf<"execute_request">;

/** What is known about an error that ends an execution. */
export interface FailureContent {
  /** Name of the error's class. */
  readonly ename: string;
  /** The error's message. */
  readonly evalue: string;
  /** What to show, one entry a line. */
  readonly traceback: readonly string[];
}

/** An execution: one run of a cell's source. */
export interface Execution {
  /** Names the run in all that passes between kernel and session. */
  readonly executionId: string;
  /** The request that asked for it. */
  readonly request: ExecuteRequest;
  /** The number shown beside the cell. */
  readonly executionCount: number;
  /** Whether the session has it; until then its source is translated. */
  readonly isSent: boolean;
  /** How much text it may still show. */
  readonly budget: TextBudget;
  /** How much of values it has shown. */
  readonly values: ValueBudget;
  /** The error that ends it, once there is one. */
  readonly failure: FailureContent | null;
  /** What the reply asks the front end to do, such as to open its pager. */
  readonly payload: readonly Readonly<Record<string, unknown>>[];
  /** What its expressions gave, as the reply shows it. */
  readonly expressions: Readonly<Record<string, unknown>>;
}

/** Cells that run one after another: the main shell, or a subshell. */
export interface Shell {
  /** Cells that wait for their turn. */
  readonly queue: readonly ExecuteRequest[];
  /** Id of the execution that runs now. */
  readonly running: string | null;
}

/** An evaluated source, kept so that tracebacks can show its lines. */
export interface Script {
  /** How the user knows it, such as `Cell [3]`. */
  readonly label: string;
  /** What the user wrote. */
  readonly source: string;
  /** From columns of the script to the user's. */
  readonly shifts: CellScript["shifts"];
}

/** What a kernel knows. */
export interface KernelState {
  /** What cells are written in. */
  readonly cells: "typescript" | "javascript";
  /** The number last shown beside a cell. */
  readonly executionCount: number;
  /** How many executions were ever begun. */
  readonly begun: number;
  /** The shells by id; the main one is {@link MAIN_SHELL}. */
  readonly shells: ReadonlyMap<string, Shell>;
  /** How many subshells were ever made. */
  readonly subshellsMade: number;
  /** Id of the execution that waits for the person's answer. */
  readonly asking: string | null;
  /** Executions that take what a front end says in a conversation. */
  readonly listening: ReadonlySet<string>;
  /** How many of those were ever begun. */
  readonly heard: number;
  /** Open conversations: target names by id. */
  readonly comms: ReadonlyMap<string, string>;
  /** All executions by id, ended ones too: late output needs its parent. */
  readonly executions: Ledger<Execution>;
  /** Evaluated sources by the name that stack traces give them. */
  readonly scripts: Ledger<Script>;
}

/** The shell of requests that name no subshell. */
export const MAIN_SHELL = "";

/** A shell in which nothing has happened. */
export const IDLE_SHELL: Shell = { queue: [], running: null };

/** What a kernel knows before anything has happened. */
export const INITIAL_STATE: KernelState = {
  cells: "typescript",
  executionCount: 0,
  begun: 0,
  shells: new Map([[MAIN_SHELL, IDLE_SHELL]]),
  subshellsMade: 0,
  asking: null,
  listening: new Set(),
  heard: 0,
  comms: new Map(),
  executions: new Ledger(),
  scripts: new Ledger(),
};

/** What can happen to a kernel. */
export type KernelEvent =
  | { readonly type: "request"; readonly request: Request | UnknownRequest }
  | {
    readonly type: "translated";
    readonly executionId: string;
    readonly name: string;
    readonly result: CellScript | CellSyntaxError;
    readonly expressions: Readonly<
      Record<string, CellScript | CellSyntaxError>
    >;
    /** What is to be done about errors of type. */
    readonly check: CheckMode;
    /** Those that were found, of a strict cell; why not when nobody could look. */
    readonly problems: readonly CellProblem[] | string;
  }
  | {
    readonly type: "diagnosed";
    readonly executionId: string;
    /** Errors of type; why not when nobody could look. */
    readonly problems: readonly CellProblem[] | string;
  }
  | { readonly type: "session"; readonly event: SessionEvent }
  | { readonly type: "session-ended"; readonly exit: SessionExit }
  | {
    /** The kernel itself has failed at an event or an action. */
    readonly type: "failed";
    readonly blamed: Blamed;
    readonly reason: string;
  };

/** Who asked, and on which channel. */
export type Asker = Pick<Request, "header" | "channel" | "route">;

/** What the loop is asked to do. */
export type Action =
  | {
    readonly type: "publish";
    readonly parent: MessageHeader;
    readonly messageType: string;
    readonly content: Readonly<Record<string, unknown>>;
    readonly metadata?: Readonly<Record<string, unknown>>;
    /** Bytes beside it, each as base64 text. */
    readonly buffers?: readonly string[];
  }
  | {
    readonly type: "reply";
    readonly asker: Asker;
    readonly messageType: string;
    readonly content: Readonly<Record<string, unknown>>;
  }
  | {
    readonly type: "translate";
    readonly executionId: string;
    readonly name: string;
    readonly code: string;
    readonly expressions: Readonly<Record<string, string>>;
    /** What the cell's metadata say of errors of type. */
    readonly checkWord: unknown;
    /** Nobody sees what a silent cell does. */
    readonly isSilent: boolean;
  }
  | { readonly type: "execute"; readonly executable: Executable }
  | {
    /** The names of a cell that runs are there for the next ones. */
    readonly type: "learn";
    readonly executionId: string;
    readonly code: string;
    readonly isToCheck: boolean;
  }
  | {
    readonly type: "lookup";
    readonly asker: Asker;
    readonly what: Lookup["what"];
    readonly code: string;
    /** In code points, as on the wire. */
    readonly cursorPos: number;
  }
  | {
    readonly type: "judge-completeness";
    readonly asker: Asker;
    readonly code: string;
  }
  | { readonly type: "comm"; readonly command: CommCommand }
  | {
    readonly type: "ask-input";
    readonly asker: Asker;
    readonly content: Readonly<Record<string, unknown>>;
  }
  | { readonly type: "answer-input"; readonly answer: InputAnswer }
  | {
    readonly type: "keep-source";
    readonly line: number;
    readonly source: string;
  }
  | {
    readonly type: "keep-output";
    readonly line: number;
    readonly output: string;
  }
  | {
    readonly type: "find-history";
    readonly asker: Asker;
    readonly query: HistoryQuery;
    readonly withOutput: boolean;
  }
  | { readonly type: "measure-usage"; readonly asker: Asker }
  | { readonly type: "interrupt"; readonly asker: Asker }
  | {
    readonly type: "shutdown";
    readonly asker: Asker;
    readonly restart: boolean;
  };

/** A decision: what is known from now on, and what to do. */
export interface Decision {
  /** What is known from now on. */
  readonly state: KernelState;
  /** What to do, in this order. */
  readonly actions: readonly Action[];
}

/**
 * Asks for a message to all front ends.
 *
 * @param parent Header of the request that caused it.
 * @param messageType Its type.
 * @param content What it says.
 */
export function publish(
  parent: MessageHeader,
  messageType: string,
  content: Readonly<Record<string, unknown>>,
): Action {
  return { type: "publish", parent, messageType, content };
}

/**
 * Asks for a status message to all front ends.
 *
 * @param parent Header of the request that is worked on.
 * @param state What the kernel is.
 */
export function publishStatus(
  parent: MessageHeader,
  state: "busy" | "idle",
): Action {
  return publish(parent, "status", { execution_state: state });
}

/**
 * Answers a request at once: busy, the reply, idle.
 *
 * @param asker The request.
 * @param messageType Type of the reply.
 * @param content What it says, besides that all is well.
 */
export function answer(
  asker: Asker,
  messageType: string,
  content: Readonly<Record<string, unknown>>,
): Action[] {
  return [
    publishStatus(asker.header, "busy"),
    {
      type: "reply",
      asker,
      messageType,
      content: { status: "ok", ...content },
    },
    publishStatus(asker.header, "idle"),
  ];
}
