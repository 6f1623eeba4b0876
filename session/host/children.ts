/**
 * The Workers and subprocesses that cells have started and that still live.
 *
 * Each is announced to the kernel, so that the user can be told what outlives
 * a cell, and ends with the cell's interrupt or with the session.
 * @module
 */
import type { EmitEvent } from "./frames.ts";
import { currentExecution } from "./attribution.ts";
import { TheAbortController } from "./intrinsics.ts";

/** A Worker or subprocess, as far as its life is concerned. */
export interface Child {
  /** What it is. */
  readonly what: "worker" | "process";
  /** Its script or command, for the user to recognize it. */
  readonly name: string;
  /** Process id, of subprocesses. */
  readonly pid?: number;
  /** Whether it writes to the session's own stdout or stderr, past the frames. */
  readonly raw: boolean;
  /** Ends it now. */
  stop(): void;
}

/** Keeps the children of all executions. */
export class Children {
  readonly #emit: EmitEvent;
  readonly #living = new Map<number, Child & { executionId: string }>();
  readonly #interrupts = new Map<string, AbortController>();
  #lastId = 0;

  /** @param emit Where starts and ends are announced. */
  constructor(emit: EmitEvent) {
    this.#emit = emit;
  }

  /**
   * Takes a child in.
   *
   * @param child What was started.
   * @returns What to call when it has ended; harmless when called again.
   */
  add(child: Child): () => void {
    const childId = ++this.#lastId;
    const executionId = currentExecution();
    this.#living.set(childId, { ...child, executionId });
    const { what, name, pid, raw } = child;
    this.#emit({
      type: "started",
      executionId,
      what,
      childId,
      name,
      ...(pid === undefined ? {} : { pid }),
      raw,
    });
    return () => {
      if (this.#living.delete(childId)) this.#emit({ type: "ended", childId });
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
    for (const { raw, executionId } of this.#living.values()) {
      if (raw && executionId !== own) return true;
    }
    return false;
  }

  /**
   * Ends children.
   *
   * @param executionId Whose; all of them when left out.
   */
  stop(executionId?: string): void {
    for (const child of [...this.#living.values()]) {
      if (executionId === undefined || child.executionId === executionId) {
        child.stop();
      }
    }
    for (const [owner, interrupt] of [...this.#interrupts]) {
      if (executionId !== undefined && executionId !== owner) continue;
      // What the execution starts from now on gets a signal of its own.
      this.#interrupts.delete(owner);
      interrupt.abort();
    }
  }
}
