/**
 * Jupyter messages: the requests a kernel takes and what it sends.
 *
 * Field names are those of the wire. Pure: types and parsers; framing and
 * signing belong to the ZeroMQ door.
 *
 * Source: Jupyter messaging protocol 5.5, "The wire protocol" and "Messages".
 * @module
 */
import * as z from "zod/mini";

/** Version of the messaging protocol that the messages follow. */
export const PROTOCOL_VERSION = "5.5";

const headerSchema = z.looseObject({
  msg_id: z.string(),
  msg_type: z.string(),
  session: z.string(),
  username: z._default(z.string(), ""),
  date: z._default(z.string(), ""),
  version: z._default(z.string(), PROTOCOL_VERSION),
  subshell_id: z.optional(z.nullable(z.string())),
});

/** Who sent a message, when, and of what kind. */
export type MessageHeader = z.infer<typeof headerSchema>;

const record = z.record(z.string(), z.unknown());

const messageSchema = z.object({
  header: headerSchema,
  parent_header: z._default(record, {}),
  metadata: z._default(record, {}),
  content: record,
  buffers: z._default(z.array(z.instanceof(Uint8Array)), []),
});

const cursor = { code: z.string(), cursor_pos: z.int() };
const comm = { comm_id: z.string(), data: z._default(z.unknown(), {}) };

const contentSchemas = {
  execute_request: z.object({
    code: z.string(),
    silent: z._default(z.boolean(), false),
    store_history: z.optional(z.boolean()),
    stop_on_error: z._default(z.boolean(), true),
    allow_stdin: z._default(z.boolean(), false),
    user_expressions: z._default(
      z.nullable(z.record(z.string(), z.string())),
      {},
    ),
  }),
  complete_request: z.object(cursor),
  inspect_request: z.object({
    ...cursor,
    detail_level: z._default(z.int(), 0),
  }),
  is_complete_request: z.object({ code: z.string() }),
  history_request: z.object({
    output: z._default(z.boolean(), false),
    raw: z._default(z.boolean(), true),
    hist_access_type: z.enum(["range", "tail", "search"]),
    session: z._default(z.int(), 0),
    start: z._default(z.nullable(z.int()), 0),
    stop: z._default(z.nullable(z.int()), null),
    n: z._default(z.nullable(z.int()), null),
    pattern: z._default(z.nullable(z.string()), null),
    unique: z._default(z.boolean(), false),
  }),
  kernel_info_request: z.object({}),
  comm_info_request: z.object({
    target_name: z.optional(z.nullable(z.string())),
  }),
  comm_open: z.object({ ...comm, target_name: z.string() }),
  comm_msg: z.object(comm),
  comm_close: z.object(comm),
  interrupt_request: z.object({}),
  shutdown_request: z.object({ restart: z._default(z.boolean(), false) }),
  usage_request: z.object({}),
  create_subshell_request: z.object({}),
  delete_subshell_request: z.object({ subshell_id: z.string() }),
  list_subshell_request: z.object({}),
  input_reply: z.object({ value: z.string() }),
};

/** Content of the requests that are understood, by message type. */
export type RequestContents = {
  readonly [Type in keyof typeof contentSchemas]: z.infer<
    (typeof contentSchemas)[Type]
  >;
};

/** A request of one type, ready to be handled. */
export interface RequestOf<Type extends keyof RequestContents> {
  /** The message type. */
  readonly type: Type;
  /** Header of the request: the parent of all that answers it. */
  readonly header: MessageHeader;
  /** Hints, such as the metadata of a cell that is to run. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What is asked. */
  readonly content: RequestContents[Type];
  /** Bytes beside it. */
  readonly buffers: readonly Uint8Array[];
  /** The channel it came on, and the reply goes to. */
  readonly channel: RequestChannel;
  /** Whatever the door needs to find the asker again; not looked into. */
  readonly route: unknown;
}

/** A request that is understood. */
export type Request = {
  readonly [Type in keyof RequestContents]: RequestOf<Type>;
}[keyof RequestContents];

/** A request that is not understood; it is answered all the same. */
export interface UnknownRequest {
  /** Tells it from the requests that are understood. */
  readonly type: "unknown";
  /** Header of the request. */
  readonly header: MessageHeader;
  /** The channel it came on. */
  readonly channel: RequestChannel;
  /** Whatever the door needs to find the asker again. */
  readonly route: unknown;
  /** What is wrong with its content, if its type is known. */
  readonly problem?: string;
}

/** Channels on which requests arrive. */
export type RequestChannel = "shell" | "control" | "stdin";

/** What a kernel sends, before the door gives it an envelope. */
export interface OutgoingMessage {
  /** Where it goes: to all on iopub, to the asker elsewhere. */
  readonly channel: "iopub" | RequestChannel;
  /** The message, without identities and signature. */
  readonly header: MessageHeader;
  /** Header of the request that caused it; empty when none did. */
  readonly parent_header: MessageHeader | Record<string, never>;
  /** Hints. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What it says. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Bytes beside it. */
  readonly buffers?: readonly Uint8Array[];
  /** The request's route, of replies. */
  readonly route?: unknown;
}

/**
 * Reads a request from a message whose signature holds.
 *
 * @param message The decoded message.
 * @param origin Where it came from.
 * @returns The request, defaults filled in; an unknown one if its content is
 *   malformed.
 * @throws {TypeError} If it is no message.
 */
export function parseRequest(
  message: unknown,
  origin: { readonly channel: RequestChannel; readonly route: unknown },
): Request | UnknownRequest {
  const { header, metadata, content, buffers } = check(
    messageSchema,
    message,
    "message",
  );
  const type = header.msg_type;
  if (!isKnown(type)) return { type: "unknown", header, ...origin };
  try {
    const schema = contentSchemas[type] as z.ZodMiniType<unknown>;
    const checked = check(schema, content, type);
    return {
      type,
      header,
      metadata,
      buffers,
      content: checked,
      ...origin,
    } as Request;
  } catch (error) {
    // Whoever asked gets an answer all the same.
    const problem = (error as TypeError).message;
    return { type: "unknown", header, problem, ...origin };
  }
}

function isKnown(type: string): type is keyof RequestContents {
  return Object.hasOwn(contentSchemas, type);
}

function check<T>(schema: z.ZodMiniType<T>, value: unknown, what: string): T {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const { path, message } = result.error.issues[0]!;
  const place = path.length === 0 ? "it" : `"${path.join(".")}"`;
  throw new TypeError(`Cannot read ${what}: ${place} is wrong, ${message}`);
}
