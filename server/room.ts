/**
 * One open notebook: its document, its file, its kernel, and who looks at it.
 *
 * Pages come and go; what runs goes on. Deciding is in `document/` and `runs.ts`.
 * @module
 */
import { basename } from "node:path";
import {
  adoptRest,
  type Applied,
  applyOperation,
  type Change,
  changesSince,
  type DocumentState,
  listAdoption,
  openDocument,
  type Operation,
  parseSent,
  passOver,
  setOutputs,
  toNotebook,
} from "../document/mod.ts";
import type { Notebook } from "../nbformat/mod.ts";
import { Checker } from "./checker.ts";
import { findCode, listCodeIds } from "./code_cells.ts";
import { Engine } from "./engine.ts";
import { Painter } from "./painter.ts";
import { describeDocument, listShown, type SnapshotFacts } from "./snapshot.ts";
import type { Hello, PageRequest, ServerMessage } from "./protocol.ts";
import { RoomFile } from "./room_file.ts";
import type { Page, RoomOptions } from "./room_options.ts";

/** One open notebook. */
export class Room implements AsyncDisposable {
  readonly #options: RoomOptions;
  readonly #pages = new Set<Page>();
  /** Versions are counted anew each time a document is opened. */
  readonly #opening = crypto.randomUUID();
  readonly #painter: Painter;
  /** Runs its cells. */
  readonly engine: Engine;
  #disk!: RoomFile;
  #document!: DocumentState;
  readonly #checker = new Checker({
    view: () => this.engine.activity.view,
    tell: (message) => this.#tell(message),
    find: (cellId) => findCode(this.#document, cellId),
  });
  /** Numbers of operations that are the server's own. */
  #own = 0;

  private constructor(options: RoomOptions) {
    this.#options = options;
    this.#painter = new Painter(options.path);
    this.engine = new Engine({
      startKernel: options.startKernel,
      send: (message) => {
        this.#tell(message);
        if (message.type === "ran") this.#checker.ran(message.cellId);
      },
      show: (cellId, shown) => this.#show(cellId, shown),
    });
  }

  /** @throws {TypeError} If the file is no notebook. */
  static async open(options: RoomOptions): Promise<Room> {
    const room = new Room(options);
    room.#disk = await RoomFile.open(options.path, (notebook) => {
      room.#document = openDocument(notebook);
      return {
        current: () => toNotebook(room.#document),
        adopt: (adopted) => room.#adopt(adopted),
        onState: (state) => room.#tell({ type: "disk", state }),
      };
    });
    return room;
  }

  /** Whether a page looks at it. */
  get isWatched(): boolean {
    return this.#pages.size > 0;
  }

  /** The notebook as it is now. */
  get notebook(): Notebook {
    return toNotebook(this.#document);
  }

  /** Its file. */
  get file(): RoomFile {
    return this.#disk;
  }

  /** Notes that another front end runs a cell, if it is one of ours. */
  follow(executionId: string, cellId: string, source: string): void {
    const cell = findCode(this.#document, cellId);
    if (cell === null) return;
    // What it runs may be another text than the one that pages show.
    const textVersion = cell.source === source ? cell.textVersion : -1;
    this.engine.follow({ ...cell, executionId, source, textVersion });
  }

  /**
   * Takes what a client that knows only whole notebooks has saved, and saves it.
   *
   * @param first What else is to be done, before that.
   */
  async save(notebook: Notebook, first: readonly Operation[]): Promise<void> {
    this.#perform(first);
    this.#adopt(notebook);
    this.#disk.touch();
    await this.#disk.save();
  }

  /** Lets a page in; gives what takes it out again. */
  enter(page: Page, hello: Hello): () => void {
    this.#pages.add(page);
    const missed = hello.version === null || hello.opening !== this.#opening
      ? null
      : changesSince(this.#document, hello.version);
    if (missed === null) page.send(this.#snapshot(page.client));
    else {
      page.send({ type: "changes", changes: missed });
      const facts = this.#facts(page);
      listShown(this.#document, hello.version!, facts).forEach(page.send);
    }
    page.send({ type: "disk", state: this.#disk.state });
    page.send(this.#rights());
    const { engine } = this;
    [engine, engine.activity, this.#checker].flatMap((one) => one.describe())
      .forEach(page.send);
    return () => this.#pages.delete(page);
  }

  /** Takes what a page says. */
  async take(page: Page, request: PageRequest): Promise<void> {
    switch (request.type) {
      case "operation":
        return this.#operate(page, request);
      case "run":
        return this.#run(request.cellIds);
      case "cancel":
        return this.engine.cancel(request.cellId);
      case "interrupt":
        return this.engine.interrupt();
      case "restart":
        await this.engine.restart();
        if (request.runsAll) this.#run(listCodeIds(this.#document));
        return;
      case "answer":
        return this.engine.answer(request.text);
      case "ask": {
        const content = await this.engine.ask(request);
        return page.send({ type: "asked", number: request.number, content });
      }
      case "stop":
        return this.engine.activity.stop(request.what, request.id);
      case "recording": {
        const html = await this.engine.activity.draw(request.cellId);
        const content = html === null ? null : this.#painter.html(html);
        return page.send({ type: "asked", number: request.number, content });
      }
      case "comm":
        return await this.engine.widgets.say(request);
      case "settle":
        return await this.#disk.settle(request.choice);
      case "grant":
        await this.#options.rights.grant(request.choice);
        if (request.choice !== "no") await this.engine.restart();
        return this.#tell(this.#rights());
      case "snapshot":
        return page.send(this.#snapshot(page.client));
      case "save":
        return await this.#disk.save();
      default:
        request satisfies never;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#checker[Symbol.dispose]();
    await this.engine[Symbol.asyncDispose]();
    await this.#disk[Symbol.asyncDispose]();
  }

  #operate(
    page: Page,
    { number, operation }: Extract<PageRequest, { type: "operation" }>,
  ): void {
    const sent = parseSent({ client: page.client, number, operation });
    const applied = applyOperation(this.#document, sent);
    switch (applied.type) {
      case "applied":
        this.#accept(applied);
        if (applied.changes.length > 0) this.#disk.touch();
        return page.send({ type: "taken", number, inverse: applied.inverse });
      case "known":
        return page.send({ type: "taken", number, inverse: null });
      case "stale":
        return page.send({ type: "stale", number, cellId: applied.cellId });
      case "missed":
        return page.send({ type: "missed", next: applied.next });
      case "refused":
        this.#document = passOver(this.#document, sent);
        return page.send({
          type: "taken",
          number,
          inverse: null,
          reason: applied.reason,
        });
      default:
        applied satisfies never;
    }
  }

  #accept({ state, changes }: Extract<Applied, { type: "applied" }>): void {
    this.#document = state;
    if (changes.length === 0) return;
    this.#tell({ type: "changes", changes });
    this.#repaint(changes);
  }

  /** What a page can not make of a change by itself: HTML. */
  #repaint(changes: readonly Change[]): void {
    this.#checker.follow(changes);
    this.#painter.follow(changes, {
      find: (cellId) => this.#find(cellId),
      forget: (cellId) => {
        const ids = cellId === null ? listCodeIds(this.#document) : [cellId];
        for (const id of ids) this.engine.forget(id);
      },
      tell: (message) => this.#tell(message),
    });
  }

  #run(cellIds: readonly string[]): void {
    this.engine.run(
      cellIds.flatMap((cellId) => findCode(this.#document, cellId) ?? []),
    );
  }

  #show(
    cellId: string,
    shown: Parameters<typeof setOutputs>[2],
  ): void {
    const before = this.#find(cellId);
    this.#document = setOutputs(this.#document, cellId, shown);
    this.#disk.touch();
    if (shown.execution_count !== undefined) {
      this.#tell({ type: "count", cellId, count: shown.execution_count });
    }
    if (shown.outputs === undefined || before?.cell_type !== "code") return;
    const drawn = this.#painter.since(before.outputs, shown.outputs);
    this.#tell({ type: "outputs", cellId, ...drawn });
  }

  #adopt(notebook: Notebook): void {
    this.#perform(listAdoption(this.#document, notebook));
    this.#document = adoptRest(this.#document, notebook);
    for (const page of this.#pages) page.send(this.#snapshot(page.client));
  }

  #perform(operations: readonly Operation[]): void {
    for (const operation of operations) {
      const sent = { client: "disk", number: ++this.#own, operation };
      const applied = applyOperation(this.#document, sent);
      // The rest is there after a look at the whole.
      if (applied.type !== "applied") break;
      this.#accept(applied);
    }
  }

  #rights(): ServerMessage {
    return { type: "rights", rights: this.#options.rights.show() };
  }

  #snapshot(client: string): ServerMessage {
    return describeDocument(this.#document, this.#facts({ client }));
  }

  #facts({ client }: Pick<Page, "client">): SnapshotFacts {
    return {
      client,
      opening: this.#opening,
      name: basename(this.#disk.path),
      ran: this.engine.state.ran,
      draw: (cell) => this.#painter.cell(cell),
    };
  }

  #find(cellId: string) {
    return this.#document.cells.find(({ cell }) => cell.id === cellId)?.cell;
  }

  #tell(message: ServerMessage): void {
    for (const page of this.#pages) page.send(message);
  }
}
