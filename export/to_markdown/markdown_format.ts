/**
 * A notebook as Markdown, its figures in files beside it or inside it.
 *
 * Cells of Markdown stay as they are, but for the addresses of images. HTML of
 * outputs is reduced to what can do no harm, also of a trusted notebook. Pure.
 * @module
 */
import type { Cell, CodeCell } from "../../nbformat/mod.ts";
import {
  type Directives,
  readDirectives,
  type Visibility,
} from "../../nbformat/directives/mod.ts";
import { listFigures } from "../figures.ts";
import type { Document, ExportOptions, Format } from "../format.ts";
import { readLanguage } from "../language_name.ts";
import { clip } from "../pre.ts";
import { FilesBeside } from "./beside.ts";
import { fence } from "./fence.ts";
import { moveImages } from "./images.ts";
import { writeAnchor, writeOutputs } from "./outputs.ts";

/** Markdown. */
export const MARKDOWN: Format = {
  extension: ".md",
  render(document, options) {
    const files = new FilesBeside(
      options.filesFolder ?? "files",
      options.inline ?? false,
    );
    const blocks = writeCells(document, { options, files });
    return {
      content: [blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`],
      files: files.all,
    };
  },
};

interface Context {
  readonly options: ExportOptions;
  readonly files: FilesBeside;
}

function writeCells(document: Document, context: Context): readonly string[] {
  const language = readLanguage(document.metadata);
  const blocks: string[] = [];
  let number = 0;
  for (const cell of document.cells) {
    number += 1;
    const asked = readDirectives(cell, context.options);
    if (asked.cell === "removed") continue;
    const own = writeCell(cell, { ...context, asked, number, language })
      .filter((block) => block.trim() !== "");
    for (const block of fold(own, asked.cell, "Show cell")) blocks.push(block);
  }
  return blocks;
}

interface CellContext extends Context {
  readonly asked: Directives;
  readonly number: number;
  readonly language: string;
}

function writeCell(cell: Cell, context: CellContext): readonly string[] {
  switch (cell.cell_type) {
    case "code":
      return writeCode(cell, context);
    case "markdown": {
      const { options, number } = context;
      const { embedImage = () => undefined, report = () => {} } = options;
      return [
        moveImages(cell.source, {
          attachments: cell.attachments ?? {},
          embedImage,
          isBeside: (options.base ?? "") === "" && options.inline !== true,
          files: context.files,
          report: (problem) => report(`Cell ${number}: ${problem}`),
        }).trim(),
      ];
    }
    case "raw": {
      const format = cell.metadata.format ?? cell.metadata.raw_mimetype ?? "";
      const isMeant = ["", "text/markdown", "text/html"].includes(
        String(format),
      );
      return isMeant ? [cell.source.trim()] : [];
    }
    case "other":
      return [fence(clip(cell.source), "text")];
    default:
      return cell satisfies never;
  }
}

function writeCode(cell: CodeCell, context: CellContext): readonly string[] {
  const { asked, number, files, language } = context;
  const hasInput = asked.input !== "removed" && asked.source.trim() !== "";
  const input = hasInput ? [fence(clip(asked.source), language)] : [];
  const figures = listFigures(cell, asked);
  const anchor = figures.length === 0 && asked.label !== null && hasInput
    ? [writeAnchor(asked.label)]
    : [];
  return [
    ...anchor,
    ...fold(input, asked.input, asked.foldTitle ?? "Show code"),
    ...fold(
      writeOutputs(figures, { number, files }),
      asked.output,
      "Show output",
    ),
  ];
}

/** As HTML, which is what Markdown has for it. */
function fold(
  blocks: readonly string[],
  visibility: Visibility,
  title: string,
): readonly string[] {
  const isFolded = visibility === "folded" || visibility === "open";
  if (!isFolded || blocks.length === 0) return blocks;
  const open = visibility === "open" ? " open" : "";
  const safe = title.replace(/[<>&]/g, "");
  return [
    `<details${open}>\n<summary>${safe}</summary>`,
    ...blocks,
    "</details>",
  ];
}
