/**
 * The texts of all cells: as the server has them, and as they are typed here.
 *
 * Pure, but for the editors it tells.
 * @module
 */
import { ChangeSet, Text } from "@codemirror/state";
import type { SharedText } from "./outbox.ts";
import { takeUpdate } from "./shared_text.ts";

interface LiveText extends SharedText {
  /** The text as it is shown here. */
  doc: Text;
  /** The text as the server has it, as far as is known. */
  confirmed: Text;
}

/** Told of changes of a text that were not made in its editor. */
export type TextListener = (changes: ChangeSet) => void;

/** What to put in the place of a part of a text. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** What was typed here and may not have arrived. */
export interface UnsentText {
  readonly cellId: string;
  readonly text: string;
  /** What it was made of. */
  readonly base: string;
}

/** All texts of a notebook. */
export class Texts {
  readonly #texts = new Map<string, LiveText>();
  readonly #listeners = new Map<string, TextListener>();

  get(cellId: string): SharedText | undefined {
    return this.#texts.get(cellId);
  }

  read(cellId: string): string {
    return this.#texts.get(cellId)?.doc.toString() ?? "";
  }

  /** Tells an editor what is not typed in it; gives what ends that. */
  listen(cellId: string, listener: TextListener): () => void {
    this.#listeners.set(cellId, listener);
    return () => {
      if (this.#listeners.get(cellId) === listener) {
        this.#listeners.delete(cellId);
      }
    };
  }

  /** Notes what was typed in an editor; says whether there is such a text. */
  type(cellId: string, changes: ChangeSet): boolean {
    const text = this.#texts.get(cellId);
    if (text === undefined) return false;
    text.doc = changes.apply(text.doc);
    text.unsent.push(changes);
    return true;
  }

  /** Replaces a text, in its editor too. */
  write(cellId: string, to: string): boolean {
    const length = this.#texts.get(cellId)?.doc.length ?? 0;
    return this.edit(cellId, [{ from: 0, to: length, insert: to }]);
  }

  /** Changes a text, in its editor too; says whether there is one. */
  edit(cellId: string, places: readonly TextChange[]): boolean {
    const text = this.#texts.get(cellId);
    if (text === undefined) return false;
    const changes = ChangeSet.of(
      places.map((place) => ({ ...place, insert: toText(place.insert) })),
      text.doc.length,
    );
    const isThere = this.type(cellId, changes);
    this.#listeners.get(cellId)?.(changes);
    return isThere;
  }

  /** Takes a text from the server, whatever it was here. */
  reset(cellId: string, source: string, version: number): void {
    const doc = toText(source);
    const old = this.#texts.get(cellId)?.doc;
    this.#texts.set(cellId, {
      doc,
      confirmed: doc,
      version,
      unsent: [],
      sentCount: 0,
    });
    if (old === undefined || old.eq(doc)) return;
    this.#listeners.get(cellId)?.(replaceAll(old, doc));
  }

  /** Takes an update that the server told of. */
  take(cellId: string, changes: unknown, isOwn: boolean): void {
    const text = this.#texts.get(cellId);
    if (text === undefined) return;
    text.confirmed = ChangeSet.fromJSON(changes).apply(text.confirmed);
    const theirs = takeUpdate(text, changes, isOwn);
    if (theirs === null) return;
    text.doc = theirs.apply(text.doc);
    this.#listeners.get(cellId)?.(theirs);
  }

  /** Lists what the server may not have. */
  unsent(): UnsentText[] {
    return [...this.#texts].flatMap(([cellId, { unsent, doc, confirmed }]) =>
      unsent.length === 0
        ? []
        : [{ cellId, text: doc.toString(), base: confirmed.toString() }]
    );
  }

  /** Forgets the texts of cells that are not there any more. */
  keepOnly(cellIds: ReadonlySet<string>): void {
    for (const id of this.#texts.keys()) {
      if (!cellIds.has(id)) this.#texts.delete(id);
    }
  }
}

/** Only `\n` ends a line: a file's `\r` is kept as it is. */
function toText(source: string): Text {
  return Text.of(source.split("\n"));
}

function replaceAll(from: Text, to: Text): ChangeSet {
  return ChangeSet.of({ from: 0, to: from.length, insert: to }, from.length);
}
