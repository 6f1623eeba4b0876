/**
 * Loads the language when it is first needed, or a moment after the start.
 *
 * TypeScript takes 100 ms to load, in which nobody would be answered; so it is
 * not loaded at the start, when front ends ask who we are.
 * @module
 */
import type * as language from "../language/mod.ts";

/** The language, loaded at most once. */
export class LanguageLoader implements Disposable {
  #module: typeof language | null = null;
  #loading: Promise<typeof language> | null = null;
  readonly #timer = setTimeout(() => void this.load(), LOAD_AFTER_MS);

  /** The language; no cell can have failed before it was loaded. */
  get loaded(): typeof language {
    return this.#module!;
  }

  /** Loads the language, unless it is there. */
  async load(): Promise<typeof language> {
    if (this.#module !== null) return this.#module;
    this.#loading ??= import("../language/mod.ts");
    return this.#module = await this.#loading;
  }

  /** Does not load it any more, if it was not needed. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}

const LOAD_AFTER_MS = 300;
