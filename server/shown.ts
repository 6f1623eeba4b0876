/**
 * What the cells of a notebook show, gathered and told thirty times a second at
 * most, however fast they print.
 * @module
 */
import { type CodeCell, OutputCollector } from "../nbformat/mod.ts";
import type { OutgoingMessage } from "../protocol/mod.ts";

/** Puts what a cell shows into the document. */
export type Show = (
  cellId: string,
  shown: Partial<Pick<CodeCell, "outputs" | "execution_count">>,
) => void;

/** Gathers outputs. */
export class Shown {
  readonly #show: Show;
  readonly #collector = new OutputCollector();
  readonly #touched = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param show Where they go. */
  constructor(show: Show) {
    this.#show = show;
  }

  /** A cell begins to run: it shows nothing. */
  begin(cellId: string): void {
    this.#collector.forget(cellId);
    this.#show(cellId, { outputs: [], execution_count: null });
  }

  /** A cell's outputs were cleared: what comes begins anew. */
  forget(cellId: string): void {
    this.#collector.forget(cellId);
    this.#touched.delete(cellId);
  }

  /** Takes what a cell shows. */
  take(cellId: string, message: OutgoingMessage): void {
    for (const touched of this.#collector.touchedBy(cellId, message)) {
      this.#touched.add(String(touched));
    }
    this.#collector.take(cellId, message);
    this.#timer ??= setTimeout(() => this.flush(), BATCH_MS);
  }

  /** Tells what has not been told. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const cellId of this.#touched) {
      this.#show(cellId, { outputs: this.#collector.of(cellId) });
    }
    this.#touched.clear();
  }
}

const BATCH_MS = 33;
