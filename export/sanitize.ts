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
import { COLOR, markColors } from "./author_colors.ts";
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
 * @param images Where the cell's images are.
 * @returns Harmless HTML.
 */
export function sanitizeHtml(
  html: string,
  images: ImagesOfCell = {},
): string {
  return sanitize(html, {
    ...RULES,
    transformTags: {
      "*": (tagName, attribs) => ({
        tagName,
        attribs: markColors(dropPageId(attribs)),
      }),
      a: (tagName, attribs) => ({
        tagName,
        attribs: dropPageId(withId(attribs)),
      }),
      font: (_, attribs) => ({ tagName: "span", attribs: fontStyle(attribs) }),
      input: (_, attribs) => checkbox(attribs),
      img: (_, attribs) => embedImage(attribs, images),
    },
  });
}

/** Where images of a cell are. */
export interface ImagesOfCell {
  /** The cell's embedded files. */
  readonly attachments?: Attachments | undefined;
  /** Gives the data URI of an image beside the notebook, if it is there. */
  readonly embedImage?: (source: string) => string | undefined;
}

function embedImage(
  attributes: sanitize.Attributes,
  { attachments = {}, embedImage = () => undefined }: ImagesOfCell,
): sanitize.Tag {
  const { src = "", alt = "", ...rest } = attributes;
  const name = /^attachment:(.*)$/s.exec(src)?.[1];
  const uri = name === undefined
    ? (src.startsWith("data:image/") ? src : embedImage(src))
    : findDataUri(attachments[decodeName(name)] ?? {});
  if (uri !== undefined) {
    // As in `images.ts`: most assume white paper.
    const look = uri.includes("prefers-color-scheme")
      ? {}
      : { class: "inline paper" };
    return { tagName: "img", attribs: { src: uri, alt, ...rest, ...look } };
  }
  const text = `Image that is not in this file: ${
    alt === "" || alt === src ? src : `${alt} (${src})`
  }`;
  return isElsewhere(src)
    ? { tagName: "a", attribs: { href: src }, text }
    : { tagName: "span", attribs: {}, text };
}

/** Whether a link may lead to what is not beside the page. */
function isElsewhere(src: string): boolean {
  return /^https?:/i.test(src);
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

// An old way to name a place that links lead to.
function withId(attributes: sanitize.Attributes): sanitize.Attributes {
  const { name, ...rest } = attributes;
  return name === undefined ? rest : { id: name, ...rest };
}

// An old way to color text.
function fontStyle(
  { color, size, face: _, style = "", ...rest }: sanitize.Attributes,
): sanitize.Attributes {
  const declarations = [
    ...color === undefined ? [] : [`color:${color}`],
    ...FONT_SIZES[size ?? ""] ? [`font-size:${FONT_SIZES[size!]}`] : [],
    ...style === "" ? [] : [style],
  ];
  return { ...rest, style: declarations.join(";") };
}

// To look at: a page for reading takes no input.
function checkbox({ type, checked }: sanitize.Attributes): sanitize.Tag {
  if (type?.toLowerCase() !== "checkbox") {
    // Not on the list of what is kept.
    return { tagName: "form", attribs: {} };
  }
  const attribs = {
    type: "checkbox",
    disabled: "",
    "aria-label": checked === undefined ? "To do" : "Done",
  };
  return {
    tagName: "input",
    attribs: checked === undefined ? attribs : { ...attribs, checked: "" },
  };
}

// Ids that the page itself uses must not be taken by its content. A style as
// long as a book is none, and its parser takes time in the square of the length.
function dropPageId(attributes: sanitize.Attributes): sanitize.Attributes {
  const kept = { ...attributes };
  if (kept.id?.startsWith("skein-")) delete kept.id;
  if ((kept.style?.length ?? 0) > MAX_STYLE) delete kept.style;
  return kept;
}

const MAX_STYLE = 2000;
const LENGTH = /^[\d.]+(?:px|em|rem|ch|%|pt)?$/;

const LENGTHS = /^(?:(?:[\d.]+(?:px|em|rem|ch|%|pt)?|auto)\s*){1,4}$/;
const BORDER =
  /^(?:(?:[\d.]+(?:px|em|rem|pt)?|[a-z]+|#[\da-f]{3,8}|rgba?\([\d\s.,%/]+\))\s*){1,3}$/i;

function sides(name: string, rules: RegExp[]): Record<string, RegExp[]> {
  const names = ["", "-top", "-right", "-bottom", "-left"];
  return Object.fromEntries(names.map((side) => [`${name}${side}`, rules]));
}

/** Source: HTML, "Rendering", 15.3.4: sizes 1 to 7. */
const FONT_SIZES: Readonly<Record<string, string>> = {
  ...{ 1: "x-small", 2: "small", 3: "medium", 4: "large", 5: "x-large" },
  ...{ 6: "xx-large", 7: "xxx-large", "+1": "large", "+2": "x-large" },
  ...{ "-1": "small", "-2": "x-small" },
};

const RULES: sanitize.IOptions = {
  allowedTags: [
    ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "div", "span"],
    ...["a", "b", "strong", "i", "em", "u", "s", "del", "ins", "mark", "small"],
    ...[
      "strike",
      "tt",
      "big",
      "font",
      "input",
      "dfn",
      "wbr",
      "ruby",
      "rt",
      "rp",
    ],
    ...["sub", "sup", "code", "pre", "kbd", "samp", "var", "abbr", "cite", "q"],
    ...["blockquote", "ul", "ol", "li", "dl", "dt", "dd", "details", "summary"],
    ...["table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"],
    ...["th", "td", "figure", "figcaption", "picture", "source"],
    ...["img", "center", "skein-math"],
  ],
  allowedAttributes: {
    "*": ["id", "title", "lang", "dir", "align", "valign", "style"],
    input: ["type", "disabled", "checked", "aria-label"],
    table: ["border"],
    a: ["href", "aria-label"],
    img: ["src", "alt", "width", "height"],
    source: ["media", "srcset"],
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
    "*": ["painted", "tinted"],
    code: ["language-*"],
    span: ["hljs-*"],
    a: ["anchor"],
    div: ["scroll-x", "alert", "alert-*"],
    li: ["task"],
    img: ["inline", "paper"],
  },
  allowedStyles: {
    "*": {
      "text-align": [/^(?:left|right|center|justify|start|end)$/],
      "vertical-align": [/^[a-z-]+$/],
      "font-weight": [/^\w+$/],
      "font-style": [/^\w+$/],
      "text-decoration": [/^[a-z-]+$/],
      "text-indent": [LENGTH],
      "line-height": [LENGTH],
      "letter-spacing": [LENGTH],
      "list-style-type": [/^[a-z-]+$/],
      "white-space": [/^[a-z-]+$/],
      "font-size": [/^(?:[a-z-]+|[\d.]+(?:px|em|rem|%|pt))$/],
      "font-family": [/^[\w\s,'"-]+$/],
      "font-variant": [/^[a-z-]+$/],
      display: [/^(?:block|inline|inline-block|flex|grid|none|table)$/],
      float: [/^(?:left|right|none)$/],
      clear: [/^(?:left|right|both|none)$/],
      gap: [LENGTHS],
      color: [COLOR],
      "--tint": [COLOR],
      background: [COLOR],
      "background-color": [COLOR],
      ...sides("border", [BORDER]),
      ...sides("padding", [LENGTHS]),
      ...sides("margin", [LENGTHS]),
      "border-radius": [LENGTHS],
      "border-color": [COLOR],
      "border-style": [/^[a-z ]+$/],
      "border-width": [LENGTHS],
      "border-collapse": [/^[a-z]+$/],
      "border-spacing": [LENGTHS],
      width: [LENGTH],
      "min-width": [LENGTH],
      "max-width": [LENGTH],
      height: [LENGTH],
      "max-height": [LENGTH],
    },
  },
  allowedSchemes: ["http", "https", "mailto"],
  allowedSchemesByTag: { img: ["data"], source: ["data"] },
  allowProtocolRelative: false,
};
