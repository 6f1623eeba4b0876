/**
 * The file behind a document: saved soon after each change, and watched.
 *
 * What is written is the document's, unless somebody else wrote the file
 * meanwhile: then both are merged, and where that can not be done nothing is
 * written until the user has said which to keep.
 * @module
 */
import { basename, dirname } from "node:path";
import { mergeNotebooks } from "../document/mod.ts";
import {
  type Notebook,
  parseNotebook,
  serializeNotebook,
} from "../nbformat/mod.ts";
import { readFileText, saveFileText } from "./files.ts";

/** How the file and the document stand to each other. */
export type DiskState =
  | { readonly type: "saved" }
  | { readonly type: "unsaved" }
  /** Writing failed; it is tried again. */
  | { readonly type: "failed"; readonly reason: string }
  /** Both changed the same cells; nothing is written until it is settled. */
  | { readonly type: "conflict"; readonly cellIds: readonly string[] }
  /** The file has gone, or is no notebook any more; nothing is written until it is settled. */
  | { readonly type: "lost"; readonly reason: string };

/** What a disk asks of its document. */
export interface DiskOptions {
  /** The file, an absolute path without links. */
  readonly path: string;
  /** The document as it is. */
  readonly current: () => Notebook;
  /** Takes what the file holds, or what a merge gave, into the document. */
  readonly adopt: (notebook: Notebook) => void;
  /** Told when {@link DiskState} changes. */
  readonly onState: (state: DiskState) => void;
}

/** Saves and watches the file of one document. */
export class Disk implements AsyncDisposable {
  readonly #options: DiskOptions;
  /** What the file held when it was last read or written by us. */
  #known: { readonly notebook: Notebook; readonly text: string; hash: string };
  /** What it held first: who takes all edits back has the same bytes again. */
  readonly #first: { readonly serial: string; readonly text: string };
  #state: DiskState = { type: "saved" };
  #theirs: Notebook | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirtySinceMs: number | null = null;
  #isClosed = false;
  /** One thing at a time is done with the file. */
  #work: Promise<void> = Promise.resolve();
  readonly #watcher: Deno.FsWatcher;

  private constructor(
    options: DiskOptions,
    known: { notebook: Notebook; text: string; hash: string },
  ) {
    this.#options = options;
    this.#known = known;
    const { notebook, text } = known;
    this.#first = { serial: serializeNotebook(notebook), text };
    this.#watcher = Deno.watchFs(dirname(options.path), { recursive: false });
    void this.#watch();
  }

  /**
   * Reads a notebook and watches its file.
   *
   * @throws {TypeError} If it is no notebook.
   */
  static async open(
    path: string,
    options: (notebook: Notebook) => Omit<DiskOptions, "path">,
  ): Promise<Disk> {
    const { text, hash } = await readFileText(path);
    const notebook = parseNotebook(text, basename(path));
    return new Disk({ ...options(notebook), path }, { notebook, text, hash });
  }

  get state(): DiskState {
    return this.#state;
  }

  /** Notes that the document has changed: it is saved soon. */
  touch(): void {
    if (this.#isClosed) return;
    const now = performance.now();
    this.#dirtySinceMs ??= now;
    if (this.#state.type === "saved") this.#set({ type: "unsaved" });
    clearTimeout(this.#timer);
    const left = this.#dirtySinceMs + LONGEST_MS - now;
    const waitMs = Math.max(0, Math.min(QUIET_MS, left));
    this.#timer = setTimeout(() => void this.save(), waitMs);
  }

  /** Saves now, if there is something to save and nothing to settle. */
  save(): Promise<void> {
    return this.#next(async () => {
      if (this.#isParked() || this.#dirtySinceMs === null) return;
      clearTimeout(this.#timer);
      // Somebody else may have written it a moment ago.
      await this.#look();
      if (this.#isParked() || this.#dirtySinceMs === null) return;
      await this.#write(this.#options.current());
    });
  }

  /** Says which to keep, when that could not be decided here. */
  settle(choice: "ours" | "theirs"): Promise<void> {
    return this.#next(async () => {
      if (!this.#isParked()) return;
      if (choice === "theirs" && this.#theirs !== null) {
        this.#options.adopt(this.#theirs);
        this.#dirtySinceMs = null;
        this.#theirs = null;
        this.#set({ type: "saved" });
        return;
      }
      this.#theirs = null;
      await this.#write(this.#options.current());
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.save();
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#watcher.close();
    await this.#work;
  }

  async #write(notebook: Notebook): Promise<void> {
    // What has not changed is written as it was, to the byte.
    const serial = serializeNotebook(notebook);
    const text = serial === serializeNotebook(this.#known.notebook)
      ? this.#known.text
      : serial === this.#first.serial
      ? this.#first.text
      : serial;
    try {
      const hash = await saveFileText(this.#options.path, text);
      this.#known = { notebook, text, hash };
      this.#dirtySinceMs = null;
      this.#set({ type: "saved" });
      // Changes that came while it was written.
      if (
        this.#options.current() !== notebook &&
        serializeNotebook(this.#options.current()) !== serial
      ) {
        this.touch();
      }
    } catch (error) {
      this.#set({ type: "failed", reason: reasonOf(error) });
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.save(), RETRY_MS);
    }
  }

  /** Reads the file and takes in what others wrote. */
  async #look(): Promise<void> {
    let text: string, hash: string, theirs: Notebook;
    try {
      ({ text, hash } = await readFileText(this.#options.path));
      if (hash === this.#known.hash) return;
      theirs = parseNotebook(text, basename(this.#options.path));
    } catch (error) {
      this.#set({ type: "lost", reason: reasonOf(error) });
      return;
    }
    const base = this.#known.notebook;
    const known = { notebook: theirs, text, hash };
    if (this.#dirtySinceMs === null) {
      this.#known = known;
      this.#options.adopt(theirs);
      this.#set({ type: "saved" });
      return;
    }
    const ours = this.#options.current();
    const { notebook, conflicts } = mergeNotebooks({ base, ours, theirs });
    this.#known = known;
    if (conflicts.length > 0) {
      this.#theirs = theirs;
      this.#set({ type: "conflict", cellIds: conflicts });
      return;
    }
    this.#options.adopt(notebook);
  }

  async #watch(): Promise<void> {
    const name = basename(this.#options.path);
    for await (const { paths } of this.#watcher) {
      if (!paths.some((path) => basename(path) === name)) continue;
      void this.#next(() =>
        this.#isClosed ? Promise.resolve() : this.#lookAgain()
      );
    }
  }

  /** Others write in steps as well: a file that is empty now is full in a moment. */
  async #lookAgain(): Promise<void> {
    await this.#look();
    if (this.#state.type !== "lost") return;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS / 10));
    await this.#look();
    const isBack = await readFileText(this.#options.path).then(
      ({ hash }) => hash === this.#known.hash,
      () => false,
    );
    if (isBack && this.#state.type === "lost") {
      this.#set({ type: this.#dirtySinceMs === null ? "saved" : "unsaved" });
    }
  }

  #isParked(): boolean {
    return this.#state.type === "conflict" || this.#state.type === "lost";
  }

  #set(state: DiskState): void {
    this.#state = state;
    this.#options.onState(state);
  }

  #next(work: () => Promise<void>): Promise<void> {
    return this.#work = this.#work.then(work);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const QUIET_MS = 500;
const LONGEST_MS = 2000;
const RETRY_MS = 3000;
