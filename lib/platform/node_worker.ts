/**
 * A Web Worker for Node, made of a thread of `node:worker_threads`.
 *
 * As far as this library uses Workers. The inside is `node_scope.ts`.
 * @module
 */
import type * as WorkerThreads from "node:worker_threads";
import { getBuiltin } from "./host.ts";
import { THREAD_PRELUDE } from "./node_scope.ts";

type Listener = (event: Event) => void;

/** A Worker; unlike one of Deno, it ends at once when told to, whatever it does. */
export class NodeWorker extends EventTarget {
  readonly #worker: WorkerThreads.Worker;

  constructor(address: string, name: string) {
    super();
    const { Worker } = getBuiltin<typeof WorkerThreads>("node:worker_threads");
    // Imports are evaluated in order: the globals are there before the program.
    const entry = [toModule(THREAD_PRELUDE), address]
      .map((url) => `import ${JSON.stringify(url)};`).join("\n");
    this.#worker = new Worker(new URL(toModule(entry)), { name });
    this.#worker.on("message", (data) => {
      this.dispatchEvent(new MessageEvent("message", { data }));
    });
    this.#worker.on("messageerror", () => {
      this.dispatchEvent(new Event("messageerror"));
    });
    this.#worker.on("error", (error) => {
      const event = new Event("error", { cancelable: true });
      const message = error instanceof Error ? error.message : String(error);
      this.dispatchEvent(Object.assign(event, { error, message }));
    });
  }

  /** Takes who hears of messages. */
  set onmessage(listener: Listener) {
    this.addEventListener("message", listener);
  }

  /** Takes who hears of errors. */
  set onerror(listener: Listener) {
    this.addEventListener("error", listener);
  }

  postMessage(
    message: unknown,
    transfer?: Transferable[] | StructuredSerializeOptions,
  ): void {
    const list = Array.isArray(transfer) ? transfer : transfer?.transfer;
    this.#worker.postMessage(message, list as WorkerThreads.Transferable[]);
  }

  terminate(): void {
    void this.#worker.terminate();
  }
}

function toModule(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}
