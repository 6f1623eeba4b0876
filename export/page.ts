/**
 * What the parts of one page share, and how it grows from cell to cell. Pure.
 * @module
 */
import type { Macros } from "./math_macros.ts";
import type { Anchors } from "./toc.ts";

/** What rendering a part of the page depends on. */
export interface PageContext {
  /** Whether HTML outputs may act as part of the page, scripts included. */
  readonly isTrusted: boolean;
  /** Whether figures of the helper library run our programs, each in a frame. */
  readonly isLive: boolean;
  /** Anchors of the page so far; those of new headings are added. */
  readonly anchors: Anchors;
  /** Macros and numbered equations so far. */
  readonly math: MathContext;
  /** Gives the data URI of an image beside the notebook, if it is there. */
  readonly embedImage: EmbedImage;
  /** The same for a copy of the page, as far as it has grown. */
  readonly copyImages: () => Pick<PageContext, "embedImage" | "copyImages">;
}

type EmbedImage = (source: string) => string | undefined;

/** What formulas leave to those after them. */
export interface MathContext {
  /** Macros that were defined. */
  readonly macros: Macros;
  /** How many equations have a number. */
  equations: number;
  /** What labels refer to: `(1)`. */
  readonly labels: Map<string, string>;
  /**
   * Draws a formula in another way than as MathML.
   * @default MathML
   */
  readonly draw?: (
    tex: string,
    place: "inline" | "display",
    math: MathContext,
  ) => string;
}

/**
 * Begins a page.
 *
 * @param options What differs from a page that trusts nobody and has no images.
 */
export function beginPage(
  options: Partial<Pick<PageContext, "isTrusted" | "isLive" | "embedImage">> =
    {},
): PageContext {
  return {
    isTrusted: options.isTrusted ?? false,
    isLive: options.isLive ?? false,
    ...limitImages(options.embedImage ?? (() => undefined), MAX_IMAGES),
    anchors: new Map(),
    math: { macros: new Map(), equations: 0, labels: new Map() },
  };
}

/** A page may name one image many times, and holds it as often. */
function limitImages(
  find: EmbedImage,
  most: number,
): Pick<PageContext, "embedImage" | "copyImages"> {
  let left = most;
  return {
    embedImage: (source) => {
      const uri = find(source);
      if (uri === undefined || uri.length > left) return undefined;
      left -= uri.length;
      return uri;
    },
    copyImages: () => limitImages(find, left),
  };
}

/**
 * Copies a page as far as it has grown, so that it can grow on from there twice.
 *
 * @param page The page.
 */
export function copyPage(page: PageContext): PageContext {
  const { macros, equations, labels } = page.math;
  return {
    isTrusted: page.isTrusted,
    isLive: page.isLive,
    ...page.copyImages(),
    anchors: new Map(page.anchors),
    math: {
      ...page.math,
      macros: new Map(macros),
      equations,
      labels: new Map(labels),
    },
  };
}

/** Of all images of a page together. Units: UTF-16 units. */
const MAX_IMAGES = 200 * 1024 * 1024;
