/**
 * HTML of any origin, parsed and written anew: what is not on the list of
 * harmless elements is not written, and what is written can be read in one way
 * only. Takes time in proportion to the text.
 *
 * Pure. The parser need not see what a browser sees: text is escaped, so a
 * browser finds no element that was not decided upon here.
 * @module
 */
import { Parser } from "html-tree";
import { escapeHtml } from "./escape.ts";

/** The start of an element. */
export interface Tag {
  /** Its name, in lower case. */
  readonly name: string;
  /** Its attributes by name, in lower case. */
  readonly attributes: Readonly<Record<string, string>>;
  /**
   * Text to begin its content with.
   * @default none
   */
  readonly text?: string;
}

/**
 * What becomes of an element: a tag to write and its content, the content alone,
 * a text in the place of both, or nothing.
 */
export type Fate = Tag | "content" | { readonly text: string } | "nothing";

/**
 * Writes HTML anew.
 *
 * @param html HTML of any origin.
 * @param decide Tells what becomes of an element.
 * @returns HTML in which each element was decided upon.
 */
export function rebuildHtml(
  html: string,
  decide: (tag: Tag) => Fate,
): string {
  const parts: string[] = [];
  // What to write where an element ends; null inside one that is left out.
  const ends: (string | null)[] = [];
  let left = 0;
  let inStyle = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      // A style sheet has no elements, though in an SVG it may be read so.
      const isText = left > 0 || inStyle;
      const fate = isText ? "nothing" : decide({ name, attributes });
      if (fate === "content") return void ends.push("");
      if (fate === "nothing" || !("name" in fate)) {
        if (fate !== "nothing") parts.push(escapeHtml(fate.text));
        left += 1;
        return void ends.push(null);
      }
      parts.push(openTag(fate), escapeHtml(fate.text ?? ""));
      ends.push(VOID.has(fate.name) ? "" : `</${fate.name}>`);
      inStyle ||= fate.name === "style";
    },
    ontext(text) {
      if (left > 0) return;
      parts.push(inStyle ? styleText(text) : escapeHtml(text));
    },
    onclosetag() {
      const end = ends.pop();
      if (end === null) left -= 1;
      else if (end !== undefined) parts.push(end);
      if (end === "</style>") inStyle = false;
    },
  });
  parser.end(html);
  return parts.join("");
}

function openTag({ name, attributes }: Tag): string {
  const written = Object.entries(attributes)
    .filter(([attribute]) => NAME.test(attribute))
    .map(([attribute, value]) => ` ${attribute}="${escapeHtml(value)}"`);
  return `<${name}${written.join("")}>`;
}

/** Nothing ends a style sheet but its end, and inside an SVG nothing begins. */
function styleText(css: string): string {
  return css.replaceAll("<", "");
}

const NAME = /^[a-z_][\w:.-]*$/i;

/** Elements without content, which have no end tag. */
const VOID = new Set([
  ...["area", "br", "col", "hr", "img", "input", "source", "track", "wbr"],
]);
