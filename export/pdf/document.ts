/**
 * What a document in Typst is made of besides its text: files, formulas, and what
 * could not be set. Grows from cell to cell.
 * @module
 */
import { Buffer } from "node:buffer";
import { drawingForPrint, figureForPrint } from "../figure/mod.ts";
import { type MathContext, type PageContext } from "../page.ts";
import type { Svg } from "../svg.ts";
import type { HtmlContext, ImageHints } from "./from_html.ts";
import { anchorName } from "./from_html.ts";
import { withoutMarks } from "./characters.ts";
import { literal } from "./literal.ts";
import { readReference } from "./equations.ts";
import {
  convertFormula,
  type PrintEquation,
  type PrintFormula,
} from "./math.ts";

/** What was found in earlier rounds: what can not be set, and figures made ready. */
export interface Refused {
  /** Formulas, in Typst's notation. */
  readonly formulas: ReadonlySet<string>;
  /** Files. */
  readonly files: ReadonlySet<string>;
  /** Figures for paper, by what they were made of. */
  readonly drawings: Map<string, string | undefined>;
}

/** Something that is not on paper as it is in the notebook. */
export interface Problem {
  /** The cell, counted from 1. */
  readonly cell: number;
  /** What is not shown, or how. */
  readonly what: string;
}

/** A document that is being written. */
export class PrintDocument {
  /** Files that it shows, by their names in it. */
  readonly files = new Map<string, Uint8Array>();
  /** All formulas in Typst's notation. */
  readonly formulas = new Set<string>();
  /** What is not on paper as it is in the notebook. */
  readonly problems: Problem[] = [];
  /** Labels of equations that references may lead to. */
  readonly equations = new Set<string>();
  /** Anchors of headings that links may lead to. */
  readonly anchors = new Set<string>();
  /** The cell that is being written, counted from 1. */
  cell = 0;
  readonly #names = new Map<string, string>();
  readonly #formulas: string[] = [];
  readonly #refused: Refused;
  #level = 0;

  constructor(refused: Refused) {
    this.#refused = refused;
  }

  /** Notes what is not shown. */
  readonly warn = (what: string): void => {
    const { cell } = this;
    const isKnown = this.problems.some((known) =>
      known.cell === cell && known.what === what
    );
    if (!isKnown) this.problems.push({ cell, what });
  };

  /** Draws formulas for a page: leaves their place, and keeps what goes there. */
  readonly drawMath = (
    tex: string,
    place: "inline" | "display",
    math: MathContext,
  ): string => {
    const reference = readReference(tex);
    if (reference !== undefined) {
      const { label, isInBrackets } = reference;
      return this.#placeFormula(
        `equation-reference(${literal(label)}, brackets: ${isInBrackets})`,
      );
    }
    const converted = convertFormula(tex, math);
    if (converted.type === "typst" && converted.equations.length === 0) {
      return "";
    }
    return this.#placeFormula(this.#typesetFormula(tex, place, converted));
  };

  #placeFormula(code: string): string {
    this.#formulas.push(code);
    return `<skein-formula n="${this.#formulas.length - 1}"></skein-formula>`;
  }

  #typesetFormula(
    tex: string,
    place: "inline" | "display",
    converted: PrintFormula,
  ): string {
    const isBlock = place === "display";
    const isRefused = converted.type === "refused" ||
      converted.equations.some(({ code }) => this.#refused.formulas.has(code));
    if (isRefused) {
      const why = converted.type === "refused"
        ? converted.reason
        : "the typesetter does not take it";
      this.warn(`a formula is shown as its source: ${clip(tex)} (${why})`);
      return isBlock
        ? `parbreak(); code-box(raw(block: true, lang: "tex", ${
          literal(tex.trim())
        })); parbreak()`
        : `raw(${literal(tex.trim())})`;
    }
    const parts = converted.equations.map((equation) =>
      this.#typesetEquation(equation, { alt: literal(tex.trim()), isBlock })
    );
    return isBlock ? `parbreak(); ${parts.join("; ")}; parbreak()` : parts[0]!;
  }

  #typesetEquation(
    { code, number, labels }: PrintEquation,
    { alt, isBlock }: { readonly alt: string; readonly isBlock: boolean },
  ): string {
    this.formulas.add(code);
    // A place has one name, and a name one place.
    const places = labels.filter((label) => !this.equations.has(label));
    for (const label of places) this.equations.add(label);
    const names = places.map((label) =>
      `[#metadata(none)#label(${literal(`equation-${label}`, Infinity)})]; `
    );
    const numbering = number === undefined
      ? ""
      : `, numbering: (..) => ${literal(number)}`;
    return `${
      names.join("")
    }math.equation(block: ${isBlock}, alt: ${alt}${numbering}, eval(${
      literal(code, Infinity)
    }, mode: "math"))`;
  }

  /**
   * Adds an image.
   *
   * @param uri Its data URI.
   * @param hints What is known of it.
   * @returns Typst code; undefined if the URI is none, or can not be set.
   */
  readonly image = (uri: string, hints: ImageHints): string | undefined => {
    const read = readDataUri(uri);
    if (read === undefined) return undefined;
    const { bytes, extension } = read;
    return extension === "svg"
      ? this.drawing(new TextDecoder().decode(bytes), hints)
      : this.#picture(bytes, extension, hints);
  };

  /**
   * Adds a drawing.
   *
   * @param svg It, as a page may hold it, or as it was read.
   * @param hints What is known of it.
   */
  drawing(svg: string | Svg, hints: ImageHints): string | undefined {
    return this.#picture(this.#printable(svg), "svg", hints);
  }

  #picture(
    content: Uint8Array | undefined,
    extension: string,
    { alt, width }: ImageHints,
  ): string | undefined {
    if (content === undefined) return undefined;
    const name = this.#nameOf(content, extension);
    if (this.#refused.files.has(name)) {
      this.warn(
        `not shown: an image that can not be read (${extension}): ${clip(alt)}`,
      );
      return `emph(${literal(`(image that can not be read: ${alt})`)})`;
    }
    this.files.set(name, content);
    const size = width === undefined ? "" : `, width: ${width * 0.75}pt`;
    return `picture(${literal(name, Infinity)}, ${
      literal(alt.trim() || "Image without a description")
    }${size})`;
  }

  #printable(svg: string | Svg): Uint8Array | undefined {
    const { drawings } = this.#refused;
    const text = typeof svg === "string" ? svg : svg.xml;
    if (!drawings.has(text)) {
      drawings.set(
        text,
        typeof svg === "string" ? figureForPrint(svg) : drawingForPrint(svg),
      );
    }
    const drawn = drawings.get(text);
    if (drawn === undefined) return undefined;
    const safe = withoutMarks(drawn);
    if (safe !== drawn.normalize("NFC")) {
      this.warn("some signs on letters of a figure are shown as their numbers");
    }
    return new TextEncoder().encode(safe);
  }

  /** One file for all that show the same. */
  #nameOf(bytes: Uint8Array, extension: string): string {
    const content = Buffer.from(bytes).toString("latin1");
    const known = this.#names.get(content);
    if (known !== undefined) return known;
    const name = `/image-${this.#names.size + 1}.${extension}`;
    this.#names.set(content, name);
    return name;
  }

  /** Where the parts of HTML go. */
  htmlContext(page: PageContext): HtmlContext {
    return {
      image: (source, hints) =>
        this.image(
          /^data:/i.test(source) ? source : page.embedImage(source) ?? "",
          hints,
        ),
      drawing: (svg) =>
        this.drawing(svg, { alt: "", width: undefined }) ??
          this.lost("a drawing"),
      formula: (index) => this.#formulas[index] ?? "[]",
      heading: (level, body, anchor) => this.heading(level, body, anchor),
      anchors: this.anchors,
      warn: this.warn,
    };
  }

  /** Says on paper, and to the caller, what is not there. */
  lost(what: string): string {
    this.warn(`not shown: ${what} (export --to html shows it)`);
    return `note-line(${literal(`Shown in the HTML version: ${what}`)})`;
  }

  /**
   * Sets a heading. Levels follow each other: a document for those who listen
   * has none of level 3 right below one of level 1.
   */
  heading(level: number, body: string, anchor: string): string {
    this.#level = Math.min(level, this.#level + 1);
    const name = anchor === "" ? "" : `#label(${anchorName(anchor)})`;
    return `[#heading(level: ${this.#level}, ${body})${name}]`;
  }
}

function readDataUri(
  uri: string,
): { bytes: Uint8Array; extension: string } | undefined {
  const [, type, parameters = "", content = ""] =
    /^data:image\/([a-z+-]{1,20})((?:;[\w=-]{1,40})*),([^]*)$/i.exec(uri) ?? [];
  const extension = EXTENSIONS[type?.toLowerCase() ?? ""];
  if (extension === undefined) return undefined;
  try {
    const bytes = /;base64$/i.test(parameters)
      ? Buffer.from(content, "base64")
      : new TextEncoder().encode(decodeURIComponent(content));
    return { bytes: new Uint8Array(bytes), extension };
  } catch {
    // An address that is not written as one.
    return undefined;
  }
}

function clip(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  "svg+xml": "svg",
  png: "png",
  jpeg: "jpg",
  jpg: "jpg",
  gif: "gif",
  webp: "webp",
};
