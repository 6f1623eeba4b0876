/**
 * The notebook around us, if there is one: it wants to know what its cells have
 * started, and to end that when they are interrupted.
 *
 * A host sets a function as `globalThis[Symbol.for("Skein.track")]`. Subprocesses
 * need no word of ours: a host replaces `Deno.Command`, and sees them there. It
 * can start copies of its session, processes with exactly the rights of its
 * cells, and gives Node's modules when a cell has a `process` of its own.
 * @module
 */
import type * as WorkerThreads from "node:worker_threads";
import type * as V8 from "node:v8";

/** What a host sets. */
export interface Host {
  /** Takes what was started in the name of the cell that runs; returns what to call at its end. */
  (started: Tracked): () => void;
  /** Gives the signal that aborts when the cell that runs is interrupted. */
  readonly signal?: () => AbortSignal;
  /** Gives what runs work for the cell that runs now once no cell does, and before the next. */
  readonly later?: () => RunLater;
  /** Whether somebody can be asked by the cell that runs. */
  readonly canAsk?: () => boolean;
  /** Gives a built-in module of Node, also when a cell has a `process` of its own. */
  readonly builtin?: (name: string) => unknown;
  /** Starts copies of its session. */
  readonly copy?: StartCopy;
}

/** Runs work in the name of a cell that has ended. */
export type RunLater = (work: () => Promise<unknown>) => Promise<unknown>;

/** Something that a cell has started. */
export interface Tracked {
  readonly what: "worker" | "process";
  readonly name: string;
  /** Ends it, and what it works on. */
  readonly stop: () => void;
}

/** Tells the host that a thread has started; gives what to call when it has ended. */
export function trackThread(thread: Omit<Tracked, "what">): () => void {
  return findHost()?.({ what: "worker", ...thread }) ?? (() => {});
}

/** Gives the signal of the cell that runs; `undefined` outside of notebooks. */
export function hostSignal(): AbortSignal | undefined {
  return findHost()?.signal?.();
}

/** Gives what runs work in the name of this cell beside no cell, such as when a person moves a control. */
export function afterCell(): RunLater {
  return findHost()?.later?.() ?? ((work) => work());
}

/** Whether this runs in a cell, and somebody is at the front end who can be asked. */
export function hasPerson(): boolean {
  return findHost()?.canAsk?.() ?? false;
}

/** Gives a built-in module of Node, without waiting for it; `undefined` where there is none. */
export function findBuiltin<T>(name: string): T | undefined {
  const { process } = globalThis as unknown as {
    readonly process?: { getBuiltinModule?: (name: string) => unknown };
  };
  // A notebook's host knows the real `process`, which a cell may have replaced.
  const get = findHost()?.builtin ?? process?.getBuiltinModule;
  return get?.(name) as T | undefined;
}

/** The same, where it is known to be there. */
export function getBuiltin<T>(name: string): T {
  return findBuiltin<T>(name)!;
}

/** Gives `node:worker_threads`; the first time costs 8 ms. */
export function loadWorkerThreads(): typeof WorkerThreads {
  return getBuiltin("node:worker_threads");
}

/** Tells how much memory V8 gives an isolate by default. Units: MiB. */
export function readDefaultMemoryMb(): number {
  const v8 = getBuiltin<typeof V8>("node:v8");
  return Math.round(v8.getHeapStatistics().heap_size_limit / 2 ** 20);
}

/** A copy that runs. */
export interface HostCopy {
  readonly pid: number;
  /** Gives the next bytes that it sends; `null` when there are no more. */
  read(): Promise<Uint8Array | null>;
  /** Sends bytes; in vain when it has gone. */
  send(bytes: Uint8Array): Promise<void>;
  /** To be called for each report that was read: what it printed before comes first. */
  confirm(): void;
  /** Settles when it has ended. */
  readonly ended: Promise<
    { readonly code: number; readonly signal: string | null }
  >;
  /** Ends it, and all that it has started. */
  stop(): void;
}

/** Starts a copy that runs a program, the text of a module. */
export type StartCopy = (
  request: { readonly program: string; readonly signal: AbortSignal },
) => Promise<HostCopy>;

/** Gives what starts copies; `null` where there is no such notebook. */
export function findCopyStarter(): StartCopy | null {
  return findHost()?.copy ?? null;
}

function findHost(): Host | undefined {
  return (globalThis as unknown as { readonly [TRACK]?: Host })[TRACK];
}

const TRACK = Symbol.for("Skein.track");
