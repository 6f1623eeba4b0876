/**
 * From messages to the outputs of a notebook, as Jupyter front ends keep them:
 * streams joined, displays replaced where they stand, cleared when asked.
 *
 * The one place that changes outputs of cells that have ended: late text and
 * display updates belong to the cell that caused them.
 * @module
 */
import { isTooDeep, MAX_DEPTH } from "./depth.ts";
import type {
  DisplayDataOutput,
  MimeBundle,
  OutgoingMessage,
  Output,
} from "../protocol/mod.ts";

/** An output, and how to find out whether it was updated since. */
interface Kept {
  readonly output: Output;
  /** The display it belongs to. */
  readonly displayId?: string | undefined;
  /** How many updates there had been when it was made. */
  readonly since: number;
}

/** What a display shows since its last update. */
interface Update {
  /** Its number among all updates. */
  readonly number: number;
  readonly value: Pick<DisplayDataOutput, "data" | "metadata">;
}

/** Names a cell: its place in a list, or its id. */
export type CellKey = number | string;

/** Collects the outputs of all cells of one run. */
export class OutputCollector {
  readonly #outputs = new Map<CellKey, Kept[]>();
  /** Cells that show a display. */
  readonly #showing = new Map<string, Set<CellKey>>();
  /**
   * Updates by display, `null` before the first. They are put in place when somebody looks: a cell may
   * show one display in a thousand places, and update it in a loop.
   */
  readonly #updates = new Map<string, Update | null>();
  #lastUpdate = 0;
  /** Cells whose outputs go away as soon as there is another. */
  readonly #clearOnNext = new Set<CellKey>();

  /**
   * The outputs of a cell so far.
   *
   * @param cell The cell.
   */
  of(cell: CellKey): readonly Output[] {
    return (this.#outputs.get(cell) ?? []).map(
      ({ output, displayId, since }) => {
        const update = this.#updates.get(displayId ?? "") ?? null;
        return displayId === undefined || update === null ||
            update.number <= since
          ? output
          : { ...output, ...update.value } as Output;
      },
    );
  }

  /**
   * Begins anew: the cell shows nothing.
   *
   * @param cell The cell.
   */
  forget(cell: CellKey): void {
    this.#clear(cell);
  }

  /**
   * Lists the cells whose outputs a message changes.
   *
   * @param cell The cell that caused it.
   * @param message The message.
   */
  touchedBy(cell: CellKey, { header, content }: OutgoingMessage): CellKey[] {
    if (header.msg_type !== "update_display_data") return [cell];
    const { display_id: id } = content.transient as { display_id?: string };
    return [...this.#showing.get(id ?? "") ?? []];
  }

  /**
   * Takes a message that a cell caused; ignores what is no output.
   *
   * @param cell The cell.
   * @param message The message.
   */
  take(cell: CellKey, { header, content }: OutgoingMessage): void {
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
          ...valueOf(content),
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

  #write(cell: CellKey, name: "stdout" | "stderr", text: string): void {
    const kept = this.#clearOnNext.has(cell)
      ? []
      : this.#outputs.get(cell) ?? [];
    const last = kept.at(-1)?.output;
    if (last?.output_type === "stream" && last.name === name) {
      const output = { ...last, text: last.text + text };
      kept[kept.length - 1] = { output, since: this.#lastUpdate };
    } else {
      this.#add(cell, { output_type: "stream", name, text });
    }
  }

  #display(cell: CellKey, content: OutgoingMessage["content"]): void {
    const { display_id: id } = content.transient as { display_id?: string };
    this.#add(cell, { output_type: "display_data", ...valueOf(content) }, id);
    if (id !== undefined && !this.#updates.has(id)) this.#updates.set(id, null);
  }

  #update(content: OutgoingMessage["content"]): void {
    const { display_id: id } = content.transient as { display_id?: string };
    if (id === undefined || !this.#updates.has(id)) return;
    const number = ++this.#lastUpdate;
    this.#updates.set(id, { number, value: valueOf(content) });
  }

  #add(cell: CellKey, output: Output, displayId?: string): void {
    if (this.#clearOnNext.delete(cell)) this.#clear(cell);
    const kept = { output, displayId, since: this.#lastUpdate };
    const all = this.#outputs.get(cell);
    if (all) all.push(kept);
    else this.#outputs.set(cell, [kept]);
    if (displayId === undefined) return;
    const showing = this.#showing.get(displayId);
    if (showing) showing.add(cell);
    else this.#showing.set(displayId, new Set([cell]));
  }

  #clear(cell: CellKey): void {
    this.#outputs.set(cell, []);
    this.#clearOnNext.delete(cell);
  }
}

function valueOf({ data, metadata }: OutgoingMessage["content"]): {
  readonly data: MimeBundle;
  readonly metadata: MimeBundle;
} {
  return {
    data: withoutDeep(data as MimeBundle),
    metadata: metadata as MimeBundle,
  };
}

/** What no notebook file can hold must not cost the file. */
function withoutDeep(data: MimeBundle): MimeBundle {
  const deep = Object.keys(data).filter((mimeType) =>
    isTooDeep(data[mimeType])
  );
  if (deep.length === 0) return data;
  const note = `${
    deep.join(", ")
  } is not kept: it is nested deeper than ${MAX_DEPTH} levels`;
  return {
    "text/plain": note,
    ...Object.fromEntries(
      Object.entries(data).filter(([mimeType]) => !deep.includes(mimeType)),
    ),
  };
}
