/**
 * Notebooks as text notebooks hold them: kind, source and metadata of cells. Pure.
 * @module
 */
import type { Float, TextMetadata } from "./values.ts";

/** A cell of a text notebook. */
export interface TextCell {
  readonly type: "code" | "markdown" | "raw";
  readonly source: string;
  readonly metadata: TextMetadata;
}

/** A notebook without what text does not hold: outputs, counts, ids. */
export interface TextNotebook {
  readonly metadata: TextMetadata;
  readonly cells: readonly TextCell[];
}

/** A format of text notebooks. */
export interface TextFormat {
  /** What jupytext calls it: `percent`, `markdown`. */
  readonly name: string;
  readonly version: string | Float;
  /** What its files end with: `.ts`. */
  readonly extension: string;
  /** What a comment begins with; empty where there are none. */
  readonly comment: string;
  /** The language of all its files, if they have one. */
  readonly language: string | undefined;
}
