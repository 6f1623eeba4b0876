/**
 * What a page and the server say to each other about one notebook.
 *
 * JSON text over one WebSocket. Requests are checked here; what the server says
 * is typed only. Shared with `page/`, which imports its types.
 * @module
 */
import * as z from "zod/mini";
import type { Change, Operation } from "../document/mod.ts";
import type { DiskState } from "./disk.ts";
import type { Question } from "./question.ts";
import type { Ran } from "./runs.ts";

/** Version of this protocol; a page of another one reloads. */
export const PAGE_PROTOCOL = 1;

const id = z.string().check(z.regex(/^[a-zA-Z0-9_-]{1,64}$/));

const helloSchema = z.object({
  type: z.literal("hello"),
  protocol: z.int(),
  token: z.string(),
  path: z.string(),
  client: id,
  /** The version that the page has; null for none. */
  version: z.nullable(z.int()),
  /** Which opening of the document that version is of. */
  opening: z._default(z.string(), ""),
});

const requestSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("operation"),
    number: z.int().check(z.positive()),
    operation: z.unknown(),
  }),
  z.object({ type: z.literal("run"), cellIds: z.array(id) }),
  z.object({ type: z.literal("cancel"), cellId: id }),
  z.object({ type: z.literal("interrupt") }),
  z.object({
    type: z.literal("restart"),
    runsAll: z._default(z.boolean(), false),
  }),
  z.object({ type: z.literal("answer"), text: z.string() }),
  z.object({
    type: z.literal("ask"),
    number: z.int(),
    about: z.enum(["complete", "inspect"]),
    code: z.string(),
    /** Offset in UTF-16 units. */
    cursor: z.int().check(z.nonnegative()),
  }),
  z.object({ type: z.literal("settle"), choice: z.enum(["ours", "theirs"]) }),
  z.object({
    type: z.literal("grant"),
    choice: z.enum(["once", "always", "no"]),
  }),
  z.object({
    type: z.literal("stop"),
    what: z.enum(["worker", "process", "server", "timer"]),
    id: z.int(),
  }),
  z.object({ type: z.literal("recording"), number: z.int(), cellId: id }),
  z.object({ type: z.literal("save") }),
  z.object({
    type: z.literal("comm"),
    commId: id,
    data: z.unknown(),
    /** Bytes as base64. */
    buffers: z._default(z.array(z.string()), []),
  }),
  z.object({ type: z.literal("snapshot") }),
]);

/** The first thing a page says. */
export type Hello = z.infer<typeof helloSchema>;

/** What a page says after that. */
export type PageRequest = z.infer<typeof requestSchema>;

/** A cell as a page shows it. */
export interface ShownCell {
  readonly id: string;
  readonly type: "code" | "markdown" | "raw" | "other";
  readonly source: string;
  readonly textVersion: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly count: number | null;
  /** Its outputs as HTML; of Markdown, its text. */
  readonly html: readonly string[];
  readonly ran: Ran | null;
}

/** A run as a page shows it. */
export interface ShownRun {
  readonly cellId: string;
  /** How long it has been running; null while it waits. */
  readonly elapsedMs: number | null;
}

/** Whether cells can run. */
export type KernelState = "none" | "starting" | "idle" | "busy" | "gone";

/** What the notebook may do, in words. */
export interface ShownRights {
  /** What it may do now. */
  readonly has: string;
  /** What it asks for beyond that; null for nothing. */
  readonly asks: string | null;
}

/** A lane of what a running cell does. */
export interface ShownLane {
  readonly name: string;
  readonly kind: "main" | "worker" | "process";
  /**
   * A sign a step: 0 to 9, how many tenths of a core it had; a to j the same
   * where it was kept waiting for one; a space where it was not there.
   */
  readonly strip: string;
}

/** A lock that somebody is at. */
export interface ShownLock {
  readonly lock: string;
  readonly holders: readonly string[];
  /** How many wait. */
  readonly waiters: number;
}

/** Something that a cell has started and that lives. */
export interface ShownThing {
  readonly what: "worker" | "process" | "server" | "timer";
  /** Its number among its kind. */
  readonly id: number;
  readonly name: string;
  /** Whose it is; null where that is not known. */
  readonly cellId: string | null;
  /** Whether the cell has ended. */
  readonly outlives: boolean;
}

/** What the server says. */
export type ServerMessage =
  | {
    readonly type: "snapshot";
    readonly opening: string;
    readonly version: number;
    readonly name: string;
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly cells: readonly ShownCell[];
    readonly bin: readonly { readonly id: string; readonly source: string }[];
    /** The last operation taken from this page. */
    readonly taken: number;
  }
  | {
    readonly type: "changes";
    readonly changes: readonly Change[];
  }
  | {
    readonly type: "taken";
    readonly number: number;
    /** What takes it back; null where it was refused. */
    readonly inverse: Operation | null;
    readonly reason?: string;
  }
  | { readonly type: "stale"; readonly number: number; readonly cellId: string }
  | { readonly type: "missed"; readonly next: number }
  | {
    readonly type: "outputs";
    readonly cellId: string;
    /** How many outputs stay as they are. */
    readonly keep: number;
    readonly html: readonly string[];
  }
  | {
    readonly type: "markdown";
    readonly cellId: string;
    readonly html: string;
  }
  | {
    readonly type: "count";
    readonly cellId: string;
    readonly count: number | null;
  }
  | {
    readonly type: "kernel";
    readonly state: KernelState;
    readonly runs: readonly ShownRun[];
    readonly session: number;
    /** What the last interrupt or restart did, in words. */
    readonly note: string | null;
  }
  | { readonly type: "ran"; readonly cellId: string; readonly ran: Ran }
  | { readonly type: "disk"; readonly state: DiskState }
  | Question
  | {
    readonly type: "asked";
    readonly number: number;
    readonly content: unknown;
  }
  | {
    readonly type: "problems";
    readonly cellId: string;
    readonly textVersion: number;
    readonly problems: readonly Problem[];
  }
  | {
    readonly type: "lanes";
    readonly cellId: string;
    /** None any more once the cell has ended. */
    readonly lanes: readonly ShownLane[];
    readonly locks: readonly ShownLock[];
    /** How long the strips are. */
    readonly ms: number;
  }
  | { readonly type: "things"; readonly things: readonly ShownThing[] }
  /** Cells whose last run can be shown as a figure. */
  | { readonly type: "recorded"; readonly cellIds: readonly string[] }
  | { readonly type: "rights"; readonly rights: ShownRights }
  /** Widgets that live; others are shown as they were. */
  | { readonly type: "widgets"; readonly open: readonly string[] }
  /** What a cell says to a widget. */
  | {
    readonly type: "comm";
    readonly commId: string;
    readonly data: unknown;
    readonly buffers: readonly string[];
  }
  | { readonly type: "refused"; readonly reason: string };

/** A mistake in a cell's text. Offsets are UTF-16 units. */
export interface Problem {
  readonly from: number;
  readonly to: number;
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** @throws {TypeError} If it is no greeting. */
export function parseHello(text: string): Hello {
  return parse(helloSchema, text);
}

/** @throws {TypeError} If it is no request. */
export function parsePageRequest(text: string): PageRequest {
  return parse(requestSchema, text);
}

function parse<T>(schema: z.ZodMiniType<T>, text: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new TypeError("Cannot read message: it is no JSON", { cause });
  }
  const { success, data, error } = schema.safeParse(json);
  if (success) return data;
  const { path, message } = error.issues[0]!;
  throw new TypeError(
    `Cannot read message: ${path.join(".") || "it"}: ${message}`,
  );
}
