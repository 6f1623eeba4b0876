/**
 * All that is known of a cell before it runs: its types, what could stand at
 * the cursor, what a name is, whether it is whole, how it is formatted.
 *
 * One object for all doors. It asks a language server, which knows types, and
 * the running program, which knows values; whoever is not there is not waited
 * for. The server is used from the first question on, never before.
 * @module
 */
import type { LookupCommand, SessionEvent } from "../protocol/mod.ts";
import { type Completeness, isComplete } from "./completeness.ts";
import { formatCell } from "./format.ts";
import { askCompletions, askDescription } from "./lsp/ask.ts";
import { CellDocuments } from "./lsp/cell_documents.ts";
import type { Completions } from "./lsp/completions.ts";
import type { CellDocument } from "./lsp/document.ts";
import { FileWatch } from "./lsp/file_watch.ts";
import type { Description } from "./lsp/hover.ts";
import { type KeeperOptions, ServerKeeper } from "./lsp/keeper.ts";
import {
  type CellProblem,
  listNotLoaded,
  missingName,
  readProblems,
} from "./lsp/problems.ts";
import type { LanguageServer } from "./lsp/server.ts";
import { mergeCompletions, mergeDescriptions } from "./merge.ts";

/** A question to the running program. */
export type RuntimeQuestion = Omit<LookupCommand, "type" | "lookupId">;

/** What the running program answers; `null` when it is busy, or not there. */
export type RuntimeAnswer =
  | Extract<SessionEvent, { type: "completions" | "description" }>
  | null;

/** What a language service is for. */
export interface ServiceOptions extends KeeperOptions {
  /** Asks the running program. @default there is none */
  readonly runtime?: (question: RuntimeQuestion) => Promise<RuntimeAnswer>;
}

/** A cell that was run, for {@link LanguageService.diagnose}. */
export interface RanCell {
  /** What was run. */
  readonly source: string;
}

/** Knows the cells of one notebook. */
export class LanguageService implements AsyncDisposable {
  readonly #options: ServiceOptions;
  readonly #documents: CellDocuments;
  readonly #keeper: ServerKeeper;
  readonly #files = new FileWatch();
  /** Cells that were run and that nobody has asked about yet: not even parsed. */
  #unread: RanCell[] = [];
  readonly #read = new WeakMap<RanCell, CellDocument>();

  /** @param options What it is for. */
  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#documents = new CellDocuments(options.folderUrl);
    this.#keeper = new ServerKeeper(this.#documents, options);
  }

  /** Process id of the language server; `null` while there is none. */
  get serverPid(): number | null {
    return this.#keeper.pid;
  }

  /**
   * Takes note of a cell that runs: its names are there for the next cells.
   *
   * @param source The cell.
   */
  ran(source: string): RanCell {
    const cell = { source };
    this.#unread.push(cell);
    return cell;
  }

  /** Forgets all cells: the session is a new one. */
  forget(): void {
    this.#unread = [];
    this.#keeper.drop(this.#documents.clear());
  }

  /**
   * Finds what is wrong with a cell's types.
   *
   * @param cell A cell that was run, or one that could be run next.
   * @returns The problems, in source order; `null` when there is no server.
   */
  async diagnose(
    cell: RanCell | string,
  ): Promise<readonly CellProblem[] | null> {
    const server = await this.#keeper.use();
    if (server === null) return null;
    try {
      const document = await this.#tell(server, cell);
      const signal = AbortSignal.timeout(DIAGNOSE_MS);
      const pull = () =>
        server.ask("textDocument/diagnostic", document.uri, {}, signal);
      let report = await pull();
      const notLoaded = listNotLoaded(report);
      if (notLoaded.length > 0) {
        await server.cache(notLoaded, document.uri);
        report = await pull();
      }
      return await this.#withoutKnown(readProblems(document, report));
    } catch {
      // It ended, or took too long: nothing is known then.
      return null;
    }
  }

  /**
   * Finds what could stand at the cursor.
   *
   * @param source The cell.
   * @param offset The cursor, UTF-16 units.
   */
  async complete(source: string, offset: number): Promise<Completions> {
    const ask = (server: LanguageServer, document: CellDocument) =>
      askCompletions(server, {
        document,
        offset,
        visible: this.#documents.visible,
      });
    const typed = this.#ask(ask, source);
    const question = {
      what: "complete",
      code: source,
      cursor: offset,
    } as const;
    const runtime = await this.#askRuntime(question, typed);
    const found = runtime?.type === "completions" ? runtime : null;
    const isEmpty = found === null || found.matches.length === 0;
    const known = await typed ??
      (isEmpty ? await this.#askLater(ask, source) : null);
    return mergeCompletions(known, found, offset);
  }

  /**
   * Finds what the name at the cursor is.
   *
   * @param source The cell.
   * @param offset The cursor, UTF-16 units.
   * @param isDetailed Whether the source of what a cell defines is wanted.
   * @returns The description; `null` when nobody knows it.
   */
  async inspect(
    source: string,
    offset: number,
    isDetailed = false,
  ): Promise<Description | null> {
    const ask = (server: LanguageServer, document: CellDocument) =>
      askDescription(server, {
        document,
        offset,
        isDetailed,
        documents: this.#documents,
      });
    const typed = this.#ask(ask, source);
    const runtime = await this.#askRuntime({
      what: isDetailed ? "inspect-detailed" : "inspect",
      code: source,
      cursor: offset,
    }, typed);
    const text = runtime?.type === "description" ? runtime.text : null;
    const found = await typed ??
      (text === null ? await this.#askLater(ask, source) : null);
    return mergeDescriptions(found?.hover ?? null, found?.source ?? null, text);
  }

  /** Tells whether a source is complete; see {@link isComplete}. */
  isComplete(source: string): Completeness {
    return isComplete(source);
  }

  /**
   * Formats a cell as `deno fmt` does, with the settings of the user's `deno.json`.
   *
   * @param source The cell.
   * @throws {SyntaxError} If it can not be parsed.
   */
  format(source: string): Promise<string> {
    return formatCell(source, this.#options.configPath);
  }

  /** Ends the language server. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#keeper[Symbol.asyncDispose]();
  }

  /** Asks a server that can answer at once. */
  async #ask<T>(
    ask: (server: LanguageServer, document: CellDocument) => Promise<T>,
    source: string,
  ): Promise<T | null> {
    const server = this.#keeper.ready;
    if (server === null) return null;
    try {
      return await ask(server, await this.#tell(server, source));
    } catch {
      // It ended, or took too long: the running program answers alone.
      return null;
    }
  }

  /** Asks a server that is on its way: nobody else knows anything. */
  async #askLater<T>(
    ask: (server: LanguageServer, document: CellDocument) => Promise<T>,
    source: string,
  ): Promise<T | null> {
    const started = this.#keeper.use().then((server) => server !== null);
    const isThere = await Promise.race([started, patience(START_MS)]);
    return isThere ? await this.#ask(ask, source) : null;
  }

  /** A running cell is not waited for once the types are known. */
  async #askRuntime(
    question: RuntimeQuestion,
    typed: Promise<unknown>,
  ): Promise<RuntimeAnswer> {
    const answer = this.#options.runtime?.(question) ?? Promise.resolve(null);
    const enough = typed.then((found) =>
      found === null ? answer : Promise.race([answer, patience(PATIENCE_MS)])
    );
    return await Promise.race([answer, enough]);
  }

  async #tell(
    server: LanguageServer,
    cell: RanCell | string,
  ): Promise<CellDocument> {
    for (const ran of this.#unread.splice(0)) {
      const { document, dropped } = this.#documents.add(ran.source);
      this.#read.set(ran, document);
      this.#keeper.drop(dropped);
    }
    await this.#keeper.tell(server);
    const document = typeof cell === "string"
      ? this.#documents.draft(cell)
      : this.#read.get(cell)!;
    if (typeof cell === "string") await server.put(document);
    const changed = await this.#files.findChanged(
      document.imports,
      this.#options.folderUrl,
    );
    if (changed.length > 0) server.filesChanged(changed);
    return document;
  }

  /** The running program may have names that no cell declares. */
  async #withoutKnown(
    problems: readonly CellProblem[],
  ): Promise<readonly CellProblem[]> {
    const kept = await Promise.all(problems.map(async (problem) => {
      const name = missingName(problem);
      if (name === null || this.#options.runtime === undefined) return true;
      const question = { what: "inspect", code: name, cursor: name.length };
      const answer = await this.#options.runtime(question as RuntimeQuestion);
      // A busy program will say by itself that it does not know the name.
      return answer?.type === "description" && answer.text === null;
    }));
    return problems.filter((_, i) => kept[i]);
  }
}

function patience(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, ms, null));
}

const DIAGNOSE_MS = 30_000;
const PATIENCE_MS = 5;
/** A server takes two seconds to start, and longer on a busy machine. */
const START_MS = 5_000;
