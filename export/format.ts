/**
 * What a format of export is: a notebook in, the text or bytes of a file out.
 *
 * Pure: files are read and written by the caller. The formats that there are
 * stand in `formats.ts`.
 * @module
 */
import type { Cell, Metadata } from "../nbformat/mod.ts";
import type { DocumentWishes } from "../nbformat/directives/mod.ts";

/** A notebook to export. Its cells may be read from a large file one by one. */
export interface Document {
  /** Hints such as `kernelspec`, `language_info`, `title`. */
  readonly metadata: Metadata;
  /** The cells, top to bottom; may be gone through more than once. */
  readonly cells: Iterable<Cell>;
  /**
   * Minor version of the format.
   * @default 5
   */
  readonly nbformat_minor?: number;
}

/** How to export a notebook; what a format has no use for is ignored by it. */
export interface ExportOptions extends DocumentWishes {
  /**
   * Whether HTML outputs become part of the page, with their scripts.
   * @default false
   */
  readonly trusted?: boolean;
  /**
   * The title.
   * @default The notebook's `title` metadata, else its first heading.
   */
  readonly title?: string;
  /**
   * The notebook's file name, such as `a.ipynb`.
   * @default none: nothing names it
   */
  readonly sourceName?: string;
  /**
   * Gives the data URI of an image that a cell names by its path, or undefined
   * if there is none.
   * @default none is found: its name is shown instead
   */
  readonly embedImage?: (source: string) => string | undefined;
  /**
   * Colours: light, dark, or as the reader's system is set.
   * @default "auto"
   */
  readonly theme?: Theme;
  /**
   * A page with places such as `{{body}}` (docs/export.md), in place of ours.
   * @default ours
   */
  readonly template?: string;
  /**
   * What scripts of the page's own carry, so that no others run.
   * @default none: the page has no scripts
   */
  readonly scriptNonce?: string;
  /**
   * Whether figures become part of the file, where they could stand beside it.
   * @default false
   */
  readonly inline?: boolean;
  /**
   * Gives what compiles documents of Typst, for PDF.
   * @default none: there is no PDF
   */
  readonly typesetter?: Typesetter;
  /**
   * The folder for files that belong beside it, such as `a_files`.
   * @default "files"
   */
  readonly filesFolder?: string;
  /**
   * Where the notebook's folder is, seen from the file: `../lessons/`, or empty.
   * @default "": the file is beside the notebook
   */
  readonly base?: string;
  /**
   * Addresses, seen from the file, of modules that cells know by a name.
   * @default none
   */
  readonly modules?: Readonly<Record<string, string>>;
  /**
   * Prints a page of HTML with a browser, which then makes the PDF.
   * @default the typesetter makes it
   */
  readonly printPage?: (html: string) => Promise<Uint8Array>;
  /**
   * Gives the text of a file of reveal.js, for slides.
   * @default none: there are no slides
   */
  readonly revealFile?: (name: "reveal.js" | "reveal.css") => Promise<string>;
  /**
   * Opens a page in a browser, and gives what it has become.
   * @default none: nothing is measured
   */
  readonly openPage?: (html: string) => Promise<string>;
  /**
   * Takes a sentence about what could not be exported as it was meant.
   * @default nobody is told
   */
  readonly report?: (problem: string) => void;
}

/** Compiles documents of Typst. */
export interface Typesetter {
  /**
   * Compiles a document.
   *
   * @param main Its source.
   * @param files Files that it names, by absolute path in its own world.
   * @returns The PDF, or what is wrong with it.
   */
  readonly compile: (
    main: string,
    files: ReadonlyMap<string, Uint8Array>,
  ) => Promise<CompiledPdf>;
  /**
   * Tells which of some documents can be compiled, without making a PDF.
   *
   * @param main The source of a document.
   * @param files Files that it names.
   */
  readonly accepts: (
    main: string,
    files: ReadonlyMap<string, Uint8Array>,
  ) => Promise<boolean>;
}

/** What compiling led to; characters are those that no font has. */
export type CompiledPdf =
  | { readonly type: "pdf"; readonly bytes: Uint8Array }
  | {
    readonly type: "failed";
    readonly message: string;
    readonly characters: readonly string[];
  };

/** Which colours a page has; a reader can switch between them on a site. */
export type Theme = "light" | "dark" | "auto" | "switch";

/** A notebook in a format. */
export interface Exported {
  /** The file: bytes, or its text in pieces, made as they are asked for. */
  readonly content: Uint8Array | Iterable<string>;
  /** Files that belong beside it, by their path from it, such as `a_files/1.png`. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /**
   * What the file has to end with, if not with what such files usually do.
   * @default {@link Format.extension}
   */
  readonly extension?: string;
}

/** A format of export. */
export interface Format {
  /** What its files end with: `.html`. */
  readonly extension: string;
  /** Exports a notebook. */
  readonly render: (
    document: Document,
    options: ExportOptions,
  ) => Exported | Promise<Exported>;
}
