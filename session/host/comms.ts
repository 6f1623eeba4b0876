/**
 * Comms in cells: open two-way conversations with front ends.
 *
 * Found by libraries under {@link COMMS}; our own helper library wraps it.
 *
 * Source: Jupyter messaging protocol 5.5, "Custom Messages".
 * @module
 */
import { currentExecution, runAs } from "./attribution.ts";
import type { EmitEvent } from "./frames.ts";
import type { CommCommand } from "../../protocol/session.ts";

/** Where the comms stand on the global scope. */
export const COMMS: symbol = Symbol.for("Jupyter.comms");

/** What one side tells the other. */
export interface CommMessage {
  /** Any JSON. */
  readonly data: unknown;
  /** Bytes beside it. */
  readonly buffers: readonly Uint8Array[];
}

/** A conversation with the front ends. */
export interface Comm {
  /** Its name among all conversations. */
  readonly id: string;
  /** What kind it is. */
  readonly target: string;
  /** Called for each message from a front end. */
  onMessage: ((message: CommMessage) => void) | null;
  /** Called when a front end ends it. */
  onClose: ((message: CommMessage) => void) | null;
  /** Tells the front ends something. */
  send(data: unknown, buffers?: readonly Uint8Array[]): void;
  /** Ends it. */
  close(data?: unknown): void;
}

type Opened = (comm: Comm, message: CommMessage) => void;

/** All conversations of a session. */
export class Comms {
  readonly #emit: EmitEvent;
  readonly #open = new Map<string, { comm: Comm; executionId: string }>();
  readonly #targets = new Map<
    string,
    { opened: Opened; executionId: string }
  >();

  /** @param emit Where messages go. */
  constructor(emit: EmitEvent) {
    this.#emit = emit;
    Object.defineProperty(globalThis, COMMS, {
      value: {
        open: (target: string, data?: unknown, buffers?: Uint8Array[]) =>
          this.#start(target, data, buffers),
        register: (target: string, opened: Opened) => {
          const executionId = currentExecution();
          this.#targets.set(target, { opened, executionId });
        },
      },
      configurable: true,
    });
  }

  /**
   * Takes what a front end says.
   *
   * @param command The message.
   */
  take(command: CommCommand): void {
    const { kind, commId, data } = command;
    const buffers = command.buffers.map((text) => Uint8Array.fromBase64(text));
    const message = { data, buffers };
    if (kind === "open") return this.#accept(command, message);
    const found = this.#open.get(commId);
    // The other side may not know yet that it has ended.
    if (found === undefined) return;
    const { comm, executionId } = found;
    if (kind === "close") this.#open.delete(commId);
    const listener = kind === "close" ? comm.onClose : comm.onMessage;
    runAs(executionId, () => listener?.(message));
  }

  #accept(
    { commId, targetName = "" }: CommCommand,
    message: CommMessage,
  ): void {
    const target = this.#targets.get(targetName);
    if (target === undefined) {
      // The protocol asks to close what nobody here understands.
      this.#tell("close", commId, {}, []);
      return;
    }
    const { opened, executionId } = target;
    runAs(executionId, () => {
      opened(this.#create(commId, targetName), message);
    });
  }

  #start(target: string, data: unknown = {}, buffers: Uint8Array[] = []): Comm {
    const comm = this.#create(crypto.randomUUID().replaceAll("-", ""), target);
    this.#tell("open", comm.id, data, buffers, target);
    return comm;
  }

  #create(id: string, target: string): Comm {
    const comm: Comm = {
      id,
      target,
      onMessage: null,
      onClose: null,
      send: (data, buffers = []) => this.#tell("msg", id, data, buffers),
      close: (data = {}) => {
        if (this.#open.delete(id)) this.#tell("close", id, data, []);
      },
    };
    this.#open.set(id, { comm, executionId: currentExecution() });
    return comm;
  }

  #tell(
    kind: CommCommand["kind"],
    commId: string,
    data: unknown,
    buffers: readonly Uint8Array[],
    targetName?: string,
  ): void {
    this.#emit({
      type: "comm",
      executionId: currentExecution(),
      kind,
      commId,
      ...(targetName === undefined ? {} : { targetName }),
      data: data ?? {},
      buffers: buffers.map((bytes) => bytes.toBase64()),
    });
  }
}
