/**
 * Runs in the frame of a widget: loads its module and gives it its model, as the
 * specification of anywidget front-end modules (AFM) says.
 *
 * Nothing here is trusted by the page: the module can do all that this can.
 * @module
 */
/// <reference lib="dom" />
import { joinBuffers, splitBuffers } from "../lib/widget/buffers.ts";

interface Module {
  readonly initialize?: (view: { model: Model }) => unknown;
  readonly render?: (view: { model: Model; el: HTMLElement }) => unknown;
}

interface Said {
  readonly method?: string;
  readonly state?: Readonly<Record<string, unknown>>;
  readonly buffer_paths?: readonly (readonly (string | number)[])[];
  readonly content?: unknown;
}

type Listener = (...args: unknown[]) => unknown;

/** The model of AFM. */
class Model {
  readonly #port: MessagePort;
  #state: Record<string, unknown> = {};
  #changed = new Set<string>();
  /** How many of our own changes come back, by part of the state. */
  readonly #echoes = new Map<string, number>();
  readonly #listeners: { event: string; listener: Listener }[] = [];

  constructor(port: MessagePort) {
    this.#port = port;
  }

  get = (name: string): unknown => this.#state[name];

  set = (name: string | Record<string, unknown>, value?: unknown): void => {
    const changes = typeof name === "string" ? { [name]: value } : name;
    for (const key of Object.keys(changes)) this.#changed.add(key);
    this.#apply(changes);
  };

  save_changes = (): void => {
    const names = [...this.#changed];
    this.#changed.clear();
    if (names.length === 0) return;
    for (const name of names) {
      this.#echoes.set(name, (this.#echoes.get(name) ?? 0) + 1);
    }
    const changes = names.map((name) => [name, this.#state[name]]);
    const { state, paths, buffers } = splitBuffers(Object.fromEntries(changes));
    const data = { method: "update", state, buffer_paths: paths };
    this.#port.postMessage({ data, buffers });
  };

  send = (
    content: unknown,
    _callbacks?: unknown,
    buffers: readonly (ArrayBuffer | ArrayBufferView)[] = [],
  ): void => {
    const bytes = buffers.map((one) =>
      one instanceof ArrayBuffer
        ? new Uint8Array(one)
        : new Uint8Array(one.buffer, one.byteOffset, one.byteLength)
    );
    this.#port.postMessage({
      data: { method: "custom", content },
      buffers: bytes,
    });
  };

  on = (event: string, listener: Listener): void => {
    this.#listeners.push({ event, listener });
  };

  off = (event?: string | null, listener?: Listener | null): void => {
    for (let i = this.#listeners.length - 1; i >= 0; i--) {
      const one = this.#listeners[i]!;
      const isMeant = (!event || one.event === event) &&
        (!listener || one.listener === listener);
      if (isMeant) this.#listeners.splice(i, 1);
    }
  };

  /** Takes what the cell says. */
  take(
    { method, state = {}, buffer_paths: paths = [], content }: Said,
    buffers: readonly Uint8Array[],
  ): void {
    if (method === "custom") {
      // Bytes are views there, as Jupyter gives them.
      return this.#emit("msg:custom", content, buffers.map(toView));
    }
    const whole = joinBuffers({ state, paths, buffers: buffers.map(toView) });
    const isEcho = method === "echo_update";
    const fresh = Object.entries(whole).filter(([name]) => {
      const left = this.#echoes.get(name) ?? 0;
      if (!isEcho || left === 0) return true;
      this.#echoes.set(name, left - 1);
      return false;
    });
    this.#apply(Object.fromEntries(fresh));
  }

  #apply(changes: Readonly<Record<string, unknown>>): void {
    const names = Object.keys(changes).filter((name) =>
      this.#state[name] !== changes[name]
    );
    this.#state = { ...this.#state, ...changes };
    for (const name of names) this.#emit(`change:${name}`, this, changes[name]);
    if (names.length > 0) this.#emit("change", this);
  }

  #emit(event: string, ...args: unknown[]): void {
    for (const one of [...this.#listeners]) {
      if (one.event === event) one.listener(...args);
    }
  }
}

addEventListener("message", ({ data, ports, source }) => {
  const [port] = ports;
  if (data !== "widget port" || source !== parent || port === undefined) return;
  const model = new Model(port);
  let isBegun = false;
  port.onmessage = ({ data: { data, buffers } }) => {
    const said = data as Said;
    model.take(said, buffers);
    if (isBegun || said.state?._esm === undefined) return;
    isBegun = true;
    draw(model).then(
      () => port.postMessage({ data: "drawn" }),
      (error) => document.body.textContent = `The widget failed: ${error}`,
    );
  };
  new ResizeObserver(() => {
    const { height } = document.documentElement.getBoundingClientRect();
    port.postMessage({ heightPx: height });
  }).observe(document.documentElement);
});
parent.postMessage("widget ready", "*");

async function draw(model: Model): Promise<void> {
  const [esm, css] = [model.get("_esm"), model.get("_css")].map(String);
  const style = document.createElement("style");
  style.textContent = model.get("_css") === undefined ? "" : css!;
  document.head.append(style);
  const url = URL.createObjectURL(
    new Blob([esm!], { type: "text/javascript" }),
  );
  const loaded = await import(url);
  URL.revokeObjectURL(url);
  const given = loaded.default ?? loaded;
  const module: Module = typeof given === "function" ? await given() : given;
  await module.initialize?.({ model });
  const el = document.createElement("div");
  document.body.append(el);
  await module.render?.({ model, el });
}

function toView({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
