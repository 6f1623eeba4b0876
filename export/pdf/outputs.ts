/**
 * The outputs of a cell as Typst. Pure.
 * @module
 */
import type { CellOutput } from "../../nbformat/mod.ts";
import type { Figure } from "../figures.ts";
import { reduceHtml } from "../frame_html.ts";
import { IMAGE_MIMES, readImage } from "../images.ts";
import { renderMarkdown } from "../markdown.ts";
import { renderLatex } from "../math.ts";
import type { DisplayData } from "../mime.ts";
import { joinStreams } from "../outputs.ts";
import type { PageContext } from "../page.ts";
import { clip } from "../pre.ts";
import type { PrintDocument } from "./document.ts";
import { typesetCode } from "./code.ts";
import { anchorName, typesetHtml } from "./from_html.ts";
import { literal } from "./literal.ts";
import { typesetTerminal } from "./terminal.ts";

/** What typesetting outputs depends on. */
export interface OutputContext {
  /** Formulas and headings so far. */
  readonly page: PageContext;
  /** The document they go to. */
  readonly document: PrintDocument;
  /** Whether an error was to be expected. */
  readonly mayFail: boolean;
}

/**
 * Typesets the outputs of one cell.
 *
 * @param figures The outputs, in the order they were made.
 * @param context Where they go.
 * @returns Statements of Typst.
 */
export function typesetOutputs(
  figures: readonly Figure[],
  context: OutputContext,
): string[] {
  return joinStreams(figures).map((figure) =>
    withCaption(typesetOutput(figure.output, context), figure, context)
  );
}

function withCaption(
  body: string,
  { caption, label }: Figure,
  { page, document }: OutputContext,
): string {
  if (caption === null && label === null) return body;
  const words = caption === null ? "none" : typesetHtml(
    // One paragraph stands in the line of its number.
    renderMarkdown(caption, { page }).html.replace(/^<p>([^]*)<\/p>$/, "$1"),
    document.htmlContext(page),
  );
  const name = label === null ? "" : `#label(${anchorName(label)})`;
  return `[#figure(${body}, caption: ${words}, kind: image, supplement: "Figure")${name}]`;
}

function typesetOutput(output: CellOutput, context: OutputContext): string {
  const { document } = context;
  switch (output.output_type) {
    case "stream": {
      const body = typesetTerminal(clip(output.text), document.warn);
      return output.name === "stderr"
        ? `output-box(label: "stderr", ${body})`
        : `output-box(${body})`;
    }
    case "error": {
      const { traceback, ename, evalue } = output;
      const text = traceback.length > 0
        ? traceback.join("\n")
        : `${ename}: ${evalue}`;
      const label = context.mayFail ? "Error, as expected" : "Error";
      return `error-box(${literal(label)}, ${
        typesetTerminal(clip(text), document.warn)
      })`;
    }
    case "display_data":
    case "execute_result":
      return typesetDisplay(output, context);
    case "other":
      return document.lost(
        `an output of the kind ${String(output.inFile.output_type)}`,
      );
    default:
      return output satisfies never;
  }
}

/** Typesets the best format that paper can show. */
function typesetDisplay(
  display: DisplayData,
  context: OutputContext,
): string {
  for (const [mimeType, typeset] of FORMATS) {
    const content = display.data[mimeType];
    if (content === undefined) continue;
    const code = typeset(display, context, mimeType);
    if (code !== undefined) return code;
  }
  const formats = Object.keys(display.data).join(", ") || "no format";
  return context.document.lost(`an output in ${formats}`);
}

type Typeset = (
  display: DisplayData,
  context: OutputContext,
  mimeType: string,
) => string | undefined;

function typesetPicture(
  { data, metadata }: DisplayData,
  { document }: OutputContext,
  mimeType: string,
): string | undefined {
  const image = readImage({ mimeType, data, metadata });
  if (image === undefined) return undefined;
  const before = document.problems.length;
  const code = image.svg === undefined
    ? document.image(image.uri(), image)
    : document.drawing(image.svg, image);
  // One that can not be read gives way to another format, and is named there.
  return document.problems.length > before ? undefined : code;
}

function typesetHtmlOutput(
  { data }: DisplayData,
  { page, document }: OutputContext,
): string | undefined {
  const html = data["text/html"];
  if (typeof html !== "string" || html.length > MAX_HTML) return undefined;
  const reduced = reduceHtml(html, page.embedImage);
  const hasWords = /<(?:table|img|svg|p|li|pre|h[1-6])\b/i.test(reduced) ||
    reduced.replace(/<style[^]*?<\/style>|<[^>]*>/gi, "").trim() !== "";
  const isProgram = /<(?:script|iframe|canvas)\b/i.test(html);
  if (isProgram || !hasWords) {
    if (typeof data["text/plain"] === "string") {
      document.warn(
        "the text of an HTML output is shown, which needs a browser itself",
      );
      return undefined;
    }
    if (!hasWords || !/<(?:table|svg|img)\b/i.test(reduced)) {
      return document.lost("an HTML output");
    }
    document.warn("an HTML output is shown without its script");
  }
  return `plain-box(${typesetHtml(reduced, document.htmlContext(page))})`;
}

function forText(
  typeset: (text: string, context: OutputContext) => string,
): Typeset {
  return ({ data }, context, mimeType) => {
    const text = data[mimeType];
    return typeof text === "string" ? typeset(clip(text), context) : undefined;
  };
}

/** Best format first. */
const FORMATS: readonly (readonly [string, Typeset])[] = [
  ...IMAGE_MIMES.map((mimeType) => [mimeType, typesetPicture] as const),
  [
    "text/markdown",
    forText((text, { page, document }) =>
      typesetHtml(
        renderMarkdown(text, { page }).html,
        document.htmlContext(page),
      )
    ),
  ],
  [
    "text/latex",
    forText((text, { page, document }) =>
      typesetHtml(renderLatex(text, page.math), document.htmlContext(page))
    ),
  ],
  ["text/html", typesetHtmlOutput],
  [
    "application/json",
    ({ data }) =>
      `output-box(${
        typesetCode(
          clip(JSON.stringify(data["application/json"], null, 2) ?? ""),
          "json",
        )
      })`,
  ],
  [
    "text/plain",
    forText((text, { document }) =>
      `output-box(${typesetTerminal(text, document.warn)})`
    ),
  ],
];

const MAX_HTML = 4 * 1024 * 1024;
