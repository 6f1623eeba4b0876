/**
 * All that is known of a cell before it runs: its types, what could stand at
 * the cursor, what a name is, whether it is whole, how it is formatted.
 *
 * One object for all doors. It asks a language server, which knows types, and
 * the running program, which knows values; whoever is not there is not waited
 * for. The server is used from the first question on, never before.
 * @module
 */
import { type AskServer, Drafts } from "./drafts.ts";
import { formatCell } from "./format.ts";
import {
  askCompletions,
  askDescription,
  type Found,
  type Place,
} from "./lsp/ask.ts";
import { CellDocuments, type RanCell } from "./lsp/cell_documents.ts";
import type { Completions } from "./lsp/completions.ts";
import type { CellDocument } from "./lsp/document.ts";
import type { Description } from "./lsp/hover.ts";
import { ServerKeeper } from "./lsp/keeper.ts";
import {
  askFileProblems,
  askProblems,
  type CellProblem,
  type Diagnosis,
} from "./lsp/problems.ts";
import type { LanguageServer } from "./lsp/server.ts";
import {
  joinCompletions,
  mergeCompletions,
  mergeDescriptions,
} from "./merge.ts";
import { Turns } from "./lsp/turns.ts";
import { completeModules } from "./module_names.ts";
import type { ServiceOptions } from "./options.ts";
import {
  boundedReader,
  READ_DRAFT_MS,
  READ_MS,
  type ReadOutline,
  UNREADABLE,
} from "./reading.ts";
import { dropKnown, programWhile } from "./runtime.ts";
import { UnreadCells } from "./unread.ts";

export type { RuntimeAnswer, RuntimeQuestion } from "./runtime.ts";
export type { RanCell, ServiceOptions };

/** Knows the cells of one notebook. */
export class LanguageService implements AsyncDisposable {
  readonly #options: ServiceOptions;
  readonly #documents: CellDocuments;
  readonly #keeper: ServerKeeper;
  readonly #outline: ReadOutline;
  readonly #unread: UnreadCells;
  readonly #read = new WeakMap<RanCell, CellDocument>();
  readonly #drafts: Drafts;
  readonly #checking = new Turns();

  /** @param options What it is for. */
  constructor(options: ServiceOptions) {
    this.#options = options;
    this.#documents = new CellDocuments(options.folderUrl);
    this.#outline = boundedReader(options.outline);
    this.#unread = new UnreadCells(this.#outline);
    this.#keeper = new ServerKeeper(this.#documents, options);
    this.#drafts = new Drafts({
      keeper: this.#keeper,
      documents: this.#documents,
      readAll: () => this.#readAll(),
      silentMs: this.#silentMs,
      startMs: options.startMs ?? START_MS,
    });
  }

  /** Process id of the language server; `null` while there is none. */
  get serverPid(): number | null {
    return this.#keeper.pid;
  }

  /** Why types are not known, in a sentence; `null` when nothing is wrong. */
  get serverProblem(): string | null {
    return this.#keeper.problem;
  }

  /**
   * Takes note of a cell that runs: its names are there for the next cells.
   *
   * @param source The cell.
   * @param isToCheck Whether it is going to be diagnosed, by what it saw.
   */
  ran(source: string, isToCheck = false): RanCell {
    const cell = { source, isToCheck };
    this.take(cell);
    return cell;
  }

  /**
   * Takes note of a cell that runs, as {@link LanguageService.ran} does.
   *
   * @param cell The cell.
   */
  take(cell: RanCell): void {
    this.#unread.add(cell);
  }

  /** Forgets all cells: the session is a new one. */
  forget(): void {
    this.#unread.clear();
    this.#keeper.drop(this.#documents.clear());
    this.#keeper.retry();
  }

  /**
   * Finds what is wrong with a cell's types.
   *
   * @param cell A cell that was run, or one that could be run next.
   * @returns The problems, in source order; why they are not known, in a
   * sentence; `null` when there is no server.
   */
  async diagnose(cell: RanCell | string): Promise<Diagnosis | null> {
    let reason: string | null = null;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const server = await this.#keeper.use();
      if (server === null) return null;
      const { problems, refusal } = await this.#diagnoseWith(server, cell);
      const { runtime } = this.#options;
      if (problems !== null) {
        if (typeof cell !== "string") void this.#lookAround();
        return runtime ? await dropKnown(problems, runtime) : problems;
      }
      // It ended under the question: the next one knows as much. Or it could not
      // answer, as happens while it takes in files that have just come.
      reason = refusal;
      if (refusal !== null) server.reload();
    }
    return reason;
  }

  /**
   * Finds what could stand at the cursor.
   *
   * @param source The cell.
   * @param offset The cursor, UTF-16 units.
   */
  async complete(source: string, offset: number): Promise<Completions> {
    const { detailMs = DETAIL_MS, modules = {} } = this.#options;
    // At once, while the cell is read: usually it is wanted.
    const running = this.#options.runtime?.({
      what: "complete",
      code: source,
      cursor: offset,
    });
    const outline = await this.#outline(source, READ_DRAFT_MS, offset);
    const context = outline?.context ?? "code";
    if (context === "nothing") return { items: [], start: offset, end: offset };
    const wanted = { detailMs, isKey: context === "key" };
    const ask: AskServer<Completions> = (server, document) =>
      askCompletions(server, { ...this.#place(document, offset), ...wanted });
    const typed = this.#drafts.ask(ask, outline);
    // Only where a value can stand does the running program know what fits.
    const runtime = await programWhile(
      typed,
      context === "code" ? running : undefined,
    );
    const found = runtime?.type === "completions" ? runtime : null;
    const isEmpty = found === null || found.matches.length === 0;
    const known = await typed ??
      (isEmpty ? await this.#drafts.askLater(ask, outline) : null);
    const merged = mergeCompletions(known, found, { source, offset });
    const ours = completeModules(source, offset, Object.keys(modules));
    return ours === null ? merged : joinCompletions(ours, merged);
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
    const running = this.#options.runtime?.({
      what: isDetailed ? "inspect-detailed" : "inspect",
      code: source,
      cursor: offset,
    });
    const outline = await this.#outline(source, READ_DRAFT_MS);
    const ask: AskServer<Found> = (server, document) =>
      askDescription(server, { ...this.#place(document, offset), isDetailed });
    const typed = this.#drafts.ask(ask, outline);
    const runtime = await programWhile(typed, running);
    const text = runtime?.type === "description" ? runtime.text : null;
    const found = await typed ??
      (text === null ? await this.#drafts.askLater(ask, outline) : null);
    return mergeDescriptions(found?.hover ?? null, found?.source ?? null, text);
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

  async #diagnoseWith(
    server: LanguageServer,
    cell: RanCell | string,
  ): Promise<{ problems: Diagnosis | null; refusal: string | null }> {
    try {
      await this.#readAll();
      const ran = typeof cell === "string" ? undefined : this.#read.get(cell);
      const source = typeof cell === "string" ? cell : cell.source;
      const outline = ran?.outline ?? await this.#outline(source, READ_MS);
      if (outline === null) return { problems: UNREADABLE, refusal: null };
      const problems = await this.#checking.take(() => {
        const document = ran === undefined
          ? this.#documents.draft(outline, "next")
          : this.#documents.toCheck(ran);
        return this.#check(server, document);
      });
      if (ran !== undefined) this.#keeper.drop(this.#documents.checked(ran));
      return { problems, refusal: null };
    } catch (error) {
      await this.#keeper.endIfStuck(server, this.#silentMs);
      // It ended, or will never answer; else it has told why it can not.
      const refusal = server.isOver ? null : (error as Error).message;
      return { problems: null, refusal };
    }
  }

  async #check(
    server: LanguageServer,
    document: CellDocument,
  ): Promise<readonly CellProblem[]> {
    const files = await server.look(document);
    using _ = await this.#keeper.put(server, document);
    const signal = AbortSignal.timeout(2 * this.#silentMs);
    const { folderUrl } = this.#options;
    return [
      ...await askProblems(server, document, signal),
      ...await askFileProblems(server, files, { folderUrl, signal }),
    ];
  }

  /** Before anybody asks: how all cells hang together, now that one has run. */
  async #lookAround(): Promise<void> {
    const ask: AskServer<unknown> = (server, { uri }) =>
      server.ask("textDocument/hover", uri, { position: START });
    await this.#drafts.ask(ask, await this.#outline("", READ_DRAFT_MS));
  }

  get #silentMs(): number {
    return this.#options.silentMs ?? SILENT_MS;
  }

  #place(document: CellDocument, offset: number): Place {
    const signal = AbortSignal.timeout(this.#options.answerMs ?? ANSWER_MS);
    return {
      document,
      offset,
      documents: this.#documents,
      signal,
      open: (server, other) => this.#keeper.put(server, other),
    };
  }

  /** Reads all cells that were run. */
  async #readAll(): Promise<void> {
    await this.#unread.readAll((ran, outline) => {
      const { document, dropped } = this.#documents.add(outline, ran.isToCheck);
      this.#read.set(ran, document);
      this.#keeper.drop(dropped);
    });
  }
}

const START = { line: 0, character: 0 };
const MAX_TRIES = 3;
const SILENT_MS = 20_000;
const ANSWER_MS = 1000;
const DETAIL_MS = 25;
/** A server takes two seconds to start, and longer on a busy machine. */
const START_MS = 5_000;
