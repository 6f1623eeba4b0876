/**
 * Parses cells in a process of its own, within a time and a memory that are
 * bounded: whatever a source is like, the kernel goes on.
 *
 * A process that takes too long is ended, and another one started; so is one
 * that has read a long source, since it keeps the memory that this took.
 * @module
 */
import {
  type Answer,
  type CellOutline,
  type Completeness,
  type Default,
  type Mutant,
  type Question,
  type SpawnedTranslator,
  transformPlain,
  type TranslateOptions,
  type Translation,
} from "../language/mod.ts";
import { TranslationCache } from "./translation_cache.ts";
import { TranslatorProcess } from "./translator_process.ts";

/** Why there is no answer, in words for whoever wrote the cell. */
interface Failure {
  readonly failure: string;
}

/** Parses cells. */
export class Translator implements AsyncDisposable {
  #process: TranslatorProcess | null;
  readonly #cache = new TranslationCache();
  #last: Promise<unknown> = Promise.resolve();
  /** Gives up the translations that were asked for until now. */
  #interruption = new AbortController();
  /** Processes that were told to end. */
  readonly #ending = new Set<Promise<void>>();
  #wasAsked = false;
  /** Whether cells ran without the process, and it was asked nothing yet. */
  #isCold = false;
  #isDisposed = false;

  /**
   * @param spawned The first process, if it was started already; or that it is to
   * be started when it is first needed.
   */
  constructor(spawned?: SpawnedTranslator | "later") {
    this.#process = spawned === "later" ? null : new TranslatorProcess(spawned);
  }

  /** Starts the process, unless it is there. */
  prepare(): void {
    if (!this.#isDisposed) this.#process ??= new TranslatorProcess();
  }

  /** Process id; `null` while there is none. */
  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /**
   * Translates cells.
   *
   * @param sources The cells.
   * @param options Name and folder of all of them, and settings.
   * @returns What to evaluate of each, or what is wrong with it.
   */
  async translate(
    sources: readonly string[],
    options: TranslateOptions,
  ): Promise<Translation> {
    const plain = translatePlain(sources, options);
    if (plain !== null) {
      this.#isCold ||= !this.#wasAsked;
      return plain;
    }
    const known = this.#cache.find(sources, options);
    if (known !== undefined) return known;
    const question = { type: "translate", sources, options } as const;
    const { signal } = this.#interruption;
    // The time of others is not a cell's: it begins with its own turn.
    const answer = await this.#inTurn(() =>
      this.#ask(question, { limitMs: TRANSLATE_MS, signal })
    );
    if (!isFailure(answer)) {
      const translation = answer as Translation;
      this.#cache.keep(sources, options, translation);
      return translation;
    }
    const message = answer.failure;
    const error = {
      type: "syntax-error",
      message,
      line: 1,
      column: 1,
    } as const;
    return { results: sources.map(() => error), emit: null };
  }

  /**
   * Outlines a cell.
   *
   * @param source The cell.
   * @param limitMs How long it may take.
   * @param cursor Where the cursor is. @default there is none
   * @returns The outline; `null` when it can not be read in time.
   */
  async outline(
    source: string,
    limitMs: number,
    cursor?: number,
  ): Promise<CellOutline | null> {
    const place = cursor === undefined ? {} : { cursor };
    const question = { type: "outline", source, ...place } as const;
    return await this.#askSoon(question, limitMs) as CellOutline | null;
  }

  /**
   * Tells whether what was typed so far is a whole cell.
   *
   * @param source What was typed.
   * @returns The answer; `null` when it can not be found in time.
   */
  async judge(source: string): Promise<Completeness | null> {
    const question = { type: "judge", source } as const;
    return await this.#askSoon(question, JUDGE_MS) as Completeness | null;
  }

  /**
   * Lists what the variables of a cell may be.
   *
   * @param source The cell.
   * @returns The variables; `null` when it can not be read in time.
   */
  async defaults(source: string): Promise<readonly Default[] | null> {
    const question = { type: "defaults", source } as const;
    const answer = await this.#askSoon(question, TRANSLATE_MS);
    return answer as readonly Default[] | null;
  }

  /**
   * Makes cells with a small fault out of one.
   *
   * @param source The cell.
   * @returns The mutants; `null` when it can not be read in time.
   */
  async mutate(source: string): Promise<readonly Mutant[] | null> {
    const question = { type: "mutate", source } as const;
    const answer = await this.#askSoon(question, TRANSLATE_MS);
    return answer as readonly Mutant[] | null;
  }

  /**
   * Asks the process something, if cells ran without it: whoever was asked once
   * is faster the next time (`language/warm_up.ts`).
   */
  warmUp(): void {
    if (!this.#isCold) return;
    this.#isCold = false;
    // Why it has ended, the next cell is told.
    this.judge("").catch(() => {});
  }

  /** Gives up all translations: nobody waits for them any more. */
  interrupt(): void {
    this.#interruption.abort();
    this.#interruption = new AbortController();
  }

  /** Ends the process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    this.interrupt();
    this.#end();
    await Promise.all(this.#ending);
  }

  /** Asks for whoever waits no longer than a time, whatever comes before. */
  async #askSoon(question: Question, limitMs: number): Promise<Answer> {
    const endMs = performance.now() + limitMs;
    const turn = this.#inTurn(async () => {
      const leftMs = endMs - performance.now();
      return leftMs <= 0
        ? null
        : await this.#ask(question, { limitMs: leftMs });
    });
    const answer = await unlessLate(turn, limitMs);
    return answer === LATE || isFailure(answer) ? null : answer;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }

  async #ask(
    question: Question,
    { limitMs, signal }: {
      readonly limitMs: number;
      readonly signal?: AbortSignal;
    },
  ): Promise<Answer | Failure> {
    if (this.#isDisposed) return { failure: "The kernel is closed." };
    this.#isCold = false;
    this.#wasAsked = true;
    const process = this.#process ??= new TranslatorProcess();
    using interruption = waitForAbort(signal);
    const givenUp = interruption.promise;
    try {
      const early = await Promise.race([process.ready, givenUp]);
      if (isFailure(early)) return early;
    } catch (error) {
      // The next one may do; why this one did not, no cell can change.
      this.#end();
      throw error;
    }
    const asked = process.ask(question).catch(() => ({ failure: TOO_MUCH }));
    const answer = await unlessLate(Promise.race([asked, givenUp]), limitMs);
    const found = answer === LATE ? { failure: tooSlow(limitMs) } : answer;
    if (isFailure(found) || lengthOf(question) > LONG) {
      this.#end();
      if (!this.#isDisposed) this.#process = new TranslatorProcess();
    }
    return found;
  }

  #end(): void {
    const process = this.#process;
    this.#process = null;
    if (process === null) return;
    const ended = process[Symbol.asyncDispose]()
      .finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }
}

/** Needs no process, and says nothing about settings. */
function translatePlain(
  sources: readonly string[],
  { name, emit }: TranslateOptions,
): Translation | null {
  const results = [];
  for (const source of sources) {
    const script = transformPlain(source, name);
    if (script === null) return null;
    results.push(script);
  }
  return { results, emit: typeof emit === "string" ? null : emit };
}

function isFailure(answer: unknown): answer is Failure {
  return typeof answer === "object" && answer !== null && "failure" in answer;
}

function lengthOf(question: Question): number {
  return question.type === "translate"
    ? question.sources.reduce((sum, { length }) => sum + length, 0)
    : question.source.length;
}

function waitForAbort(
  signal: AbortSignal | undefined,
): Disposable & { readonly promise: Promise<Failure> } {
  const { promise, resolve } = Promise.withResolvers<Failure>();
  const giveUp = () => resolve({ failure: "Reading it was given up." });
  signal?.addEventListener("abort", giveUp);
  if (signal?.aborted) giveUp();
  return {
    promise,
    [Symbol.dispose]: () => signal?.removeEventListener("abort", giveUp),
  };
}

async function unlessLate<T>(
  promise: Promise<T>,
  limitMs: number,
): Promise<T | typeof LATE> {
  const late = Promise.withResolvers<typeof LATE>();
  const timer = setTimeout(() => late.resolve(LATE), limitMs);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(limitMs: number): string {
  return `The cell takes too long to read: it is too long or too deeply nested for the limit of ${
    limitMs / 1000
  } s.`;
}

const LATE = Symbol("late");
const TOO_MUCH =
  "The cell takes too much memory to read: it is too long or too deeply nested.";
/** A cell of a mebibyte takes about a second. */
const TRANSLATE_MS = 10_000;
const JUDGE_MS = 1_000;
/** Units: UTF-16 units. */
const LONG = 1024 * 1024;
