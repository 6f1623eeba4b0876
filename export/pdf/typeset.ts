/**
 * A notebook as a document in Typst: its source, the files that it shows, and
 * what is not on paper as it is in the notebook.
 *
 * Pure. `pdf.ts` has it compiled, and comes back with what could not be set.
 * @module
 */
import type { Cell, CodeCell, RawCell } from "../../nbformat/mod.ts";
import {
  type Directives,
  type DocumentWishes,
  readDirectives,
} from "../../nbformat/directives/mod.ts";
import { listFigures } from "../figures.ts";
import type { Document, ExportOptions } from "../format.ts";
import { readLanguage } from "../language_name.ts";
import { renderMarkdown } from "../markdown.ts";
import { beginPage, type PageContext } from "../page.ts";
import { clip } from "../pre.ts";
import type { Heading } from "../toc.ts";
import { typesetCode } from "./code.ts";
import { PrintDocument, type Problem, type Refused } from "./document.ts";
import { typesetHtml } from "./from_html.ts";
import { literal } from "./literal.ts";
import { typesetOutputs } from "./outputs.ts";
import { preamble } from "./template.ts";

/** A document to compile. */
export interface PrintSource {
  /** The source in Typst. */
  readonly main: string;
  /** Files that it names, by absolute path in the document's own world. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Source that tests one formula, by the formula. */
  readonly formulas: ReadonlySet<string>;
  /** What is not on paper as it is in the notebook. */
  readonly problems: readonly Problem[];
}

/**
 * Typesets a notebook.
 *
 * @param document The notebook.
 * @param options How to export it.
 * @param refused What could not be set before: it is shown in another way.
 * @returns What to compile.
 */
export function typesetNotebook(
  document: Document,
  options: ExportOptions,
  refused: Refused,
): PrintSource {
  const print = new PrintDocument(refused);
  const page = withPrintMath(options, print);
  const work: Work = {
    page,
    print,
    language: readLanguage(document.metadata),
    wishes: options,
  };
  const rendered = renderText(document, work);
  const headings = rendered.flatMap(({ headings }) => headings);
  for (const { anchor } of headings) print.anchors.add(anchor);
  const body = rendered.flatMap(({ cell, html }, at) => {
    print.cell = at + 1;
    return typesetCell(cell, html, work);
  });
  const main = `${listEquations(page, print)}${
    preamble({
      title: chooseTitle(document, headings, options),
      authors: readAuthors(document.metadata.authors),
      language: readText(document.metadata.lang) ?? "en",
    })
  }\n#{\n${body.map((code) => `  ${code}`).join("\n  parbreak()\n")}\n}\n`;
  return {
    main,
    files: print.files,
    formulas: print.formulas,
    problems: print.problems,
  };
}

/** Numbers of equations by label, for references that may come before them. */
function listEquations(
  { math }: PageContext,
  { equations }: PrintDocument,
): string {
  const entries = [...math.labels].map(([label, number]) =>
    `${literal(label, Infinity)}: (${literal(number)}, ${equations.has(label)})`
  );
  return `#let equations = (${entries.join(", ") || ":"})\n`;
}

interface Work {
  readonly page: PageContext;
  readonly print: PrintDocument;
  readonly language: string;
  readonly wishes: DocumentWishes;
}

function withPrintMath(
  { embedImage }: ExportOptions,
  print: PrintDocument,
): PageContext {
  const page = beginPage(embedImage === undefined ? {} : { embedImage });
  return { ...page, math: { ...page.math, draw: print.drawMath } };
}

/** A cell, and its text as HTML if it is Markdown. */
interface RenderedText {
  readonly cell: Cell;
  readonly html: string;
  readonly headings: readonly Heading[];
}

/** Links may lead down the page, so all headings have to be known first. */
function renderText({ cells }: Document, work: Work): RenderedText[] {
  return [...cells].map((cell, at) => {
    work.print.cell = at + 1;
    const isText = cell.cell_type === "markdown" &&
      readDirectives(cell, work.wishes).cell !== "removed";
    if (!isText) return { cell, html: "", headings: [] };
    return {
      cell,
      ...renderMarkdown(clip(cell.source), {
        attachments: cell.attachments,
        page: work.page,
      }),
    };
  });
}

function typesetCell(cell: Cell, html: string, work: Work): string[] {
  const asked = readDirectives(cell, work.wishes);
  if (asked.cell === "removed") return [];
  switch (cell.cell_type) {
    case "markdown":
      return html === ""
        ? []
        : [typesetHtml(html, work.print.htmlContext(work.page))];
    case "code":
      return typesetCodeCell(cell, asked, work);
    case "raw":
      return typesetRaw(cell, work);
    case "other":
      return [
        work.print.lost(`a cell of the kind ${String(cell.inFile.cell_type)}`),
      ];
    default:
      return cell satisfies never;
  }
}

function typesetCodeCell(
  cell: CodeCell,
  asked: Directives,
  { page, print, language }: Work,
): string[] {
  const parts: string[] = [];
  const source = clip(asked.source.trimEnd());
  if (asked.input !== "removed" && source.trim() !== "") {
    const count = cell.execution_count === null
      ? ""
      : `[${cell.execution_count}]`;
    const code = typesetCode(source, language);
    parts.push(`code-box(label: "${count}", ${code})`);
  }
  return [
    ...parts,
    ...typesetOutputs(listFigures(cell, asked), {
      page,
      document: print,
      mayFail: asked.mayFail,
    }),
  ];
}

// A raw cell is meant for one format of export; without one it is for all.
function typesetRaw(cell: RawCell, { page, print }: Work): string[] {
  const { format, raw_mimetype } = cell.metadata;
  const mimeType = format ?? raw_mimetype ?? "";
  if (cell.source.trim() === "") return [];
  if (mimeType === "") return [`output-box(${typesetCode(clip(cell.source))})`];
  if (mimeType !== "text/markdown") return [];
  return [
    typesetHtml(
      renderMarkdown(clip(cell.source), { page }).html,
      print.htmlContext(page),
    ),
  ];
}

function chooseTitle(
  { metadata }: Document,
  headings: readonly Heading[],
  { title, sourceName }: ExportOptions,
): string {
  const heading = headings.find(({ level }) => level === 1) ?? headings[0];
  return title ?? readText(metadata.title) ?? (heading?.text || sourceName) ??
    "Notebook";
}

/** Source: nbformat, "authors": objects with a name; some write bare names. */
function readAuthors(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.map((author: unknown) =>
    typeof author === "object" && author !== null && "name" in author
      ? author.name
      : author
  ).filter((name): name is string => typeof name === "string" && name !== "");
}

function readText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
