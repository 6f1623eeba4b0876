/**
 * One `deno lsp` process: started, told about documents, asked, ended.
 *
 * It takes two seconds to be of use and 300 MB, so whoever holds it decides
 * when: see `language/service.ts`. What documents say is made in `document.ts`.
 * @module
 */
import { setPriority } from "node:os";
import { Connection } from "./connection.ts";

/** How to start a server. */
export interface ServerOptions {
  /** The notebook's folder, a `file:` URL that ends in `/`. */
  readonly folderUrl: string;
  /** Path of the user's `deno.json`. @default none */
  readonly configPath?: string | undefined;
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
  readonly #configured = Promise.withResolvers<void>();
  readonly #versions = new Map<string, number>();
  readonly #texts = new Map<string, string>();
  #unheard = 0;

  private constructor(options: ServerOptions) {
    options.signal?.throwIfAborted();
    this.#process = new Deno.Command(
      options.executablePath ?? Deno.execPath(),
      {
        args: ["lsp", "--quiet"],
        stdin: "piped",
        stdout: "piped",
        stderr: "null",
        // As in the session: a package.json beside the notebook is not its own.
        env: { DENO_NO_PACKAGE_JSON: "1", NO_COLOR: "1" },
        // Ctrl-C in a terminal is the kernel's to handle.
        detached: Deno.build.os !== "windows",
      },
    ).spawn();
    this.pid = this.#process.pid;
    beModest(this.pid);
    const settings = writeSettings(options);
    this.#connection = new Connection({
      readable: this.#process.stdout,
      writable: this.#process.stdin,
      nowMs: () => performance.now(),
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
      await server.#greet(options);
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
    if (version > 1) {
      this.#connection.notify("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
      return;
    }
    const textDocument = { uri, languageId, version, text };
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
    const textDocument = { uri };
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
    const all = { textDocument: { uri }, ...params };
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

  /** Tells that files outside the notebook have changed. */
  filesChanged(uris: readonly string[]): void {
    this.#connection.notify("workspace/didChangeWatchedFiles", {
      changes: uris.map((uri) => ({ uri, type: FILE_CHANGED })),
    });
  }

  /** Loads packages that a document imports, so that their types are known. */
  async cache(
    specifiers: readonly string[],
    uri: string,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#connection.request("workspace/executeCommand", {
      command: "deno.cache",
      arguments: [specifiers, uri],
    }, signal);
  }

  /** Ends the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.close();
    // It may be in the middle of something; nothing of it is worth waiting for.
    this.#kill();
    await this.ended;
  }

  async #greet(options: ServerOptions): Promise<void> {
    const { folderUrl } = options;
    await this.#connection.request("initialize", {
      processId: Deno.pid,
      rootUri: folderUrl,
      workspaceFolders: [{ uri: folderUrl, name: "notebook" }],
      initializationOptions: writeSettings(options).deno,
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
  }

  #kill(): void {
    try {
      this.#process.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
  }
}

/** What cells measure must not depend on whether their types are looked at. */
function beModest(pid: number): void {
  try {
    setPriority(pid, NICENESS);
  } catch {
    // It has ended already, or the system has no priorities: it works all the same.
  }
}

function writeSettings({ configPath }: ServerOptions) {
  return {
    deno: {
      enable: true,
      config: configPath ?? null,
      lint: false,
      cacheOnSave: false,
      codeLens: {},
      // Else the scripts of the folder are part of the program, whether a cell
      // imports them or not: every answer takes up to three times as long.
      documentPreloadLimit: 0,
      suggest: { autoImports: false, imports: { autoDiscover: false } },
    },
    typescript: {
      suggest: { autoImports: false, completeFunctionCalls: false },
    },
  };
}

const CAPABILITIES = {
  general: { positionEncodings: ["utf-16"] },
  workspace: { configuration: true, workspaceFolders: true },
  textDocument: {
    // With this the server waits to be asked; else it would check all
    // documents again after each change of one.
    diagnostic: { dynamicRegistration: false },
    definition: { linkSupport: true },
    hover: { contentFormat: ["markdown"] },
    completion: {
      completionItem: {
        snippetSupport: false,
        documentationFormat: ["markdown"],
      },
    },
  },
};
/** A tenth of what a cell gets on a core that both want. Units: nice levels. */
const NICENESS = 10;
const MAX_UNHEARD = 40;
const FILE_CHANGED = 2;
