/**
 * One execution of a cell, as seen from its messages, and what is told when it
 * was ended from outside. Pure, but for the id.
 * @module
 */
import type { ErrorOutput, OutgoingMessage } from "../protocol/mod.ts";
import { type CellTest, readTest, TEST_MESSAGE } from "./cell_tests.ts";

/** One execution, as seen from its messages. */
export class CellRun {
  readonly id = crypto.randomUUID();
  readonly index: number;
  readonly #idle = Promise.withResolvers<void>();
  executionCount: number | null = null;
  failed = false;
  /** Tests that the cell has declared. */
  readonly tests: CellTest[] = [];
  /** Whether the kernel has said that it is over. */
  ended = false;
  /** The limit that it has passed, if it has. */
  passedMs: number | null = null;

  constructor(index: number, signal: AbortSignal | undefined) {
    this.index = index;
    signal?.addEventListener("abort", () => this.#idle.resolve());
  }

  get idle(): Promise<void> {
    return this.#idle.promise;
  }

  take({ header, content }: OutgoingMessage): void {
    if (header.msg_type === "execute_input") {
      this.executionCount = content.execution_count as number;
    } else if (header.msg_type === "execute_reply") {
      this.failed = content.status === "error";
    } else if (header.msg_type === TEST_MESSAGE) {
      if (this.tests.length < MAX_TESTS) this.tests.push(readTest(content));
    } else if (header.msg_type === "status") {
      if (content.execution_state !== "idle") return;
      this.ended = true;
      this.#idle.resolve();
    }
  }
}

/**
 * Tells that a limit was the reason of an interrupt; the kernel knows of the
 * interrupt only.
 *
 * @param message What the kernel says.
 * @param run The execution it is about.
 * @returns The message, or the same with another error.
 */
export function withTimeout(
  message: OutgoingMessage,
  { passedMs }: CellRun,
): OutgoingMessage {
  const { header, content } = message;
  const isEnd = header.msg_type === "error" &&
    ["KeyboardInterrupt", "SessionEnded"].includes(String(content.ename));
  if (passedMs === null || !isEnd) return message;
  const ename = "TimeoutError";
  // A session that did not stop was ended, which has to be said.
  const evalue = content.ename === "SessionEnded"
    ? `${timeoutText(passedMs)}; ${content.evalue}`
    : timeoutText(passedMs);
  const traceback = [`\x1b[1;31m${ename}\x1b[0m: ${evalue}`];
  return { ...message, content: { ename, evalue, traceback } };
}

/**
 * Makes the error of a cell that was cut off, which must not look complete.
 *
 * @param place Which of the cells it is.
 */
export function stopError(
  { number, total }: { readonly number: number; readonly total: number },
): ErrorOutput {
  const left = total - number;
  const ename = "RunStopped";
  const evalue = `the run was stopped while this cell ran${
    left === 0
      ? ""
      : `; ${left} cell${left === 1 ? "" : "s"} after it did not run`
  }`;
  const traceback = [`\x1b[1;31m${ename}\x1b[0m: ${evalue}`];
  return { output_type: "error", ename, evalue, traceback };
}

function timeoutText(timeoutMs: number): string {
  return `the cell took longer than ${
    timeoutMs / 1000
  } s (--timeout) and was interrupted`;
}

/** A cell may declare tests in a loop without end. */
const MAX_TESTS = 10_000;
