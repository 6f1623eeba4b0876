/**
 * Questions to a language server about the cell that is being typed.
 *
 * They are asked one after another, each about its own text: a server can not
 * tell two texts at one address apart.
 * @module
 */
import { within } from "./lsp/ask.ts";
import type { CellDocuments } from "./lsp/cell_documents.ts";
import type { CellDocument } from "./lsp/document.ts";
import type { ServerKeeper } from "./lsp/keeper.ts";
import type { LanguageServer } from "./lsp/server.ts";
import { Turns } from "./lsp/turns.ts";
import type { CellOutline } from "./outline.ts";

/** A question to a server about a cell that it has been told of. */
export type AskServer<T> = (
  server: LanguageServer,
  document: CellDocument,
) => Promise<T>;

/** Who is asked, and how patiently. */
export interface DraftsOptions {
  /** Has the server. */
  readonly keeper: ServerKeeper;
  /** The cells that were run. */
  readonly documents: CellDocuments;
  /** Reads all cells that were run. */
  readonly readAll: () => Promise<void>;
  /** How long a server may be silent, in milliseconds. */
  readonly silentMs: number;
  /** How long one that starts may keep a question waiting, in milliseconds. */
  readonly startMs: number;
}

/** Asks about cells that are not run. */
export class Drafts {
  readonly #options: DraftsOptions;
  readonly #turns = new Turns();

  /** @param options Who is asked, and how patiently. */
  constructor(options: DraftsOptions) {
    this.#options = options;
  }

  /**
   * Asks a server that can answer at once.
   *
   * @typeParam T What it answers.
   * @param ask The question.
   * @param outline The cell; `null` when it could not be read.
   * @returns The answer, or `null`.
   */
  async ask<T>(
    ask: AskServer<T>,
    outline: CellOutline | null,
  ): Promise<T | null> {
    const { keeper, documents, readAll, silentMs } = this.#options;
    const server = keeper.ready;
    if (server === null || outline === null) return null;
    try {
      await readAll();
      return await this.#turns.take(async () => {
        const document = documents.draft(outline);
        await server.look(document);
        using _ = await keeper.put(server, document);
        return await ask(server, document);
      });
    } catch {
      // It ended, or took too long: the running program answers alone.
      await keeper.endIfStuck(server, silentMs);
      return null;
    }
  }

  /**
   * Asks a server that is on its way: nobody else knows anything.
   *
   * @typeParam T What it answers.
   * @param ask The question.
   * @param outline The cell; `null` when it could not be read.
   * @returns The answer, or `null`.
   */
  async askLater<T>(
    ask: AskServer<T>,
    outline: CellOutline | null,
  ): Promise<T | null> {
    const { keeper, startMs } = this.#options;
    const started = keeper.use().then((server) => server !== null);
    const isThere = await within(startMs, started);
    return isThere ? await this.ask(ask, outline) : null;
  }
}
