/**
 * A notebook around us can start copies of its session: processes with exactly
 * the rights of its cells, which cells could not start by themselves.
 *
 * It says so at `globalThis[Symbol.for("Skein.track")]`, see `lib/platform/host.ts`.
 * @module
 */

/** A copy that runs. */
export interface HostCopy {
  /** Its process id. */
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
  const host = (globalThis as Record<symbol, unknown>)[
    Symbol.for("Skein.track")
  ] as { readonly copy?: StartCopy } | undefined;
  return host?.copy ?? null;
}
