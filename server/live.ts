/**
 * The door of our own page: one WebSocket a notebook.
 *
 * The first message names the notebook and holds the token. A page that does not
 * read loses its connection, not the server its memory: when it comes back it
 * gets what it has missed.
 * @module
 */
import { isToken } from "./gate.ts";
import {
  PAGE_PROTOCOL,
  parseHello,
  parsePageRequest,
  type ServerMessage,
} from "./protocol.ts";
import type { Room } from "./room.ts";
import type { Page } from "./room_options.ts";

/** What the door is given. */
export interface LiveOptions {
  readonly token: string;
  /** Opens a notebook, or gives the room it is open in. */
  readonly openRoom: (path: string) => Promise<Room>;
  readonly log: (line: string) => void;
  /** Told when a page says something. */
  readonly onUse?: (() => void) | undefined;
}

/** Takes a page in. */
export function openLive(request: Request, options: LiveOptions): Response {
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return new Response("Expected a WebSocket", { status: 426 });
  }
  const { socket, response } = Deno.upgradeWebSocket(request, {
    idleTimeout: IDLE_SECONDS,
  });
  const visit = new Visit(socket, options);
  socket.onmessage = (event) => visit.take(event.data);
  socket.onclose = () => visit.leave();
  // What goes wrong with a connection ends that connection.
  socket.onerror = () => visit.leave();
  return response;
}

class Visit {
  readonly #socket: WebSocket;
  readonly #options: LiveOptions;
  readonly #deadline: ReturnType<typeof setTimeout>;
  #room: Room | null = null;
  #page: Page | null = null;
  #leave: (() => void) | null = null;
  /** One message is dealt with after another. */
  #work: Promise<void> = Promise.resolve();
  #hasGreeted = false;

  constructor(socket: WebSocket, options: LiveOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#deadline = setTimeout(
      () => this.#refuse("No greeting came in time"),
      GREETING_MS,
    );
  }

  take(data: unknown): void {
    if (typeof data !== "string") return this.#refuse("Expected text");
    if (!this.#hasGreeted) {
      this.#hasGreeted = true;
      clearTimeout(this.#deadline);
      if (data.length > GREETING_LENGTH) return this.#refuse("Too long");
      this.#work = this.#work.then(() => this.#greet(data));
      return;
    }
    this.#options.onUse?.();
    if (data.length > MESSAGE_LENGTH) return this.#refuse("Too long");
    this.#next(data);
  }

  leave(): void {
    clearTimeout(this.#deadline);
    this.#leave?.();
    this.#leave = null;
    this.#room = null;
  }

  async #greet(data: string): Promise<void> {
    try {
      const hello = parseHello(data);
      if (!isToken(hello.token, this.#options.token)) {
        return this.#refuse("The token is wrong", WRONG_TOKEN);
      }
      if (hello.protocol !== PAGE_PROTOCOL) {
        return this.#refuse("The page is of another version", OLD_PAGE);
      }
      const room = await this.#options.openRoom(hello.path);
      if (this.#socket.readyState !== WebSocket.OPEN) return;
      this.#room = room;
      this.#page = {
        client: hello.client,
        send: (message) => this.#send(message),
      };
      this.#leave = room.enter(this.#page, hello);
    } catch (error) {
      this.#send({ type: "refused", reason: reasonOf(error) });
      this.#refuse("It can not be opened", NOT_OPENED);
    }
  }

  #next(data: string): void {
    this.#work = this.#work.then(async () => {
      if (this.#room === null || this.#page === null) return;
      try {
        const request = parsePageRequest(data);
        const done = this.#room.take(this.#page, request);
        // What takes long must not hold what comes after it: only order counts.
        if (SLOW.has(request.type)) done.catch((error) => this.#blame(error));
        else await done;
      } catch (error) {
        this.#blame(error);
      }
    });
  }

  #blame(error: unknown): void {
    if (!(error instanceof TypeError || error instanceof RangeError)) {
      this.#options.log(`A page's request failed: ${reasonOf(error)}`);
    }
    this.#send({ type: "refused", reason: reasonOf(error) });
  }

  #send(message: ServerMessage): void {
    const socket = this.#socket;
    if (socket.readyState !== WebSocket.OPEN) return;
    if (socket.bufferedAmount > BUFFER_BYTES) {
      return this.#refuse("The page does not read", SLOW_READER);
    }
    socket.send(JSON.stringify(message));
  }

  #refuse(reason: string, code = REFUSED): void {
    clearTimeout(this.#deadline);
    this.leave();
    if (this.#socket.readyState <= WebSocket.OPEN) {
      this.#socket.close(code, reason);
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** These wait for a kernel or a disk. */
const SLOW = new Set([
  "ask",
  "recording",
  "restart",
  "settle",
  "grant",
  "save",
  "interrupt",
]);

const IDLE_SECONDS = 30;
const GREETING_MS = 5000;
const GREETING_LENGTH = 4096;
const MESSAGE_LENGTH = 16 * 2 ** 20;
const BUFFER_BYTES = 8 * 2 ** 20;

// Codes of our own; 4001 and 4004 mean that coming back is of use.
const REFUSED = 4000;
const SLOW_READER = 4001;
const WRONG_TOKEN = 4003;
const NOT_OPENED = 4004;
const OLD_PAGE = 4005;
