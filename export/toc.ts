/**
 * Table of contents: the headings of a page, their anchors, and links to them.
 *
 * Pure. Headings are found by `markdown.ts`.
 * @module
 */
import { escapeHtml } from "./escape.ts";

/** A heading of the page. */
export interface Heading {
  /** From 1, the page's title, to 6. */
  readonly level: number;
  /** What it says, without markup. */
  readonly text: string;
  /** Id of its element. */
  readonly anchor: string;
}

/** Anchors of a page, each with the number of its last copy. */
export type Anchors = Map<string, number>;

/**
 * Makes the anchor of a heading, as Jupyter does, so that links in notebooks work.
 *
 * @example The second heading of a name gets a number
 * ```ts
 * import assert from "node:assert/strict";
 * const taken: Anchors = new Map();
 * assert.equal(makeAnchor("A  lock", taken), "A-lock");
 * assert.equal(makeAnchor("A lock", taken), "A-lock-2");
 * ```
 *
 * @param text What the heading says.
 * @param taken Anchors of the page so far; the new one is added.
 * @returns An anchor that no other heading has.
 */
export function makeAnchor(text: string, taken: Anchors): string {
  // An address can not hold half of a character.
  const name = text.toWellFormed().trim().replace(/\s+/g, "-") || "section";
  // Ids that begin with "skein-" are the page's own.
  const base = name.startsWith("skein-") ? `_${name}` : name;
  // Going on from the last copy: a notebook may repeat a heading many times.
  let copy = (taken.get(base) ?? 0) + 1;
  let anchor = copy === 1 ? base : `${base}-${copy}`;
  while (taken.has(anchor)) anchor = `${base}-${++copy}`;
  taken.set(base, copy);
  if (anchor !== base) taken.set(anchor, 1);
  return anchor;
}

/**
 * Renders the table of contents as nested lists.
 *
 * A title, that is a single heading of level 1, is left out: the page is not
 * part of itself. So are headings below level 3.
 *
 * @param headings The page's headings, top to bottom.
 * @returns HTML, empty if there are fewer than two entries.
 */
export function renderToc(headings: readonly Heading[]): string {
  const titles = headings.filter(({ level }) => level === 1);
  const entries = headings.filter(({ level }) =>
    level <= MAX_LEVEL && !(level === 1 && titles.length === 1)
  );
  if (entries.length < 2) return "";
  let html = "";
  // Levels of the lists that are open, outermost first.
  const open: number[] = [];
  for (const { level, text, anchor } of entries) {
    while (open.length > 1 && (open.at(-1) ?? 0) > level) {
      html += "</li></ol>";
      open.pop();
    }
    if (open.length === 0 || (open.at(-1) ?? 0) < level) {
      html += "<ol>";
      open.push(level);
    } else {
      html += "</li>";
    }
    html += `<li><a href="#${escapeHtml(encodeURIComponent(anchor))}">` +
      `${escapeHtml(text)}</a>`;
  }
  return html + "</li></ol>".repeat(open.length);
}

const MAX_LEVEL = 3;
