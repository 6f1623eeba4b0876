/**
 * One `deno lsp` process: started, told about documents, asked, ended.
 *
 * It takes two seconds to be of use and 300 MB, so whoever holds it decides
 * when: see `language/service.ts`. What documents say is made in `document.ts`.
 * @module
 */
import { Connection } from "./connection.ts";
import {
  enclose,
  type Enclosure,
  type EnclosureOptions,
  toUrl,
} from "./enclosure.ts";
import { copyFiles, isConfiguration, LocalFiles } from "./local_files.ts";
import { hideDirectives } from "./references.ts";
import { CAPABILITIES, writeSettings } from "./settings.ts";
import { startProcess } from "./start_process.ts";

/** How to start a server. */
export interface ServerOptions extends EnclosureOptions {
  /** Path of the `deno` that is started. @default the one that runs this */
  readonly executablePath?: string | undefined;
  /** Ends the server, even while it starts. @default never */
  readonly signal?: AbortSignal | undefined;
}

/** A document as the server is told of it. */
export interface ServerDocument {
  /** Its address. */
  readonly uri: string;
  /** How it is parsed. */
  readonly languageId: "typescript" | "typescriptreact";
  /** What it says. */
  readonly text: string;
}

/** A place in a document. Units: lines and UTF-16 columns, 0-based. */
export interface Position {
  /** The line. */
  readonly line: number;
  /** The column. */
  readonly character: number;
}

/** A running language server. */
export class LanguageServer implements AsyncDisposable {
  /** Process id. */
  readonly pid: number;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  readonly #process: Deno.ChildProcess;
  readonly #connection: Connection;
  readonly #enclosure: Enclosure;
  readonly #files: LocalFiles;
  /** How files looked when the server was told of them. */
  readonly #stamps = new Map<string, string>();
  readonly #configured = Promise.withResolvers<void>();
  readonly #versions = new Map<string, number>();
  readonly #texts = new Map<string, string>();
  #unheard = 0;

  private constructor(options: ServerOptions) {
    options.signal?.throwIfAborted();
    const enclosure = this.#enclosure = enclose(options);
    this.#files = new LocalFiles(enclosure);
    this.#process = startProcess(options.executablePath, enclosure);
    this.pid = this.#process.pid;
    const settings = writeSettings(enclosure.configPath);
    this.#connection = new Connection({
      readable: this.#process.stdout,
      writable: this.#process.stdin,
      nowMs: () => performance.now(),
      translate: enclosure.outside,
      answer: (method, params) => {
        if (method !== "workspace/configuration") return null;
        setTimeout(this.#configured.resolve, 0);
        const { items } = params as { items: { section?: string }[] };
        return items.map(({ section }) =>
          section === "deno" ? settings.deno : settings.typescript
        );
      },
    });
    this.ended = this.#end();
    const kill = () => this.#kill();
    options.signal?.addEventListener("abort", kill, { once: true });
    void this.ended.then(() =>
      options.signal?.removeEventListener("abort", kill)
    );
  }

  /**
   * Starts a server.
   *
   * @param options Where, and with which settings.
   * @returns The server, ready for documents.
   * @throws {Error} If it can not be started, or ends before it is ready.
   */
  static async start(options: ServerOptions): Promise<LanguageServer> {
    const server = new LanguageServer(options);
    try {
      await server.#greet();
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Tells of a document, if it is new or has changed.
   *
   * @param document The document.
   */
  put({ uri, languageId, text }: ServerDocument): void {
    // After each change all types are found out anew, the same or not.
    if (this.#texts.get(uri) === text) return;
    this.#texts.set(uri, text);
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    const shown = hideDirectives(text);
    if (version > 1) {
      this.#connection.notify("textDocument/didChange", {
        textDocument: { uri: this.#inside(uri), version },
        contentChanges: [{ text: shown }],
      });
      return;
    }
    const textDocument = {
      uri: this.#inside(uri),
      languageId,
      version,
      text: shown,
    };
    this.#connection.notify("textDocument/didOpen", { textDocument });
    this.#unheard++;
  }

  /** Waits, after many documents, until it has heard of them. */
  async catchUp(): Promise<void> {
    // Its queue is bounded, and it stands still when that is full.
    if (this.#unheard < MAX_UNHEARD) return;
    this.#unheard = 0;
    await this.#hear();
  }

  /** Tells that a document is gone. */
  remove(uri: string): void {
    this.#texts.delete(uri);
    if (!this.#versions.delete(uri)) return;
    const textDocument = { uri: this.#inside(uri) };
    this.#connection.notify("textDocument/didClose", { textDocument });
  }

  /**
   * Asks something about a document.
   *
   * @param method What, such as `textDocument/hover`.
   * @param uri The document.
   * @param params What goes with it, such as a position.
   * @param signal Gives up.
   * @returns The result, as the protocol has it.
   * @throws {Error} If the server has ended, or can not answer.
   */
  ask(
    method: string,
    uri: string,
    params: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const all = { textDocument: { uri: this.#inside(uri) }, ...params };
    return this.#connection.request(method, all, signal);
  }

  /** Whether it answers no more; its process may not have ended yet. */
  get isOver(): boolean {
    return this.#connection.isOver;
  }

  /** How long it has not answered, in milliseconds; 0 if it was not asked. */
  get silentMs(): number {
    return this.#connection.silentMs;
  }

  /** Asks for what was left out of a completion: its signature and documentation. */
  resolveItem(item: unknown, signal?: AbortSignal): Promise<unknown> {
    return this.#connection.request("completionItem/resolve", item, signal);
  }

  /**
   * Sees to it that the server knows the files that a cell imports, as they
   * are now.
   *
   * @param document The cell.
   * @returns Addresses of these files.
   */
  async look(
    { source, uri }: { source: string; uri: string },
  ): Promise<readonly string[]> {
    const { files, gone } = await this.#files.find(source, uri);
    const changed = files.filter(({ url, stamp }) =>
      this.#stamps.get(url) !== stamp && !isConfiguration(url)
    );
    for (const { url, stamp } of changed) this.#stamps.set(url, stamp);
    for (const url of gone) this.#stamps.delete(url);
    if (this.#enclosure.readable !== null) {
      await copyFiles({ files, changed, gone }, this.#enclosure.inside);
    }
    this.#filesChanged([...changed.map(({ url }) => url), ...gone]);
    return files.map(({ url }) => url);
  }

  /** Has the server look for packages anew: the session may have loaded some. */
  reload(): void {
    const { configPath } = this.#enclosure;
    this.#connection.notify("workspace/didChangeWatchedFiles", {
      changes: [{ uri: toUrl(configPath), type: FILE_CHANGED }],
    });
  }

  /** Ends the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.close();
    // It may be in the middle of something; nothing of it is worth waiting for.
    this.#kill();
    await this.ended;
  }

  #inside(uri: string): string {
    return this.#enclosure.inside(uri);
  }

  #filesChanged(urls: readonly string[]): void {
    if (urls.length === 0) return;
    this.#connection.notify("workspace/didChangeWatchedFiles", {
      changes: urls.map((url) => ({
        uri: this.#inside(url),
        type: FILE_CHANGED,
      })),
    });
  }

  async #greet(): Promise<void> {
    const { rootUrl, configPath } = this.#enclosure;
    await this.#connection.request("initialize", {
      processId: Deno.pid,
      rootUri: rootUrl,
      workspaceFolders: [{ uri: rootUrl, name: "notebook" }],
      initializationOptions: writeSettings(configPath).deno,
      capabilities: CAPABILITIES,
    });
    this.#connection.notify("initialized", {});
    // It asks for its settings, and hears nothing of it once a hundred
    // documents are in its queue before our answer.
    await Promise.race([this.#configured.promise, this.ended]);
  }

  /** Waits until it has heard all that was told. */
  async #hear(): Promise<void> {
    try {
      await this.#connection.request("skein/hear", {});
    } catch {
      // That it does not know what we mean is an answer; its end shows elsewhere.
    }
  }

  async #end(): Promise<void> {
    await this.#connection.ended;
    this.#kill();
    await this.#process.status;
    this.#enclosure[Symbol.dispose]();
  }

  #kill(): void {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
  }
}

const MAX_UNHEARD = 40;
const FILE_CHANGED = 2;
