/**
 * A notebook document as values.
 *
 * Field names are those of nbformat 4.5, so a value can be compared with the
 * file by eye. What differs: text that a file may split into a list of lines is
 * always one string here. Fields that nbformat does not name are kept in the
 * values though the types do not show them. Pure: types only; `schema.ts` checks
 * a file against them, `serialize.ts` writes them.
 * @module
 */
import type { MimeBundle, Output } from "../protocol/mod.ts";

/** Free-form hints of front ends and tools. */
export type Metadata = Readonly<Record<string, unknown>>;

/** Files embedded in a cell, each in one or more formats, keyed by file name. */
export type Attachments = Readonly<Record<string, MimeBundle>>;

/** A cell whose source is run. */
export interface CodeCell {
  /** Tells the kinds of cell apart. */
  readonly cell_type: "code";
  /** Names the cell within its notebook: 1 to 64 of `a-z A-Z 0-9 - _`. */
  readonly id: string;
  /** Hints such as `tags` or `jupyter.source_hidden`. */
  readonly metadata: Metadata;
  /** The code. */
  readonly source: string;
  /** The number shown beside the cell; null if it has not run. */
  readonly execution_count: number | null;
  /** What the cell showed when it last ran. */
  readonly outputs: readonly CellOutput[];
}

/** What a file may hold as an output. */
export type CellOutput = Output | OtherOutput;

/** A cell of Markdown text. */
export interface MarkdownCell {
  /** Tells the kinds of cell apart. */
  readonly cell_type: "markdown";
  /** Names the cell within its notebook: 1 to 64 of `a-z A-Z 0-9 - _`. */
  readonly id: string;
  /** Hints such as `tags`. */
  readonly metadata: Metadata;
  /** The Markdown. */
  readonly source: string;
  /** Images the Markdown names as `attachment:<file name>`. */
  readonly attachments?: Attachments;
}

/** A cell that is neither run nor rendered, meant for other tools. */
export interface RawCell {
  /** Tells the kinds of cell apart. */
  readonly cell_type: "raw";
  /** Names the cell within its notebook: 1 to 64 of `a-z A-Z 0-9 - _`. */
  readonly id: string;
  /** Hints; `format` is the MIME type of the source. */
  readonly metadata: Metadata;
  /** The text. */
  readonly source: string;
  /** Files that belong to the text. */
  readonly attachments?: Attachments;
}

/** A cell of a kind that a later minor version has brought. */
export interface OtherCell {
  /** Tells the kinds of cell apart. */
  readonly cell_type: "other";
  /** Names the cell within its notebook: 1 to 64 of `a-z A-Z 0-9 - _`. */
  readonly id: string;
  /** Hints. */
  readonly metadata: Metadata;
  /** Its text, if it has one. */
  readonly source: string;
  /** The cell as the file holds it, which is how it is written again. */
  readonly inFile: Readonly<Record<string, unknown>>;
}

/** An output of a kind that a later minor version has brought. */
export interface OtherOutput {
  /** Tells the kinds of output apart. */
  readonly output_type: "other";
  /** The output as the file holds it, which is how it is written again. */
  readonly inFile: Readonly<Record<string, unknown>>;
}

/** Part of a notebook. */
export type Cell = CodeCell | MarkdownCell | RawCell | OtherCell;

/** A whole notebook document. */
export interface Notebook {
  /** Major version of the format. */
  readonly nbformat: 4;
  /** Minor version of the format: 5, or more in a file from the future. */
  readonly nbformat_minor: number;
  /** Hints such as `kernelspec`, `language_info`, `title`. */
  readonly metadata: Metadata;
  /** The cells, top to bottom. */
  readonly cells: readonly Cell[];
}
