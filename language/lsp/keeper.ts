/**
 * Keeps a language server: starts it when it is first wanted, tells it about
 * the cells, starts it again when it has died, ends it when nobody asks.
 * @module
 */
import type { CellDocuments } from "./cell_documents.ts";
import { LanguageServer, type ServerDocument } from "./server.ts";

/** What the server is kept for. */
export interface KeeperOptions {
  /** The notebook's folder, a `file:` URL that ends in `/`. */
  readonly folderUrl: string;
  /** Path of the user's `deno.json`. @default none */
  readonly configPath?: string | undefined;
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
  #starting: Promise<LanguageServer | null> | null = null;
  #ready: LanguageServer | null = null;
  /** Addresses of documents that the server has. */
  readonly #told = new Set<string>();
  #idle: ReturnType<typeof setTimeout> | undefined;
  #endings: number[] = [];
  #isDisposed = false;

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
      await server.put(document);
    }
  }

  /** Tells that cells are gone. */
  drop(uris: readonly string[]): void {
    for (const uri of uris) {
      if (this.#told.delete(uri)) this.#ready?.remove(uri);
    }
  }

  /** Ends the server for good. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    clearTimeout(this.#idle);
    const server = await this.#starting;
    await server?.[Symbol.asyncDispose]();
  }

  async #start(): Promise<LanguageServer | null> {
    if (this.#options.isServerOff) return null;
    const nowMs = performance.now();
    this.#endings = this.#endings.filter((atMs) => nowMs - atMs < MEMORY_MS);
    // It dies of these cells, or can not be run here at all.
    if (this.#isDisposed || this.#endings.length >= MAX_ENDINGS) return null;
    try {
      const { folderUrl, configPath } = this.#options;
      const server = await LanguageServer.start({
        folderUrl,
        ...(configPath === undefined ? {} : { configPath }),
      });
      void server.ended.then(() => this.#forget(server));
      this.#told.clear();
      const modules = this.#writeModules();
      if (modules !== null) await server.put(modules);
      await this.tell(server);
      // Its first answer takes seconds, so we ask before anybody waits for it.
      const draft = this.#documents.draft("");
      await server.put(draft);
      await server.ask("textDocument/diagnostic", draft.uri, {});
      if (this.#isDisposed) return server;
      return this.#ready = server;
    } catch {
      // What it could have known is left out; the running program answers.
      this.#endings.push(nowMs);
      this.#starting = null;
      return null;
    }
  }

  #forget(server: LanguageServer): void {
    if (this.#ready !== server) return;
    this.#endings.push(performance.now());
    this.#ready = null;
    this.#starting = null;
  }

  /** Nobody asks for a while: 300 MB are worth having back. */
  #touch(): void {
    clearTimeout(this.#idle);
    if (this.#isDisposed) return;
    this.#idle = setTimeout(() => {
      const server = this.#ready;
      this.#ready = null;
      this.#starting = null;
      void server?.[Symbol.asyncDispose]();
    }, this.#options.idleMs ?? IDLE_MS);
    Deno.unrefTimer(this.#idle);
  }

  #writeModules(): ServerDocument | null {
    const { folderUrl, modules = {} } = this.#options;
    const text = Object.entries(modules).map(([name, url]) =>
      `declare module ${JSON.stringify(name)} { export * from ${
        JSON.stringify(url)
      }; }\n`
    ).join("");
    const uri = `${folderUrl}$skein_modules.d.ts`;
    return text === "" ? null : { uri, languageId: "typescript", text };
  }
}

const IDLE_MS = 600_000;
/** So many sudden ends within so long, and it is not started again. */
const MAX_ENDINGS = 4;
const MEMORY_MS = 120_000;
