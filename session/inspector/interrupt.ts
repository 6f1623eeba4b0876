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

/**
 * Ends whatever JavaScript runs on the main thread.
 *
 * If none runs any more, V8 would end the next that does, which is ours: a
 * script that does nothing is offered to it instead.
 */
export const TERMINATE: readonly InspectorRequest[] = [
  { method: "Runtime.terminateExecution" },
  { method: "Runtime.evaluate", params: { expression: "0" } },
];

/**
 * Makes a session listen again whose own loop was ended.
 *
 * @param interruptId The interrupt it did not hear.
 */
export function revive(interruptId: number): readonly InspectorRequest[] {
  const expression = `globalThis[Symbol.for("skein.revive")]?.(${interruptId})`;
  return [{ method: "Runtime.evaluate", params: { expression } }];
}

/** How to tell V8 something. */
export interface InspectorOptions {
  /**
   * Chooses what it is told, in one breath; nothing when there is nothing left
   * to end. Awaited once connected, right before V8 is told: idle code must
   * not be ended, it would be ours.
   */
  readonly choose: () => Promise<readonly InspectorRequest[]>;
  /** Ends the attempt, unless V8 was told already: then it has to answer. */
  readonly signal: AbortSignal;
}

/**
 * Tells the V8 of a session something.
 *
 * @param inspectorUrl The WebSocket URL that the session prints at its start.
 * @param options When to hold back, and when to give up.
 * @returns What V8 has taken.
 * @throws {Error} If the inspector can not be reached, or `signal` fires.
 */
export async function callInspector(
  inspectorUrl: Promise<string>,
  options: InspectorOptions,
): Promise<readonly InspectorRequest[]> {
  const { promise, resolve, reject } = Promise.withResolvers<
    readonly InspectorRequest[]
  >();
  const aborted = Promise.withResolvers<never>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const abort = () => aborted.reject(options.signal.reason);
  options.signal.addEventListener("abort", abort, { once: true });
  const socket = new WebSocket(
    await Promise.race([inspectorUrl, aborted.promise]),
  );
  let requests: readonly InspectorRequest[] = [];
  let answers = 0;
  socket.onopen = async () => {
    requests = await options.choose();
    if (requests.length === 0) return resolve(requests);
    options.signal.removeEventListener("abort", abort);
    requests.forEach((request, id) =>
      socket.send(JSON.stringify({ id, ...request }))
    );
    timer = setTimeout(() => resolve(requests), CARRIED_OUT_MS);
  };
  socket.onmessage = () => {
    if (++answers === requests.length) resolve(requests);
  };
  socket.onerror = () =>
    reject(
      new Error("Cannot interrupt session: its inspector does not answer"),
    );
  socket.onclose = () => resolve(requests);
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    options.signal.removeEventListener("abort", abort);
    clearTimeout(timer);
    socket.onerror = null;
    // Deno complains on stderr of a handshake that is broken off.
    if (socket.readyState === WebSocket.CONNECTING) {
      socket.onopen = () => socket.close();
    } else socket.close();
  }
}

/** Native code, like a long regular expression, has to come to its end first. */
const CARRIED_OUT_MS = 2000;
