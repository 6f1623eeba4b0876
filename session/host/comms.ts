/**
 * Comms in cells: open two-way conversations with front ends.
 *
 * Found by libraries under {@link COMMS}; our own helper library wraps it.
 *
 * Source: Jupyter messaging protocol 5.5, "Custom Messages".
 * @module
 */
import { currentExecution } from "./attribution.ts";
import type { EmitEvent } from "./frames.ts";
import {
  append,
  fromBase64,
  isArray,
  OwnMap,
  TheTypeError,
  toBase64,
} from "./intrinsics.ts";
import type { CommCommand, SessionEvent } from "../../protocol/session.ts";

/** Where the comms stand on the global scope. */
export const COMMS: symbol = Symbol.for("Jupyter.comms");

/** What one side tells the other. */
export interface CommMessage {
  /** Any JSON. */
  readonly data: unknown;
  /** Bytes beside it. */
  readonly buffers: readonly Uint8Array[];
  /** Hints, such as the version of a library. */
  readonly metadata: Hints;
}

/** Hints beside a message. */
export type Hints = Readonly<Record<string, unknown>>;

/** A conversation with the front ends. */
export interface Comm {
  /** Its name among all conversations. */
  readonly id: string;
  /** What kind it is. */
  readonly target: string;
  /** Called for each message from a front end. */
  onMessage: ((message: CommMessage) => unknown) | null;
  /** Called when a front end ends it. */
  onClose: ((message: CommMessage) => unknown) | null;
  /** Tells the front ends something. */
  send(data: unknown, buffers?: readonly Uint8Array[], metadata?: Hints): void;
  /** Ends it. */
  close(data?: unknown): void;
}

type Opened = (comm: Comm, message: CommMessage) => unknown;

/** What a cell says, as far as it says something. */
type Words = {
  readonly [Part in keyof CommMessage]?: CommMessage[Part] | undefined;
};

/** What is said, and in which conversation. */
type Saying = Omit<
  Extract<SessionEvent, { type: "comm" }>,
  "type" | "executionId"
>;

/** All conversations of a session. */
export class Comms {
  readonly #emit: EmitEvent;
  readonly #open = new OwnMap<string, Comm>();
  readonly #targets = new OwnMap<string, Opened>();

  /** @param emit Where messages go. */
  constructor(emit: EmitEvent) {
    this.#emit = emit;
    Object.defineProperty(globalThis, COMMS, {
      value: {
        open: (
          target: string,
          data?: unknown,
          buffers?: readonly Uint8Array[],
          metadata?: Hints,
        ) => this.#start(target, { data, buffers, metadata }),
        register: (target: string, opened: Opened) => {
          this.#targets.set(target, opened);
        },
      },
      configurable: true,
    });
  }

  /**
   * Takes what a front end says.
   *
   * @param command The message.
   * @returns What the listener of the cell returns.
   */
  take(command: CommCommand): unknown {
    const { kind, commId, data, metadata } = command;
    const buffers: Uint8Array[] = [];
    for (let i = 0; i < command.buffers.length; i++) {
      append(buffers, fromBase64(command.buffers[i]!));
    }
    const message = { data, buffers, metadata };
    if (kind === "open") return this.#accept(command, message);
    const comm = this.#open.get(commId);
    // The other side may not know yet that it has ended.
    if (comm === undefined) return;
    if (kind === "close") this.#open.delete(commId);
    return (kind === "close" ? comm.onClose : comm.onMessage)?.(message);
  }

  #accept(
    { commId, targetName = "" }: CommCommand,
    message: CommMessage,
  ): unknown {
    const opened = this.#targets.get(targetName);
    if (opened === undefined) {
      // The protocol asks to close what nobody here understands.
      this.#tell({ kind: "close", commId });
      return;
    }
    this.#tell({ kind: "accept", commId, targetName });
    return opened(this.#create(commId, targetName), message);
  }

  #start(
    target: string,
    { data, buffers, metadata }: Words,
  ): Comm {
    const comm = this.#create(randomUUID(), target);
    const message = { data, buffers, metadata };
    this.#tell({ kind: "open", commId: comm.id, targetName: target }, message);
    return comm;
  }

  #create(commId: string, target: string): Comm {
    const comm: Comm = {
      id: commId,
      target,
      onMessage: null,
      onClose: null,
      send: (data, buffers, metadata) =>
        this.#tell({ kind: "msg", commId }, { data, buffers, metadata }),
      close: (data) => {
        if (this.#open.delete(commId)) {
          this.#tell({ kind: "close", commId }, { data });
        }
      },
    };
    this.#open.set(commId, comm);
    return comm;
  }

  #tell(
    saying: Pick<Saying, "kind" | "commId" | "targetName">,
    { data, buffers = [], metadata = {} }: Words = {},
  ): void {
    this.#emit({
      type: "comm",
      executionId: currentExecution(),
      ...saying,
      data: data ?? {},
      metadata,
      buffers: asBase64(buffers),
    });
  }
}

/** Bytes only: what else has a `toBase64` may say anything by it. */
function asBase64(buffers: readonly Uint8Array[]): string[] {
  if (!isArray(buffers)) {
    throw new TheTypeError(
      "Cannot send buffers: found no list, expected a list of Uint8Array",
    );
  }
  const texts: string[] = [];
  for (let i = 0; i < buffers.length; i++) append(texts, toBase64(buffers[i]!));
  return texts;
}

const randomUUID = crypto.randomUUID.bind(crypto);
