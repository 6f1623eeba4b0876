/**
 * HTML outputs, reduced to what asks for nothing: no request, no connection, no
 * name looked up, whatever the browser does ahead of time.
 *
 * Pure. The frame they stand in, and its policy, are in `sandbox.ts`; this is
 * for what a policy does not reach, such as `<link rel=preconnect>`.
 * @module
 */
import { type Fate, rebuildHtml, type Tag } from "./markup.ts";

/**
 * Reduces HTML.
 *
 * Scripts are left out, since they would not run. Frames and plug-ins leave a
 * note. Links keep their text; the address becomes their title.
 *
 * @example A connection ahead of time
 * ```ts
 * import assert from "node:assert/strict";
 * const html = `<link rel=preconnect href="http://a.example"><b onclick="f()">x`;
 * assert.equal(reduceHtml(html, () => undefined), "<b>x</b>");
 * ```
 *
 * @param html HTML of any origin.
 * @param embedImage Gives the data URI of an image beside the notebook.
 * @returns HTML that can stand in a frame.
 */
export function reduceHtml(
  html: string,
  embedImage: (source: string) => string | undefined,
): string {
  return rebuildHtml(html, (tag) => decide(tag, embedImage));
}

function decide(
  { name, attributes }: Tag,
  embedImage: (source: string) => string | undefined,
): Fate {
  if (LEFT_OUT.has(name) || isLinkAnimation(name, attributes)) return "nothing";
  if (FRAMES.has(name)) {
    const { src, data } = attributes;
    const address = src ?? data;
    return {
      text: address === undefined
        ? "(a frame that a page can not show)"
        : `(a frame that is not in this file: ${address})`,
    };
  }
  if (!KEPT.has(name)) return "content";
  const kept: Record<string, string> = {};
  for (const [attribute, value] of Object.entries(attributes)) {
    if (isHarmless(name, attribute, value)) kept[attribute] = value;
  }
  const { src, href } = attributes;
  if (name === "img" && src !== undefined && !("src" in kept)) {
    const uri = embedImage(src);
    if (uri === undefined) {
      return { text: `(an image that is not in this file: ${src})` };
    }
    kept.src = uri;
  }
  if ((name === "a" || name === "area") && href && !("href" in kept)) {
    kept.title ??= href;
  }
  return { name, attributes: kept };
}

/** An animation may set an address long after it was looked at. */
function isLinkAnimation(
  name: string,
  { attributename = "" }: Tag["attributes"],
): boolean {
  return (name.startsWith("animate") || name === "set") &&
    /href|src/i.test(attributename);
}

function isHarmless(name: string, attribute: string, value: string): boolean {
  // One image that is in the text itself, for another width of the screen.
  if (name === "source" && attribute === "srcset") {
    return /^data:image\/[^\s]+$/i.test(value);
  }
  if (attribute.startsWith("on") || DROPPED.has(attribute)) return false;
  if (ADDRESSES.has(attribute)) {
    const address = value.trim();
    // Part of the document itself, or of the value.
    if (address.startsWith("#")) return true;
    return name !== "a" && name !== "area" && /^data:/i.test(address);
  }
  return !asksInCss(value);
}

/** Whether a style or a paint names something outside of the document. */
function asksInCss(value: string): boolean {
  if (!/\\|url|image|src|import/i.test(value)) return false;
  // Escapes in CSS could spell anything: `\75rl(…)`.
  const css = value.replace(
    /\\([\da-f]{1,6})\s?/gi,
    (_, code) => String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff)),
  ).replaceAll("\\", "").replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, "");
  return /(?:url|src)\(\s*["']?(?!\s*["']?(?:#|data:))|image(?:-set)?\(|@import/i
    .test(css);
}

/** Attributes with an address. */
const ADDRESSES = new Set([
  ...["href", "xlink:href", "src", "poster", "background", "action", "cite"],
  ...["formaction", "longdesc", "usemap", "data", "dynsrc", "lowsrc"],
]);

/** Attributes that ask for something in another way, or take the focus. */
const DROPPED = new Set([
  ...["srcset", "imagesrcset", "ping", "srcdoc", "target", "autofocus", "is"],
  ...["attributionsrc", "xml:base", "nonce", "manifest", "profile", "form"],
  ...["http-equiv", "codebase", "archive", "classid", "popovertarget"],
]);

/** Elements whose content is nothing to read. */
const LEFT_OUT = new Set([
  ...["script", "template", "annotation-xml", "noembed", "noframes"],
]);

/** Elements that show another document. */
const FRAMES = new Set([
  ...["iframe", "frame", "object", "embed", "applet", "portal", "fencedframe"],
]);

/** Elements that are kept; of any other only the content is. */
const KEPT = new Set([
  // Text and structure.
  ...["a", "abbr", "acronym", "address", "area", "article", "aside", "audio"],
  ...["b", "bdi", "bdo", "big", "blockquote", "br", "button", "canvas"],
  ...["caption", "center", "cite", "code", "col", "colgroup", "data"],
  ...["datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl"],
  ...["dt", "em", "fieldset", "figcaption", "figure", "font", "footer", "h1"],
  ...["h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i", "img"],
  ...["input", "ins", "kbd", "label", "legend", "li", "main", "map", "mark"],
  ...["marquee", "menu", "meter", "nav", "nobr", "ol", "optgroup", "option"],
  ...["output", "p", "picture", "pre", "progress", "q", "rp", "rt", "ruby"],
  ...["s", "samp", "section", "select", "small", "source", "span", "strike"],
  ...["strong", "style", "sub", "summary", "sup", "table", "tbody", "td"],
  ...["textarea", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul"],
  ...["var", "video", "wbr"],
  // Drawings.
  ...["svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse"],
  ...["line", "polyline", "polygon", "text", "tspan", "textpath", "title"],
  ...["desc", "image", "marker", "pattern", "mask", "clippath", "switch"],
  ...["lineargradient", "radialgradient", "stop", "filter", "foreignobject"],
  ...["feblend", "fecolormatrix", "fecomponenttransfer", "fecomposite"],
  ...["feconvolvematrix", "fediffuselighting", "fedisplacementmap"],
  ...["fedistantlight", "fedropshadow", "feflood", "fefunca", "fefuncb"],
  ...["fefuncg", "fefuncr", "fegaussianblur", "femerge", "femergenode"],
  ...["femorphology", "feoffset", "fepointlight", "fespecularlighting"],
  ...["fespotlight", "fetile", "feturbulence", "animate", "animatemotion"],
  ...["animatetransform", "mpath", "set"],
  // Formulas.
  ...["math", "semantics", "annotation", "maction", "menclose", "merror"],
  ...["mfenced", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover"],
  ...["mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace"],
  ...["msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext"],
  ...["mtr", "munder", "munderover", "none"],
]);
