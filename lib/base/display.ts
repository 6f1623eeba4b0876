/**
 * Values that say how they look: a value with its MIME bundle.
 *
 * A front end asks for the bundle through the symbol `Jupyter.display`, the
 * contract that `deno jupyter` introduced. This file knows no kernel: it hands
 * values to `Deno.jupyter` where a host provides it, and else prints them.
 * @module
 */

import { checkObject, checkText } from "./checks.ts";
import { checkDisplayOptions, checkTemplate } from "./display_checks.ts";

/** The key under which a value carries the function that yields its MIME bundle. */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** One value in several formats, keyed by MIME type, such as `text/html`. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A value that says how it looks. */
export interface Displayable {
  /** Yields the formats of the value; the front end picks the richest it knows. */
  readonly [DISPLAY]: () => MimeBundle | Promise<MimeBundle>;
}

/** How {@link display} shows a value. */
export interface DisplayOptions {
  /**
   * Name of the output, by which a later call may replace it.
   * @default undefined
   */
  readonly display_id?: string;
  /**
   * Whether to replace the output named `display_id` in place of adding one.
   * @default false
   */
  readonly update?: boolean;
}

/** Markup that is safe to put into other markup, and shows itself. */
export interface Markup extends Displayable {
  /** The markup as text, such as `<b>1 &lt; 2</b>`. */
  readonly markup: string;
}

/**
 * Shows a value now, before the cell ends.
 *
 * Where no notebook host runs the code, the value's text form is printed, so
 * that the same program works as a plain script.
 *
 * @example Show text, then replace it
 * ```ts
 * await display(md`working`, { display_id: "state" });
 * await display(md`**done**`, { display_id: "state", update: true });
 * ```
 *
 * @param value What to show: a {@link Displayable}, or any value.
 * @param options Whether the output has a name, or replaces a named one.
 * @returns A promise that settles when the host has taken the value.
 * @throws {TypeError} If an option has the wrong type, or `update` is set and no `display_id`.
 */
export async function display(
  value: unknown,
  options: DisplayOptions = {},
): Promise<void> {
  checkDisplayOptions(options);
  const host = findHost();
  if (host !== undefined) return await host.display(value, options);
  const bundle = isDisplayable(value) ? await value[DISPLAY]() : {};
  // deno-lint-ignore no-console -- Without a host the console is the only output.
  console.log(bundle["text/plain"] ?? value);
}

/**
 * Tells whether a value says how it looks.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(isDisplayable(html`<b>hi</b>`), true);
 * assert.equal(isDisplayable("hi"), false);
 * ```
 *
 * @param value Any value.
 * @returns Whether {@link DISPLAY} is a function of it.
 */
export function isDisplayable(value: unknown): value is Displayable {
  return typeof value === "object" && value !== null &&
    typeof (value as Partial<Displayable>)[DISPLAY] === "function";
}

/**
 * Makes HTML from a template; what is put in is escaped.
 *
 * Results of {@link html} and {@link svg} go in as they are, arrays item by
 * item, `null` and `undefined` as nothing. Escaping makes text harmless as
 * content and in quoted attributes; it does not judge addresses such as `href`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const rows = ["a", "<b>"].map((name) => html`<li>${name}</li>`);
 * const list = html`<ul>${rows}</ul>`;
 * assert.equal(list.markup, "<ul><li>a</li><li>&lt;b&gt;</li></ul>");
 * ```
 *
 * @param strings The template's own text.
 * @param values What is put between.
 * @returns A value shown as HTML.
 */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly unknown[]
): Markup {
  checkTemplate("html", strings);
  return makeMarkup("text/html", fill(strings, values, toMarkup));
}

/**
 * Makes an SVG image from a template; what is put in is escaped as in {@link html}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const dot = svg`<circle r="${4}"/>`;
 * const image = svg`<svg xmlns="http://www.w3.org/2000/svg">${dot}</svg>`;
 * assert.match(image.markup, /<circle r="4"\/>/);
 * ```
 *
 * @param strings The template's own text.
 * @param values What is put between.
 * @returns A value shown as an SVG image.
 */
export function svg(
  strings: TemplateStringsArray,
  ...values: readonly unknown[]
): Markup {
  checkTemplate("svg", strings);
  return makeMarkup("image/svg+xml", fill(strings, values, toMarkup));
}

/**
 * Makes Markdown from a template; what is put in is left as it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const bundle = await md`**${"fast"}**`[DISPLAY]();
 * assert.equal(bundle["text/markdown"], "**fast**");
 * ```
 *
 * @param strings The template's own text.
 * @param values What is put between; arrays are joined.
 * @returns A value shown as Markdown.
 */
export function md(
  strings: TemplateStringsArray,
  ...values: readonly unknown[]
): Displayable {
  checkTemplate("md", strings);
  const text = fill(strings, values, toText);
  return makeDisplayable({ "text/markdown": text, "text/plain": text });
}

/**
 * Makes a value from an SVG image and the words that stand in for it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const bundle = await figure("<svg></svg>", "An empty image")[DISPLAY]();
 * assert.equal(bundle["text/plain"], "An empty image");
 * ```
 *
 * @param svgText The image, one whole `<svg>` element that refers to nothing outside itself.
 * @param alt What the image says, numbers included, for those who do not see it.
 * @returns A value shown as the image, or as `alt` where images cannot be shown.
 * @throws {TypeError} If one of them is not a string.
 */
export function figure(svgText: string, alt: string): Markup {
  checkText(["make figure", "svgText"], svgText);
  checkText(["make figure", "alt"], alt);
  return {
    markup: svgText,
    [MARKUP]: true,
    ...makeDisplayable({ "image/svg+xml": svgText, "text/plain": alt }),
  } as Markup;
}

/**
 * Makes a value from the formats it can be shown in.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const point = makeDisplayable({ "text/plain": "(1, 2)" });
 * assert.equal(isDisplayable(point), true);
 * ```
 *
 * @param bundle The formats, or a function that makes them when they are asked for.
 * @returns A value that says how it looks.
 * @throws {TypeError} If the bundle is neither an object nor a function.
 */
export function makeDisplayable(
  bundle: MimeBundle | (() => MimeBundle | Promise<MimeBundle>),
): Displayable {
  if (typeof bundle !== "function") {
    checkObject(["make displayable", "bundle"], bundle, "formats");
  }
  const bundleFunction = bundle as () => MimeBundle | Promise<MimeBundle>;
  return {
    [DISPLAY]: typeof bundle === "function" ? bundleFunction : () => bundle,
  };
}

/** Looked up on every call: the host may be put in place after this file loads. */
function findHost(): Host | undefined {
  try {
    return (globalThis as unknown as { Deno?: { jupyter?: Host } }).Deno
      ?.jupyter;
  } catch {
    // In a plain script Deno's getter throws; that there is no host is the answer.
    return undefined;
  }
}

function makeMarkup(type: string, markup: string): Markup {
  const text = markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
  const plain = unescape(text) || markup;
  return {
    markup,
    [MARKUP]: true,
    ...makeDisplayable({ [type]: markup, "text/plain": plain }),
  } as Markup;
}

function fill(
  strings: TemplateStringsArray,
  values: readonly unknown[],
  write: (value: unknown) => string,
): string {
  return strings.reduce((text, string, index) =>
    text + write(values[index - 1]) + string
  );
}

function toMarkup(value: unknown): string {
  if (Array.isArray(value)) return value.map(toMarkup).join("");
  return isMarkup(value) ? value.markup : escape(toText(value));
}

function toText(value: unknown): string {
  if (Array.isArray(value)) return value.map(toText).join("");
  return value === null || value === undefined ? "" : String(value);
}

function isMarkup(value: unknown): value is Markup {
  return typeof value === "object" && value !== null && MARKUP in value;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

function unescape(text: string): string {
  return text.replace(
    /&(?:amp|lt|gt|quot|#39);/g,
    (entity) => CHARACTERS[entity] ?? entity,
  );
}

interface Host {
  display(value: unknown, options: DisplayOptions): Promise<void>;
}

// A symbol, so that no value that came as JSON can pass itself off as markup.
const MARKUP = Symbol("markup");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const CHARACTERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ENTITIES).map(([character, entity]) => [entity, character]),
);
