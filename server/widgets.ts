/**
 * Conversations of widgets, between the kernel of a notebook and its pages.
 *
 * A page asks for the state of each widget that it draws, as Jupyter's do after
 * a reload; here it is only known which there are.
 * @module
 */
import type { CellOutput } from "../nbformat/mod.ts";
import type { OutgoingMessage } from "../protocol/mod.ts";
import type { Engine } from "./engine.ts";
import type { PageRequest, ServerMessage } from "./protocol.ts";

/** What a page says to a widget. */
type Said = Extract<PageRequest, { type: "comm" }>;

/** The widgets of one notebook. */
export class Widgets {
  readonly #engine: Engine;
  readonly #send: (message: ServerMessage) => void;
  readonly #tellBusy: () => void;
  readonly #open = new Set<string>();
  /** What was said and is still being worked on, such as a measurement. */
  readonly #busy = new Set<string>();

  /**
   * @param engine Whose kernel.
   * @param send Tells all pages.
   * @param tellBusy Tells them whether something goes on.
   */
  constructor(
    engine: Engine,
    send: (message: ServerMessage) => void,
    tellBusy: () => void,
  ) {
    this.#engine = engine;
    this.#tellBusy = tellBusy;
    this.#send = send;
    engine.listen({
      onMessage: (message) => this.#take(message),
      onEnd: () => this.#forget(),
    });
  }

  /** Whether something that a widget has set off goes on. */
  get isBusy(): boolean {
    return this.#busy.size > 0;
  }

  /** What pages have to know. */
  describe(): ServerMessage {
    return { type: "widgets", open: [...this.#open] };
  }

  /** Passes on what a page says; who is gone hears nothing. */
  async say({ commId, data, buffers }: Said): Promise<void> {
    if (!this.#open.has(commId) || !this.#engine.isAlive) return;
    const bytes = buffers.map((text) => Uint8Array.fromBase64(text));
    const kernel = await this.#engine.wake();
    const msg_id = crypto.randomUUID();
    this.#busy.add(msg_id);
    this.#tellBusy();
    kernel.handle({
      header: { msg_id, session: "page", msg_type: "comm_msg" },
      metadata: {},
      content: { comm_id: commId, data },
      buffers: bytes,
    }, { channel: "shell" });
  }

  #take(
    { header, parent_header, content, buffers = [] }: OutgoingMessage,
  ): void {
    const commId = String(content.comm_id);
    switch (header.msg_type) {
      case "status":
        if (
          content.execution_state === "idle" &&
          this.#busy.delete(String(parent_header.msg_id))
        ) this.#tellBusy();
        return;
      case "comm_open":
        if (content.target_name !== "jupyter.widget") return;
        this.#open.add(commId);
        return this.#send(this.describe());
      case "comm_close":
        if (this.#open.delete(commId)) this.#send(this.describe());
        return;
      case "comm_msg":
        if (!this.#open.has(commId)) return;
        return this.#send({
          type: "comm",
          commId,
          data: content.data,
          buffers: buffers.map((bytes) => bytes.toBase64()),
        });
      case "execute_reply":
        if (content.ename === "SessionEnded") this.#forget();
    }
  }

  #forget(): void {
    this.#busy.clear();
    if (this.#open.size === 0) return;
    this.#open.clear();
    this.#send(this.describe());
  }
}

/** Marks HTML as the place of a widget: it is drawn there as long as it lives. */
export function markWidget(output: CellOutput, html: string): string {
  if (!("data" in output)) return html;
  const view = output.data[VIEW] as { readonly model_id?: unknown } | undefined;
  const id = view?.model_id;
  return typeof id === "string" && /^[\w-]{1,64}$/.test(id)
    ? `<div data-widget="${id}">${html}</div>`
    : html;
}

const VIEW = "application/vnd.jupyter.widget-view+json";
