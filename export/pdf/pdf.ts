/**
 * PDF: a notebook, typeset by Typst, that meets PDF/UA-1.
 *
 * Pure but for the typesetter that it is given. What the typesetter can not take,
 * a formula, an image, a character, is found, shown in another way, and named.
 * @module
 */
import { Buffer } from "node:buffer";
import type { Document, ExportOptions, Format, Typesetter } from "../format.ts";
import { replaceCharacters } from "./characters.ts";
import type { Refused } from "./document.ts";
import { pageToPrint } from "./for_browser.ts";
import { literal } from "./literal.ts";
import { type PrintSource, typesetNotebook } from "./typeset.ts";

/** PDF: pages to print and to hand in, for those who listen too. */
export const PDF: Format = {
  extension: ".pdf",
  render: async (document, options) => {
    if (options.printPage !== undefined) {
      return {
        content: await options.printPage(pageToPrint(document, options)),
      };
    }
    if (options.typesetter === undefined) {
      throw new TypeError(
        "Cannot make a PDF: no typesetter is given, expected options.typesetter",
      );
    }
    return {
      content: await makePdf(document, options, options.typesetter),
    };
  },
};

/**
 * Makes a PDF.
 *
 * @param document The notebook.
 * @param options How to export it; `report` hears what is not on paper.
 * @param typesetter What compiles documents.
 * @returns The file.
 * @throws {RangeError} If the document can not be compiled whatever is left out,
 *   which is a mistake of ours.
 */
export async function makePdf(
  document: Document,
  options: ExportOptions,
  typesetter: Typesetter,
): Promise<Uint8Array> {
  let refused: Refused = {
    formulas: new Set(),
    files: new Set(),
    drawings: new Map(),
  };
  const missing = new Set<string>();
  let source = typesetNotebook(document, options, refused);
  for (let round = 0;; round++) {
    const compiled = await typesetter.compile(source.main, source.files);
    if (compiled.type === "pdf") {
      report(source, missing, options);
      reportFonts(compiled.bytes, options);
      return compiled.bytes;
    }
    const found = compiled.characters
      .flatMap((text) => charactersIn(text, source))
      .filter((character) => !missing.has(character));
    if (found.length > 0) {
      for (const character of found) missing.add(character);
    } else {
      const next = await refuseMore(source, { refused, typesetter });
      if (next === undefined || round > MAX_ROUNDS) {
        throw new RangeError(
          `Cannot make a PDF: the typesetter says ${compiled.message}`,
        );
      }
      refused = next;
      source = typesetNotebook(document, options, refused);
    }
    source = withoutCharacters(source, missing);
  }
}

/** Characters stand in strings and in text of drawings, and nowhere else. */
function withoutCharacters(
  source: PrintSource,
  characters: ReadonlySet<string>,
): PrintSource {
  const files = [...source.files].map(([name, bytes]) =>
    [
      name,
      name.endsWith(".svg")
        ? new TextEncoder().encode(
          replaceCharacters(new TextDecoder().decode(bytes), characters),
        )
        : bytes,
    ] as const
  );
  return {
    ...source,
    main: replaceCharacters(source.main, characters),
    files: new Map(files),
  };
}

/** Finds what the typesetter does not take; undefined if there is nothing new. */
async function refuseMore(
  { formulas, files }: PrintSource,
  { refused, typesetter }: {
    readonly refused: Refused;
    readonly typesetter: Typesetter;
  },
): Promise<Refused | undefined> {
  const badFormulas: string[] = [];
  for (const formula of formulas) {
    const isGood = await typesetter.accepts(testFormula(formula), new Map());
    if (!isGood) badFormulas.push(formula);
  }
  const badFiles: string[] = [];
  for (const [name, bytes] of files) {
    if (!/\.(?:svg|png|jpg|gif|webp)$/.test(name)) continue;
    const isGood = await typesetter.accepts(
      `#image(${literal(name, Infinity)})`,
      new Map([[name, bytes]]),
    );
    if (!isGood) badFiles.push(name);
  }
  if (badFormulas.length + badFiles.length === 0) return undefined;
  return {
    ...refused,
    formulas: new Set([...refused.formulas, ...badFormulas]),
    files: new Set([...refused.files, ...badFiles]),
  };
}

function testFormula(formula: string): string {
  return `#math.equation(eval(${literal(formula, Infinity)}, mode: "math"))`;
}

/** A sign that stands on a letter is named by the letter, which fonts have. */
function charactersIn(text: string, { main, files }: PrintSource): string[] {
  const odd = [...text].filter((character) => character > "\x7e");
  if (odd.length > 0) return odd;
  const drawings = [...files].filter(([name]) => name.endsWith(".svg"))
    .map(([, bytes]) => new TextDecoder().decode(bytes));
  return [...new Set([main, ...drawings].join("").match(MARKS) ?? [])];
}

function report(
  { problems, main }: PrintSource,
  characters: ReadonlySet<string>,
  { report }: ExportOptions,
): void {
  if (report === undefined) return;
  for (const { cell, what } of problems) report(`cell ${cell}: ${what}`);
  const shown = [...characters].filter((character) =>
    main.includes(`[U+${numberOf(character)}]`)
  );
  if (shown.length > 0) {
    report(
      `no font has ${
        shown.slice(0, 20).map((character) =>
          `${character} (U+${numberOf(character)})`
        ).join(", ")
      }${shown.length > 20 ? ` and ${shown.length - 20} more characters` : ""}`,
    );
  }
}

/** What a machine's own fonts gave looks different on another machine. */
function reportFonts(pdf: Uint8Array, { report }: ExportOptions): void {
  const names = Buffer.from(pdf).toString("latin1")
    .matchAll(/\/BaseFont\s*\/(?:[A-Z]{6}\+)?([\w-]+)/g);
  const others = new Set(
    [...names].map(([, name = ""]) => name.replace(/-Identity-H$/, ""))
      .filter((name) => !OUR_FONTS.test(name)),
  );
  if (others.size === 0) return;
  report?.(
    `some characters are in a font of this machine (${
      [...others].join(", ")
    }): they may look different, or be missing, in a PDF made elsewhere`,
  );
}

function numberOf(character: string): string {
  return character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
}

/** Fonts that are in the compiler, or come with Skein. */
const OUR_FONTS =
  /^(?:LibertinusSerif|NewCM|DejaVuSansMono|Inter)(?:Math|-|$|[A-Z\d])/;

/** Each round finds all that is wrong of one kind, behind which more may hide. */
const MAX_ROUNDS = 12;

/** Signs that stand on the one before them, or join it with the next. */
const MARKS = /[\p{M}\u200d]/gu;
