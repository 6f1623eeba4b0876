/**
 * A kernel as Jupyter clients see it: an id, a state, and any number of clients
 * that talk with it at the same time.
 *
 * It is the kernel of a notebook that our own page may have open as well, or one
 * of no notebook of ours, such as a console's.
 * @module
 */
import {
  type MessageHeader,
  type OutgoingMessage,
  PROTOCOL_VERSION,
} from "../../protocol/mod.ts";
import type { Engine } from "../engine.ts";
import { Client } from "./client.ts";
import { HttpError } from "./answers.ts";
import type { Data, Framing, Received } from "./wire/message.ts";

/** What runs the cells. */
export interface Behind {
  readonly engine: Engine;
  /** Notes that a client runs a cell of the notebook. */
  readonly follow?: (
    executionId: string,
    cellId: string,
    source: string,
  ) => void;
}

/** What a kernel is given. */
export interface SharedKernelOptions {
  readonly id: string;
  readonly name: string;
  readonly behind: Behind;
  /**
   * Whether what is behind it may be changed in a moment: JupyterLab opens a
   * session under a made-up path, and then says which notebook it is for.
   * @default false
   */
  readonly isProvisional?: boolean;
  readonly log: (line: string) => void;
}

/** A request that waits for its reply. */
interface Asked {
  readonly header: MessageHeader;
  readonly client: Client;
}

/** A kernel that clients share. */
export class SharedKernel {
  readonly #options: SharedKernelOptions;
  readonly #clients = new Map<string, Client>();
  #behind: Behind;
  #stop: () => void;
  /** Told that what is behind it stays. */
  readonly #settled = Promise.withResolvers<void>();
  readonly #settling: ReturnType<typeof setTimeout> | undefined;
  /** Ends what was behind it before. */
  #endFormer: (() => Promise<void>) | null = null;
  #state = "starting";
  #activeMs = Date.now();
  #isOver = false;
  #isFresh = true;
  /** Cells that were sent and not answered, by message. */
  readonly #open = new Map<string, Asked>();

  /** @param options Which kernel it is. */
  constructor(options: SharedKernelOptions) {
    this.#options = options;
    this.#behind = options.behind;
    this.#stop = this.#listen();
    if (!options.isProvisional) this.#settled.resolve();
    else this.#settling = setTimeout(this.#settled.resolve, PROVISIONAL_MS);
  }

  get id(): string {
    return this.#options.id;
  }

  /** Whether somebody listens. */
  get connections(): number {
    return [...this.#clients.values()].filter((one) => one.isConnected).length;
  }

  /** When it last did something. Units: milliseconds since 1970. */
  get activeMs(): number {
    return this.#activeMs;
  }

  /** Whether cells run. */
  get isBusy(): boolean {
    return this.#state === "busy" ||
      this.#behind.engine.state.queue.length > 0;
  }

  /** Describes it as `/api/kernels` does. */
  describe(): Readonly<Record<string, unknown>> {
    return {
      id: this.id,
      name: this.#options.name,
      // Gateways read fractions of a second and a `Z`, and nothing else.
      last_activity: new Date(this.#activeMs).toISOString()
        .replace(/(\.\d{3})Z$/, "$1000Z"),
      execution_state: this.#state,
      connections: this.connections,
    };
  }

  /** Whether nothing was run in it yet. */
  get isFresh(): boolean {
    return this.#isFresh;
  }

  /** Puts another engine behind it; clients stay, and find nothing changed. */
  move(behind: Behind): void {
    const [stop, { engine }] = [this.#stop, this.#behind];
    this.#behind = behind;
    this.#stop = this.#listen();
    clearTimeout(this.#settling);
    this.#settled.resolve();
    // What was asked already is still answered.
    const timer = setTimeout(() => void this.#endFormer?.(), PROVISIONAL_MS);
    this.#endFormer = async () => {
      this.#endFormer = null;
      clearTimeout(timer);
      stop();
      await engine[Symbol.asyncDispose]();
    };
  }

  /** Starts it, if it does not run. */
  async wake(): Promise<void> {
    try {
      await this.#behind.engine.wake();
      if (this.#state === "starting") this.#state = "idle";
    } catch (error) {
      this.#state = "dead";
      throw new HttpError(500, (error as Error).message);
    }
  }

  /** Ends the cell that runs. */
  async interrupt(): Promise<void> {
    this.#activeMs = Date.now();
    const kernel = await this.#behind.engine.wake();
    kernel.interrupt();
  }

  /** Ends its session and begins another; clients stay. */
  async restart(): Promise<void> {
    this.#activeMs = Date.now();
    await this.#behind.engine.restart();
    this.#state = "idle";
  }

  /** Ends it; clients are told. */
  async shutDown(): Promise<void> {
    await this.#behind.engine.shutDown();
    await this.leave(GONE, "The kernel was shut down");
  }

  /** Leaves the kernel alone; clients that come back may find it again. */
  async leave(code: number, reason: string): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#settling);
    this.#settled.resolve();
    this.#stop();
    for (const client of this.#clients.values()) client.close(code, reason);
    this.#clients.clear();
    await this.#endFormer?.();
  }

  /**
   * Takes a connection.
   *
   * @returns Whether there is room for it.
   */
  connect(
    sessionId: string,
    socket: WebSocket,
    framing: Framing,
  ): void {
    let client = this.#clients.get(sessionId);
    if (client === undefined) {
      client = new Client(() => this.#clients.delete(sessionId));
      this.#clients.set(sessionId, client);
    }
    const one = client;
    socket.onopen = () => one.attach(socket, framing);
    socket.onclose = () => one.detach(socket);
    socket.onerror = () => one.detach(socket);
    socket.onmessage = ({ data }) => this.#take(one, framing, data);
  }

  /** What goes wrong with a message ends that message: thrown here, it would end the server. */
  #take(client: Client, framing: Framing, data: unknown): void {
    let received: Received;
    try {
      received = framing.decode(
        typeof data === "string"
          ? data
          : new Uint8Array(data as ArrayBuffer) satisfies Data,
      );
    } catch (error) {
      return this.#options.log((error as Error).message);
    }
    this.#activeMs = Date.now();
    this.#pass(client, received).catch((error) =>
      this.#options.log(String(error))
    );
  }

  async #pass(client: Client, { channel, message }: Received): Promise<void> {
    await this.#settled.promise;
    if (this.#isOver) return;
    const kernel = await this.#behind.engine.wake();
    if (this.#isOver) return;
    this.#follow(message);
    if (message.header.msg_type === "execute_request") {
      this.#isFresh = false;
      const header = message.header as MessageHeader;
      this.#open.set(header.msg_id, { header, client });
    }
    kernel.handle(message, { channel, route: client });
  }

  #listen(): () => void {
    return this.#behind.engine.listen({
      onMessage: (message) => this.#deliver(message),
      onEnd: (isRestart) => this.#onEnd(isRestart),
    });
  }

  #follow({ header, metadata, content }: Received["message"]): void {
    const { cellId } = metadata;
    const { code, silent } = content;
    if (
      header.msg_type !== "execute_request" || typeof cellId !== "string" ||
      typeof code !== "string" || silent === true || code.trim() === ""
    ) return;
    this.#behind.follow?.(String(header.msg_id), cellId, code);
  }

  #deliver(message: OutgoingMessage): void {
    const { channel, header, content, route } = message;
    this.#activeMs = Date.now();
    if (header.msg_type === "execute_reply") {
      this.#open.delete(String(message.parent_header.msg_id));
    }
    if (header.msg_type === "status") {
      this.#state = String(content.execution_state);
    }
    if (channel === "iopub") {
      for (const client of this.#clients.values()) client.send(message);
    } else if (route instanceof Client) route.send(message);
  }

  /** No kernel answers for what was sent to the one before it. */
  #onEnd(isRestart: boolean): void {
    for (const { header, client } of this.#open.values()) {
      const content = { status: "aborted" };
      this.#say("execute_reply", content, { parent: header, route: client });
      this.#say("status", { execution_state: "idle" }, { parent: header });
    }
    this.#open.clear();
    // "restarting" would mean that it has died by itself.
    const execution_state = isRestart ? "starting" : "dead";
    this.#say("status", { execution_state });
  }

  #say(
    msg_type: string,
    content: OutgoingMessage["content"],
    { parent, route }: {
      readonly parent?: MessageHeader;
      readonly route?: Client;
    } = {},
  ): void {
    this.#deliver({
      channel: route === undefined ? "iopub" : "shell",
      header: {
        msg_id: crypto.randomUUID(),
        msg_type,
        session: this.id,
        username: "",
        date: new Date().toISOString(),
        version: PROTOCOL_VERSION,
      },
      parent_header: parent ?? {},
      metadata: {},
      content,
      route,
    });
  }
}

const GONE = 1000;
const PROVISIONAL_MS = 1000;
