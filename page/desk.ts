/**
 * What the user does: which cell is selected, which mode, what a command does.
 *
 * Which key means which command is in `keys.ts`.
 * @module
 */
/// <reference lib="dom" />
import { signal } from "@preact/signals";
import type { Operation } from "../document/mod.ts";
import { type Command, findCommand } from "./keys.ts";
import type { PageCell } from "./cells.ts";
import type { Match } from "./find.ts";
import type { PageNotebook } from "./notebook.ts";

/** Selection, mode and commands of one open notebook. */
export class Desk {
  readonly selected = signal<string | null>(null);
  readonly isEditing = signal(false);
  /** Which panel is open beside the notebook. */
  readonly panel = signal<
    "none" | "keys" | "bin" | "outline" | "things" | "find"
  >("none");
  /** What was found last, for its editor to show. */
  readonly found = signal<Match | null>(null);
  /** The cell that is being dragged. */
  dragged: string | null = null;
  /** The cell whose recording is open. */
  readonly recording = signal<string | null>(null);
  /** Whether somebody has moved by key: only then the view follows. */
  hasMoved = false;
  #work: Promise<unknown> = Promise.resolve();
  #pressed = "";
  #pressedMs = 0;
  #copied: { type: "code" | "markdown" | "raw"; source: string } | null = null;

  /** @param notebook What is worked on. */
  constructor(readonly notebook: PageNotebook) {}

  select(cellId: string): void {
    if (this.selected.value === cellId) return;
    this.selected.value = cellId;
    this.isEditing.value = false;
  }

  edit(cellId: string): void {
    this.selected.value = cellId;
    this.isEditing.value = true;
  }

  leaveEditor(): void {
    this.hasMoved = true;
    this.isEditing.value = false;
  }

  /** Goes to the cell above or below; says whether there is one. */
  step(direction: -1 | 1, isEditing = false): boolean {
    const cells = this.notebook.cells.value;
    const next = cells[this.#index() + direction];
    if (next === undefined) return false;
    this.hasMoved = true;
    this.selected.value = next.id;
    this.isEditing.value = isEditing && next.type !== "markdown";
    return true;
  }

  runOrStop(cellId: string): void {
    const run = this.notebook.runs.value.find((one) => one.cellId === cellId);
    if (run === undefined) void this.notebook.run([cellId]);
    else if (run.sinceMs === null) {
      this.notebook.say({ type: "cancel", cellId });
    } else this.notebook.say({ type: "interrupt" });
  }

  /** Runs the selected cell, and goes where `then` says. */
  async run(then: "stay" | "next" | "insert"): Promise<void> {
    const cell = this.#cell();
    if (cell === undefined) return;
    this.isEditing.value = false;
    if (cell.type === "code") void this.notebook.run([cell.id]);
    if (then === "stay") return;
    if (then === "insert") return await this.insert(cell.id);
    if (!this.step(1)) await this.insert(cell.id);
  }

  runAll(): void {
    void this.notebook.run(
      this.notebook.cells.value.filter(({ id, type }) =>
        type === "code" && this.notebook.textOf(id).trim() !== ""
      ).map(({ id }) => id),
    );
  }

  restart(runsAll: boolean): void {
    this.notebook.say({ type: "restart", runsAll });
  }

  /** Puts a new cell below another; null for the top. */
  async insert(
    after: string | null,
    { type = "code", source = "", isEditing = true }: {
      readonly type?: "code" | "markdown" | "raw";
      readonly source?: string;
      readonly isEditing?: boolean;
    } = {},
  ): Promise<void> {
    const id = crypto.randomUUID().slice(0, 8);
    await this.notebook.change({
      type: "insert",
      after,
      // The server makes the rest of it.
      cell: { id, cell_type: type, source, metadata: {} } as never,
    });
    this.hasMoved = true;
    this.selected.value = id;
    this.isEditing.value = isEditing;
  }

  async remove(): Promise<void> {
    const cell = this.#cell();
    if (cell === undefined) return;
    const cells = this.notebook.cells.value;
    const at = this.#index();
    const next = cells[at + 1] ?? cells[at - 1];
    this.hasMoved = true;
    await this.notebook.change({ type: "remove", cellId: cell.id });
    this.selected.value = next?.id ?? null;
  }

  async move(direction: -1 | 1): Promise<void> {
    const cells = this.notebook.cells.value;
    const at = this.#index();
    const cell = cells[at];
    if (cell === undefined || cells[at + direction] === undefined) return;
    const above = direction === 1 ? cells[at + 1] : cells[at - 2];
    await this.notebook.change({
      type: "move",
      cellId: cell.id,
      after: above?.id ?? null,
    });
  }

  /** Puts the dragged cell above or below another. */
  async drop(cellId: string, side: "above" | "below"): Promise<void> {
    const dragged = this.dragged;
    this.dragged = null;
    if (dragged === null || dragged === cellId) return;
    const others = this.notebook.cells.value.map(({ id }) => id)
      .filter((id) => id !== dragged);
    const at = others.indexOf(cellId) - (side === "above" ? 1 : 0);
    const after = others[at] ?? null;
    await this.notebook.change({ type: "move", cellId: dragged, after });
  }

  /** Shows a place that was found, without taking the keys there. */
  show(match: Match): void {
    this.hasMoved = true;
    this.selected.value = match.cellId;
    this.isEditing.value = false;
    this.found.value = match;
  }

  async setType(cellType: "code" | "markdown" | "raw"): Promise<void> {
    const cell = this.#cell();
    if (cell === undefined || cell.type === cellType) return;
    await this.notebook.change({ type: "set-type", cellId: cell.id, cellType });
  }

  /** Joins the selected cell with the one below. */
  async join(): Promise<void> {
    const cells = this.notebook.cells.value;
    const [first, second] = cells.slice(this.#index(), this.#index() + 2);
    if (first === undefined || second === undefined) return;
    const joined = `${this.notebook.textOf(first.id)}\n${
      this.notebook.textOf(second.id)
    }`;
    await this.#replace(first, joined, [
      { type: "remove", cellId: second.id },
    ]);
  }

  /** Cuts the selected cell in two at an offset. */
  async split(at: number): Promise<void> {
    const cell = this.#cell();
    if (cell === undefined || cell.type === "other") return;
    const text = this.notebook.textOf(cell.id);
    const id = crypto.randomUUID().slice(0, 8);
    await this.#replace(cell, text.slice(0, at).replace(/\n$/, ""), [{
      type: "insert",
      after: cell.id,
      cell: {
        id,
        cell_type: cell.type,
        source: text.slice(at).replace(/^\n/, ""),
        metadata: {},
      } as never,
    }]);
    this.selected.value = id;
  }

  /** Takes a key in command mode; says whether it meant something. */
  press(event: KeyboardEvent): boolean {
    const twice = this.#pressed === event.key &&
      event.timeStamp - this.#pressedMs < 800;
    this.#pressed = twice ? "" : event.key;
    this.#pressedMs = event.timeStamp;
    const command = findCommand(event, twice);
    if (command === null) return false;
    // A cell that is being made is the one that the next key means.
    this.#work = this.#work.then(() => this.#obey(command));
    return true;
  }

  #obey(command: Command): Promise<unknown> | void {
    const cell = this.#cell();
    const index = this.#index();
    const cells = this.notebook.cells.value;
    switch (command) {
      case "edit":
        if (cell) this.isEditing.value = true;
        return;
      case "up":
        return void this.step(-1);
      case "down":
        return void this.step(1);
      case "above":
        return this.insert(cells[index - 1]?.id ?? null, {
          isEditing: false,
        });
      case "below":
        return this.insert(cell?.id ?? null, { isEditing: false });
      case "remove":
        return this.remove();
      case "undo":
        return this.notebook.undo();
      case "redo":
        return this.notebook.redo();
      case "code":
      case "markdown":
      case "raw":
        return this.setType(command);
      case "copy":
      case "cut":
        if (cell && cell.type !== "other") {
          const { type } = cell;
          this.#copied = { type, source: this.notebook.textOf(cell.id) };
        }
        return command === "cut" ? this.remove() : undefined;
      case "paste":
        if (this.#copied) {
          return this.insert(cell?.id ?? null, {
            ...this.#copied,
            isEditing: false,
          });
        }
        return;
      case "join":
        return this.join();
      case "move-up":
        return this.move(-1);
      case "move-down":
        return this.move(1);
      case "interrupt":
        return this.notebook.say({ type: "interrupt" });
      case "restart":
        return this.restart(false);
      case "find":
        this.panel.value = "find";
        return;
      case "keys":
        this.panel.value = this.panel.value === "keys" ? "none" : "keys";
        return;
      default:
        command satisfies never;
    }
  }

  async #replace(
    cell: PageCell,
    source: string,
    others: readonly Operation[],
  ): Promise<void> {
    this.notebook.write(cell.id, source);
    await this.notebook.change({ type: "batch", operations: others });
  }

  #index(): number {
    const { value } = this.selected;
    return this.notebook.cells.value.findIndex(({ id }) => id === value);
  }

  #cell(): PageCell | undefined {
    return this.notebook.cells.value[this.#index()];
  }
}
