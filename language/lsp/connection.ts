/**
 * A connection to a language server: requests, their responses, notifications.
 *
 * The bytes are in `wire.ts`, the process is in `server.ts`.
 * @module
 */
import { encodeMessage, MessageSplitter, type RpcMessage } from "./wire.ts";

/** The two ends of a pipe pair, and who answers what the server asks. */
export interface ConnectionOptions {
  /** What the server writes. */
  readonly readable: ReadableStream<Uint8Array>;
  /** What the server reads. */
  readonly writable: WritableStream<Uint8Array>;
  /** The time, in milliseconds. */
  readonly nowMs: () => number;
  /** Changes the text of each message of the server's. @default it stays */
  readonly translate?: (text: string) => string;
  /** Answers a request of the server's. */
  readonly answer: (method: string, params: unknown) => unknown;
}

/** A connection to a language server. */
export class Connection {
  /** Settles when the server has closed its side. */
  readonly ended: Promise<void>;
  readonly #options: ConnectionOptions;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;
  #isOver = false;
  /** When it was asked something, if nothing was heard of it since. */
  #silentSinceMs: number | null = null;

  /** @param options The pipes, and who answers. */
  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#writer = options.writable.getWriter();
    this.ended = this.#read(options.readable);
  }

  /** Whether the server has closed its side. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** How long the server has not answered, in milliseconds; 0 if it was not asked. */
  get silentMs(): number {
    const nowMs = this.#options.nowMs();
    return nowMs - (this.#silentSinceMs ?? nowMs);
  }

  /**
   * Asks the server.
   *
   * @param method What is asked for.
   * @param params What goes with it.
   * @param signal Gives up, and tells the server so.
   * @returns The result.
   * @throws {Error} If the server answers with an error, or has ended.
   */
  async request(
    method: string,
    params: unknown,
    signal?: AbortSignal,
  ): Promise<unknown> {
    signal?.throwIfAborted();
    if (this.#isOver) throw gone(method);
    const id = ++this.#lastId;
    const response = Promise.withResolvers<unknown>();
    this.#waiting.set(id, response);
    this.#silentSinceMs ??= this.#options.nowMs();
    const giveUp = () => {
      if (!this.#waiting.delete(id)) return;
      this.notify("$/cancelRequest", { id });
      response.reject(signal?.reason);
    };
    signal?.addEventListener("abort", giveUp, { once: true });
    this.#send({ id, method, params });
    try {
      return await response.promise;
    } finally {
      signal?.removeEventListener("abort", giveUp);
    }
  }

  /**
   * Tells the server something; there is no answer.
   *
   * @param method What is told.
   * @param params What goes with it.
   */
  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  /** Closes our side; the server ends then. */
  close(): void {
    // It may have ended by itself, which is what was wanted.
    this.#writer.close().catch(() => {});
  }

  #send(message: RpcMessage): void {
    // The end of the server is noticed where it is read from.
    this.#writer.write(encodeMessage(message)).catch(() => {});
  }

  async #read(readable: ReadableStream<Uint8Array>): Promise<void> {
    const splitter = new MessageSplitter(this.#options.translate);
    try {
      for await (const bytes of readable) {
        for (const message of splitter.push(bytes)) this.#take(message);
      }
    } catch {
      // What it says can not be read: as good as gone, and `ended` says so.
    }
    this.#isOver = true;
    for (const response of this.#waiting.values()) {
      response.reject(gone("answer"));
    }
    this.#waiting.clear();
  }

  #take({ id, method, params, result, error }: RpcMessage): void {
    this.#silentSinceMs = null;
    if (method !== undefined) {
      if (id === undefined) return;
      const result = this.#options.answer(method, params) ?? null;
      this.#send({ id, result });
      return;
    }
    const response = this.#waiting.get(id as number);
    if (response === undefined) return;
    this.#waiting.delete(id as number);
    if (error === undefined) response.resolve(result);
    else {
      response.reject(
        new Error(
          `Cannot ask language server: it says ${error.message}, expected a result`,
        ),
      );
    }
  }
}

function gone(what: string): Error {
  return new Error(
    `Cannot ask language server for ${what}: it has ended, expected it to run`,
  );
}
