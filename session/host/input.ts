/**
 * `prompt`, `confirm` and `alert` in cells: ask the person at the front end.
 *
 * They block by contract. The answer comes as a line of JSON on stdin, which
 * carries nothing else, and which subprocesses are not given; an interrupt
 * answers as well, so that no question can hang for ever.
 * @module
 */
import { currentExecution } from "./attribution.ts";
import type { EmitEvent } from "./frames.ts";
import {
  bare,
  decodeText,
  findPattern,
  fromJson,
  partOf,
  textIndexOf,
  textSlice,
  textTrim,
  TheError,
  TheString,
  TheTextDecoder,
  TheUint8Array,
} from "./intrinsics.ts";

/** How a question is asked. */
export interface PromptOptions {
  /** Hide what is typed. @default false */
  readonly password?: boolean;
  /** What can be answered, for a page that draws a form. @default none */
  readonly form?: unknown;
}

/** The answer to a question; `null` when nobody can be asked. */
interface Answer {
  readonly value?: string | null;
  readonly interrupted?: true;
}

/**
 * Replaces `prompt`, `confirm` and `alert`.
 *
 * @param emit Where questions go.
 * @param readLine Waits for a line on stdin, blocking.
 */
export function installInput(
  emit: EmitEvent,
  readLine: () => string | null,
): void {
  const ask = (
    prompt: string,
    password: boolean,
    form?: unknown,
  ): string | null => {
    const executionId = currentExecution();
    emit({
      type: "input",
      executionId,
      prompt,
      password,
      ...form === undefined ? {} : { form },
    });
    const answer = bare(fromJson(readLine() ?? "{}") as Answer);
    if (answer.interrupted) {
      const error = new TheError("the question was interrupted");
      error.name = "KeyboardInterrupt";
      throw error;
    }
    return answer.value ?? null;
  };

  Object.assign(globalThis, {
    prompt(
      message = "Prompt",
      defaultValue: string | null = null,
      { password = false, form }: PromptOptions = {},
    ): string | null {
      const hint = defaultValue ? ` [${defaultValue}]` : "";
      const value = ask(`${message}${hint}`, password, form);
      return value === "" && defaultValue !== null ? defaultValue : value;
    },
    confirm(message = "Confirm"): boolean {
      const form = bare({ kind: "confirm", text: TheString(message) });
      const value = ask(`${message} [y/N] `, false, form);
      return value !== null &&
        findPattern(/^y(es)?$/i, textTrim(value)) !== null;
    },
    alert(message = "Alert"): void {
      ask(`${message} [Enter] `, false);
    },
  });
}

/**
 * Reads lines from stdin, blocking, without taking more than it gives.
 *
 * @param readSync Reads bytes; `null` at the end.
 * @returns What gives the next line, or `null` at the end.
 */
export function createLineReader(
  readSync: (bytes: Uint8Array) => number | null,
): () => string | null {
  const decoder = new TheTextDecoder();
  const buffer = new TheUint8Array(4096);
  let held = "";
  return () => {
    for (;;) {
      const end = textIndexOf(held, "\n");
      if (end !== -1) {
        const line = textSlice(held, 0, end);
        held = textSlice(held, end + 1);
        return line;
      }
      const count = readSync(buffer);
      if (count === null) return null;
      held += decodeText(decoder, partOf(buffer, 0, count), STREAMING);
    }
  };
}

const STREAMING = bare({ stream: true });
