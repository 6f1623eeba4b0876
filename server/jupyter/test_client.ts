/**
 * Clients of a test server: one of a kernel's channels, one of our own page.
 * @module
 */
import type { TestServer } from "./test_server.ts";

/** A message as it arrives. */
export interface Heard {
  readonly channel: string;
  readonly header: { readonly msg_type: string };
  readonly parent_header: { readonly msg_id?: string };
  readonly content: Readonly<Record<string, unknown>>;
}

/** Talks with a kernel in the legacy framing. */
export class TestClient {
  readonly heard: Heard[] = [];
  readonly #socket: WebSocket;
  readonly #wakes = new Set<() => void>();
  /** Why it was closed; null while it is not. */
  closed: number | null = null;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      this.heard.push(JSON.parse(data));
      this.#wakes.forEach((wake) => wake());
    };
    socket.onclose = ({ code }) => {
      this.closed = code;
      this.#wakes.forEach((wake) => wake());
    };
  }

  /** Connects. */
  static async open(
    { port, token }: Pick<TestServer, "port" | "token">,
    kernelId: string,
    sessionId = "s",
  ): Promise<TestClient> {
    const socket = new WebSocket(
      `ws://127.0.0.1:${port}/api/kernels/${kernelId}/channels?session_id=${sessionId}&token=${token}`,
    );
    const client = new TestClient(socket);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    socket.onerror = null;
    return client;
  }

  /** Runs a source, for a cell of the notebook if one is named. */
  run(id: string, code: string, cellId?: string): void {
    this.#socket.send(JSON.stringify({
      channel: "shell",
      header: { msg_id: id, msg_type: "execute_request", session: "s" },
      parent_header: {},
      metadata: cellId === undefined ? {} : { cellId },
      content: { code },
    }));
  }

  /** Sends what need not be a message. */
  sendRaw(data: string | Uint8Array<ArrayBuffer>): void {
    this.#socket.send(data);
  }

  /** Waits for a message. */
  async until(isIt: (message: Heard) => boolean): Promise<Heard> {
    return await this.#wait(() => this.heard.find(isIt));
  }

  /** Waits until a run was answered. */
  async answered(id: string): Promise<Heard["content"]> {
    const { content } = await this.until(({ header, parent_header }) =>
      header.msg_type === "execute_reply" && parent_header.msg_id === id
    );
    return content;
  }

  /** Waits until it was closed; says why. */
  async ended(): Promise<number> {
    return await this.#wait(() => this.closed ?? undefined);
  }

  /** Leaves. */
  async close(): Promise<void> {
    this.#socket.close();
    await this.ended();
  }

  async #wait<T>(find: () => T | undefined): Promise<T> {
    const deadline = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => deadline.reject(new Error("waited in vain")),
      20_000,
    );
    try {
      for (;;) {
        const found = find();
        if (found !== undefined) return found;
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#wakes.add(resolve);
        await Promise.race([promise, deadline.promise]);
        this.#wakes.delete(resolve);
      }
    } finally {
      clearTimeout(timer);
    }
  }
}
