/**
 * HTML from Markdown cells, reduced to what can do no harm.
 *
 * No scripts, no forms, no frames, no requests; styles only where they cannot
 * cover the page. Pure. How HTML is parsed and written is in `markup.ts`.
 * @module
 */
import type { Attachments } from "../nbformat/mod.ts";
import { markColors } from "./author_colors.ts";
import { keepStyle } from "./author_styles.ts";
import { findDataUri } from "./images.ts";
import { type Fate, rebuildHtml, type Tag } from "./markup.ts";

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
  return rebuildHtml(html, (tag) => decide(tag, images));
}

type Attributes = Tag["attributes"];

/** Where images of a cell are. */
export interface ImagesOfCell {
  /** The cell's embedded files. */
  readonly attachments?: Attachments | undefined;
  /** Gives the data URI of an image beside the notebook, if it is there. */
  readonly embedImage?: (source: string) => string | undefined;
}

function decide(tag: Tag, images: ImagesOfCell): Fate {
  if (LEFT_OUT.has(tag.name)) return "nothing";
  const { name, attributes, text } = translate(tag, images);
  if (!KEPT.has(name)) return "content";
  const kept: Record<string, string> = {};
  const marked = markColors(dropPageId(attributes));
  for (const [attribute, written] of Object.entries(marked)) {
    const value = keepValue(name, attribute, written);
    const isEmpty = value === "" && !MAY_BE_EMPTY.has(attribute);
    if (value !== undefined && !isEmpty) kept[attribute] = value;
  }
  return { name, attributes: kept, ...text === undefined ? {} : { text } };
}

/** Old ways to say something, and images, as what the page has. */
function translate(tag: Tag, images: ImagesOfCell): Tag {
  const { name, attributes } = tag;
  switch (name) {
    case "a":
      return { name, attributes: withId(attributes) };
    case "font":
      return { name: "span", attributes: fontStyle(attributes) };
    case "input":
      return checkbox(attributes);
    case "img":
      return embedImage(attributes, images);
    default:
      return tag;
  }
}

/** Gives what may stay of an attribute. */
function keepValue(
  name: string,
  attribute: string,
  value: string,
): string | undefined {
  if (attribute === "class") {
    const own = CLASSES.get(name);
    return value.split(/\s+/).filter((word) =>
      SHARED_CLASS.test(word) || own?.test(word)
    ).join(" ");
  }
  if (attribute === "style") return keepStyle(value);
  const isKept = SHARED.has(attribute) || OWN.get(name)?.includes(attribute);
  const isHarmless = isKept &&
    (attribute === "href"
      ? isHarmlessLink(value)
      : attribute === "src" || attribute === "srcset"
      ? IN_THE_FILE.test(value)
      : true);
  return isHarmless ? value : undefined;
}

/** Source: URL Standard: what is no character, or a space, is passed over. */
function isHarmlessLink(address: string): boolean {
  const bare = address.replace(/[\0-\x20]+/g, "");
  const [, scheme] = /^([a-z][a-z\d.+-]*):/i.exec(bare) ?? [];
  return scheme === undefined
    ? !/^[/\\]{2}/.test(bare)
    : /^(?:https?|mailto)$/i.test(scheme);
}

function embedImage(
  attributes: Attributes,
  { attachments = {}, embedImage = () => undefined }: ImagesOfCell,
): Tag {
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
    return { name: "img", attributes: { src: uri, alt, ...rest, ...look } };
  }
  const text = `Image that is not in this file: ${
    alt === "" || alt === src ? src : `${alt} (${src})`
  }`;
  return isElsewhere(src)
    ? { name: "a", attributes: { href: src }, text }
    : { name: "span", attributes: {}, text };
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
function withId(attributes: Attributes): Attributes {
  const { name, ...rest } = attributes;
  return name === undefined ? rest : { id: name, ...rest };
}

// An old way to color text.
function fontStyle(
  { color, size, face: _, style = "", ...rest }: Attributes,
): Attributes {
  const declarations = [
    ...color === undefined ? [] : [`color:${color}`],
    ...FONT_SIZES[size ?? ""] ? [`font-size:${FONT_SIZES[size!]}`] : [],
    ...style === "" ? [] : [style],
  ];
  return { ...rest, style: declarations.join(";") };
}

// To look at: a page for reading takes no input.
function checkbox({ type, checked }: Attributes): Tag {
  if (type?.toLowerCase() !== "checkbox") {
    // Not on the list of what is kept.
    return { name: "form", attributes: {} };
  }
  const attributes = {
    type: "checkbox",
    disabled: "",
    "aria-label": checked === undefined ? "To do" : "Done",
  };
  return {
    name: "input",
    attributes: checked === undefined
      ? attributes
      : { ...attributes, checked: "" },
  };
}

// Ids that the page itself uses must not be taken by its content. A style as
// long as a book is none.
function dropPageId(attributes: Attributes): Attributes {
  const kept = { ...attributes };
  if (kept.id?.startsWith("skein-")) delete kept.id;
  if ((kept.style?.length ?? 0) > MAX_STYLE) delete kept.style;
  return kept;
}

const MAX_STYLE = 2000;
/** Source: HTML, "Rendering", 15.3.4: sizes 1 to 7. */
const FONT_SIZES: Readonly<Record<string, string>> = {
  ...{ 1: "x-small", 2: "small", 3: "medium", 4: "large", 5: "x-large" },
  ...{ 6: "xx-large", 7: "xxx-large", "+1": "large", "+2": "x-large" },
  ...{ "-1": "small", "-2": "x-small" },
};

/** Elements that are kept; of any other only the content is. */
const KEPT = new Set([
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
]);

/** Elements whose content is nothing to read. */
const LEFT_OUT = new Set([
  ...["script", "style", "textarea", "option", "xmp", "iframe", "noembed"],
  ...["noframes"],
]);

/** Attributes that any element may have. */
const SHARED = new Set(["id", "title", "lang", "dir", "align", "valign"]);

/** Attributes that some elements may have. */
const OWN = new Map(Object.entries({
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
}));

const MAY_BE_EMPTY = new Set([
  "alt",
  "disabled",
  "checked",
  "open",
  "reversed",
]);

const SHARED_CLASS = /^(?:painted|tinted)$/;
const CLASSES = new Map(Object.entries({
  code: /^language-/,
  span: /^hljs-/,
  a: /^anchor$/,
  div: /^(?:scroll-x|alert|alert-.*)$/,
  li: /^task$/,
  img: /^(?:inline|paper)$/,
}));

/** An image in the text itself, perhaps for another width of the screen. */
const IN_THE_FILE = /^\s*data:image\/\S+(?:\s+[\d.]+[wx])?\s*$/i;
