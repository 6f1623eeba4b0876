/**
 * Which documents of cells a server has.
 *
 * Each document that it has makes all its answers slower and takes memory, so
 * after a thousand cells it has those that questions were about lately, and what
 * these import from. Pure but for its state.
 * @module
 */

/** What a server can be told. */
export interface Told<Document> {
  /** Tells it of a document, which may be new or changed. */
  readonly put: (document: Document) => void;
  /** Tells it that a document is gone. */
  readonly remove: (uri: string) => void;
}

/** The documents that one server has. */
export class WorkingSet<Document extends { readonly uri: string }> {
  readonly #server: Told<Document>;
  #limit: number;
  /** Their addresses; those needed last are at the end. */
  readonly #told = new Set<string>();
  /** What questions rest on that are not answered yet. */
  readonly #held = new Set<ReadonlySet<string>>();

  /**
   * @param server Is told of them.
   * @param limit How many it may have, unless one question rests on half as many
   * or more: then twice those. Half of them are left when there are more.
   */
  constructor(server: Told<Document>, limit = MAX_TOLD) {
    this.#server = server;
    this.#limit = limit;
  }

  /** Whether the server has the document at an address. */
  has(uri: string): boolean {
    return this.#told.has(uri);
  }

  /**
   * Sees to it that the server has documents, until they are let go.
   *
   * @param documents The documents.
   * @param afterEach Waits, when many are told.
   * @returns Lets them go; whether the server keeps them is open then.
   */
  async hold(
    documents: readonly Document[],
    afterEach: () => Promise<void> = async () => {},
  ): Promise<Disposable> {
    const held = new Set(documents.map(({ uri }) => uri));
    this.#held.add(held);
    // Else each question about something else would have them told anew.
    this.#limit = Math.max(this.#limit, 2 * held.size);
    try {
      for (const document of documents) {
        const { uri } = document;
        const isNew = !this.#told.delete(uri);
        this.#told.add(uri);
        if (!isNew) continue;
        this.#server.put(document);
        await afterEach();
      }
      this.#shrink();
    } catch (error) {
      this.#held.delete(held);
      throw error;
    }
    return { [Symbol.dispose]: () => void this.#held.delete(held) };
  }

  /** Notes that a document has changed. */
  replace(document: Document): void {
    if (this.#told.has(document.uri)) this.#server.put(document);
  }

  /** Notes that a document is gone. */
  remove(uri: string): void {
    if (this.#told.delete(uri)) this.#server.remove(uri);
  }

  #shrink(): void {
    if (this.#told.size <= this.#limit) return;
    for (const uri of [...this.#told]) {
      if (this.#told.size <= this.#limit / 2) return;
      const isHeld = [...this.#held].some((held) => held.has(uri));
      if (!isHeld) this.remove(uri);
    }
  }
}

/**
 * With a hundred, an answer takes a server as long as with none, within what can
 * be measured; few cells use names of more.
 */
const MAX_TOLD = 100;
