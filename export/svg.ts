/**
 * SVG as browsers read it inside a page, made fit to be a file of its own:
 * attributes without quotes, HTML's entities, names in any case, prefixes nobody
 * declared and elements nobody closed are no mistakes in a page, but cost a file
 * everything.
 *
 * Pure: text in, text out. Takes time in proportion to the text.
 * @module
 */
import { decodeHTML, type Handler, Parser } from "html-tree";
import { escapeHtml } from "./escape.ts";
import { spellSvg } from "./svg_names.ts";

/** A drawing. */
export interface Svg {
  /** Well-formed XML. */
  readonly xml: string;
  /** How wide it wants to be, in CSS pixels. */
  readonly width: number | undefined;
  /** How high it wants to be, in CSS pixels. */
  readonly height: number | undefined;
  /** What its title and description say. */
  readonly text: string;
}

/**
 * Reads a drawing.
 *
 * @param content SVG, or SVG in base64.
 * @returns The drawing; undefined if there is none.
 */
export function readSvg(content: string): Svg | undefined {
  const source = content.trimStart().startsWith("<")
    ? content
    : decodeBase64(content);
  if (source === undefined) return undefined;
  const reader = new SvgReader();
  const parser = new Parser(reader.handler, {
    xmlMode: true,
    decodeEntities: false,
    lowerCaseTags: true,
    lowerCaseAttributeNames: true,
  });
  parser.end(source);
  return reader.result();
}

function decodeBase64(text: string): string | undefined {
  try {
    const binary = atob(text);
    return new TextDecoder().decode(
      Uint8Array.from(binary, (character) => character.charCodeAt(0)),
    );
  } catch {
    // It is something else.
    return undefined;
  }
}

/** Writes what the parser finds, from the first `<svg>` to its end. */
class SvgReader {
  readonly #body: string[] = [];
  readonly #open: string[] = [];
  readonly #entities = new Map<string, string>();
  readonly #prefixes = new Set<string>();
  readonly #declared = new Set<string>(["xml", "xmlns"]);
  readonly #words: string[] = [];
  #root: Record<string, string> | undefined;
  #hasEnded = false;
  #isRaw = false;

  readonly handler: Partial<Handler> = {
    onprocessinginstruction: (_, text) => this.#readEntities(text),
    onopentag: (name, attributes) => this.#begin(name, attributes),
    ontext: (text) => this.#write(text),
    oncdatastart: () => this.#isRaw = true,
    oncdataend: () => this.#isRaw = false,
    onclosetag: () => this.#end(),
  };

  result(): Svg | undefined {
    const root = this.#root;
    if (root === undefined) return undefined;
    const missing = [...this.#prefixes].filter((prefix) =>
      !this.#declared.has(prefix)
    ).map((prefix) => [`xmlns:${prefix}`, PREFIXES[prefix] ?? `urn:${prefix}`]);
    const attributes = {
      ...root,
      xmlns: root.xmlns || PREFIXES.svg!,
      ...Object.fromEntries(missing),
    };
    return {
      xml: `<svg${writeAttributes(attributes)}>${this.#body.join("")}</svg>`,
      ...readSize(root),
      text: this.#words.map((word) => word.trim()).filter((word) => word !== "")
        .join(". "),
    };
  }

  #begin(written: string, raw: Readonly<Record<string, string>>): void {
    if (this.#hasEnded) return;
    const name = spellSvg(written);
    const attributes = Object.fromEntries(
      Object.entries(raw).filter(([key]) => NAME.test(key))
        .map(([key, value]) => [spellSvg(key), this.#decode(value)]),
    );
    if (this.#root === undefined) {
      if (name !== "svg" && name !== "svg:svg") return;
      this.#root = attributes;
      this.#note(Object.keys(attributes));
      this.#open.push(name);
      return;
    }
    // A name that XML does not take can not be drawn either.
    const isNamed = NAME.test(name);
    this.#open.push(isNamed ? name : "");
    if (!isNamed) return;
    this.#note([name, ...Object.keys(attributes)]);
    this.#body.push(`<${name}${writeAttributes(attributes)}>`);
  }

  #note(names: readonly string[]): void {
    for (const name of names) {
      const [prefix, local] = name.split(":");
      if (local === undefined) continue;
      // One that is declared further down is declared once more above.
      if (prefix === "xmlns" && this.#open.length === 0) {
        this.#declared.add(local);
      } else if (prefix !== "xmlns") this.#prefixes.add(prefix!);
    }
  }

  #write(text: string): void {
    if (this.#open.length === 0 || this.#hasEnded) return;
    const plain = this.#isRaw ? text : this.#decode(text);
    this.#body.push(escapeXml(plain));
    const isDirect = this.#open.length === 2;
    if (isDirect && ["title", "desc"].includes(this.#open[1]!)) {
      this.#words.push(plain);
    }
  }

  #end(): void {
    if (this.#root === undefined || this.#hasEnded) return;
    const name = this.#open.pop();
    if (this.#open.length === 0) this.#hasEnded = true;
    else if (name !== "") this.#body.push(`</${name}>`);
  }

  /** Drawing programs declare entities of their own, for their namespaces. */
  #readEntities(text: string): void {
    for (const [, name, , value] of text.matchAll(ENTITY)) {
      this.#entities.set(name!, value!);
    }
  }

  #decode(text: string): string {
    if (!text.includes("&")) return text;
    const expanded = this.#entities.size === 0 ? text : text.replace(
      /&([\w.-]{1,40});/g,
      (whole, name) => this.#entities.get(name) ?? whole,
    );
    return decodeHTML(expanded);
  }
}

function writeAttributes(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join("");
}

/** XML has no way to write some control characters. */
function escapeXml(text: string): string {
  // deno-lint-ignore no-control-regex -- These are what XML can not hold.
  return escapeHtml(text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, ""))
    .toWellFormed();
}

function readSize(root: Readonly<Record<string, string>>): {
  width: number | undefined;
  height: number | undefined;
} {
  const [width, height] = [readPixels(root.width), readPixels(root.height)];
  const box = root.viewBox?.trim().split(/[\s,]+/) ?? [];
  const [boxWidth, boxHeight] = [readPixels(box[2]), readPixels(box[3])];
  if (width !== undefined && height !== undefined) return { width, height };
  if (boxWidth === undefined || boxHeight === undefined) {
    return { width: undefined, height: undefined };
  }
  if (width !== undefined) {
    return { width, height: Math.round(width * boxHeight / boxWidth) };
  }
  if (height !== undefined) {
    return { width: Math.round(height * boxWidth / boxHeight), height };
  }
  return { width: boxWidth, height: boxHeight };
}

/**
 * Reads a length.
 *
 * @param text For example `120pt`.
 * @returns CSS pixels; undefined if it is relative to something, or no length.
 */
export function readPixels(text: string | undefined): number | undefined {
  const [, number, unit = "px"] = LENGTH.exec(text ?? "") ?? [];
  const pixels = Number(number) * (PIXELS[unit.toLowerCase()] ?? NaN);
  return pixels > 0 && pixels < Infinity ? Math.round(pixels) : undefined;
}

const LENGTH = /^\s*([+-]?[\d.]{1,20}(?:e[+-]?\d{1,3})?)([a-z]{2})?\s*$/i;
const NAME = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/;
const ENTITY = /!ENTITY\s+([\w.-]{1,40})\s+(["'])([^"'<]{0,400})\2/g;

/** Source: CSS Values 4, "Absolute lengths"; `em` and `ex` as fonts have them. */
const PIXELS: Readonly<Record<string, number>> = {
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  em: 16,
  ex: 8,
};

const PREFIXES: Readonly<Record<string, string>> = {
  xlink: "http://www.w3.org/1999/xlink",
  svg: "http://www.w3.org/2000/svg",
};
