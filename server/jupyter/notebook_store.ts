/**
 * Notebooks that clients read and save as wholes. What is open in a room is
 * joined with what pages do; what is not is a file.
 * @module
 */
import { basename } from "node:path";
import { binCopy, isSame } from "../../document/mod.ts";
import {
  type Notebook,
  parseNotebook,
  serializeNotebook,
} from "../../nbformat/mod.ts";
import { hashOf, readFileText, saveFileText } from "../files.ts";
import type { Room } from "../room.ts";
import type { Rooms } from "../rooms.ts";
import { HttpError } from "./answers.ts";
import type { Kernels } from "./kernels.ts";
import { mergeSaved } from "./merge_saved.ts";
import { fromContent, toContent, withoutOutputs } from "./notebook_json.ts";
import type { OutputTrust } from "./output_trust.ts";

/** What the store is made of. */
export interface NotebookStoreOptions {
  readonly rooms: Rooms;
  readonly kernels: Kernels;
  readonly trust: OutputTrust;
}

/** Reads and saves notebooks. Paths are absolute, without links. */
export class NotebookStore {
  readonly #options: NotebookStoreOptions;
  /** What clients have: given to them last, or sent by them. */
  readonly #bases = new Map<string, Notebook>();

  /** @param options What it is made of. */
  constructor(options: NotebookStoreOptions) {
    this.#options = options;
  }

  /** Gives a notebook to a client. */
  async read(path: string): Promise<Readonly<Record<string, unknown>>> {
    const { trust } = this.#options;
    const notebook = await this.#current(path);
    this.#remember(path, notebook);
    return toContent(notebook, (outputs) => trust.has(outputs));
  }

  /**
   * Tells one state of a notebook from another. What cells show does not count:
   * it would differ from what a client knows whenever that client runs a cell.
   */
  async hash(path: string): Promise<string> {
    return await hashNotebook(await this.#current(path));
  }

  /**
   * Saves what a client sent.
   *
   * @returns The hash of what the client has, which is not that of the file where
   * others have edited it as well: so the client asks before it saves again.
   * @throws {HttpError} If it can not be written.
   */
  async save(path: string, content: unknown): Promise<string> {
    const { notebook, trusted } = fromContent(content, basename(path));
    await this.#options.trust.add(trusted);
    const room = await this.#options.rooms.find(path);
    if (room === null) {
      // What is not changed is not written: the file keeps its bytes.
      const known = await readFileText(path).then(
        ({ text }) => parseNotebook(text, basename(path)),
        () => null,
      );
      if (known === null || !isSame(known, notebook)) {
        await saveFileText(path, serializeNotebook(notebook));
      }
    } else await this.#join(room, notebook);
    this.#remember(path, notebook);
    return await hashNotebook(notebook);
  }

  /** A file has another name, or is gone. */
  forget(path: string, to?: string): void {
    const base = this.#bases.get(path);
    this.#bases.delete(path);
    if (to !== undefined && base !== undefined) this.#remember(to, base);
  }

  async #join(room: Room, theirs: Notebook): Promise<void> {
    const ours = room.notebook;
    const base = this.#bases.get(room.file.path) ?? ours;
    const { notebook, replaced } = mergeSaved({
      base,
      ours,
      theirs,
      ranByClient: (cellId) => this.#ranByClient(room, cellId),
    });
    // What gave way can be found in the bin of our page.
    const first = replaced.flatMap((cell) =>
      binCopy(cell, crypto.randomUUID())
    );
    if (!isSame(notebook, ours)) await room.save(notebook, first);
    else await room.file.save();
    const { state } = room.file;
    if (state.type === "failed") {
      throw new HttpError(500, `The file can not be written: ${state.reason}`);
    }
    if (state.type === "conflict" || state.type === "lost") {
      throw new HttpError(
        409,
        "The file was changed by another program at the same time. Your edits are kept; open the notebook in Skein's page to say which to keep",
      );
    }
  }

  /** One client that ran it last knows what it has cleared since. */
  #ranByClient(room: Room, cellId: string): boolean {
    const { queue, ran } = room.engine.state;
    if (queue.some((run) => run.cellId === cellId)) return false;
    return ran.get(cellId)?.isForeign === true &&
      this.#options.kernels.ofRoom(room).connections <= 1;
  }

  async #current(path: string): Promise<Notebook> {
    const room = await this.#options.rooms.find(path);
    if (room !== null) return room.notebook;
    const { text } = await readFileText(path);
    return parseNotebook(text, basename(path));
  }

  #remember(path: string, notebook: Notebook): void {
    this.#bases.delete(path);
    this.#bases.set(path, notebook);
    if (this.#bases.size > MOST_BASES) {
      this.#bases.delete(this.#bases.keys().next().value!);
    }
  }
}

async function hashNotebook(notebook: Notebook): Promise<string> {
  const text = serializeNotebook(withoutOutputs(notebook));
  return await hashOf(new TextEncoder().encode(text));
}

const MOST_BASES = 100;
