/**
 * Turns cells and outputs into HTML for a page, each once.
 * @module
 */
import type { Change } from "../document/mod.ts";
import { renderLiveMarkdown, renderLiveOutput } from "../export/live.ts";
import type { Cell, CellOutput, MarkdownCell } from "../nbformat/mod.ts";
import type { ServerMessage } from "./protocol.ts";
import { markWidget } from "./widgets.ts";

/** What following changes needs. */
export interface Painted {
  readonly find: (cellId: string) => Cell | undefined;
  /** Outputs were cleared; null for those of all cells. */
  readonly forget: (cellId: string | null) => void;
  readonly tell: (message: ServerMessage) => void;
}

/** Draws the cells of one notebook. */
export class Painter {
  /** What was drawn; it goes when the output goes. */
  readonly #drawn = new WeakMap<object, string>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** @param path The notebook, for images beside it. */
  constructor(readonly path: string) {}

  /** Draws one output. */
  output(output: CellOutput): string {
    return this.#once(
      output,
      () => markWidget(output, renderLiveOutput(shorten(output))),
    );
  }

  /** Draws HTML as if a cell had shown it. */
  html(html: string): string {
    return this.output({
      output_type: "display_data",
      data: { "text/html": html },
      metadata: {},
    });
  }

  /** Draws the text of a Markdown cell. */
  markdown(cell: MarkdownCell): string {
    return this.#once(
      cell,
      () => renderLiveMarkdown(cell.source, cell.attachments),
    );
  }

  /** Draws what a cell shows besides its source. */
  cell(cell: Cell): string[] {
    switch (cell.cell_type) {
      case "code":
        return cell.outputs.map((output) => this.output(output));
      case "markdown":
        return [this.markdown(cell)];
      default:
        return [];
    }
  }

  /** Draws those outputs that a page does not have yet. */
  since(before: readonly CellOutput[], outputs: readonly CellOutput[]): {
    /** How many stay as they are. */
    readonly keep: number;
    readonly html: readonly string[];
  } {
    let keep = 0;
    while (keep < outputs.length && outputs[keep] === before[keep]) keep++;
    return { keep, html: outputs.slice(keep).map((one) => this.output(one)) };
  }

  /** Draws again when a moment has passed without another wish. */
  later(cellId: string, draw: () => void): void {
    clearTimeout(this.#timers.get(cellId));
    this.#timers.set(
      cellId,
      setTimeout(() => {
        this.#timers.delete(cellId);
        draw();
      }, QUIET_MS),
    );
  }

  /** Draws anew what changes of the document have changed. */
  follow(changes: readonly Change[], { find, forget, tell }: Painted): void {
    for (const change of changes) {
      if (change.type === "clear-outputs") forget(change.cellId);
      if (!("cellId" in change) || change.cellId === null) continue;
      const { cellId } = change;
      const cell = find(cellId);
      if (cell?.cell_type === "markdown") {
        this.later(cellId, () => {
          const now = find(cellId);
          if (now?.cell_type !== "markdown") return;
          tell({ type: "markdown", cellId, html: this.markdown(now) });
        });
      } else if (change.type === "restore" || change.type === "set-type") {
        if (cell?.cell_type !== "code") continue;
        const html = this.cell(cell);
        tell({ type: "outputs", cellId, keep: 0, html });
      }
    }
  }

  #once(value: object, draw: () => string): string {
    let html = this.#drawn.get(value);
    if (html === undefined) this.#drawn.set(value, html = draw());
    return html;
  }
}

/**
 * A cell that prints without end is drawn many times a second: of long text
 * begin and end are drawn, all of it is in the file.
 */
function shorten(output: CellOutput): CellOutput {
  if (output.output_type !== "stream" || output.text.length <= MOST_TEXT) {
    return output;
  }
  const { text } = output;
  const left = text.length - MOST_TEXT;
  const begin = text.slice(0, BEGIN_TEXT).toWellFormed();
  const end = text.slice(BEGIN_TEXT - MOST_TEXT).toWellFormed();
  const note = `… ${left} characters are not shown here; the file has them …`;
  return { ...output, text: `${begin}\n${note}\n${end}` };
}

const QUIET_MS = 150;
const MOST_TEXT = 100_000;
const BEGIN_TEXT = 20_000;
