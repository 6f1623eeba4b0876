/**
 * A notebook as slides: one HTML file with reveal.js in it, which asks for nothing.
 *
 * Pure but for what it is given: the files of reveal.js, and a browser to measure
 * with. Which cells stand on which slide is decided in `deck.ts`, `auto_deck.ts`.
 * @module
 */
import { readDirectives } from "../../nbformat/directives/mod.ts";
import { type CellContext, renderCell } from "../cell.ts";
import { escapeHtml } from "../escape.ts";
import type { Document, ExportOptions, Format } from "../format.ts";
import { readLanguage } from "../language_name.ts";
import { resolveReferences } from "../math.ts";
import { beginPage } from "../page.ts";
import type { Heading } from "../toc.ts";
import { makeDeck, saysSlides } from "./auto_deck.ts";
import { CLIENT, MEASURE } from "./client.ts";
import { type DeckCell, readDeck, type Slide } from "./deck.ts";
import { readOverflow } from "./measure.ts";
import { cutFigures, withPicture } from "./figures.ts";
import { type SlidesPage, writePage } from "./page.ts";

/** Slides: for a projector, a speaker's window and paper. */
export const SLIDES: Format = {
  extension: ".slides.html",
  render: async (document, options) => {
    const { revealFile, openPage } = options;
    if (revealFile === undefined) {
      throw new TypeError(
        "Cannot make slides: reveal.js is not given, expected options.revealFile",
      );
    }
    const reveal = {
      script: await revealFile("reveal.js"),
      style: await revealFile("reveal.css"),
    };
    const page = renderSlides(document, options);
    const html = writePage(page, reveal, [CLIENT]);
    if (options.report !== undefined) {
      const found = openPage === undefined ? [NOT_MEASURED] : readOverflow(
        await openPage(writePage(page, reveal, [CLIENT, MEASURE])),
      ) ?? [NO_ANSWER];
      for (const problem of found) options.report(problem);
    }
    return { content: [html] };
  },
};

function renderSlides(document: Document, options: ExportOptions): SlidesPage {
  const cells = [...document.cells].map((cell, at) => ({
    cell,
    number: at + 1,
  }))
    .filter(({ cell }) => readDirectives(cell, options).cell !== "removed");
  const deck = saysSlides(cells)
    ? readDeck(cells)
    : makeDeck(cells.flatMap((one) => cutFigures(one, options)));
  const headings: Heading[] = [];
  const context: CellContext = {
    ...beginPage(
      options.embedImage === undefined
        ? {}
        : { embedImage: options.embedImage },
    ),
    language: readLanguage(document.metadata),
    wishes: options,
  };
  const render = ({ cell }: DeckCell): string => {
    const rendered = renderCell(
      withPicture(cell, options.theme ?? "auto"),
      context,
    );
    headings.push(...rendered.headings);
    return rendered.html;
  };
  const columns = deck.map((column) =>
    column.map((slide) => renderSlide(slide, render))
  )
    .map((column) => column.filter((html) => html !== ""));
  const { title, lang } = document.metadata;
  return {
    title: options.title ?? (readText(title) ?? headings[0]?.text ??
      options.sourceName ?? "Slides"),
    lang: readText(lang) ?? "en",
    theme: options.theme ?? "auto",
    slides: resolveReferences(writeColumns(columns), context.math),
  };
}

function writeColumns(columns: readonly (readonly string[])[]): string {
  return columns.filter((column) => column.length > 0).map((column) =>
    column.length === 1
      ? column[0]
      : `<section>\n${column.join("\n")}\n</section>`
  ).join("\n");
}

function renderSlide(slide: Slide, render: (cell: DeckCell) => string): string {
  const steps = slide.steps.map(({ isFragment, cells }) => {
    const html = cells.map(render).filter((html) => html !== "").join("\n");
    return isFragment && html !== ""
      ? `<div class="fragment">\n${html}\n</div>`
      : html;
  }).filter((html) => html !== "");
  const notes = slide.notes.map(render).join("\n");
  if (steps.length === 0) return "";
  const body = steps.join("\n");
  const numbers = [
    ...new Set(
      slide.steps.flatMap(({ cells }) => cells.map(({ number }) => number)),
    ),
  ];
  const first = numbers[0];
  const attributes = Object.entries({
    ...slide.data,
    "data-cell": numbers.length > 1 ? `${first}–${numbers.at(-1)}` : `${first}`,
    ...(slide.isFigure
      ? { class: "figure-slide" }
      : isTitle(slide)
      ? { class: "title-slide" }
      : {}),
  }).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`).join("");
  const aside = notes === ""
    ? ""
    : `\n<aside class="notes">\n${notes}\n</aside>`;
  return `<section${attributes}>\n${body}${aside}\n</section>`;
}

/** A heading of level 1 and little else. */
function isTitle({ steps }: Slide): boolean {
  const cells = steps.flatMap(({ cells }) => cells);
  const source = cells.length === 1 ? cells[0]!.cell.source : "";
  return cells[0]?.cell.cell_type === "markdown" && /^\s*#\s/.test(source) &&
    source.length < 300;
}

function readText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

const NOT_MEASURED =
  "whether a slide overflows was not measured: that takes Chromium, which is not on this machine";
const NO_ANSWER =
  "whether a slide overflows was not measured: Chromium gave no sizes";
