/**
 * The documents of the cells that were run, and which names they give.
 *
 * The latest declaration of a name wins, whatever its kind. A document whose
 * names are all declared anew, and that none of the others needs, is dropped:
 * a cell that is run a thousand times is one document. Pure but for its state.
 * @module
 */
import {
  type CellDocument,
  type VisibleName,
  writeDocument,
} from "./document.ts";

/** The documents of the cells that were run. */
export class CellDocuments {
  readonly #folderUrl: string;
  readonly #documents = new Map<string, CellDocument>();
  readonly #visible = new Map<string, VisibleName>();
  #lastNumber = 0;

  /** @param folderUrl The notebook's folder, a `file:` URL that ends in `/`. */
  constructor(folderUrl: string) {
    this.#folderUrl = folderUrl;
  }

  /** The names that a next cell can see. */
  get visible(): ReadonlyMap<string, VisibleName> {
    return this.#visible;
  }

  /** All documents, in the order in which they were run. */
  get all(): Iterable<CellDocument> {
    return this.#documents.values();
  }

  /** The document at an address. */
  at(uri: string): CellDocument | undefined {
    return this.#documents.get(uri);
  }

  /**
   * Writes a cell that is not run, as it would be next.
   *
   * A server can not tell two texts at one address apart, so questions that
   * may be open at the same time are about drafts of different names.
   *
   * @param source The cell.
   * @param name The draft's name.
   */
  draft(source: string, name = "draft"): CellDocument {
    const uri = `${this.#folderUrl}$skein_${name}`;
    return writeDocument(source, { uri, visible: this.#visible });
  }

  /**
   * Takes a cell that is run from now on.
   *
   * @param source The cell.
   * @returns Its document, which is not kept if it declares nothing, and the
   * addresses of those that are dropped.
   */
  add(source: string): { document: CellDocument; dropped: string[] } {
    const uri = `${this.#folderUrl}$skein_${++this.#lastNumber}`;
    const document = writeDocument(source, { uri, visible: this.#visible });
    const { names, isGlobal } = document;
    // It gives nothing to others, and each document makes answers slower.
    if (names.length === 0 && !isGlobal) return { document, dropped: [] };
    this.#documents.set(document.uri, document);
    for (const name of names) {
      this.#visible.set(name.name, { ...name, uri: document.uri });
    }
    return { document, dropped: this.#drop(document.uri) };
  }

  /** Forgets all cells. */
  clear(): string[] {
    const dropped = [...this.#documents.keys()];
    this.#documents.clear();
    this.#visible.clear();
    return dropped;
  }

  #drop(newest: string): string[] {
    const needed = new Set([newest]);
    const need = (uri: string) => {
      if (needed.has(uri) && uri !== newest) return;
      needed.add(uri);
      this.#documents.get(uri)?.uses.forEach(need);
    };
    need(newest);
    for (const { uri } of this.#visible.values()) need(uri);
    const globals = [...this.#documents.values()].filter((one) => one.isGlobal);
    // The same cell run twice declares the same.
    for (
      const { uri } of new Map(globals.map((one) => [one.source, one])).values()
    ) {
      need(uri);
    }
    const dropped = [...this.#documents.keys()].filter((uri) =>
      !needed.has(uri)
    );
    for (const uri of dropped) this.#documents.delete(uri);
    return dropped;
  }
}
