/**
 * The outputs of a cell as Markdown. Pure.
 * @module
 */
import type { CellOutput } from "../../nbformat/mod.ts";
import type { ErrorOutput } from "../../protocol/mod.ts";
import type { Figure } from "../figures.ts";
import { describeImage, findDataUri, IMAGE_MIMES } from "../images.ts";
import type { DisplayData } from "../mime.ts";
import { joinStreams } from "../outputs.ts";
import { clip } from "../pre.ts";
import { sanitizeHtml } from "../sanitize.ts";
import { readSvg } from "../svg.ts";
import { playTerminal } from "../terminal.ts";
import type { FilesBeside } from "./beside.ts";
import { fence } from "./fence.ts";

/** What writing outputs depends on. */
export interface OutputPlace {
  /** Which cell it is, 1-based. */
  readonly number: number;
  /** Takes figures. */
  readonly files: FilesBeside;
}

/**
 * Writes the outputs of one cell.
 *
 * @param figures The outputs, in the order they were made.
 * @param place Where they stand.
 * @returns Blocks of Markdown.
 */
export function writeOutputs(
  figures: readonly Figure[],
  place: OutputPlace,
): readonly string[] {
  return joinStreams(figures).flatMap((figure, index) => {
    const anchor = figure.label === null ? [] : [writeAnchor(figure.label)];
    const caption = figure.caption === null
      ? []
      : [`*${figure.caption.replaceAll("\n", " ")}*`];
    const name = `cell-${place.number}-${index + 1}`;
    return [
      ...anchor,
      ...writeOutput(figure.output, { ...place, name }),
      ...caption,
    ];
  });
}

/**
 * Writes a place that links lead to.
 *
 * @param label Its name.
 */
export function writeAnchor(label: string): string {
  return `<a id="${label.replace(/["&<>]/g, "")}"></a>`;
}

function writeOutput(
  output: CellOutput,
  place: OutputPlace & { readonly name: string },
): readonly string[] {
  switch (output.output_type) {
    case "stream": {
      const text = fence(plainText(output.text), "text");
      return output.name === "stderr" ? ["*stderr*", text] : [text];
    }
    case "error":
      return [fence(plainText(errorText(output)), "text")];
    case "display_data":
    case "execute_result":
      return [writeDisplay(output, place)];
    case "other":
      return [];
    default:
      return output satisfies never;
  }
}

function errorText({ ename, evalue, traceback }: ErrorOutput): string {
  return traceback.length > 0 ? traceback.join("\n") : `${ename}: ${evalue}`;
}

/** What a terminal shows in the end, without colours. */
function plainText(text: string): string {
  return playTerminal(clip(text))
    .map((line) => line.map(({ text }) => text).join("")).join("\n");
}

function writeDisplay(
  { data, metadata }: DisplayData,
  { files, name }: OutputPlace & { readonly name: string },
): string {
  const text = (mimeType: string): string | undefined => {
    const content = data[mimeType];
    return typeof content === "string" && content.trim() !== ""
      ? content
      : undefined;
  };
  const markdown = text("text/markdown");
  if (markdown !== undefined) return markdown.trim();
  const uri = findDataUri(data);
  if (uri !== undefined) {
    const mimeType = IMAGE_MIMES.find((one) => Object.hasOwn(data, one))!;
    const svg = text("image/svg+xml");
    const alt = describeImage(
      { mimeType, data, metadata },
      svg === undefined ? undefined : readSvg(svg),
    );
    return `![${escapeText(alt)}](${files.put(uri, name)})`;
  }
  const latex = text("text/latex");
  if (latex !== undefined) return writeLatex(latex.trim());
  const html = text("text/html");
  const block = html === undefined ? "" : writeHtml(html);
  if (block !== "") return block;
  const json = data["application/json"];
  if (json !== undefined) return fence(JSON.stringify(json, null, 2), "json");
  const plain = text("text/plain") ?? text("application/javascript");
  if (plain !== undefined) return fence(plainText(plain), "text");
  return `*Output that Markdown cannot show: ${
    escapeText(Object.keys(data).join(", ") || "no format")
  }*`;
}

function writeLatex(latex: string): string {
  return /^\$|^\\[([]/.test(latex) || !latex.startsWith("\\")
    ? latex
    : `$$\n${latex}\n$$`;
}

/** Harmless HTML as one block, which an empty line would end. */
function writeHtml(html: string): string {
  const clean = sanitizeHtml(html).trim();
  if (clean.replace(/<[^>]*>/g, "").trim() === "") return "";
  return `<div>\n${clean.replace(/\n(?=[ \t]*\n)/g, "&#10;")}\n</div>`;
}

/** Text that must not be read as Markdown. */
function escapeText(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\[\]<>*_`]/g, "\\$&");
}
