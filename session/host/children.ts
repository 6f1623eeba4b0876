/**
 * The Workers, subprocesses and servers that cells have started and that still live.
 *
 * Each is announced to the kernel, so that the user can be told what outlives
 * a cell, and ends with the cell's interrupt or with the session.
 * @module
 */
import type { EmitEvent } from "./frames.ts";
import { currentExecution } from "./attribution.ts";
import { free, OwnMap, TheAbortController } from "./intrinsics.ts";

/** A Worker, subprocess or server, as far as its life is concerned. */
export interface Child {
  /** What it is. */
  readonly what: "worker" | "process" | "server";
  /** Its script or command, for the user to recognize it. */
  readonly name: string;
  /** Whether it writes to the session's own stdout or stderr, past the frames. */
  readonly raw: boolean;
  /** Ends it now. */
  stop(): void;
}

/** What its starter tells of a child afterwards. */
export interface Registration {
  /** Its number among all children of the session. */
  readonly childId: number;
  /** Tells its process id, once there is one. */
  identify(pid: number): void;
  /** Tells that it has ended; harmless when told again. */
  ended(): void;
}

/** Keeps the children of all executions. */
export class Children {
  readonly #announce: EmitEvent;
  readonly #nextId: () => number;
  readonly #living = new OwnMap<number, Child & { executionId: string }>();
  readonly #interrupts = new OwnMap<string, AbortController>();

  /**
   * @param announce Where starts and ends are announced: in both pipes that
   *     raw text comes in, since neither is ordered by the other.
   * @param nextId Gives numbers that no other thread gives.
   */
  constructor(announce: EmitEvent, nextId: () => number) {
    this.#announce = announce;
    this.#nextId = nextId;
  }

  /**
   * Takes a child in. One that writes raw text has to be added before it is
   * started: else its first text would come before the news of it.
   *
   * @param child What is started.
   */
  add(child: Child): Registration {
    const childId = this.#nextId();
    const executionId = currentExecution();
    this.#living.set(childId, { ...child, executionId });
    const { what, name, raw } = child;
    const started = { executionId, what, childId, name, raw } as const;
    this.#announce({ type: "started", ...started });
    return {
      childId,
      identify: (pid) => this.#announce({ type: "started", ...started, pid }),
      ended: () => {
        if (!this.#living.delete(childId)) return;
        this.#announce({ type: "ended", childId });
      },
    };
  }

  /** Gives the signal that aborts when the current execution is interrupted. */
  signal(): AbortSignal {
    const executionId = currentExecution();
    let interrupt = this.#interrupts.get(executionId);
    if (interrupt === undefined) {
      interrupt = new TheAbortController();
      this.#interrupts.set(executionId, interrupt);
    }
    return interrupt.signal;
  }

  /** Whether another execution than the current one has a child that writes raw text. */
  othersWriteRaw(): boolean {
    const own = currentExecution();
    const ids = this.#living.keys();
    for (let i = 0; i < ids.length; i++) {
      const { raw, executionId } = this.#living.get(ids[i]!)!;
      if (raw && executionId !== own) return true;
    }
    return false;
  }

  /**
   * Ends one child, if it is one of this thread's.
   *
   * @param childId Its number.
   */
  stopOne(childId: number): void {
    this.#living.get(childId)?.stop();
  }

  /**
   * Ends children.
   *
   * @param executionId Whose; all of them when left out.
   */
  stop(executionId?: string): void {
    const ids = this.#living.keys();
    for (let i = 0; i < ids.length; i++) {
      const child = this.#living.get(ids[i]!);
      if (child === undefined) continue;
      if (executionId === undefined || child.executionId === executionId) {
        child.stop();
      }
    }
    const owners = this.#interrupts.keys();
    for (let i = 0; i < owners.length; i++) {
      const owner = owners[i]!;
      if (executionId !== undefined && executionId !== owner) continue;
      const interrupt = this.#interrupts.get(owner)!;
      // What the execution starts from now on gets a signal of its own.
      this.#interrupts.delete(owner);
      abort(interrupt);
    }
  }
}

const abort = free<AbortController, [], void>(AbortController.prototype.abort);
