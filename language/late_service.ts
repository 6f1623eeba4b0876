/**
 * The language service, loaded when somebody asks it something.
 *
 * It is thirty modules, which a kernel that starts need not wait for: until then
 * only the cells that run are kept.
 * @module
 */
import type { RanCell } from "./lsp/cell_documents.ts";
import type { Completions } from "./lsp/completions.ts";
import type { Description } from "./lsp/hover.ts";
import type { Diagnosis } from "./lsp/problems.ts";
import type { ServiceOptions } from "./options.ts";
import type { LanguageService as Service } from "./service.ts";

/** Knows the cells of one notebook: see `service.ts`. */
export class LanguageService implements AsyncDisposable {
  readonly #options: ServiceOptions;
  #loading: Promise<Service> | null = null;
  #service: Service | null = null;
  /** Cells that ran before it was loaded. */
  #ran: RanCell[] = [];

  /** @param options What it is for. */
  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Process id of the language server; `null` while there is none. */
  get serverPid(): number | null {
    return this.#service?.serverPid ?? null;
  }

  /** Why types are not known, in a sentence; `null` when nothing is wrong. */
  get serverProblem(): string | null {
    return this.#service?.serverProblem ?? null;
  }

  /**
   * Takes note of a cell that runs: its names are there for the next cells.
   *
   * @param source The cell.
   * @param isToCheck Whether it is going to be diagnosed, by what it saw.
   */
  ran(source: string, isToCheck = false): RanCell {
    const cell = { source, isToCheck };
    if (this.#service === null) this.#ran.push(cell);
    else this.#service.take(cell);
    return cell;
  }

  /** Forgets all cells: the session is a new one. */
  forget(): void {
    this.#ran = [];
    this.#service?.forget();
  }

  /**
   * Finds what is wrong with a cell's types.
   *
   * @param cell A cell that was run, or one that could be run next.
   * @returns The problems, in source order; why they are not known, in a
   * sentence; `null` when there is no server.
   */
  async diagnose(cell: RanCell | string): Promise<Diagnosis | null> {
    return await (await this.#load()).diagnose(cell);
  }

  /**
   * Finds what could stand at the cursor.
   *
   * @param source The cell.
   * @param offset The cursor, UTF-16 units.
   */
  async complete(source: string, offset: number): Promise<Completions> {
    return await (await this.#load()).complete(source, offset);
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
    return await (await this.#load()).inspect(source, offset, isDetailed);
  }

  /** Ends the language server. */
  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#loading)?.[Symbol.asyncDispose]();
  }

  #load(): Promise<Service> {
    return this.#loading ??= this.#start();
  }

  async #start(): Promise<Service> {
    const { LanguageService: Service } = await import(
      SERVICE
    ) as typeof import("./service.ts");
    const service = new Service(this.#options);
    for (const cell of this.#ran.splice(0)) service.take(cell);
    return this.#service = service;
  }
}

/** A name that Deno does not follow before it is needed. */
const SERVICE = "./service.ts";
