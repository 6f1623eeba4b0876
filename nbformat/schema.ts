/**
 * What a notebook file must look like, and how it becomes values.
 *
 * The schemas keep fields they do not know, join text that is split into lines,
 * and fill in what careless tools leave out (`outputs`, `metadata`). The message
 * of each schema says what it expects; `parse.ts` adds what was found. Pure.
 * @module
 */
import * as z from "zod/mini";
import type { MimeBundle, Output } from "../protocol/mod.ts";
import { isJsonMime, joinLines } from "./lines.ts";
import type { CodeCell, MarkdownCell, RawCell } from "./notebook.ts";

/** A cell as a file holds it: ids are checked by `cell_ids.ts`, not here. */
export type CellInFile =
  | Omit<CodeCell, "id"> & { readonly id?: unknown }
  | Omit<MarkdownCell, "id"> & { readonly id?: unknown }
  | Omit<RawCell, "id"> & { readonly id?: unknown };

/** A notebook as a file holds it, its version already checked. */
export interface NotebookInFile {
  /** Major version of the format. */
  readonly nbformat: 4;
  /** Minor version of the format. */
  readonly nbformat_minor: number;
  /** Hints. */
  readonly metadata: MimeBundle;
  /** The cells. */
  readonly cells: readonly CellInFile[];
}

const text = z.pipe(
  z.union(
    [z.string(), z.array(z.string())],
    "a string or a list of strings",
  ),
  z.transform((value) => Array.isArray(value) ? value.join("") : value),
);

const object = z.record(z.string(), z.unknown(), "an object");

const metadata = z._default(object, {});

const mimeBundle = z.pipe(
  object,
  z.transform((bundle) =>
    Object.fromEntries(
      Object.entries(bundle).map(([mimeType, value]) => [
        mimeType,
        isJsonMime(mimeType) ? value : joinLines(value),
      ]),
    )
  ),
);

const attachments = z.exactOptional(
  z.record(z.string(), mimeBundle, "an object of attached files"),
);

const executionCount = z._default(
  z.nullable(z.int("a whole number or null")),
  null,
);

const output: z.ZodMiniType<Output> = z.discriminatedUnion("output_type", [
  z.looseObject({
    output_type: z.literal("stream"),
    name: z.enum(["stdout", "stderr"], '"stdout" or "stderr"'),
    text,
  }),
  z.looseObject({
    output_type: z.literal("display_data"),
    data: mimeBundle,
    metadata,
  }),
  z.looseObject({
    output_type: z.literal("execute_result"),
    execution_count: executionCount,
    data: mimeBundle,
    metadata,
  }),
  z.looseObject({
    output_type: z.literal("error"),
    ename: z.string("a string"),
    evalue: z.string("a string"),
    traceback: z.array(z.string("a string"), "a list of strings"),
  }),
], 'an output of type "stream", "display_data", "execute_result" or "error"');

const cell: z.ZodMiniType<CellInFile> = z.discriminatedUnion("cell_type", [
  z.looseObject({
    cell_type: z.literal("code"),
    metadata,
    source: text,
    execution_count: executionCount,
    outputs: z._default(z.array(output, "a list of outputs"), []),
  }),
  z.looseObject({
    cell_type: z.literal("markdown"),
    metadata,
    source: text,
    attachments,
  }),
  z.looseObject({
    cell_type: z.literal("raw"),
    metadata,
    source: text,
    attachments,
  }),
], 'a cell of type "code", "markdown" or "raw"');

/** Parses the version of a notebook file, before anything else is looked at. */
export const versionSchema: z.ZodMiniType<
  { nbformat: number; nbformat_minor: number }
> = z.looseObject({
  nbformat: z.int("the format's version, a whole number"),
  nbformat_minor: z._default(z.int("a whole number"), 0),
}, "an object, as every notebook is");

/** Parses a notebook file of version 4. */
export const notebookSchema: z.ZodMiniType<NotebookInFile> = z.looseObject({
  nbformat: z.literal(4),
  nbformat_minor: z._default(z.int("a whole number"), 0),
  metadata,
  cells: z.array(cell, "a list of cells"),
});
