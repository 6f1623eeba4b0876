/**
 * Joins text that follows closely upon text: a cell that prints many lines
 * makes a few messages, and a short one makes the same ones every time.
 * @module
 */
import type { SessionEvent } from "../protocol/mod.ts";

type StreamEvent = Extract<SessionEvent, { type: "stream" }>;

/** How batches are timed. */
export interface BatchOptions {
  /** Takes events, in order. */
  readonly onEvent: (event: SessionEvent) => void;
  /**
   * How long text may wait for more, in milliseconds.
   * @default 20
   */
  readonly windowMs?: number;
}

/** Joins the text of neighbouring events. */
export class StreamBatch {
  readonly #onEvent: (event: SessionEvent) => void;
  readonly #windowMs: number;
  #held: { event: StreamEvent; texts: string[]; length: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param options How batches are timed. */
  constructor({ onEvent, windowMs = 20 }: BatchOptions) {
    this.#onEvent = onEvent;
    this.#windowMs = windowMs;
  }

  /**
   * Takes an event: text may wait for more, anything else passes at once,
   * after the text before it.
   *
   * @param event What the session told.
   */
  push(event: SessionEvent): void {
    if (event.type !== "stream") {
      // Only what is shown has to keep its place among the text.
      if (event.type !== "started" && event.type !== "ended") this.flush();
      this.#onEvent(event);
      return;
    }
    const held = this.#held;
    if (
      held !== null && held.event.executionId === event.executionId &&
      held.event.name === event.name && held.length < MAX_BATCH
    ) {
      held.texts.push(event.text);
      held.length += event.text.length;
      return;
    }
    this.#release();
    this.#held = { event, texts: [event.text], length: event.text.length };
    this.#timer ??= setTimeout(() => this.flush(), this.#windowMs);
  }

  /** Lets go of what is held. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#release();
  }

  #release(): void {
    const held = this.#held;
    this.#held = null;
    if (held) this.#onEvent({ ...held.event, text: held.texts.join("") });
  }
}

/** Units: UTF-16 units of text in one message. */
const MAX_BATCH = 256 * 1024;
