/**
 * Keeps a language server: starts it when it is first wanted, tells it about
 * the cells, starts it again when it has died, ends it when nobody asks.
 * @module
 */
import type { CellDocuments } from "./cell_documents.ts";
import { type CellDocument, EMPTY_CELL } from "./document.ts";
import { LanguageServer, type ServerOptions } from "./server.ts";

/** What the server is kept for. */
export interface KeeperOptions extends Omit<ServerOptions, "signal"> {
  /**
   * What some bare specifiers become, such as `skein`.
   * @default nothing
   */
  readonly modules?: Readonly<Record<string, string>> | undefined;
  /**
   * How long the server lives without a question, in milliseconds.
   * @default 600000
   */
  readonly idleMs?: number | undefined;
  /**
   * Whether no server is to be started.
   * @default false
   */
  readonly isServerOff?: boolean | undefined;
}

/** Keeps one language server for the cells of one notebook. */
export class ServerKeeper implements AsyncDisposable {
  readonly #options: KeeperOptions;
  readonly #documents: CellDocuments;
  readonly #disposal = new AbortController();
  #starting: Promise<LanguageServer | null> | null = null;
  #ready: LanguageServer | null = null;
  /** Addresses of documents that the server has. */
  readonly #told = new Set<string>();
  /** Servers that were told to end, and may not have. */
  readonly #ending = new Set<Promise<void>>();
  #idle: ReturnType<typeof setTimeout> | undefined;
  /** When servers ended though nobody had told them to. */
  #endings: number[] = [];
  #problem: string | null = null;

  /**
   * @param documents The cells.
   * @param options What the server is kept for.
   */
  constructor(documents: CellDocuments, options: KeeperOptions) {
    this.#documents = documents;
    this.#options = options;
  }

  /** The server's process id; `null` while there is none. */
  get pid(): number | null {
    return this.#ready?.pid ?? null;
  }

  /** Why no server is started any more; `null` as long as one is. */
  get problem(): string | null {
    return this.#problem;
  }

  /** The server, if it can answer at once; else it begins to start. */
  get ready(): LanguageServer | null {
    this.#touch();
    if (this.#ready === null) void this.use();
    return this.#ready;
  }

  /**
   * Waits until the server can answer.
   *
   * @returns The server; `null` when it does not stay alive.
   */
  use(): Promise<LanguageServer | null> {
    this.#touch();
    return this.#starting ??= this.#start();
  }

  /** Tells a server about all cells that it has not heard of. */
  async tell(server: LanguageServer): Promise<void> {
    for (const document of this.#documents.all) {
      if (this.#told.has(document.uri)) continue;
      this.#told.add(document.uri);
      this.put(server, document);
      await server.catchUp();
    }
  }

  /** Tells a server about a cell, at once; one that is not run is told of each time. */
  put(server: LanguageServer, document: CellDocument): void {
    const { folderUrl, modules = {} } = this.#options;
    const names = Object.keys(modules).filter((name) =>
      document.source.includes(name)
    );
    // Whole libraries: not loaded before a cell speaks of them.
    for (const name of names) {
      const text = `declare module ${JSON.stringify(name)} { export * from ${
        JSON.stringify(modules[name])
      }; }\n`;
      const uri = `${folderUrl}$skein_module_${name.replace(/\W/g, "_")}.d.ts`;
      server.put({ uri, languageId: "typescript", text });
    }
    if (document.isDraft) server.put(this.#documents.names);
    server.put(document);
  }

  /** Tells that cells are gone; another one may have taken the place of one. */
  drop(uris: readonly string[]): void {
    for (const uri of uris) {
      const isTold = this.#told.delete(uri);
      if (isTold && this.#documents.at(uri) === undefined) {
        this.#ready?.remove(uri);
      }
    }
  }

  /**
   * Sees to it that a server which can not answer is not asked again.
   *
   * @param server A server that has not answered.
   * @param patienceMs How long it may be silent.
   */
  async endIfStuck(server: LanguageServer, patienceMs: number): Promise<void> {
    if (server.silentMs >= patienceMs) await server[Symbol.asyncDispose]();
    else if (server.isOver) await server.ended;
  }

  /** Forgets what has failed: it may work now. */
  retry(): void {
    this.#endings = [];
    if (this.#problem === null) return;
    this.#problem = null;
    this.#starting = null;
  }

  /** Ends the server for good. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#problem = "Cannot use language server: it was told to end";
    this.#disposal.abort(new Error(this.#problem));
    clearTimeout(this.#idle);
    await this.#starting;
    await this.#ready?.[Symbol.asyncDispose]();
    await Promise.all(this.#ending);
  }

  async #start(): Promise<LanguageServer | null> {
    if (this.#problem !== null || this.#options.isServerOff) return null;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), START_MS);
    try {
      const server = await LanguageServer.start({
        ...this.#options,
        signal: AbortSignal.any([this.#disposal.signal, deadline.signal]),
      });
      this.#told.clear();
      await this.tell(server);
      // Its first answer takes seconds, so we ask before anybody waits for it.
      const draft = this.#documents.draft(EMPTY_CELL);
      this.put(server, draft);
      await server.ask("textDocument/diagnostic", draft.uri, {});
      this.#ready = server;
      void server.ended.then(() => this.#forget(server));
      this.#touch();
      return server;
    } catch (error) {
      // What it could have known is left out; the running program answers.
      this.#starting = null;
      this.#noteEnding(error);
      return this.#problem === null ? await this.use() : null;
    } finally {
      clearTimeout(timer);
    }
  }

  #forget(server: LanguageServer): void {
    if (this.#ready !== server) return;
    this.#ready = null;
    this.#starting = null;
    if (!this.#disposal.signal.aborted) this.#noteEnding(null);
  }

  #noteEnding(error: unknown): void {
    const nowMs = performance.now();
    this.#endings = this.#endings.filter((atMs) => nowMs - atMs < MEMORY_MS);
    this.#endings.push(nowMs);
    if (error instanceof Deno.errors.NotFound || isForbidden(error)) {
      // It is not there, and asking again would not bring it.
      this.#problem = `Cannot start language server: ${error.message}`;
    } else if (this.#endings.length >= MAX_ENDINGS) {
      // It dies of these cells, or can not be run here at all.
      this.#problem = `Cannot keep language server: it ended ${MAX_ENDINGS} ` +
        `times within ${MEMORY_MS / 60_000} minutes, expected it to run`;
    }
    // Whoever asks next hears it at once.
    if (this.#problem !== null) this.#starting = Promise.resolve(null);
  }

  /** Nobody asks for a while: 300 MB are worth having back. */
  #touch(): void {
    clearTimeout(this.#idle);
    if (this.#disposal.signal.aborted) return;
    this.#idle = setTimeout(() => {
      const server = this.#ready;
      if (server === null) return;
      this.#ready = null;
      this.#starting = null;
      const ended = server[Symbol.asyncDispose]();
      this.#ending.add(ended);
      void ended.then(() => this.#ending.delete(ended));
    }, this.#options.idleMs ?? IDLE_MS);
    Deno.unrefTimer(this.#idle);
  }
}

function isForbidden(error: unknown): error is Error {
  return error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable;
}

const START_MS = 60_000;
const IDLE_MS = 600_000;
/** So many sudden ends within so long, and it is not started again. */
const MAX_ENDINGS = 4;
const MEMORY_MS = 120_000;
