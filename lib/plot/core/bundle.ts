/**
 * A figure as a front end shows it: words in HTML around an image, and beside
 * that one image with all words, and all in plain text.
 *
 * The HTML has no script and no style sheet but for paper: cleaners of pages
 * leave it as it is. Which drawing is shown, the browser chooses by the width of
 * the screen. Pure.
 * @module
 */
import { type MimeBundle, writeTable } from "../../base/mod.ts";
import {
  describeRows,
  drawCard,
  drawImage,
  type FigureParts,
  isAlarm,
} from "./card.ts";
import {
  type FigureSize,
  NARROW,
  NARROW_SCREEN_PX,
  type Paper,
  PROJECTOR,
  WIDE,
} from "./paper.ts";
import { escapeText } from "./text.ts";

export interface BundleOptions {
  /** For whom it is drawn. @default "page" */
  readonly size?: FigureSize;
}

export function writeBundle(
  figure: FigureParts,
  options: BundleOptions = {},
): MimeBundle {
  return {
    "text/html": writeHtml(figure, options),
    "image/svg+xml": drawCard(figure, WIDE),
    "text/plain": writePlain(figure),
  };
}

/** Writes a figure as text: title, all numbers, all sentences. */
export function writePlain(figure: FigureParts): string {
  const { title, table, warning, notes = [] } = figure;
  const { findings = [], captions = [] } = figure;
  return [
    title,
    ...(warning === undefined ? [] : [`Warning: ${warning}`]),
    ...notes,
    ...(table === undefined ? [figure.alt ?? ""] : ["", writeTable(table), ""]),
    ...findings,
    ...captions,
  ].filter((line, index, all) => line !== "" || all[index - 1] !== "").join(
    "\n",
  );
}

function writeHtml(
  figure: FigureParts,
  { size = "page" }: BundleOptions,
): string {
  const { title, warning, notes = [], more = "" } = figure;
  const { findings = [], captions = [] } = figure;
  const isLarge = size === "projector";
  const paper = isLarge ? PROJECTOR : WIDE;
  const live = figure.live?.(paper) ?? null;
  // Sizes in em: the words of a hall's figure grow as its image does.
  const box = isLarge ? "font-size:2em" : `max-width:${WIDE.widthPx}px`;
  return [
    `<div class="skein-figure" style="${box}">`,
    `<style>${PRINT_STYLE}</style>`,
    `<p style="margin:0 0 6px;font-size:1.2em;font-weight:600;line-height:1.3">${
      escapeText(title)
    }</p>`,
    warning === undefined
      ? ""
      : `<p style="margin:0 0 6px">⚠ ${escapeText(warning)}</p>`,
    ...notes.map((text) => `<p style="margin:0 0 6px">${escapeText(text)}</p>`),
    writePicture(figure, paper, isLarge),
    more,
    writeFindings(findings),
    ...captions.map((text) =>
      `<p style="margin:6px 0 0;font-size:.85em;line-height:1.4">${
        escapeText(text)
      }</p>`
    ),
    live === null ? "" : `<script>${live}</script>`,
    `</div>`,
  ].join("");
}

function writePicture(
  figure: FigureParts,
  paper: Paper,
  isLarge: boolean,
): string {
  const words = figure.alt ?? describeRows(figure.table ?? []);
  const alt = `${figure.title}\n${words}`;
  const image = (paper: Paper) => encodeImage(drawImage(figure, paper));
  const narrow = isLarge
    ? ""
    : `<source media="(max-width:${NARROW_SCREEN_PX}px)" srcset="${
      image(NARROW)
    }">`;
  const width = isLarge ? "width:100%" : "max-width:100%";
  return `<picture>${narrow}<img src="${image(paper)}" alt="${
    escapeText(alt)
  }" width="${paper.widthPx}" style="${width}"></picture>`;
}

/** The first three for a look; the rest for who wants to know more. */
function writeFindings(findings: readonly string[]): string {
  const shown = findings.slice(0, MOST_FINDINGS);
  const rest = findings.slice(MOST_FINDINGS);
  if (rest.length === 0) return writeList(shown);
  return writeList(shown) +
    `<details style="margin:4px 0 0"><summary>${
      rest.length === 1 ? "One more finding" : `${rest.length} more findings`
    }</summary>${writeList(rest)}</details>`;
}

function writeList(findings: readonly string[]): string {
  if (findings.length === 0) return "";
  const items = findings.map((text) =>
    `<li style="margin:2px 0">${
      isAlarm(text) ? `<strong>${escapeText(text)}</strong>` : escapeText(text)
    }</li>`
  );
  return `<ul style="margin:6px 0 0;padding:0 0 0 18px;line-height:1.45">${
    items.join("")
  }</ul>`;
}

/** The address of an image: what need not be escaped is left readable, and short. */
export function encodeImage(svg: string): string {
  // Beyond what no address may hold, two signs that would end or change this one.
  const escaped = encodeURI(svg.toWellFormed()).replace(
    /[#&]/g,
    (sign) => sign === "#" ? "%23" : "%26",
  );
  return `data:image/svg+xml;charset=utf-8,${escaped}`;
}

/** On paper nothing can be unfolded, so all is. */
const PRINT_STYLE =
  "@media print{.skein-figure details::details-content{content-visibility:visible;display:block;height:auto}.skein-figure summary{display:none}}";
const MOST_FINDINGS = 3;
