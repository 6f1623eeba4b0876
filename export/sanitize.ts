/**
 * HTML from Markdown cells, reduced to what can do no harm.
 *
 * No scripts, no forms, no frames, no requests; styles only where they cannot
 * cover the page. Pure. The only file that knows sanitize-html.
 * @module
 */
// @ts-types="@types/sanitize-html"
import sanitize from "sanitize-html";
import type { Attachments } from "../nbformat/mod.ts";
import { findDataUri } from "./images.ts";

/**
 * Removes what is not on the list of harmless elements, attributes and styles.
 *
 * Images stay if they are part of the file (`data:` or `attachment:`); an image
 * elsewhere becomes a link to it, because the page makes no requests.
 *
 * @example A script goes, its neighbour stays
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sanitizeHtml("<b onclick='a()'>x</b><script>1</script>"), "<b>x</b>");
 * ```
 *
 * @param html HTML of any origin.
 * @param attachments The cell's embedded files.
 * @returns Harmless HTML.
 */
export function sanitizeHtml(html: string, attachments?: Attachments): string {
  return sanitize(html, {
    ...RULES,
    transformTags: {
      "*": (tagName, attribs) => ({ tagName, attribs: dropPageId(attribs) }),
      img: (_, attribs) => embedImage(attribs, attachments),
    },
  });
}

function embedImage(
  attributes: sanitize.Attributes,
  attachments: Attachments = {},
): sanitize.Tag {
  const { src = "", alt = "", ...rest } = attributes;
  const name = /^attachment:(.*)$/s.exec(src)?.[1];
  const uri = name === undefined
    ? (src.startsWith("data:image/") ? src : undefined)
    : findDataUri(attachments[decodeName(name)] ?? {});
  if (uri !== undefined) {
    return { tagName: "img", attribs: { src: uri, alt, ...rest } };
  }
  const text = `Image that is not in this file: ${alt === "" ? src : alt}`;
  return name === undefined
    ? { tagName: "a", attribs: { href: src }, text }
    : { tagName: "span", attribs: {}, text };
}

// Markdown writes the space in a file name as %20.
function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A lone percent sign is part of the name itself.
    return name;
  }
}

// Ids that the page itself uses must not be taken by its content.
function dropPageId(attributes: sanitize.Attributes): sanitize.Attributes {
  const { id, ...rest } = attributes;
  return id?.startsWith("skein-") ? rest : attributes;
}

const LENGTH = /^[\d.]+(?:px|em|rem|ch|%|pt)?$/;
const COLOR = /^(?:#[\da-f]{3,8}|[a-z]+|(?:rgb|hsl)a?\([\d\s.,%/deg]+\))$/i;

const RULES: sanitize.IOptions = {
  allowedTags: [
    ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "div", "span"],
    ...["a", "b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "small"],
    ...["sub", "sup", "code", "pre", "kbd", "samp", "var", "abbr", "cite", "q"],
    ...["blockquote", "ul", "ol", "li", "dl", "dt", "dd", "details", "summary"],
    ...["table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"],
    ...["th", "td", "figure", "figcaption", "img", "center", "skein-math"],
  ],
  allowedAttributes: {
    "*": ["id", "title", "lang", "dir", "align", "style"],
    a: ["href", "aria-label"],
    img: ["src", "alt", "width", "height"],
    ol: ["start", "type", "reversed"],
    li: ["value"],
    th: ["colspan", "rowspan", "scope"],
    td: ["colspan", "rowspan"],
    col: ["span"],
    colgroup: ["span"],
    details: ["open"],
    div: ["tabindex"],
    "skein-math": ["n"],
  },
  allowedClasses: {
    code: ["language-*"],
    span: ["hljs-*"],
    a: ["anchor"],
    div: ["scroll-x", "alert", "alert-*"],
  },
  allowedStyles: {
    "*": {
      "text-align": [/^(?:left|right|center|justify|start|end)$/],
      "vertical-align": [/^[a-z-]+$/],
      "font-weight": [/^\w+$/],
      "font-style": [/^\w+$/],
      "text-decoration": [/^[a-z-]+$/],
      color: [COLOR],
      width: [LENGTH],
      "max-width": [LENGTH],
      height: [LENGTH],
    },
  },
  allowedSchemes: ["http", "https", "mailto"],
  allowedSchemesByTag: { img: ["data"] },
  allowProtocolRelative: false,
};
