/**
 * Widgets in the page: each is drawn in a frame of an origin of its own, where
 * its output stands, as long as it lives in the session.
 *
 * What stood there, words that stand for it, comes back when it is gone.
 * @module
 */
/// <reference lib="dom" />
import type { PageRequest, ServerMessage } from "../server/mod.ts";

/** What the server says of widgets. */
export type WidgetMessage = Extract<
  ServerMessage,
  { type: "widgets" | "comm" }
>;

/** What the widgets of a page are given. */
export interface WidgetsOptions {
  /** Address of the frame's document. */
  readonly frameUrl: string;
  /** Hears what the server says of widgets. */
  readonly listen: (take: (message: WidgetMessage) => void) => void;
  /** Tells the server. */
  readonly say: (request: Extract<PageRequest, { type: "comm" }>) => void;
}

/** A place where a widget is drawn. */
interface View {
  readonly modelId: string;
  readonly element: HTMLElement;
  /** What stood there. */
  readonly words: readonly Node[];
  /** To the frame; null before it has loaded. */
  port: MessagePort | null;
  isBuilt: boolean;
}

/** Draws widgets below an element. */
export class Widgets {
  readonly #root: HTMLElement;
  readonly #options: WidgetsOptions;
  readonly #views = new Map<HTMLElement, View>();
  #open: ReadonlySet<string> = new Set();

  /** @param root Where outputs stand. @param options How. */
  constructor(root: HTMLElement, options: WidgetsOptions) {
    this.#root = root;
    this.#options = options;
    options.listen((message) => this.#take(message));
    new MutationObserver(() => this.#look())
      .observe(root, { childList: true, subtree: true });
    addEventListener("message", ({ source, data }) => {
      if (data === "widget ready" && source) this.#greet(source as Window);
    });
  }

  #take(message: WidgetMessage): void {
    if (message.type === "widgets") {
      this.#open = new Set(message.open);
      return this.#look();
    }
    const { commId, data, buffers } = message;
    const said = (data ?? {}) as { state?: Record<string, unknown> };
    for (const view of [...this.#views.values()]) {
      if (view.modelId !== commId) continue;
      if (!view.isBuilt && said.state !== undefined) {
        this.#build(view, said.state);
      }
      const bytes = buffers.map((text) => Uint8Array.fromBase64(text));
      view.port?.postMessage({ data, buffers: bytes });
    }
  }

  /** Finds places that have come and gone. */
  #look(): void {
    for (const [element, view] of this.#views) {
      const isGone = !element.isConnected;
      if (!isGone && this.#open.has(view.modelId)) continue;
      this.#views.delete(element);
      view.port?.close();
      if (!isGone) element.replaceChildren(...view.words);
    }
    for (
      const element of this.#root.querySelectorAll<HTMLElement>("[data-widget]")
    ) {
      const modelId = element.dataset.widget!;
      if (this.#views.has(element) || !this.#open.has(modelId)) continue;
      const words = [...element.childNodes];
      const view = { modelId, element, words, port: null, isBuilt: false };
      this.#views.set(element, view);
      this.#ask(modelId);
    }
  }

  #ask(commId: string): void {
    const data = { method: "request_state" };
    this.#options.say({ type: "comm", commId, data, buffers: [] });
  }

  /** Only the state says whether it is drawn by a module, or has parts that are. */
  #build(view: View, state: Readonly<Record<string, unknown>>): void {
    const { _esm, children, description } = state;
    if (typeof _esm === "string") {
      view.isBuilt = true;
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", "allow-scripts");
      frame.className = "nb-widget";
      frame.title = typeof description === "string" && description !== ""
        ? description
        : "Widget";
      frame.src = this.#options.frameUrl;
      view.element.replaceChildren(frame);
    } else if (Array.isArray(children)) {
      view.isBuilt = true;
      const parts = children.map((name) => {
        const part = document.createElement("div");
        part.dataset.widget = String(name).replace(/^IPY_MODEL_/, "");
        return part;
      });
      view.element.replaceChildren(...parts);
      this.#tell(view.modelId, SEEN, []);
    }
  }

  #greet(source: Window): void {
    for (const view of this.#views.values()) {
      const frame = view.element.querySelector(":scope > iframe");
      if (!(frame instanceof HTMLIFrameElement)) continue;
      if (frame.contentWindow !== source) continue;
      const { port1, port2 } = new MessageChannel();
      view.port = port1;
      port1.onmessage = ({ data }) => this.#hear(view, frame, data);
      source.postMessage("widget port", "*", [port2]);
      return this.#ask(view.modelId);
    }
  }

  /** What comes from a frame is what code of a cell says: it speaks of its widget only. */
  #hear(view: View, frame: HTMLIFrameElement, said: unknown): void {
    const { heightPx, data, buffers = [] } = (said ?? {}) as {
      readonly heightPx?: unknown;
      readonly data?: unknown;
      readonly buffers?: readonly Uint8Array[];
    };
    if (typeof heightPx === "number" && heightPx > 0) {
      frame.style.height = `${Math.min(Math.ceil(heightPx), MOST_PX)}px`;
    }
    if (data === "drawn") this.#tell(view.modelId, SEEN, []);
    else if (data !== undefined) this.#tell(view.modelId, data, buffers);
  }

  #tell(
    commId: string,
    data: unknown,
    buffers: readonly Uint8Array[],
  ): void {
    const texts = buffers.map((bytes) => bytes.toBase64());
    this.#options.say({ type: "comm", commId, data, buffers: texts });
  }
}

const MOST_PX = 4000;
/** Tells a cell that somebody has drawn its widget. */
const SEEN = {
  method: "update",
  state: { _view_count: 1 },
  buffer_paths: [],
};
