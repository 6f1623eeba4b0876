/**
 * What a kernel and a session say to each other.
 *
 * Commands go to a session over a loopback socket, each as four bytes of
 * length (big-endian) and that many bytes of JSON. Events come from it in
 * frames on its stdout, described in `session/frames.ts`. Pure: types and
 * parsers only; the session host imports the types alone, since it has no
 * dependency.
 * @module
 */
import * as z from "zod/mini";
import { type ErrorReport, errorReportSchema } from "./error_report.ts";
import type { CopyCommand } from "./copies.ts";
import { surveySchema, type WatchCommand } from "./survey.ts";
import { type MimeBundle, mimeBundleSchema } from "./output.ts";

/** What the session is told over stdin before anything else. */
export interface SessionSetup {
  /** Loopback port where the kernel waits for this session. */
  readonly port: number;
  /** One-time secret that the session sends first, to prove who it is. */
  readonly token: string;
  /** Secret that marks frames on stdout, as hexadecimal text. */
  readonly nonce: string;
  /** Largest write that the system keeps in one piece, in bytes. */
  readonly atomicBytes: number;
  /** Largest event that is read, as JSON in bytes. */
  readonly maxEventBytes: number;
  /** The exit code that says that commands can not be read any more. */
  readonly brokenLineCode: number;
  /** Folder that relative specifiers start from, a `file:` URL with a slash at its end. */
  readonly folderUrl: string;
  /** The notebook's own URL, which `import.meta.url` gives. */
  readonly notebookUrl: string;
  /** Paths of modules that cells know by a name of their own, such as `tslab`. */
  readonly modules: Readonly<Record<string, string>>;
}

/** How the user knows a script: for stacks that a cell prints. */
export interface ScriptMap {
  /** What the cell is called, such as `Cell [3]`. */
  readonly label: string;
  /**
   * From the script's columns to the user's.
   *
   * Shape: by line, `[column, delta]` in ascending order; see `language/column_shifts.ts`.
   */
  readonly shifts: Readonly<
    Record<number, readonly (readonly [number, number])[]>
  >;
}

/** Run one cell. */
export interface ExecuteCommand {
  /** Tells the commands apart. */
  readonly type: "execute";
  /** Names the run; every output of it carries this id. */
  readonly executionId: string;
  /** What stack traces call the cell. */
  readonly name: string;
  /** Function declarations, evaluated first; `null` when there are none. */
  readonly hoisted: string | null;
  /** The rest of the cell. */
  readonly body: string;
  /** How the user knows the script. @default its own name and columns */
  readonly map?: ScriptMap;
  /** Expressions to evaluate after it, by name, as bodies. @default none */
  readonly expressions?: Readonly<Record<string, string>>;
  /** Whether somebody is at the front end who can be asked. @default false */
  readonly canAsk?: boolean;
}

/** End what runs now and answer for it. */
export interface InterruptCommand {
  /** Tells the commands apart. */
  readonly type: "interrupt";
  /** Pairs the answer with the request. */
  readonly interruptId: number;
}

/** A front end says something in a conversation. */
export interface CommCommand {
  /** Tells the commands apart. */
  readonly type: "comm";
  /** Names the run of what listens; every output of it carries this id. */
  readonly executionId: string;
  /** What it does to the conversation. */
  readonly kind: "open" | "msg" | "close";
  /** Which conversation. */
  readonly commId: string;
  /** What kind of conversation is opened. */
  readonly targetName?: string;
  /** What is said, any JSON. */
  readonly data: unknown;
  /** Hints, such as the version of a library. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Bytes beside it, each as base64 text. */
  readonly buffers: readonly string[];
}

/** Look something up in the running program. */
export interface LookupCommand {
  /** Tells the commands apart. */
  readonly type: "lookup";
  /** Pairs the answer with the request. */
  readonly lookupId: number;
  /** What is wanted: names that could stand at the cursor, or what is there. */
  readonly what: "complete" | "inspect" | "inspect-detailed";
  /** The cell. */
  readonly code: string;
  /** Where the cursor is, in UTF-16 units. */
  readonly cursor: number;
}

/** What a kernel tells a session. */
export type SessionCommand =
  | CopyCommand
  | WatchCommand
  | ExecuteCommand
  | InterruptCommand
  | CommCommand
  | LookupCommand;

const executionId = z.string();
const record = z.record(z.string(), z.unknown());
const buffers = z.array(z.string().check(z.refine(isBase64, "no base64")));
const streamName = z.enum(["stdout", "stderr"]);

const sessionEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("ready"),
    pid: z.int(),
    deno: z.string(),
    v8: z.string(),
  }),
  z.object({ type: z.literal("begun"), executionId }),
  z.object({
    type: z.literal("stream"),
    executionId,
    name: streamName,
    text: z.string(),
  }),
  z.object({
    type: z.literal("display"),
    executionId,
    data: mimeBundleSchema,
    metadata: mimeBundleSchema,
    displayId: z.optional(z.string()),
    update: z.boolean(),
  }),
  z.object({ type: z.literal("clear"), executionId, wait: z.boolean() }),
  z.object({
    type: z.literal("result"),
    executionId,
    data: mimeBundleSchema,
    metadata: mimeBundleSchema,
  }),
  z.object({
    type: z.literal("error"),
    executionId,
    background: z.boolean(),
    report: errorReportSchema,
  }),
  z.object({
    type: z.literal("done"),
    executionId,
    outcome: z.enum(["ok", "error", "interrupted"]),
  }),
  z.object({
    type: z.literal("expressions"),
    executionId,
    values: z.record(
      z.string(),
      z.union([
        z.object({ data: mimeBundleSchema }),
        z.object({ report: errorReportSchema }),
      ]),
    ),
  }),
  z.object({ type: z.literal("page"), executionId, data: mimeBundleSchema }),
  z.object({
    type: z.literal("input"),
    executionId,
    prompt: z.string(),
    password: z.boolean(),
    form: z.optional(z.unknown()),
  }),
  z.object({
    type: z.literal("comm"),
    executionId,
    kind: z.enum(["open", "accept", "msg", "close"]),
    commId: z.string(),
    targetName: z.optional(z.string()),
    data: z.unknown(),
    metadata: z._default(record, {}),
    buffers,
  }),
  z.object({
    type: z.literal("broadcast"),
    executionId,
    messageType: z.string(),
    content: record,
    metadata: record,
    buffers,
  }),
  z.object({
    type: z.literal("completions"),
    lookupId: z.int(),
    matches: z.array(z.string()),
    types: z.array(z.string()),
    start: z.int(),
    end: z.int(),
  }),
  z.object({
    type: z.literal("description"),
    lookupId: z.int(),
    text: z.nullable(z.string()),
  }),
  z.object({ type: z.literal("interrupted"), interruptId: z.int() }),
  surveySchema,
  z.object({
    type: z.literal("started"),
    executionId,
    what: z.enum(["worker", "process", "server"]),
    childId: z.int(),
    name: z.string(),
    pid: z.optional(z.int()),
    raw: z.boolean(),
  }),
  z.object({ type: z.literal("ended"), childId: z.int() }),
  z.object({
    type: z.literal("copy"),
    copyId: z.int(),
    executionId,
    port: z.int().check(z.minimum(1), z.maximum(65535)),
    token: z.string().check(z.maxLength(256)),
  }),
  z.object({ type: z.literal("copied"), copyId: z.int(), number: z.int() }),
  z.object({
    type: z.literal("told"),
    copyId: z.int(),
    executionId,
    number: z.int(),
  }),
  z.object({ type: z.literal("copy-stop"), copyId: z.int() }),
  z.object({ type: z.literal("upkeep"), isOver: z.boolean() }),
  z.object({ type: z.literal("exiting"), code: z.int() }),
]);

/**
 * What a session tells its kernel.
 *
 * - `ready`: the session takes commands.
 * - `begun`: an execution has begun; one that never says so never runs.
 * - `stream`, `display`, `clear`, `result`, `error`: output of an execution;
 *   an error in the `background` belongs to a cell that has ended.
 * - `expressions`: what the expressions of an execution gave.
 * - `page`: a cell wants a value shown in the front end's pager.
 * - `input`: a cell asks the person; it waits for a line on stdin. A `form` says
 *   what can be answered, for front ends that draw one.
 * - `comm`: a cell says something in a conversation, or accepts one.
 * - `broadcast`: a message that a cell made itself, for all front ends.
 * - `completions`, `description`: answers to a lookup.
 * - `done`: an execution has ended and nothing it printed before is missing.
 * - `interrupted`: an interrupt was carried out.
 * - `survey`: the timers that live, and who is at which lock of the library.
 * - `started`, `ended`: a Worker, subprocess or server of an execution; a `raw` one
 *   writes to the session's own stdout or stderr, past the frames. What is said
 *   of a subprocess before it starts is said again once it has a `pid`.
 * - `copy`: a cell wants a copy of the session, a process with its rights that
 *   connects to a port of its; `copy-stop`: it is to end; `copied`: the session
 *   has read so many lines of a copy, and what that printed before comes first;
 *   `told`: what a copy prints that has heard this number comes later, and
 *   belongs to that execution.
 * - `upkeep`: the session does something of its own, which may take time.
 * - `exiting`: a cell called `Deno.exit`.
 */
export type SessionEvent = z.infer<typeof sessionEventSchema>;

/**
 * Reads an event from the JSON of one message.
 *
 * @param json What the session wrote.
 * @returns The event.
 * @throws {SyntaxError} If the text is not JSON.
 * @throws {Error} If the value is no event.
 */
export function parseSessionEvent(json: string): SessionEvent {
  return z.parse(sessionEventSchema, JSON.parse(json));
}

function isBase64(text: string): boolean {
  try {
    Uint8Array.fromBase64(text);
    return true;
  } catch {
    return false;
  }
}

export type { ErrorReport, MimeBundle };
