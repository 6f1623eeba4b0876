/**
 * The kernel's side of a widget that front ends show: its state, which both
 * sides change, and messages beside it.
 *
 * Source: Jupyter widget messaging protocol 2.1.0.
 * @module
 */
import { type BufferPath, joinBuffers, splitBuffers } from "./buffers.ts";
import type { Comm, CommMessage, Comms } from "./comms.ts";

/** The state of a widget, as front ends know it. */
export type ModelState = Readonly<Record<string, unknown>>;

/** What a model is given. */
export interface ModelOptions {
  /** The state now, names of classes included. */
  readonly state: () => ModelState;
  /** Takes what a front end has changed; what it gives is waited for. */
  readonly onChange: (changes: ModelState) => unknown;
  /** Takes a message of a front end; what it gives is waited for. */
  readonly onMessage: (
    content: unknown,
    buffers: readonly Uint8Array[],
  ) => unknown;
}

/** A conversation with all front ends that show a widget. */
export class Model {
  readonly #options: ModelOptions;
  readonly #comm: Comm;

  /** Tells front ends of a widget. */
  constructor(comms: Comms, options: ModelOptions) {
    this.#options = options;
    const { state, paths, buffers } = splitBuffers(options.state());
    this.#comm = comms.open(
      "jupyter.widget",
      { state, buffer_paths: paths },
      buffers,
      { version: "2.1.0" },
    );
    this.#comm.onMessage = (message) => this.#take(message);
  }

  /** Its name among all widgets. */
  get id(): string {
    return this.#comm.id;
  }

  /** Tells front ends what has changed. */
  update(changes: ModelState, method = "update"): void {
    const { state, paths, buffers } = splitBuffers(changes);
    this.#comm.send({ method, state, buffer_paths: paths }, buffers);
  }

  /** Sends a message beside the state. */
  send(content: unknown, buffers: readonly Uint8Array[]): void {
    this.#comm.send({ method: "custom", content }, buffers);
  }

  /** Front ends forget it. */
  close(): void {
    this.#comm.close();
  }

  #take({ data, buffers }: CommMessage): unknown {
    const { method, state = {}, buffer_paths: paths = [], content } = (data ??
      {}) as Partial<Said>;
    switch (method) {
      case "request_state":
        return this.update(this.#options.state());
      case "update": {
        // Others show it as well; who has sent it knows it for its own.
        this.update(joinBuffers({ state, paths, buffers }), "echo_update");
        return this.#options.onChange(joinBuffers({ state, paths, buffers }));
      }
      case "custom":
        return this.#options.onMessage(content, buffers);
    }
  }
}

/** What front ends say. */
interface Said {
  readonly method: string;
  readonly state: ModelState;
  readonly buffer_paths: readonly BufferPath[];
  readonly content: unknown;
}
