/**
 * Says in plain words why a session is no more. Pure.
 * @module
 */
import type { SessionExit } from "../protocol/mod.ts";
import { type Breach, describeBreach } from "./limits.ts";

/** Why we ended a session that nobody wanted to close. */
export interface OwnEnd {
  /** What kind of end it is. */
  readonly type: SessionExit["type"];
  /** What was found, in plain words. */
  readonly reason: string;
}

/** Nothing suggests that it will begin a cell again. */
export const BEGAN_NONE: OwnEnd = {
  type: "crashed",
  reason:
    "the session began no cell any more and was ended: a cell has most likely replaced a built-in that it needs",
};

/**
 * A limit was reached.
 *
 * @param breach Which, see `limits.ts`.
 */
export function endByLimit(breach: Breach): OwnEnd {
  return {
    type: "limit",
    reason: `the session was ended: ${describeBreach(breach)}`,
  };
}

/** What is known about the end of the process. */
export interface ExitFacts {
  /** Whether the kernel closed it. */
  readonly closed: boolean;
  /** The code with which a cell called `Deno.exit`, if one did, as the session says. */
  readonly exitingCode: number | null;
  /** Exit code of the process. */
  readonly code: number;
  /** Signal that ended it. */
  readonly signal: string | null;
  /** The last text on its stderr. */
  readonly lastStderr: string;
  /** The heap limit it was started with, in MiB. */
  readonly maxHeapMb: number | null;
  /** Why we ended it ourselves, if we did. */
  readonly ended: OwnEnd | null;
}

/**
 * Explains the end of a session.
 *
 * @param facts What is known.
 * @returns The reason, with a message for the user.
 */
export function explainExit(facts: ExitFacts): SessionExit {
  const { code, signal } = facts;
  const lost = "its variables are lost";
  if (facts.closed) {
    return { type: "closed", code, signal, message: "the session was closed" };
  }
  if (facts.ended !== null) {
    const { type, reason } = facts.ended;
    return { type, code, signal, message: `${reason}; ${lost}` };
  }
  // A cell may have said so, and then something else have ended it.
  if (
    facts.exitingCode !== null && signal === null &&
    code === (facts.exitingCode & EXIT_CODE_BITS)
  ) {
    return {
      type: "exited",
      code,
      signal,
      message:
        `the cell ended its session by Deno.exit(${facts.exitingCode}); ${lost}`,
    };
  }
  if (signal === null && code === BROKEN_LINE_CODE) {
    return {
      type: "crashed",
      code,
      signal,
      message:
        `the session could not read from its kernel any more: a cell has most likely replaced a built-in that Deno needs; ${lost}`,
    };
  }
  if (OUT_OF_MEMORY.test(facts.lastStderr)) {
    const limit = facts.maxHeapMb === null
      ? "; start with a larger --max-heap-mb, or keep less at once"
      : ` of ${facts.maxHeapMb} MiB (--max-heap-mb)`;
    return {
      type: "out-of-memory",
      code,
      signal,
      message:
        `the session ran out of memory: its heap reached the limit${limit}; ${lost}`,
    };
  }
  const [, api, flag] = UNSTABLE.exec(facts.lastStderr) ?? [];
  if (api !== undefined && code === UNSTABLE_CODE) {
    return {
      type: "crashed",
      code,
      signal,
      message:
        `Deno ended the session: a cell used the unstable API ${api}, which needs ${flag}, and cells run without it; ${lost}`,
    };
  }
  if (signal !== null) {
    const hint = signal === "SIGKILL"
      ? ", by a cell, by another program, or by the system when memory ran out"
      : "";
    return {
      type: signal === "SIGKILL" || signal === "SIGTERM" ? "killed" : "crashed",
      code,
      signal,
      message: `the session was ended by ${signal}${hint}; ${lost}`,
    };
  }
  return {
    type: code === 0 ? "exited" : "crashed",
    code,
    signal,
    message: `the session ended by itself with exit code ${code}; ${lost}`,
  };
}

/** With which a session ends that can not read commands: no usual exit code. */
export const BROKEN_LINE_CODE = 97;
/** What the system keeps of an exit code. */
const EXIT_CODE_BITS = 0xff;
const OUT_OF_MEMORY = /JavaScript heap out of memory|JavaScript out of memory/;
const UNSTABLE = /Unstable API '([^']+)'\. The `(--unstable-[\w-]+)` flag/;
const UNSTABLE_CODE = 70;
