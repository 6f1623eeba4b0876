/**
 * The language of a kernel's cells: translates them, checks their types,
 * answers editors.
 *
 * Cells are parsed in a process of its own, which loads TypeScript while the
 * session starts. Types are checked once nothing has run for a moment, so that
 * cells neither wait for them nor measure what they cost.
 * @module
 */
import {
  addJsxNames,
  type CellProblem,
  type Completeness,
  type EmitSettings,
  LanguageService,
  type RanCell,
  type ServiceOptions,
  type Sight,
} from "../language/mod.ts";
import { CELL_MODULES } from "./cell_modules.ts";
import { chooseCheck } from "./check_mode.ts";
import type { KernelOptions } from "./options.ts";
import type { Action, KernelEvent } from "./state.ts";
import { Translator } from "./translator.ts";

type Runtime = NonNullable<ServiceOptions["runtime"]>;

/** What the language is for. */
export interface CellLanguageOptions extends
  Pick<
    KernelOptions,
    | "notebookUrl"
    | "configPath"
    | "compilerOptions"
    | "cells"
    | "permissions"
    | "check"
    | "languageServer"
    | "translator"
    | "sharedTranslator"
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
  readonly #translator: Translator;
  /** Knows types, and asks the running program. */
  readonly service: LanguageService;
  #toCheck: { executionId: string; cell: RanCell }[] = [];
  #quietTimer: ReturnType<typeof setTimeout> | undefined;
  #checkTimer: ReturnType<typeof setTimeout> | undefined;
  #checking: Promise<void> = Promise.resolve();
  #isDisposed = false;
  /** What JSX and decorators become; what cells have said of it holds on. */
  #emit: EmitSettings | null = null;
  /** Why types are not known, as the user was told last. */
  #toldProblem: string | null = null;

  /** @param options What it is for. */
  constructor(options: CellLanguageOptions) {
    this.#options = options;
    this.#translator = options.sharedTranslator ??
      new Translator(options.translator);
    this.#folderUrl = new URL(".", options.notebookUrl).href;
    const { configPath, compilerOptions, languageServer = true } = options;
    const { permissions, runtime } = options;
    this.service = new LanguageService({
      folderUrl: this.#folderUrl,
      modules: CELL_MODULES,
      isServerOff: !languageServer,
      sight: chooseSight(permissions),
      runtime,
      outline: async (...question) => {
        const outline = await this.#translator.outline(...question);
        return outline && addJsxNames(outline, this.#emit ?? {});
      },
      ...(configPath === undefined ? {} : { configPath }),
      ...(compilerOptions === undefined ? {} : { compilerOptions }),
    });
  }

  /** Ids of the processes that belong to the language. */
  get pids(): readonly number[] {
    return [this.#translator.pid, this.service.serverPid]
      .filter((pid) => pid !== null);
  }

  /**
   * Tells whether what was typed so far is a whole cell.
   *
   * @param source What was typed.
   * @returns The answer; `null` when it can not be found in time.
   */
  judge(source: string): Promise<Completeness | null> {
    return this.#translator.judge(source);
  }

  /** Gives up a translation that is under way. */
  interrupt(): void {
    // What others wait for goes on; what a kernel waited for it ends itself.
    if (!this.#isShared) this.#translator.interrupt();
  }

  get #isShared(): boolean {
    return this.#options.sharedTranslator !== undefined;
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
    const check = isSilent ? "off" : chooseCheck({
      source: code,
      metadata: checkWord,
      fallback: this.#options.check ?? "off",
      isTrusted: this.#options.permissions.type === "all",
    });
    const isChosen = typeof check === "string";
    const names = Object.keys(expressions);
    const sources = names.map((key) => expressions[key]!);
    const { results, emit } = await this.#translator.translate(
      isChosen ? [code, ...sources] : ["", ...sources],
      {
        name,
        folderUrl: this.#folderUrl,
        modules: CELL_MODULES,
        emit: this.#emit ?? await this.#readConfig(),
        emitDefaults: this.#options.compilerOptions,
        cells: this.#options.cells,
      },
    );
    this.#emit = emit ?? this.#emit;
    const [translated, ...others] = results;
    const result = isChosen ? translated! : check;
    const problems = check === "strict" && result.type === "script"
      ? await this.service.diagnose(code) ?? this.#whyUnchecked()
      : [];
    this.#options.push({
      type: "translated",
      executionId,
      name,
      result,
      check: isChosen ? check : "off",
      problems,
      expressions: Object.fromEntries(
        names.map((key, i) => [key, others[i]!]),
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
    const cell = this.service.ran(code, isToCheck);
    if (!isToCheck) return;
    this.#toCheck.push({ executionId, cell });
    const latestMs = this.service.serverPid === null
      ? LATEST_START_MS
      : LATEST_MS;
    this.#checkTimer ??= setTimeout(() => this.#check(), latestMs);
  }

  /** Checks the cells that wait for it, unless another one runs soon. */
  rest(): void {
    this.#translator.warmUp();
    if (this.#toCheck.length === 0) return;
    this.#quietTimer ??= setTimeout(() => this.#check(), QUIET_MS);
  }

  /** Gets ready for cells that have to be parsed. */
  prepare(): void {
    this.#translator.prepare();
  }

  /** Forgets all cells: the session is a new one. */
  forget(): void {
    this.#emit = null;
    this.#toCheck = [];
    this.service.forget();
  }

  /** Waits until all cells that ran were checked. */
  async checked(): Promise<void> {
    this.#check();
    await this.#checking;
  }

  /** Ends the processes of the language. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    clearTimeout(this.#quietTimer);
    clearTimeout(this.#checkTimer);
    this.#toCheck = [];
    await Promise.all([
      this.service[Symbol.asyncDispose](),
      this.#isShared ? null : this.#translator[Symbol.asyncDispose](),
    ]);
  }

  #check(): void {
    clearTimeout(this.#quietTimer);
    clearTimeout(this.#checkTimer);
    this.#quietTimer = this.#checkTimer = undefined;
    const cells = this.#toCheck.splice(0);
    if (cells.length === 0) return;
    this.#checking = this.#checking.then(async () => {
      for (const { executionId, cell } of cells) {
        const problems = await this.#diagnose(cell);
        if (this.#isDisposed) return;
        this.#options.push({ type: "diagnosed", executionId, problems });
      }
    });
  }

  async #readConfig(): Promise<string> {
    const { configPath } = this.#options;
    try {
      return configPath === undefined
        ? ""
        : await Deno.readTextFile(configPath);
    } catch {
      // The session can not start without the file, and says so.
      return "";
    }
  }

  async #diagnose(cell: RanCell): Promise<readonly CellProblem[] | string> {
    try {
      const found = await this.service.diagnose(cell);
      // Who has switched the server off knows it; the rest is said once.
      const problem = this.service.serverProblem;
      const isNews = problem !== null && problem !== this.#toldProblem;
      return found ?? (isNews ? this.#whyUnchecked() : []);
    } catch (error) {
      return (error as Error).message;
    }
  }

  #whyUnchecked(): string {
    const { serverProblem } = this.service;
    this.#toldProblem = serverProblem;
    return serverProblem ?? "the language server is switched off";
  }
}

/** What is not trusted is seen by the server as far as by its own cells. */
function chooseSight(
  permissions: KernelOptions["permissions"],
): Sight | undefined {
  if (permissions.type === "all") return undefined;
  return {
    readable: permissions.read,
    importsRemote: (permissions.import ?? []).length > 0,
    libraries: ["../mod.ts", "../lib/"].map((path) =>
      import.meta.resolve(path)
    ),
  };
}

/** Whoever runs all cells sends the next one sooner. */
const QUIET_MS = 100;
/** A cell that runs for long is checked while it runs. */
const LATEST_MS = 1_000;
/** Starting a server takes two seconds of a core, which busy cells would notice. */
const LATEST_START_MS = 5_000;
