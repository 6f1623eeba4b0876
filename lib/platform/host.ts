/**
 * The notebook around us, if there is one: it wants to know what its cells have
 * started, and to end that when they are interrupted.
 *
 * A host sets a function as `globalThis[Symbol.for("Skein.track")]`. Subprocesses
 * need no word of ours: a host replaces `Deno.Command`, and sees them there.
 * @module
 */

/** What a host sets. */
export interface Host {
  /** Takes what was started in the name of the cell that runs; returns what to call at its end. */
  (started: Tracked): () => void;
  /** Gives the signal that aborts when the cell that runs is interrupted. */
  readonly signal?: () => AbortSignal;
  /** Gives a built-in module of Node, also when a cell has a `process` of its own. */
  readonly builtin?: (name: string) => unknown;
}

/** Something that a cell has started. */
export interface Tracked {
  /** What it is. */
  readonly what: "worker" | "process";
  /** What a host shows of it. */
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

/** Gives a built-in module of Node, without waiting for it. */
export function getBuiltin(name: string): unknown {
  const host = findHost();
  if (host?.builtin !== undefined) return host.builtin(name);
  const { process } = globalThis as unknown as {
    process: { getBuiltinModule(name: string): unknown };
  };
  return process.getBuiltinModule(name);
}

function findHost(): Host | undefined {
  const host = (globalThis as Record<symbol, unknown>)[TRACK];
  return typeof host === "function" ? host as Host : undefined;
}

const TRACK = Symbol.for("Skein.track");
