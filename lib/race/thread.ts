/**
 * The state of one thread of an execution.
 *
 * Used by `execution.ts`.
 * @module
 */
import type { Request, Steps } from "./operations.ts";

/** A thread while it runs. */
export interface Thread {
  /** Its number. */
  readonly id: number;
  /** Its instrumented code. */
  readonly steps: Steps;
  /** The step that it asks for; `null` if it is done. */
  request: Request | null;
  /** Condition that it sleeps on. */
  sleepsOn: string | null;
  /** What it read since it began to evaluate a loop's condition. */
  seen: Map<string, unknown> | null;
  /** What it read in vain: it goes round once one of these has changed. */
  watched: Map<string, unknown> | null;
  /** What came of the promise that it awaits. */
  awaited: Awaited | null;
  /** Stands for all that its steps gave. */
  history: number;
  /** The history when the statement began that leaves nothing behind. */
  kept: number;
}

/** What came of a promise. */
export type Awaited =
  | { readonly type: "pending" }
  | { readonly type: "value" | "error"; readonly value: unknown };

/**
 * Watches what a thread awaits.
 *
 * @param value Anything; what is no promise is there at once.
 * @param thread The thread; it is told when the promise settles.
 * @returns What is known now.
 */
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
 *
 * @param value Any value.
 * @returns Text.
 */
export function writeKey(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  const isObject = typeof value === "object" && value !== null ||
    typeof value === "function";
  return isObject ? `object ${++objects}` : String(value);
}

let objects = 0;

/** Operations whose result tells what a cell held. */
export const READING: ReadonlySet<string> = new Set([
  "read",
  "load",
  "add",
  "sub",
  "and",
  "or",
  "xor",
  "exchange",
  "compareExchange",
]);
