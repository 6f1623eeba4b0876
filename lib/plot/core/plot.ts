/**
 * The one door to Observable Plot, which makes scales, axes and marks.
 *
 * Plot and the document it draws into take a tenth of a second to load, so both
 * are imported when the first figure is drawn. Everything that Plot does not
 * do, such as hatches and panel titles, is SVG text of ours around its marks.
 * @module
 */

import type * as PlotModule from "npm:@observablehq/plot@0.6.17";

/** The functions of Observable Plot. */
export type Plot = typeof PlotModule;

/** What Plot drew, as text, and its scale of the horizontal axis. */
export interface Drawing {
  /** The marks as SVG elements, without the outer `<svg>`. */
  readonly markup: string;
  /** Turns a value of the horizontal axis into pixels from the left edge. */
  readonly x: (value: number) => number;
}

/**
 * Loads Observable Plot once, when it is first needed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const plot = await loadPlot();
 * assert.equal(typeof plot.rect, "function");
 * ```
 *
 * @returns Plot's functions.
 */
export async function loadPlot(): Promise<Plot> {
  return (await load()).plot;
}

/**
 * Draws marks with Observable Plot.
 *
 * Give Plot numbers only and write words with `textLine` of `text.ts`: then
 * nothing that a user named can become markup.
 *
 * @example One bar
 * ```ts
 * import assert from "node:assert/strict";
 * const { rect } = await loadPlot();
 * const mark = rect([{ a: 0, b: 5 }], { x1: "a", x2: "b", y1: 0, y2: 9 });
 * const axis = { domain: [0, 10], range: [0, 100], axis: null };
 * const { markup, x } = await draw({
 *   marks: [mark],
 *   x: axis,
 *   y: { type: "identity", axis: null },
 * });
 * assert.equal(x(5), 50);
 * assert.match(markup, /width="50"/);
 * ```
 *
 * @param options Plot's options; the document is supplied here.
 * @returns The marks as text, numbers rounded to a hundredth.
 */
export async function draw(options: PlotModule.PlotOptions): Promise<Drawing> {
  const { plot, makeDocument } = await load();
  const document = makeDocument() as never;
  const element = plot.plot({ document, ...options }) as unknown as Element;
  const scale = element.scale("x");
  return {
    markup: toMarkup(element.outerHTML),
    x: (value) => Number(scale?.apply(value)),
  };
}

// Deno has no types of the DOM; these are the parts of it that are used here.
interface Element {
  readonly outerHTML: string;
  scale(name: "x"): { apply(value: number): unknown } | undefined;
}

interface Page {
  readonly document: unknown;
}

interface Loaded {
  readonly plot: Plot;
  readonly makeDocument: () => unknown;
}

let loaded: Promise<Loaded> | undefined;

function load(): Promise<Loaded> {
  loaded ??= importBoth();
  return loaded;
}

async function importBoth(): Promise<Loaded> {
  const [plot, { parseHTML }] = await Promise.all([
    import("npm:@observablehq/plot@0.6.17"),
    import("npm:linkedom@0.18.15"),
  ]);
  const page = "<!doctype html><html><body></body></html>";
  return {
    plot,
    makeDocument: () => (parseHTML(page) as unknown as Page).document,
  };
}

/** Drops Plot's outer element, its looks (ours come by class), and digits that nobody can see. */
function toMarkup(svg: string): string {
  return svg
    .replace(/^<svg[^>]*>/, '<g text-anchor="middle">')
    .replace(/<\/svg>$/, "</g>")
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/ (?:aria-[a-z]+="[^"]*"|(?:fill|stroke)="currentColor")/g, "")
    .replace(
      /<[^>]*>/g,
      (tag) =>
        tag.replace(
          /-?\d+\.\d{3,}/g,
          (digits) => String(Math.round(Number(digits) * 100) / 100),
        ),
    );
}
