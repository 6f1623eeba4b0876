/**
 * Ends the JavaScript that runs in a session, through V8's inspector.
 *
 * The connection is opened for this alone and closed again: while one is open,
 * every new Worker waits half a second for a debugger.
 * @module
 */

import { settlesWithin } from "../waiting.ts";

/** What V8 is told. */
export interface InspectorRequest {
  /** The method of the inspector's protocol. */
  readonly method: string;
  /** Its parameters. */
  readonly params?: Readonly<Record<string, unknown>>;
}

/** Ends whatever JavaScript runs on the main thread; answered once that is done. */
export const TERMINATE: readonly InspectorRequest[] = [
  { method: "Runtime.terminateExecution" },
];

/**
 * Ends JavaScript that has outlived {@link TERMINATE}: native code, such as what
 * shows a value, may swallow it, and V8 takes no second order before the first
 * was carried out. A script that V8 has to end by its own timeout carries it out.
 */
export const TERMINATE_AGAIN: readonly InspectorRequest[] = [
  {
    method: "Runtime.evaluate",
    params: { expression: "for (;;);", timeout: 1 },
  },
  ...TERMINATE,
];

/**
 * If no JavaScript runs any more, V8 would end the next that does, which is
 * ours: a script that does nothing is offered to it instead. Not before: inside
 * of a cell that still runs it would take the blow in place of the cell.
 */
const SCAPEGOAT: InspectorRequest = {
  method: "Runtime.evaluate",
  params: { expression: "0" },
};

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
   * not be ended, it would be ours. Asked again after each answer, with what
   * V8 was told last.
   */
  readonly choose: (
    told: readonly InspectorRequest[],
  ) => Promise<readonly InspectorRequest[]>;
  /** Whether the session is seen to wait for events. */
  readonly isIdle: () => boolean;
  /** Ends the attempt, unless V8 was told already: then it has to answer. */
  readonly signal: AbortSignal;
}

/**
 * Tells the V8 of a session something.
 *
 * @param inspectorUrl The WebSocket URL that the session prints at its start.
 * @param options When to hold back, and when to give up.
 * @returns What V8 was told last.
 * @throws {Error} If the inspector can not be reached, or `signal` fires.
 */
export async function callInspector(
  inspectorUrl: Promise<string>,
  options: InspectorOptions,
): Promise<readonly InspectorRequest[]> {
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const abort = () => aborted.reject(options.signal.reason);
  options.signal.addEventListener("abort", abort, { once: true });
  const socket = new WebSocket(
    await Promise.race([inspectorUrl, aborted.promise]),
  );
  let told: readonly InspectorRequest[] = [];
  try {
    await Promise.race([opened(socket), aborted.promise]);
    let next = await Promise.race([options.choose(told), aborted.promise]);
    while (next.length > 0) {
      told = next;
      await tell(socket, told, options.isIdle);
      next = await options.choose(told);
    }
    return told;
  } finally {
    options.signal.removeEventListener("abort", abort);
    socket.onerror = null;
    // Deno complains on stderr of a handshake that is broken off.
    if (socket.readyState === WebSocket.CONNECTING) {
      socket.onopen = () => socket.close();
    } else socket.close();
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () =>
      reject(
        new Error("Cannot interrupt session: its inspector does not answer"),
      );
  });
}

/** Sends requests in one breath, and waits for all answers, but not for ever. */
async function tell(
  socket: WebSocket,
  requests: readonly InspectorRequest[],
  isIdle: () => boolean,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let answers = 0;
  socket.onmessage = () => {
    if (++answers === requests.length) resolve();
  };
  socket.onclose = () => resolve();
  socket.onerror = () => resolve();
  const send = (request: InspectorRequest, id: number) =>
    socket.send(JSON.stringify({ id, ...request }));
  requests.forEach(send);
  const deadline = performance.now() + CARRIED_OUT_MS;
  let isOffered = false;
  while (!await settlesWithin(promise, LOOK_MS)) {
    if (performance.now() > deadline) return;
    if (isOffered || !isIdle()) continue;
    isOffered = true;
    send(SCAPEGOAT, requests.length);
  }
}

/** Native code, like a long regular expression, has to come to its end first. */
const CARRIED_OUT_MS = 1000;
const LOOK_MS = 1;
