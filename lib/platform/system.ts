/**
 * The little that this library needs of the system: from Deno where that is,
 * else from a stand-in for Node.
 *
 * The stand-in has the same names, as far as they are used here. It is put in
 * place by `node.ts`, which is the way into the npm package; Deno loads none of
 * it. The Workers of both are in `worker.ts`.
 * @module
 */

/** The part of `Deno` that is used. */
export type System = Pick<
  typeof Deno,
  | "build"
  | "Command"
  | "errors"
  | "execPath"
  | "kill"
  | "memoryUsage"
  | "permissions"
  | "pid"
  | "readDirSync"
  | "readTextFile"
  | "readTextFileSync"
  | "remove"
  | "stdout"
  | "version"
  | "writeTextFile"
>;

/** What stands in for Deno, and what else is different in Node. */
export interface StandIn {
  readonly version: string;
  /** In place of `Deno`. */
  readonly system: System;
  /** Starts a thread that behaves as a Web Worker. */
  readonly openWorker: (address: string, name: string) => Worker;
  /** What the program of a thread begins with. */
  readonly threadPrelude: string;
  /** What the program of a child process begins with. */
  readonly childPrelude: string;
}

/**
 * Gives the system; the global `Deno` is looked up on each call, as a host may
 * have put its own there.
 */
export function system(): System {
  const { Deno: deno } = globalThis as { readonly Deno?: System };
  const found = deno ?? standIn?.system;
  if (found !== undefined) return found;
  throw new Error(
    "Cannot ask the system: this is no runtime known here, " +
      "expected Deno 2.9.6 or newer, or Node through the package's own entry",
  );
}

/** Gives what is different in Node; `null` in Deno. */
export function nodeStandIn(): StandIn | null {
  return standIn;
}

/** Takes the stand-in; `node.ts` calls it before anything else is loaded. */
export function standInBy(node: StandIn): void {
  standIn = node;
}

/** Says that something is left out in Node, after a beginning such as `Cores are missing`; `null` in Deno. */
export function explainNode(what: string): string | null {
  if (standIn === null) return null;
  return `${what}: this is Node ${standIn.version}, expected Deno 2.9.6 or newer`;
}

/** Refuses what can be done in Deno only. */
export function refuseNode(what: string): void {
  const reason = explainNode(`Cannot ${what}`);
  if (reason !== null) throw new Error(reason);
}

/** Lets the process end although a timer has not rung. */
export function unrefTimer(timer: unknown): void {
  if (typeof timer === "number") Deno.unrefTimer(timer);
  else (timer as { unref(): void }).unref();
}

let standIn: StandIn | null = null;

/** Calls back after `limitMs`; never if that is `undefined` or more than 24 days. */
export function startTimer(
  limitMs: number | undefined,
  act: () => void,
): ReturnType<typeof setTimeout> | undefined {
  // Told to wait longer, timers do not wait at all.
  if (limitMs === undefined || limitMs > MAX_TIMER_MS) return undefined;
  return setTimeout(act, limitMs);
}

const MAX_TIMER_MS = 2 ** 31 - 1;
