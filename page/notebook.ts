/**
 * The notebook as a page knows it: what the server said, and what is being
 * changed here.
 * @module
 */
/// <reference lib="dom" />
import type { ChangeSet } from "@codemirror/state";
import { signal } from "@preact/signals";
import type { Change, Operation } from "../document/mod.ts";
import type { DiskState } from "../server/mod.ts";
import type { ServerMessage, ShownCell, ShownRights } from "../server/mod.ts";
import { type CellList, changeCells, type PageCell, update } from "./cells.ts";
import { History } from "./history.ts";
import { typeAgain } from "./kept_edits.ts";
import { ShownActivity } from "./activity.ts";
import { Link } from "./link.ts";
import { Outbox } from "./outbox.ts";
import { Questions } from "./questions.ts";
import {
  type KernelStatus,
  type LinkStatus,
  type Offer,
  type PageRun,
  type Question,
  takeStatus,
} from "./status.ts";
import {
  type TextChange,
  type TextListener,
  Texts,
  type UnsentText,
} from "./texts.ts";
import type { WidgetMessage } from "./widgets.ts";

/** A notebook that is open in this page. */
export class PageNotebook {
  readonly cells = signal<readonly PageCell[]>([]);
  readonly name = signal("");
  readonly bin = signal<readonly { id: string; source: string }[]>([]);
  readonly kernel = signal<KernelStatus>({
    state: "none",
    session: 1,
    note: null,
  });
  readonly runs = signal<readonly PageRun[]>([]);
  readonly disk = signal<DiskState>({ type: "saved" });
  readonly rights = signal<ShownRights | null>(null);
  readonly link = signal<LinkStatus>({ state: "lost", reason: "" });
  readonly question = signal<Question | null>(null);
  readonly notice = signal<string | null>(null);
  /** What an earlier page has left. */
  readonly offer = signal<Offer | null>(null);
  /** What cells do and have started, and what is wrong with them. */
  readonly activity = new ShownActivity();
  /** Grows with each change of a text, for what depends on texts. */
  readonly edits = signal(0);
  /** Whether the server has all that was typed here. */
  readonly isSent = signal(true);
  readonly client = crypto.randomUUID();
  /** Takes what is said of widgets. */
  onWidget: ((message: WidgetMessage) => void) | null = null;

  readonly #texts = new Texts();
  readonly #questions = new Questions((request) => this.#link.send(request));
  readonly #history = new History((operation) => this.#outbox.ask(operation));
  readonly #outbox: Outbox;
  readonly #link: Link;
  #list: CellList = { cells: [], removed: new Map() };
  #version: number | null = null;
  #opening = "";

  /** @param options Which notebook, and how to reach its server. */
  constructor(
    { url, token, path }: { url: string; token: string; path: string },
  ) {
    this.#outbox = new Outbox({
      send: (number, operation) =>
        this.#link.send({ type: "operation", number, operation }),
      textOf: (cellId) => this.#texts.get(cellId),
    });
    this.#link = new Link({
      url,
      greet: () => ({
        type: "hello",
        protocol: 1,
        token,
        path,
        client: this.client,
        version: this.#version,
        opening: this.#opening,
      }),
      onMessage: (message) => this.#take(message),
      onState: (state, reason) => {
        this.link.value = { state, reason };
        if (state !== "open") this.#questions.giveUp();
        if (state !== "open") this.#outbox.close();
        // Without a snapshot the server has kept us: it knows what it took.
        else if (this.#version !== null) this.#outbox.open(0);
      },
    });
  }

  /** A cell's text as it is shown here. */
  textOf(cellId: string): string {
    return this.#texts.read(cellId);
  }

  /** Whether a cell's text is not the one that ran last. */
  isEdited(cellId: string): boolean {
    const text = this.#texts.get(cellId);
    const ran = this.#find(cellId)?.ran;
    if (text === undefined || !ran) return false;
    this.edits.value;
    return text.unsent.length > 0 || text.version !== ran.textVersion;
  }

  /** Tells an editor what others type; gives what ends that. */
  listen(cellId: string, listener: TextListener): () => void {
    return this.#texts.listen(cellId, listener);
  }

  /** Takes what was typed in an editor. */
  type(cellId: string, changes: ChangeSet): void {
    if (this.#texts.type(cellId, changes)) this.#noteTyped(cellId);
  }

  /** Replaces the text of a cell. */
  write(cellId: string, to: string): void {
    if (this.#texts.write(cellId, to)) this.#noteTyped(cellId);
  }

  /** Changes parts of it. */
  edit(cellId: string, places: readonly TextChange[]): void {
    if (this.#texts.edit(cellId, places)) this.#noteTyped(cellId);
  }

  /** What was typed here and the server may not have. */
  unsent(): UnsentText[] {
    return this.#texts.unsent();
  }

  /** Changes the structure; {@link undo} takes it back. */
  change(operation: Operation): Promise<void> {
    return this.#tell(this.#history.change(operation));
  }

  /** Takes the last change of the structure back. */
  undo(): Promise<void> {
    return this.#tell(this.#history.undo());
  }

  /** Does again what was taken back. */
  redo(): Promise<void> {
    return this.#tell(this.#history.redo());
  }

  /** Runs cells, as they are now; says so where nobody is there to run them. */
  async run(cellIds: readonly string[]): Promise<void> {
    if (await this.#allSent()) {
      this.#link.send({ type: "run", cellIds: [...cellIds] });
    } else this.notice.value = "Nothing was run: the server does not answer";
  }

  /** Says something that needs no answer. */
  say(request: Parameters<Link["send"]>[0]): void {
    if (request.type === "answer") this.question.value = null;
    this.#link.send(request);
  }

  /** Asks what could stand, or what stands, at a place in a source. */
  ask(
    about: "complete" | "inspect",
    code: string,
    cursor: number,
  ): Promise<unknown> {
    return this.#questions.ask({ type: "ask", about, code, cursor });
  }

  /** Asks for the figure of a cell's last run, as HTML; null if there is none. */
  async recordingOf(cellId: string): Promise<string | null> {
    const html = await this.#questions.ask({ type: "recording", cellId });
    return typeof html === "string" ? html : null;
  }

  /** What is refused is said, and nothing else ends. */
  async #tell(done: Promise<void>): Promise<void> {
    await done.catch((error) => this.notice.value = (error as Error).message);
    this.#noteSent();
  }

  /** Waits until the server has all, as long as it is there. */
  async #allSent(): Promise<boolean> {
    while (!this.#outbox.isEmpty && this.link.value.state === "open") {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.link.value.state === "open";
  }

  #noteTyped(cellId: string): void {
    this.edits.value++;
    this.isSent.value = false;
    this.#outbox.changed(cellId);
  }

  #noteSent(): void {
    this.isSent.value = this.#outbox.isEmpty;
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case "snapshot":
        return this.#open(message);
      case "changes":
        for (const change of message.changes) this.#apply(change);
        return;
      case "taken":
        this.#outbox.taken(message.number, message.inverse, message.reason);
        return this.#noteSent();
      case "stale":
        return this.#outbox.again(message.number);
      case "missed":
        return this.#outbox.again(message.next);
      case "outputs":
        return this.#update(message.cellId, ({ html }) => ({
          html: [...html.slice(0, message.keep), ...message.html],
        }));
      case "markdown":
        return this.#update(message.cellId, { html: [message.html] });
      case "count":
        return this.#update(message.cellId, { count: message.count });
      case "ran":
        return this.#update(message.cellId, { ran: message.ran });
      case "asked":
        return this.#questions.take(message.number, message.content);
      default:
        takeStatus(this, message);
    }
  }

  #open(snapshot: Extract<ServerMessage, { type: "snapshot" }>): void {
    const isNew = this.#opening !== snapshot.opening;
    const kept = this.#texts.unsent();
    this.#version = snapshot.version;
    this.#opening = snapshot.opening;
    this.name.value = snapshot.name;
    this.bin.value = snapshot.bin;
    if (isNew) this.#outbox.clear();
    this.#texts.keepOnly(new Set(snapshot.cells.map(({ id }) => id)));
    for (const { id, source, textVersion } of snapshot.cells) {
      this.#texts.reset(id, source, textVersion);
    }
    this.#put({ cells: snapshot.cells.map(strip), removed: new Map() });
    for (const unsent of kept) typeAgain(this, unsent);
    this.#outbox.open(snapshot.taken);
    this.#noteSent();
  }

  #apply(change: Change): void {
    this.#version = Math.max(this.#version ?? 0, change.version);
    switch (change.type) {
      case "text": {
        const isOwn = change.client === this.client && !change.isMerged;
        this.#texts.take(change.cellId, change.changes, isOwn);
        this.edits.value++;
        return;
      }
      case "remove":
        this.bin.value = [...this.bin.value, {
          id: change.cellId,
          source: this.textOf(change.cellId).slice(0, 200),
        }];
        break;
      case "restore":
        this.bin.value = this.bin.value.filter(({ id }) =>
          id !== change.cellId
        );
        break;
      case "insert":
        this.#texts.reset(change.cell.id, change.cell.source, 0);
    }
    const next = changeCells(this.#list, change);
    // It was removed before this page came: the whole is asked for again.
    if (next === null) return void this.#link.send({ type: "snapshot" });
    this.#put(next);
  }

  #find(cellId: string): PageCell | undefined {
    return this.cells.value.find(({ id }) => id === cellId);
  }

  #update(cellId: string, next: Parameters<typeof update>[2]): void {
    this.#put(update(this.#list, cellId, next));
  }

  #put(list: CellList): void {
    this.#list = list;
    this.cells.value = list.cells;
  }
}

function strip({ source: _, textVersion: __, ...cell }: ShownCell): PageCell {
  return cell;
}
