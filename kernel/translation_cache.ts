/**
 * Translations of cells that were run before: people run a cell again more often
 * than they write one, and asking the parser is a third of what it takes. Pure
 * but for its state.
 * @module
 */
import {
  renameScript,
  type TranslateOptions,
  type Translation,
} from "../language/mod.ts";

interface Known {
  readonly translation: Translation;
  /** The name that its scripts carry. */
  readonly name: string;
}

/** Remembers translations of short cells. */
export class TranslationCache {
  /** Oldest use first. */
  readonly #known = new Map<string, Known>();

  /**
   * Finds a translation.
   *
   * @param sources The cells.
   * @param options How they are to be translated.
   * @returns The translation, under the name that is wanted now.
   */
  find(
    sources: readonly string[],
    options: TranslateOptions,
  ): Translation | undefined {
    const key = keyOf(sources, options);
    const known = this.#known.get(key);
    if (known === undefined) return undefined;
    this.#known.delete(key);
    this.#known.set(key, known);
    const { translation, name } = known;
    return {
      ...translation,
      results: translation.results.map((result) =>
        result.type === "script"
          ? renameScript(result, name, options.name)
          : result
      ),
    };
  }

  /**
   * Remembers a translation.
   *
   * @param sources The cells.
   * @param options How they were translated.
   * @param translation The translation.
   */
  keep(
    sources: readonly string[],
    options: TranslateOptions,
    translation: Translation,
  ): void {
    const length = sources.reduce((sum, source) => sum + source.length, 0);
    if (length > MAX_LENGTH) return;
    const { name } = options;
    this.#known.set(keyOf(sources, options), { translation, name });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN) this.#known.delete(oldest!);
  }
}

function keyOf(
  sources: readonly string[],
  { name: _, ...options }: TranslateOptions,
): string {
  return JSON.stringify([options, sources]);
}

const MAX_KNOWN = 100;
/** Units: UTF-16 units. */
const MAX_LENGTH = 10_000;
