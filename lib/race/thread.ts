/**
 * The state of one thread of an execution.
 *
 * Used by `execution.ts`.
 * @module
 */
import type { Request, Steps } from "./operations.ts";

/** Gives the same number for the same text. */
export type Intern = (text: string) => number;

/** A thread while it runs. */
export interface Thread {
  readonly id: number;
  readonly steps: Steps;
  /** The step that it asks for; `null` if it is done. */
  request: Request | null;
  /** The loops that it is in, the innermost last. */
  loops: Loop[];
  /** What it saw in a round that changed nothing: it goes on once one of these is not so any more. */
  watched: readonly Seen[] | null;
  /** Whether that round let others in, at an `await`. */
  letsIn: boolean;
  /** What came of the promise that it awaits. */
  awaited: Awaited | null;
  /** Stands for all that its steps gave. */
  history: number;
  /** The history when the statement began that leaves nothing behind. */
  kept: number;
}

/** A cell, and what it held when a step of the thread was over. */
export type Seen = readonly [cell: string, value: unknown];

/** A loop whose rounds depend on memory and on variables that it tells of, and on nothing else. */
export interface Loop {
  readonly place: number;
  /** The history when the thread came to it. */
  readonly before: number;
  /** The variables that it changes, as they were when this round began. */
  variables: readonly unknown[];
  /** What the thread has seen in this round; `null` before the first. */
  seen: Seen[] | null;
  /** Whether this round has changed nothing yet. */
  isIdle: boolean;
  /** Whether this round has let others in, at an `await`. */
  letsIn: boolean;
}

/** What came of a promise. */
export type Awaited =
  | { readonly type: "pending" }
  | { readonly type: "value" | "error"; readonly value: unknown };

/** Watches what a thread awaits. */
export function watchPromise(value: unknown, thread: Thread): Awaited {
  const isThenable = typeof value === "object" && value !== null &&
    "then" in value && typeof value.then === "function";
  if (!isThenable) return { type: "value", value };
  const { request } = thread;
  const settle = (type: "value" | "error") => (settled: unknown) => {
    if (thread.request === request) thread.awaited = { type, value: settled };
  };
  Promise.resolve(value).then(settle("value"), settle("error"));
  return { type: "pending" };
}

/**
 * Writes a value so that equal ones read alike.
 *
 * Objects are like no other: what is in them may change without a step.
 */
export function writeKey(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  const isObject = typeof value === "object" && value !== null ||
    typeof value === "function";
  return isObject ? `object ${++objects}` : String(value);
}

let objects = 0;
