/**
 * Keeps a language server: starts it when it is first wanted, tells it about
 * the cells, starts it again when it has died, ends it when nobody asks.
 * @module
 */
import type { CellDocuments } from "./cell_documents.ts";
import { type CellDocument, EMPTY_CELL, toPosition } from "./document.ts";
import { LanguageServer, type ServerOptions } from "./server.ts";
import { WorkingSet } from "./working_set.ts";

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
  /** The newest server, which may not be ready yet, and what it has. */
  #told: { server: LanguageServer; cells: WorkingSet<CellDocument> } | null =
    null;
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

  /**
   * Tells a server about a cell and what it rests on.
   *
   * @param server The server.
   * @param document The cell; one that is not run is told of each time.
   * @returns Lets go of it, when what was asked about it is answered.
   */
  async put(
    server: LanguageServer,
    document: CellDocument,
  ): Promise<Disposable> {
    const cells = this.#cellsOf(server);
    const isKept = this.#documents.at(document.uri) === document;
    const needed = this.#documents.neededBy(document);
    const held = await cells.hold(
      isKept ? [...needed, document] : needed,
      () => server.catchUp(),
    );
    if (document.isDraft) {
      server.put(this.#documents.names((uri) => cells.has(uri)));
    }
    if (!isKept) this.#write(server, document);
    return held;
  }

  #cellsOf(server: LanguageServer): WorkingSet<CellDocument> {
    if (this.#told?.server === server) return this.#told.cells;
    const cells = new WorkingSet<CellDocument>({
      // Meanwhile another cell may have taken its place.
      put: (document) =>
        this.#write(server, this.#documents.at(document.uri) ?? document),
      remove: (uri) => server.remove(uri),
    });
    this.#told = { server, cells };
    return cells;
  }

  #write(server: LanguageServer, document: CellDocument): void {
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
    server.put(document);
    const { module } = document.outline;
    if (module === undefined || !document.uri.endsWith(`/${module}`)) return;
    const name = JSON.stringify(`./${module}`);
    server.put({
      uri: `${document.uri}.ts`,
      languageId: "typescript",
      text: `export * from ${name}; export { default } from ${name};\n`,
    });
  }

  /** Tells that cells are gone; another one may have taken the place of one. */
  drop(uris: readonly string[]): void {
    for (const uri of uris) {
      const document = this.#documents.at(uri);
      if (document === undefined) this.#told?.cells.remove(uri);
      else this.#told?.cells.replace(document);
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
      // Its first answer takes seconds, so we ask before anybody waits for it.
      const draft = this.#documents.draft(EMPTY_CELL);
      // Those that most questions will rest on.
      const newest = [...this.#documents.all].at(-1) ?? draft;
      using _newest = await this.put(server, newest);
      using _ = await this.put(server, draft);
      await server.ask("textDocument/diagnostic", draft.uri, {});
      this.#ready = server;
      void this.#warmUp(server);
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

  /** Its first answers of each kind take ten times as long as later ones. */
  async #warmUp(server: LanguageServer): Promise<void> {
    try {
      const rounds = Array.from({ length: WARM_UP_ROUNDS }, (_, i) => i);
      for (
        const source of rounds.flatMap((i) =>
          WARM_UP.map((one) => `${i};${one}`)
        )
      ) {
        const cell = { ...EMPTY_CELL, source };
        const draft = this.#documents.draft(cell, "warm_up");
        using _ = await this.put(server, draft);
        const position = toPosition(draft, source.length);
        const answer = await server.ask(
          "textDocument/completion",
          draft.uri,
          { position, context: { triggerKind: INVOKED } },
        );
        const { items = [] } = (answer ?? {}) as { items?: unknown[] };
        for (const item of items.slice(0, 2)) await server.resolveItem(item);
        await server.ask("textDocument/hover", draft.uri, { position: START });
      }
      server.remove(this.#documents.draft(EMPTY_CELL, "warm_up").uri);
    } catch {
      // It has ended, which whoever needs it notices.
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

const INVOKED = 1;
const START = { line: 1, character: 7 };
/** With three, the first answer takes a third of the processor time; more help little. */
const WARM_UP_ROUNDS = 3;
/** Values of several kinds, whose members, and whose names, are asked for. */
const WARM_UP: readonly string[] = [
  'const text = "a"; text.',
  "const local = { alpha: 1, beta: [2] }; local.",
  "function f(item: Date[]) { return item.",
  "Mat",
  "Math.",
];
const START_MS = 60_000;
const IDLE_MS = 600_000;
/** So many sudden ends within so long, and it is not started again. */
const MAX_ENDINGS = 4;
const MEMORY_MS = 120_000;
