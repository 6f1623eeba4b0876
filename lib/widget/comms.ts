/**
 * `comms`: two-way conversations between a cell and front ends, for widgets
 * and the like.
 *
 * The kernel that runs the cell offers them under a symbol; we know no kernel.
 * @module
 */

import { checkFunction, checkList, checkName } from "../base/mod.ts";

/** What one side tells the other. */
export interface CommMessage {
  /** Any JSON. */
  readonly data: unknown;
  /** Bytes beside it. */
  readonly buffers: readonly Uint8Array[];
  /** Hints, such as the version of a library. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A conversation. */
export interface Comm {
  /** Its name among all conversations. */
  readonly id: string;
  /** What kind it is. */
  readonly target: string;
  /** Called for each message from a front end. @default nothing is called */
  onMessage: ((message: CommMessage) => unknown) | null;
  /** Called when a front end ends it. @default nothing is called */
  onClose: ((message: CommMessage) => unknown) | null;
  /** Tells the front ends something. */
  send(
    data: unknown,
    buffers?: readonly Uint8Array[],
    metadata?: Readonly<Record<string, unknown>>,
  ): void;
  /** Ends it. */
  close(data?: unknown): void;
}

/** How conversations begin. */
export interface Comms {
  /** Begins one with the front ends. */
  open(
    target: string,
    data?: unknown,
    buffers?: readonly Uint8Array[],
    metadata?: Readonly<Record<string, unknown>>,
  ): Comm;
  /** Says who takes those of a kind that front ends begin. */
  register(
    target: string,
    opened: (comm: Comm, message: CommMessage) => unknown,
  ): void;
}

/**
 * Conversations with front ends.
 *
 * @example Outside a notebook there is nobody to talk to
 * ```ts
 * import assert from "node:assert/strict";
 * assert.throws(() => comms.open("counter", { value: 1 }), /no front end/);
 * ```
 */
export const comms: Comms = {
  open: (target, data, buffers = [], metadata = {}) => {
    checkName(["open comm", "target"], target);
    checkList(["open comm", "buffers"], buffers, "bytes");
    return offered("open").open(target, data, buffers, metadata);
  },
  register: (target, opened) => {
    checkName(["register comm", "target"], target);
    checkFunction(["register comm", "opened"], opened);
    offered("register").register(target, opened);
  },
};

/** What the kernel offers; nothing where none does. */
export function findComms(): Comms | undefined {
  return (globalThis as unknown as Record<symbol, Comms | undefined>)[COMMS];
}

function offered(verb: string): Comms {
  const found = findComms();
  if (found === undefined) {
    throw new TypeError(
      `Cannot ${verb} comm: there is no front end, expected to run in a cell of Skein`,
    );
  }
  return found;
}

const COMMS = Symbol.for("Jupyter.comms");
