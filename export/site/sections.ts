/**
 * What can be searched on a page: its sections, as text. Pure.
 * @module
 */
import { decodeHTML } from "html-tree";

/** A part of a page from one heading to the next. */
export interface Section {
  /** The place of its heading; empty at the beginning of the page. */
  readonly anchor: string;
  /** What its heading says. */
  readonly heading: string;
  /** What is in it. */
  readonly text: string;
}

/** Collects the sections of a page, cell by cell. */
export class Sections {
  readonly #done: { anchor: string; heading: string; text: string }[] = [
    { anchor: "", heading: "", text: "" },
  ];

  /** Those that say something. */
  get all(): readonly Section[] {
    return this.#done.filter(({ heading, text }) => heading + text !== "");
  }

  /** Takes a cell. */
  add(html: string): void {
    let from = 0;
    for (const found of html.matchAll(HEADING)) {
      this.#addText(html.slice(from, found.index));
      this.#done.push({
        anchor: decodeHTML(found[2]!),
        heading: readText(found[3]!.replace(/<a class="anchor"[^]*$/, "")),
        text: "",
      });
      from = found.index + found[0].length;
    }
    this.#addText(html.slice(from));
  }

  #addText(html: string): void {
    const last = this.#done.at(-1)!;
    const room = MAX_TEXT - last.text.length;
    if (room <= 0) return;
    // Attributes hold images and frames, which are no text to look for.
    const text = readText(html).slice(0, room);
    last.text = `${last.text} ${text}`.trim();
  }
}

function readText(html: string): string {
  const words = html.replace(INLINE, "").replace(TAG, " ");
  return decodeHTML(words).replace(/\s+/g, " ").trim();
}

const HEADING = /<h([1-6]) id="([^"]*)"[^>]*>([^]*?)<\/h\1>/g;
/** What stands in quotes may hold anything, documents of frames above all. */
const TAG = /<(?:"[^"]*"|'[^']*'|[^>"'])*>/g;
/** Elements within a line, which end no word. */
const INLINE =
  /<\/?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|s|small|span|strong|sub|sup|u|m[a-z]+)\b[^>]*>/g;
/** Of one section. */
const MAX_TEXT = 4000;
