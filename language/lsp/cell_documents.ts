/**
 * The documents of the cells that were run, and which names they give.
 *
 * The latest declaration of a name wins, whatever its kind. A document whose
 * names are all declared anew, and that none of the others needs, is dropped:
 * a cell that is run a thousand times is one document. What a cell saw when it
 * ran is kept until its types were checked. Pure but for its state.
 * @module
 */
import type { CellOutline } from "../outline.ts";
import {
  type CellDocument,
  nameOfOther,
  quoteSibling,
  writeDocument,
} from "./document.ts";
import type { ServerDocument } from "./server.ts";
import { declareAgain, isSame, type VisibleName } from "./visible.ts";

/** A cell that was run. */
export interface RanCell {
  /** What was run. */
  readonly source: string;
  /** Whether what it saw is kept until its types were checked. */
  readonly isToCheck: boolean;
}

/** The documents of the cells that were run. */
export class CellDocuments {
  readonly #folderUrl: string;
  readonly #documents = new Map<string, CellDocument>();
  readonly #visible = new Map<string, VisibleName>();
  /** Documents whose types are still to be checked. */
  readonly #unchecked = new Set<CellDocument>();
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

  /**
   * One module that has the names of documents, for drafts to import from.
   *
   * When a document imports from other documents than before, or one is new, a
   * server looks at how all of them hang together, which takes longer with each
   * one. A draft, which changes with every key, imports from this one only.
   *
   * @param isThere Whether a server has the document at an address; what it does
   * not have can not be imported. @default it has all
   */
  names(isThere: (uri: string) => boolean = () => true): ServerDocument {
    const all = [...this.#visible.values()].flatMap(({ name, uri, other }) => [
      { uri, specifier: name },
      ...other === undefined
        ? []
        : [{ uri: other.uri, specifier: `${name} as ${nameOfOther(name)}` }],
    ]).filter(({ uri }) => isThere(uri));
    const lines = [...Map.groupBy(all, ({ uri }) => uri)].map(([uri, names]) =>
      `export { ${names.map(({ specifier }) => specifier).join(", ")} } from ${
        quoteSibling(uri)
      };\n`
    );
    const text = `${lines.join("")}export {};\n`;
    return { uri: this.#namesUri, languageId: "typescript", text };
  }

  /**
   * Lists what a server has to have for questions about a document: what it
   * imports from, what those import from, and what declares something for all.
   *
   * @param document The document.
   * @returns The others, in the order in which they were run.
   */
  neededBy(document: CellDocument): CellDocument[] {
    const globals = [...this.#documents.values()].filter((one) => one.isGlobal);
    const needed = this.#follow(
      [document, ...globals, ...this.#modules()].flatMap(({ uri, uses }) => [
        uri,
        ...uses,
      ]),
    );
    needed.delete(document.uri);
    return [...this.#documents.values()].filter(({ uri }) => needed.has(uri));
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
   * @param outline What was read in the cell.
   * @param name The draft's name.
   */
  draft(outline: CellOutline, name = "draft"): CellDocument {
    return writeDocument(outline, {
      uri: `${this.#folderUrl}$skein_${name}`,
      visible: this.#visible,
      namesUri: this.#namesUri,
    });
  }

  /**
   * Takes a cell that is run from now on.
   *
   * @param outline What was read in the cell.
   * @param isToCheck Whether its types are to be checked: until
   * {@link CellDocuments.checked}, nothing that it saw is dropped.
   * @returns Its document, which is not kept if it declares nothing, and the
   * addresses of those that are dropped; its own may be among them.
   */
  add(
    outline: CellOutline,
    isToCheck = false,
  ): { document: CellDocument; dropped: string[] } {
    const { module } = outline;
    const name = module ?? `$skein_${++this.#lastNumber}`;
    const uri = `${this.#folderUrl}${name}`;
    const document = writeDocument(outline, { uri, visible: this.#visible });
    if (isToCheck) this.#unchecked.add(document);
    if (module !== undefined) {
      this.#documents.set(document.uri, document);
      // Others know it by its address, and may have been told of an earlier one.
      return { document, dropped: [document.uri] };
    }
    const { names, isGlobal } = document;
    // It gives nothing to others, and each document makes answers slower.
    if (names.length === 0 && !isGlobal) return { document, dropped: [] };
    this.#keep(document);
    const dropped = this.#drop(document.uri);
    const place = dropped.find((old) =>
      endingOf(old) === endingOf(document.uri)
    );
    if (place === undefined) return { document, dropped };
    // It takes the place of one that it supersedes: a cell that is edited and
    // run again is a change of a text, which is less work than a new document.
    this.#documents.delete(document.uri);
    const moved = writeDocument(outline, {
      uri: place.slice(0, -endingOf(place).length),
      visible: document.seen,
    });
    this.#keep(moved);
    if (this.#unchecked.delete(document)) this.#unchecked.add(moved);
    return { document: moved, dropped };
  }

  /**
   * Gives the text by which a cell is judged: what it saw when it ran.
   *
   * @param document The cell's document, as it was added.
   */
  toCheck(document: CellDocument): CellDocument {
    if (this.#documents.get(document.uri) === document) return document;
    const draft = this.draft(document.outline, "next");
    const isNow = draft.seen.size === document.seen.size &&
      [...draft.seen].every(([name, one]) =>
        isSame(one, document.seen.get(name))
      );
    // A draft is less work for a server than a new document.
    return isNow ? draft : writeDocument(document.outline, {
      uri: `${this.#folderUrl}$skein_late`,
      visible: document.seen,
    });
  }

  /**
   * Takes note that the types of a cell were checked.
   *
   * @param document The cell's document, as it was added.
   * @returns The addresses of those that are dropped.
   */
  checked(document: CellDocument): string[] {
    this.#unchecked.delete(document);
    return this.#drop();
  }

  get #namesUri(): string {
    return `${this.#folderUrl}$skein_names.ts`;
  }

  /** Forgets all cells. */
  clear(): string[] {
    const dropped = [...this.#documents.keys()];
    this.#documents.clear();
    this.#visible.clear();
    this.#unchecked.clear();
    return dropped;
  }

  #keep(document: CellDocument): void {
    this.#documents.set(document.uri, document);
    for (const name of document.names) {
      const earlier = document.seen.get(name.name) ??
        this.#visible.get(name.name);
      const newest = { ...name, uri: document.uri };
      this.#visible.set(name.name, declareAgain(newest, earlier));
    }
  }

  /** Modules that cells are. */
  #modules(): readonly CellDocument[] {
    return [...this.#documents.values()].filter(({ outline }) =>
      outline.module !== undefined
    );
  }

  #drop(newest?: string): string[] {
    const globals = [...this.#documents.values()].filter((one) => one.isGlobal);
    const needed = this.#follow([
      ...newest === undefined ? [] : [newest],
      ...[...this.#visible.values()].flatMap(({ uri, other }) =>
        other === undefined ? [uri] : [uri, other.uri]
      ),
      ...[...this.#unchecked].flatMap(({ uri, uses }) => [uri, ...uses]),
      ...this.#modules().map(({ uri }) => uri),
      // The same cell run twice declares the same.
      ...[...new Map(globals.map((one) => [one.source, one])).values()]
        .map(({ uri }) => uri),
    ]);
    const dropped = [...this.#documents.keys()].filter((uri) =>
      !needed.has(uri)
    );
    for (const uri of dropped) this.#documents.delete(uri);
    return dropped;
  }

  /** Addresses, and all that their documents import from, in turn. */
  #follow(uris: readonly string[]): Set<string> {
    const found = new Set(uris);
    for (const uri of found) {
      this.#documents.get(uri)?.uses.forEach((used) => found.add(used));
    }
    return found;
  }
}

function endingOf(uri: string): string {
  return uri.slice(uri.lastIndexOf("."));
}
