/**
 * Harmless HTML as Typst: text, lists, links, images; tables are in `table.ts`.
 *
 * Serves Markdown, which is rendered to HTML first, and HTML outputs. What comes
 * out is code, not markup: a block of statements whose values are joined, each a
 * call of a function with string literals of `literal.ts`. Pure.
 * @module
 */
import { readColor } from "../figure/colors.ts";
import {
  findElements,
  isTag,
  isText,
  parseHtmlTree,
  type TreeElement,
  type TreeNode,
  writeXml,
} from "../tree.ts";
import { spacedText, typesetCode } from "./code.ts";
import { literal } from "./literal.ts";
import { hasWords } from "./has_words.ts";
import { typesetTable } from "./table.ts";

/** What typesetting HTML depends on. */
export interface HtmlContext {
  /** Typesets an image; undefined if there is none to show. */
  readonly image: (source: string, hints: ImageHints) => string | undefined;
  /** Typesets a drawing that stands in the text. */
  readonly drawing: (svg: string) => string;
  /** Typesets the formula of a number that `skein-formula` names. */
  readonly formula: (index: number) => string;
  /** Typesets a heading. */
  readonly heading: (level: number, body: string, anchor: string) => string;
  /** Anchors that links may lead to. */
  readonly anchors: ReadonlySet<string>;
  /** Says what is not shown. */
  readonly warn: (what: string) => void;
  /** In how many elements that are calls it stands. @default 0 */
  readonly depth?: number;
}

/** What is known of an image. */
export interface ImageHints {
  /** Its text alternative. */
  readonly alt: string;
  /** Its width in CSS pixels, if it is said. */
  readonly width: number | undefined;
}

/**
 * Typesets HTML.
 *
 * @param html Harmless HTML: of `renderMarkdown` or `reduceHtml`.
 * @param context Where its parts go.
 * @returns A block of Typst code.
 */
export function typesetHtml(html: string, context: HtmlContext): string {
  return typesetNodes(parseHtmlTree(html), context);
}

/**
 * Typesets elements and texts.
 *
 * @param nodes Them.
 * @param context Where their parts go.
 */
export function typesetNodes(
  nodes: readonly TreeNode[],
  context: HtmlContext,
): string {
  const statements = nodes.map((node, at) =>
    isText(node)
      ? typesetText(node.data, {
        isFirst: at === 0 || isBlock(nodes[at - 1]!),
        isLast: at === nodes.length - 1 || isBlock(nodes[at + 1]!),
      })
      : typesetNode(node, context)
  ).filter((statement) => statement !== "");
  return statements.length === 0 ? "[]" : `{ ${statements.join("; ")} }`;
}

function typesetNode(node: TreeNode, outer: HtmlContext): string {
  if (!isTag(node)) return "";
  const name = node.name;
  const isCall = WRAPPED[name] !== undefined || SPECIAL[name] !== undefined ||
    name === "table";
  const depth = (outer.depth ?? 0) + (isCall ? 1 : 0);
  const context = { ...outer, depth };
  const body = () => typesetNodes(node.children, context);
  if (depth > MAX_DEPTH && isCall && node.children.length > 0) {
    // Typst ends where calls stand in one another too deep.
    if (depth === MAX_DEPTH + 1) {
      outer.warn(`drawn flat: what is nested deeper than ${MAX_DEPTH} levels`);
    }
    return isBlock(node) ? block(body()) : body();
  }
  const wrap = WRAPPED[name];
  if (wrap !== undefined) return `${wrap}(${body()})`;
  if (LEFT_OUT.has(name)) return "";
  if (name === "table") return block(typesetTable(node, context, typesetNodes));
  if (/^h[1-6]$/.test(name)) {
    const words = body();
    if (words === "[]") return "";
    if (!hasWords(node)) return block(words);
    const anchor = node.attribs.id ?? "";
    return block(context.heading(Number(name[1]), words, anchor));
  }
  const special = SPECIAL[name];
  if (special !== undefined) return special(node, context);
  if (BLOCKS.has(name)) return block(body());
  return withStyle(node, body());
}

/** Sets apart from what is before and after it. */
function block(code: string): string {
  return `parbreak(); ${code}; parbreak()`;
}

/** Spaces where a block begins or ends are none, and would make a paragraph. */
function typesetText(
  text: string,
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): string {
  let words = text.replace(/[ \t\n\r\f]+/g, " ");
  if (isFirst) words = words.replace(/^ /, "");
  if (isLast) words = words.replace(/ $/, "");
  return words === "" ? "" : literal(words);
}

function isBlock(node: TreeNode): boolean {
  return isTag(node) &&
    (BLOCKS.has(node.name) || BLOCKS_WITH_RULES.has(node.name) ||
      /^h[1-6]$/.test(node.name));
}

function withStyle(node: TreeElement, body: string): string {
  const style = node.attribs.style ?? "";
  const [, declared] = /(?:^|;)\s*color\s*:\s*([^;]+)/i.exec(style) ?? [];
  const color = declared === undefined ? undefined : readColor(declared.trim());
  let code = body;
  if (color !== undefined) code = `text(fill: rgb(${literal(color)}), ${code})`;
  if (/font-weight\s*:\s*(?:bold|[6-9]00)/i.test(style)) {
    code = `strong(${code})`;
  }
  if (/font-style\s*:\s*italic/i.test(style)) code = `emph(${code})`;
  return code;
}

function typesetLink(node: TreeElement, context: HtmlContext): string {
  const { href = "", class: name = "" } = node.attribs;
  // The sign beside a heading that leads to the heading.
  if (name === "anchor") return "";
  const body = typesetNodes(node.children, context);
  if (href.startsWith("#")) {
    const anchor = decode(href.slice(1));
    return context.anchors.has(anchor)
      ? `link(label(${anchorName(anchor)}), ${body})`
      : body;
  }
  if (!/^(?:https?|mailto):/i.test(href)) return body;
  return `link(${literal(href, Infinity)}, ${body})`;
}

/** Names an anchor in a way that no label of our own has. */
export function anchorName(anchor: string): string {
  return literal(`anchor:${anchor}`, Infinity);
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    // A lone percent sign is part of the name itself.
    return address;
  }
}

function typesetImage({ attribs }: TreeElement, context: HtmlContext): string {
  const { src = "", alt = "", width } = attribs;
  const pixels = Number(width);
  const image = context.image(src, {
    alt,
    width: pixels > 0 && pixels < 10_000 ? pixels : undefined,
  });
  if (image !== undefined) return image;
  context.warn(
    `not shown: an image that is not there: ${alt || src.slice(0, 80)}`,
  );
  return `emph(${
    literal(`(image that is not in this file: ${alt || src.slice(0, 200)})`)
  })`;
}

function typesetList(node: TreeElement, context: HtmlContext): string {
  const all = node.children.filter(isTag);
  const items = all.map((item) => typesetNodes(item.children, context));
  if (items.length === 0) return "";
  const start = Math.trunc(Number(node.attribs.start ?? 1));
  const isTasks = all.every(({ attribs }) =>
    /\btask\b/.test(attribs.class ?? "")
  );
  const call = node.name === "ol"
    ? `enum(start: ${start >= 0 && start < 1e9 ? start : 1}, `
    : isTasks
    ? "list(marker: [], body-indent: 0pt, "
    : "list(";
  return block(`${call}${items.join(", ")})`);
}

function typesetDefinitions(node: TreeElement, context: HtmlContext): string {
  return node.children.filter(isTag).map((item) => {
    const body = typesetNodes(item.children, context);
    return block(
      item.name === "dt" ? `strong(${body})` : `pad(left: 1.2em, ${body})`,
    );
  }).join("; ");
}

function typesetPre(node: TreeElement): string {
  const text = spacedText(node.children).replace(/\n$/, "");
  const classes = findElements(["code"], node.children).slice(0, 1)
    .map((code) => code.attribs.class ?? "").join(" ");
  const [, language] = /(?:^|\s)language-([\w+#-]{1,30})/.exec(classes) ?? [];
  return block(`code-box(${typesetCode(text, language)})`);
}

/** Elements that are one function of their content. */
const WRAPPED: Readonly<Record<string, string>> = {
  b: "strong",
  strong: "strong",
  th: "strong",
  em: "emph",
  i: "emph",
  cite: "emph",
  dfn: "emph",
  var: "emph",
  del: "strike",
  s: "strike",
  strike: "strike",
  u: "underline",
  ins: "underline",
  sub: "sub",
  sup: "super",
  mark: "highlight",
};

/** Elements with rules of their own. */
const SPECIAL: Readonly<
  Record<string, (node: TreeElement, context: HtmlContext) => string>
> = {
  a: typesetLink,
  img: typesetImage,
  ul: typesetList,
  ol: typesetList,
  menu: typesetList,
  dl: typesetDefinitions,
  pre: typesetPre,
  br: () => "linebreak()",
  wbr: () => '"\u200b"',
  hr: () => block("rule()"),
  code: (node) =>
    `raw(${literal(spacedText(node.children).replace(/\s+/g, " "))})`,
  kbd: (node) => `raw(${literal(spacedText(node.children))})`,
  samp: (node) => `raw(${literal(spacedText(node.children))})`,
  tt: (node) => `raw(${literal(spacedText(node.children))})`,
  textarea: (node) => `raw(${literal(spacedText(node.children))})`,
  q: (node, context) => `{ "“"; ${typesetNodes(node.children, context)}; "”" }`,
  input: ({ attribs }) =>
    attribs.type !== "checkbox"
      ? ""
      : literal("checked" in attribs ? "☑ " : "☐ "),
  blockquote: (node, context) =>
    block(`quote(block: true, ${typesetNodes(node.children, context)})`),
  summary: (node, context) =>
    block(`strong(${typesetNodes(node.children, context)})`),
  svg: (node, context) => block(context.drawing(writeXml(node))),
  "skein-formula": ({ attribs }, context) => context.formula(Number(attribs.n)),
  div: (node, context) => {
    const body = typesetNodes(node.children, context);
    const isAlert = /\balert\b/.test(node.attribs.class ?? "");
    return block(isAlert ? `alert-box(${body})` : body);
  },
};

const BLOCKS = new Set([
  ...["p", "section", "article", "aside", "header", "footer", "main", "nav"],
  ...["details", "figure", "figcaption", "address", "fieldset", "form", "li"],
  ...["center", "caption", "tr", "hgroup", "dialog", "legend"],
]);

const BLOCKS_WITH_RULES = new Set([
  ...["table", "ul", "ol", "menu", "dl", "pre", "hr", "blockquote", "summary"],
  ...["div", "svg", "br"],
]);

const LEFT_OUT = new Set([
  ...["script", "style", "template", "button", "select", "datalist", "canvas"],
  ...["audio", "video", "source", "track", "map", "area", "col", "colgroup"],
  ...["annotation", "annotation-xml", "progress", "meter", "head", "title"],
]);

/** Typst takes some 60 rules in one another, and a quotation has several. */
const MAX_DEPTH = 12;
