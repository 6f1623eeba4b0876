/**
 * The language of a kernel's cells: translates them, checks their types,
 * answers editors.
 *
 * Loaded when it is first needed, or a moment after the start: TypeScript takes
 * 100 ms to load, in which nobody would be answered. Types are checked once
 * nothing has run for a moment, so that cells neither wait for them nor measure
 * what they cost.
 * @module
 */
import type * as language from "../language/mod.ts";
import { chooseCheck } from "./check_mode.ts";
import type { KernelOptions } from "./options.ts";
import type { Action, KernelEvent } from "./state.ts";

type Module = typeof language;
type Runtime = NonNullable<language.ServiceOptions["runtime"]>;

/** What the language is for. */
export interface CellLanguageOptions extends
  Pick<
    KernelOptions,
    "notebookUrl" | "configPath" | "check" | "languageServer"
  > {
  /** Asks the running program. */
  readonly runtime: Runtime;
  /** Takes what was found out about cells. */
  readonly push: (event: KernelEvent) => void;
}

/** Knows the language of one notebook's cells. */
export class CellLanguage implements AsyncDisposable {
  readonly #options: CellLanguageOptions;
  readonly #folderUrl: string;
  #loaded: { module: Module; service: language.LanguageService } | null = null;
  #loading: Promise<Module> | null = null;
  readonly #loadTimer = setTimeout(() => void this.load(), LOAD_AFTER_MS);
  #toCheck: { executionId: string; cell: language.RanCell }[] = [];
  #quietTimer: ReturnType<typeof setTimeout> | undefined;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  #checking: Promise<void> = Promise.resolve();
  #isDisposed = false;
  /** What JSX and decorators become; what cells have said of it holds on. */
  #emit: language.EmitSettings | null = null;
  /** Why types are not known, as the user was told last. */
  #toldProblem: string | null = null;

  /** @param options What it is for. */
  constructor(options: CellLanguageOptions) {
    this.#options = options;
    this.#folderUrl = new URL(".", options.notebookUrl).href;
  }

  /** The functions of the language; no cell can have failed before they were loaded. */
  get functions(): Module {
    return this.#loaded!.module;
  }

  /** Process id of the language server; `null` while there is none. */
  get serverPid(): number | null {
    return this.#loaded?.service.serverPid ?? null;
  }

  /** Loads the language, unless it is there. */
  async load(): Promise<language.LanguageService> {
    if (this.#loaded !== null) return this.#loaded.service;
    this.#loading ??= import("../language/mod.ts");
    const module = await this.#loading;
    const { configPath, languageServer = true, runtime } = this.#options;
    this.#loaded ??= {
      module,
      service: new module.LanguageService({
        folderUrl: this.#folderUrl,
        modules: CELL_MODULES,
        isServerOff: !languageServer,
        runtime,
        ...(configPath === undefined ? {} : { configPath }),
      }),
    };
    return this.#loaded.service;
  }

  /**
   * Translates a cell, and checks its types first if it must not run otherwise.
   *
   * @param action The cell.
   */
  async translate(
    { executionId, name, code, expressions, checkWord, isSilent }: Extract<
      Action,
      { type: "translate" }
    >,
  ): Promise<void> {
    clearTimeout(this.#quietTimer);
    this.#quietTimer = undefined;
    const service = await this.load();
    const { addPragmas, transformCell } = this.functions;
    this.#emit = addPragmas(this.#emit ?? await this.#readEmit(), code);
    const emit = this.#emit;
    const translate = (source: string) =>
      transformCell(source, {
        name,
        folderUrl: this.#folderUrl,
        modules: CELL_MODULES,
        emit,
      });
    const check = isSilent ? "off" : chooseCheck({
      source: code,
      metadata: checkWord,
      fallback: this.#options.check ?? "off",
    });
    const isChosen = typeof check === "string";
    const result = isChosen ? translate(code) : check;
    const problems = check === "strict" && result.type === "script"
      ? await service.diagnose(code) ?? this.#whyUnchecked(service)
      : [];
    this.#options.push({
      type: "translated",
      executionId,
      name,
      result,
      check: isChosen ? check : "off",
      problems,
      expressions: Object.fromEntries(
        Object.entries(expressions).map(([key, source]) => [
          key,
          translate(source),
        ]),
      ),
    });
  }

  /**
   * Learns of a cell that runs.
   *
   * @param action The cell, and whether its types are to be checked.
   */
  learn(
    { executionId, code, isToCheck }: Extract<Action, { type: "learn" }>,
  ): void {
    const cell = this.#loaded!.service.ran(code, isToCheck);
    if (!isToCheck) return;
    this.#toCheck.push({ executionId, cell });
    const latestMs = this.serverPid === null ? LATEST_START_MS : LATEST_MS;
    this.#checkTimer ??= setTimeout(() => this.#check(), latestMs);
  }

  /** Checks the cells that wait for it, unless another one runs soon. */
  rest(): void {
    if (this.#toCheck.length === 0) return;
    this.#quietTimer ??= setTimeout(() => this.#check(), QUIET_MS);
  }

  /** Forgets all cells: the session is a new one. */
  forget(): void {
    this.#emit = null;
    this.#toCheck = [];
    this.#loaded?.service.forget();
  }

  /** Waits until all cells that ran were checked. */
  async checked(): Promise<void> {
    this.#check();
    await this.#checking;
  }

  /** Ends the language server. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    clearTimeout(this.#loadTimer);
    clearTimeout(this.#quietTimer);
    clearTimeout(this.#checkTimer);
    this.#toCheck = [];
    await this.#loaded?.service[Symbol.asyncDispose]();
  }

  #check(): void {
    clearTimeout(this.#quietTimer);
    clearTimeout(this.#checkTimer);
    this.#quietTimer = this.#checkTimer = undefined;
    const cells = this.#toCheck.splice(0);
    if (cells.length === 0) return;
    this.#checking = this.#checking.then(async () => {
      for (const { executionId, cell } of cells) {
        const { service } = this.#loaded!;
        const found = await service.diagnose(cell);
        if (this.#isDisposed) return;
        // Who has switched the server off knows it; the rest is said once.
        const problem = service.serverProblem;
        const isNews = problem !== null && problem !== this.#toldProblem;
        const problems = found ?? (isNews ? this.#whyUnchecked(service) : []);
        this.#options.push({ type: "diagnosed", executionId, problems });
      }
    });
  }

  async #readEmit(): Promise<language.EmitSettings> {
    const { configPath } = this.#options;
    if (configPath === undefined) return {};
    try {
      return this.functions.readEmitSettings(
        await Deno.readTextFile(configPath),
      );
    } catch {
      // The session can not start without the file, and says so.
      return {};
    }
  }

  #whyUnchecked({ serverProblem }: language.LanguageService): string {
    this.#toldProblem = serverProblem;
    return serverProblem ?? "the language server is switched off";
  }
}

const LOAD_AFTER_MS = 300;
/** Whoever runs all cells sends the next one sooner. */
const QUIET_MS = 100;
/** A cell that runs for long is checked while it runs. */
const LATEST_MS = 1_000;
/** Starting a server takes two seconds of a core, which busy cells would notice. */
const LATEST_START_MS = 5_000;

/** What cells may import by a bare name, whatever the import map says. */
const CELL_MODULES = {
  skein: import.meta.resolve("../mod.ts"),
  // Notebooks written for tslab run unchanged.
  tslab: import.meta.resolve("../lib/compat/tslab.ts"),
};
