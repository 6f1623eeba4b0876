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
import type {
  CodeCell,
  MarkdownCell,
  OtherCell,
  OtherOutput,
  RawCell,
} from "./notebook.ts";

/** A cell as a file holds it: ids are checked by `cell_ids.ts`, not here. */
export type CellInFile =
  | Omit<CodeCell, "id"> & { readonly id?: unknown }
  | Omit<MarkdownCell, "id"> & { readonly id?: unknown }
  | Omit<RawCell, "id"> & { readonly id?: unknown }
  | Omit<OtherCell, "id"> & { readonly id?: unknown };

/** A notebook file of version 3. */
export interface Worksheets {
  /** Cells stood in these then. */
  readonly worksheets: readonly { readonly cells: readonly unknown[] }[];
}

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

const knownOutputs = [
  z.looseObject({
    output_type: z.literal("stream"),
    // JupyterLab names one "stdin": a question that was answered.
    name: z.string("a string"),
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
] as const;

const OUTPUT =
  'an output of type "stream", "display_data", "execute_result" or "error"';

const knownOutput: z.ZodMiniType<Output> = z.discriminatedUnion(
  "output_type",
  knownOutputs,
  OUTPUT,
);

/** With what `later.ts` has set apart. */
const laterOutput: z.ZodMiniType<Output | OtherOutput> = z.discriminatedUnion(
  "output_type",
  [
    ...knownOutputs,
    z.object({ output_type: z.literal("other"), inFile: object }),
  ],
  OUTPUT,
);

const textCells = [
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
] as const;

function codeCellWith(output: z.ZodMiniType<Output | OtherOutput>) {
  return z.looseObject({
    cell_type: z.literal("code"),
    metadata,
    source: text,
    execution_count: executionCount,
    outputs: z._default(z.array(output, "a list of outputs"), []),
  });
}

const CELL = 'a cell of type "code", "markdown" or "raw"';

const knownCell: z.ZodMiniType<CellInFile> = z.discriminatedUnion(
  "cell_type",
  [codeCellWith(knownOutput), ...textCells],
  CELL,
);

/** Likewise. */
const laterCell: z.ZodMiniType<CellInFile> = z.discriminatedUnion("cell_type", [
  codeCellWith(laterOutput),
  ...textCells,
  z.object({
    cell_type: z.literal("other"),
    id: z.unknown(),
    metadata,
    source: z._default(text, ""),
    inFile: object,
  }),
], CELL);

/** Parses the version of a notebook file, before anything else is looked at. */
export const versionSchema: z.ZodMiniType<
  { nbformat: number; nbformat_minor: number }
> = z.looseObject({
  nbformat: z.int("the format's version, a whole number"),
  nbformat_minor: z._default(z.int("a whole number"), 0),
}, "an object, as every notebook is");

/** Parses one of version 3 as far as `upgrade.ts` has to know its shape. */
export const worksheetsSchema: z.ZodMiniType<Worksheets> = z.looseObject({
  worksheets: z.array(
    z.looseObject({
      cells: z._default(z.array(z.unknown(), "a list of cells"), []),
    }, "an object"),
    "a list of worksheets",
  ),
});

/** Parses one cell of version 4. */
export const cellSchema: z.ZodMiniType<CellInFile> = knownCell;

/** Parses one of a later minor version, once `later.ts` has been at it. */
export const laterCellSchema: z.ZodMiniType<CellInFile> = laterCell;

/** Parses a notebook file of version 4. */
export const notebookSchema: z.ZodMiniType<NotebookInFile> = notebookWith(
  knownCell,
);

/** Parses one of a later minor version, once `later.ts` has been at it. */
export const laterNotebookSchema: z.ZodMiniType<NotebookInFile> = notebookWith(
  laterCell,
);

function notebookWith(
  cell: z.ZodMiniType<CellInFile>,
): z.ZodMiniType<NotebookInFile> {
  return z.looseObject({
    nbformat: z.literal(4),
    nbformat_minor: z._default(z.int("a whole number"), 0),
    metadata,
    cells: z.array(cell, "a list of cells"),
  });
}
