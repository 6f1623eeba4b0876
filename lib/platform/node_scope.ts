/**
 * The globals that a Web Worker has, in a thread of Node.
 *
 * Shipped by its own text into the thread, as `lib/run/guest.ts`. The
 * outside is `node_worker.ts`, or a thread of `lib/run/pool/`.
 * @module
 */

import { fillGaps } from "./gaps.ts";

/** Adds them; it uses nothing from outside but globals. */
export function openWorkerScope(): void {
  type Listener = (event: unknown) => void;
  const { process } = globalThis as unknown as {
    readonly process: {
      getBuiltinModule(name: string): unknown;
      exit(code?: number): never;
      on(type: string, listen: (thrown: unknown) => void): void;
    };
  };
  const { parentPort } = process.getBuiltinModule("node:worker_threads") as {
    readonly parentPort: {
      postMessage(message: unknown, transfer?: readonly unknown[]): void;
      on(type: string, listen: (data: unknown) => void): void;
    };
  };
  // Kept, as a program may put its own in its place.
  const exit = process.exit.bind(process);
  const preventDefault = () => {};

  function addEventListener(type: string, listener: Listener): void {
    switch (type) {
      case "message":
        parentPort.on("message", (data) => listener({ data }));
        break;
      case "error":
        process.on("uncaughtException", (error) => {
          const message = error instanceof Error
            ? error.message
            : String(error);
          listener({ error, message, preventDefault });
        });
        break;
      case "unhandledrejection":
        process.on(
          "unhandledRejection",
          (reason) => listener({ reason, preventDefault }),
        );
    }
  }

  Object.assign(globalThis, {
    self: globalThis,
    addEventListener,
    close: (code = 0) => exit(code),
    postMessage(
      message: unknown,
      transfer?: readonly unknown[] | {
        readonly transfer?: readonly unknown[];
      },
    ) {
      const list = Array.isArray(transfer)
        ? transfer
        : (transfer as { readonly transfer?: readonly unknown[] })?.transfer;
      parentPort.postMessage(message, list);
    },
  });
  Object.defineProperty(globalThis, "onmessage", {
    configurable: true,
    set: (listener: Listener) => addEventListener("message", listener),
  });
}

/** What the program of a thread begins with in Node, so that the rest of its text is as in Deno. */
export const THREAD_PRELUDE: string = `(${fillGaps})();
(${openWorkerScope})();
`;

/** The same of a process; `Deno` is a name in that module only, and no global one. */
export const CHILD_PRELUDE: string = `(${fillGaps})();
const Deno = (() => {
  const { Readable } = process.getBuiltinModule("node:stream");
  const { writeSync } = process.getBuiltinModule("node:fs");
  const exit = (code) => process.exit(code);
  globalThis.close = () => exit(0);
  return {
    exit,
    stdin: { readable: Readable.toWeb(process.stdin) },
    stdout: { writeSync: (bytes) => writeSync(1, bytes) },
  };
})();
`;
