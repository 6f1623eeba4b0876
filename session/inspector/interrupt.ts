/**
 * Ends the JavaScript that runs in a session, through V8's inspector.
 *
 * The connection is opened for this alone and closed again: while one is open,
 * every new Worker waits half a second for a debugger.
 * @module
 */

/** What V8 is told. */
export interface InspectorRequest {
  /** The method of the inspector's protocol. */
  readonly method: string;
  /** Its parameters. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Ends whatever JavaScript runs on the main thread. */
export const TERMINATE: InspectorRequest = {
  method: "Runtime.terminateExecution",
};

/**
 * Makes a session listen again whose own loop was ended.
 *
 * @param interruptId The interrupt it did not hear.
 */
export function revive(interruptId: number): InspectorRequest {
  const expression = `globalThis[Symbol.for("skein.revive")]?.(${interruptId})`;
  return { method: "Runtime.evaluate", params: { expression } };
}

/** How to tell V8 something. */
export interface InspectorOptions {
  /** What it is told. */
  readonly request: InspectorRequest;
  /**
   * Awaited once connected, right before V8 is told: false when there is
   * nothing left to end. Idle code must not be ended: it would be ours.
   */
  readonly isWanted: () => Promise<boolean>;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
}

/**
 * Tells the V8 of a session something.
 *
 * @param inspectorUrl The WebSocket URL that the session prints at its start.
 * @param options When to hold back, and when to give up.
 * @returns Once V8 has taken the request, or it is not wanted any more.
 * @throws {Error} If the inspector can not be reached or `signal` fires.
 */
export async function callInspector(
  inspectorUrl: Promise<string>,
  options: InspectorOptions,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(options.signal.reason);
  options.signal.addEventListener("abort", abort, { once: true });
  const socket = new WebSocket(
    await Promise.race([inspectorUrl, aborted.promise]),
  );
  socket.onopen = async () => {
    if (!await options.isWanted()) return resolve();
    socket.send(JSON.stringify({ id: 1, ...options.request }));
  };
  socket.onmessage = () => resolve();
  socket.onerror = () =>
    reject(
      new Error("Cannot interrupt session: its inspector does not answer"),
    );
  socket.onclose = () => resolve();
  try {
    await Promise.race([promise, aborted.promise]);
  } finally {
    options.signal.removeEventListener("abort", abort);
    socket.onerror = null;
    // Deno complains on stderr of a handshake that is broken off.
    if (socket.readyState === WebSocket.CONNECTING) {
      socket.onopen = () => socket.close();
    } else socket.close();
  }
}
