/**
 * From messages to the outputs of a notebook, as Jupyter front ends keep them:
 * streams joined, displays replaced where they stand, cleared when asked.
 *
 * The one place that changes outputs of cells that have ended: late text and
 * display updates belong to the cell that caused them.
 * @module
 */
import type { MimeBundle, OutgoingMessage, Output } from "../protocol/mod.ts";

/** Collects the outputs of all cells of one run. */
export class OutputCollector {
  readonly #outputs: Output[][] = [];
  readonly #places = new Map<string, [cell: number, output: number][]>();
  /** Cells whose outputs go away as soon as there is another. */
  readonly #clearOnNext = new Set<number>();

  /**
   * The outputs of a cell so far.
   *
   * @param cell The cell's index.
   */
  of(cell: number): readonly Output[] {
    return this.#outputs[cell] ?? [];
  }

  /**
   * Takes a message that a cell caused; ignores what is no output.
   *
   * @param cell The cell's index.
   * @param message The message.
   */
  take(cell: number, { header, content }: OutgoingMessage): void {
    switch (header.msg_type) {
      case "stream":
        return this.#write(
          cell,
          content.name as "stdout" | "stderr",
          content.text as string,
        );
      case "display_data":
        return this.#display(cell, content);
      case "update_display_data":
        return this.#update(content);
      case "execute_result":
        return this.#add(cell, {
          output_type: "execute_result",
          execution_count: content.execution_count as number,
          data: content.data as MimeBundle,
          metadata: content.metadata as MimeBundle,
        });
      case "error":
        return this.#add(cell, {
          output_type: "error",
          ename: content.ename as string,
          evalue: content.evalue as string,
          traceback: content.traceback as string[],
        });
      case "clear_output":
        if (content.wait) this.#clearOnNext.add(cell);
        else this.#clear(cell);
    }
  }

  #write(cell: number, name: "stdout" | "stderr", text: string): void {
    const last = this.#clearOnNext.has(cell) ? undefined : this.of(cell).at(-1);
    if (last?.output_type === "stream" && last.name === name) {
      this.#outputs[cell]!.splice(-1, 1, { ...last, text: last.text + text });
    } else {
      this.#add(cell, { output_type: "stream", name, text });
    }
  }

  #display(cell: number, content: OutgoingMessage["content"]): void {
    this.#add(cell, {
      output_type: "display_data",
      data: content.data as MimeBundle,
      metadata: content.metadata as MimeBundle,
    });
    const { display_id: id } = content.transient as { display_id?: string };
    if (id === undefined) return;
    const place: [number, number] = [cell, this.of(cell).length - 1];
    this.#places.set(id, [...this.#places.get(id) ?? [], place]);
  }

  #update(content: OutgoingMessage["content"]): void {
    const { display_id: id } = content.transient as { display_id?: string };
    for (const [cell, at] of this.#places.get(id ?? "") ?? []) {
      const shown = this.#outputs[cell]![at]!;
      this.#outputs[cell]![at] = {
        ...shown,
        data: content.data as MimeBundle,
        metadata: content.metadata as MimeBundle,
      } as Output;
    }
  }

  #add(cell: number, output: Output): void {
    if (this.#clearOnNext.delete(cell)) this.#clear(cell);
    (this.#outputs[cell] ??= []).push(output);
  }

  #clear(cell: number): void {
    this.#outputs[cell] = [];
    this.#clearOnNext.delete(cell);
    for (const [id, places] of this.#places) {
      this.#places.set(id, places.filter(([at]) => at !== cell));
    }
  }
}
